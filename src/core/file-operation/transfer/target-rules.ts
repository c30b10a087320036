import { displayName, fromBytes, type NativePath, toBytes } from '#core/fs/native-path.ts';
import type { ErrorCode } from '#shared/contract/error.ts';
import type { VolumeCapabilities } from '#shared/contract/volume.ts';
import type { FileFacts } from '../file-facts.ts';

/** Why something cannot be put somewhere as it is. */
export interface Refusal {
  code: ErrorCode;
  message: string;
  /** The name that would do; null where it is not the name, or none would. */
  proposedName: string | null;
}

const STANDS_IN = '_';

/** Why `name` cannot lie on a volume as it is; null when it can, or when nothing is known of the volume. */
export function refusalOf(name: NativePath, facts: FileFacts, capabilities: VolumeCapabilities | null): Refusal | null {
  if (!facts.isFile() && !facts.isDirectory() && !facts.isSymbolicLink()) {
    return refuse('Sockets, pipes and devices are not copied.');
  }
  if (!capabilities) return null;
  // Of a file system whose limits nobody knows (a server decides), it is found out by trying.
  const isKnown = capabilities.maxFileSizeBytes !== null;
  if (facts.isSymbolicLink() && isKnown && !capabilities.symlinks) return refuse(`${capabilities.fileSystem} holds no symbolic links.`);
  const limit = capabilities.maxFileSizeBytes;
  if (facts.isFile() && limit !== null && facts.size > BigInt(limit)) {
    return refuse(`The file has ${facts.size} bytes; the largest that ${capabilities.fileSystem} holds has ${limit}.`);
  }
  return refusalOfName(name, capabilities, 'Rename it, then copy it.');
}

/** Why nothing on a volume can have a name; null when something can. @param advice what the user can do, a sentence */
export function refusalOfName(name: NativePath, capabilities: VolumeCapabilities, advice: string): Refusal | null {
  const why = whyNameIsRefused(name, capabilities);
  return why === null ? null : { ...refuse(`${why} ${advice}`), proposedName: proposeName(name, capabilities) };
}

function whyNameIsRefused(name: NativePath, capabilities: VolumeCapabilities): string | null {
  const shown = displayName(name);
  const bad = [...shown].find((character) => capabilities.forbiddenCharacters.includes(character));
  const holds = `${capabilities.fileSystem} holds no names`;
  if (bad !== undefined) return `${holds} with the character ${JSON.stringify(bad)}.`;
  if (typeof name !== 'string' && capabilities.maxNameUnit === 'utf16') return `${holds} that are not text.`;
  const stem = shown.split('.')[0]?.trimEnd().toUpperCase() ?? '';
  if (capabilities.forbiddenNames.includes(stem)) return `${holds} like ${stem}.`;
  if (capabilities.forbidsTrailingDotOrSpace && /[. ]$/.test(shown)) return `${holds} that end in a dot or a space.`;
  return lengthOf(name, capabilities) > capabilities.maxNameLength ? `${holds} as long as this one.` : null;
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
  return maxNameUnit === 'bytes' ? toBytes(name).length : displayName(name).length;
}

function refuse(message: string): Refusal {
  return { code: 'NOT_SUPPORTED', message, proposedName: null };
}
