import { displayName, fromBytes, type NativePath } from '#core/fs/native-path.ts';
import { reasonError } from '#core/fs/reason-error.ts';
import { MooringError } from '#shared/contract/error.ts';
import { type Reason, type ReasonCode, type ReasonParams, reason, sentenceOf } from '#shared/contract/reason.ts';
import type { VolumeCapabilities } from '#shared/contract/volume.ts';
import type { FileFacts } from '../file-facts.ts';

/** Why something cannot be put somewhere as it is. */
export interface Refusal {
  error: MooringError;
  /** The name that would do; null where it is not the name, or none would. */
  proposedName: string | null;
}

const STANDS_IN = '_';

/** Why `name` cannot lie on a volume as it is; null when it can, or when nothing is known of the volume. */
export function refusalOf(name: NativePath, facts: FileFacts, capabilities: VolumeCapabilities | null): Refusal | null {
  if (!facts.isFile() && !facts.isDirectory() && !facts.isSymbolicLink()) {
    return refusal('special-file', {});
  }
  if (!capabilities) return null;
  // Of a file system whose limits nobody knows (a server decides), it is found out by trying.
  const isKnown = capabilities.maxFileSizeBytes !== null;
  if (facts.isSymbolicLink() && isKnown && !capabilities.symlinks) {
    return refusal('no-symlinks-there', { fileSystem: capabilities.fileSystem });
  }
  const limit = capabilities.maxFileSizeBytes;
  if (facts.isFile() && limit !== null && facts.size > BigInt(limit)) {
    return refusal('file-too-large', { size: Number(facts.size), limit, fileSystem: capabilities.fileSystem });
  }
  return refusalOfName(name, capabilities, 'Rename it, then copy it.');
}

/** Why nothing on a volume can have a name; null when something can. @param advice what the user can do, a sentence */
export function refusalOfName(name: NativePath, capabilities: VolumeCapabilities, advice: string): Refusal | null {
  const why = whyNameIsRefused(name, capabilities);
  if (why === null) return null;
  const error = new MooringError('NOT_SUPPORTED', `${sentenceOf(why)} ${advice}`, { details: { reason: why } });
  return { error, proposedName: proposeName(name, capabilities) };
}

function whyNameIsRefused(name: NativePath, capabilities: VolumeCapabilities): Reason | null {
  const shown = displayName(name);
  const { forbiddenCharacters, forbiddenNames } = capabilities;
  const bad = characterIn(shown, forbiddenCharacters);
  const { fileSystem } = capabilities;
  if (bad !== undefined) return reason('name-with-character', { fileSystem, character: JSON.stringify(bad) });
  if (typeof name !== 'string' && capabilities.maxNameUnit === 'utf16') return reason('name-no-text', { fileSystem });
  const stem = forbiddenNames.length === 0 ? '' : (shown.split('.')[0]?.trimEnd().toUpperCase() ?? '');
  if (forbiddenNames.includes(stem)) return reason('name-reserved', { fileSystem, stem });
  if (capabilities.forbidsTrailingDotOrSpace && /[. ]$/.test(shown)) return reason('name-ending', { fileSystem });
  return lengthOf(name, capabilities) > capabilities.maxNameLength ? reason('name-too-long', { fileSystem }) : null;
}

/** The first character of `text` that is one of `characters`. */
function characterIn(text: string, characters: string): string | undefined {
  if (![...characters].some((character) => text.includes(character))) return undefined;
  return [...text].find((character) => characters.includes(character));
}

/** A name close to it that the volume holds; null when that comes to nothing. */
function proposeName(name: NativePath, capabilities: VolumeCapabilities): string | null {
  const text = displayName(typeof name === 'string' ? name : fromBytes(name)).replaceAll('\ufffd', STANDS_IN);
  let proposed = [...text].map((character) => (capabilities.forbiddenCharacters.includes(character) ? STANDS_IN : character)).join('');
  if (capabilities.forbidsTrailingDotOrSpace) proposed = proposed.replace(/[. ]+$/, (ending) => STANDS_IN.repeat(ending.length));
  const stem = proposed.split('.')[0] ?? '';
  if (capabilities.forbiddenNames.includes(stem.trimEnd().toUpperCase())) proposed = `${stem}${STANDS_IN}${proposed.slice(stem.length)}`;
  proposed = shortened(proposed, capabilities);
  return whyNameIsRefused(proposed, capabilities) === null ? proposed : null;
}

function shortened(name: string, capabilities: VolumeCapabilities): string {
  const dot = name.lastIndexOf('.');
  const extension = dot > 0 && name.length - dot <= 16 ? name.slice(dot) : '';
  const stem = [...name.slice(0, name.length - extension.length)];
  while (stem.length > 1 && lengthOf(stem.join('') + extension, capabilities) > capabilities.maxNameLength) stem.pop();
  return stem.join('') + extension;
}

function lengthOf(name: NativePath, { maxNameUnit }: VolumeCapabilities): number {
  if (maxNameUnit === 'bytes') return typeof name === 'string' ? Buffer.byteLength(name) : name.length;
  return displayName(name).length;
}

function refusal<Code extends ReasonCode>(why: Code, params: ReasonParams<Code>): Refusal {
  return { error: reasonError('NOT_SUPPORTED', why, params), proposedName: null };
}
