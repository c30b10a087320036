import type { NativePath } from '#core/fs/native-path.ts';
import { displayName, toBytes } from '#core/fs/native-path.ts';
import type { ErrorCode } from '#shared/contract/error.ts';
import type { VolumeCapabilities } from '#shared/contract/volume.ts';
import type { FileFacts } from './file-facts.ts';

/** Why something is not copied; everything else is. */
export interface Refusal {
  code: ErrorCode;
  message: string;
}

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
  return refusalOfName(name, capabilities);
}

function refusalOfName(name: NativePath, capabilities: VolumeCapabilities): Refusal | null {
  const shown = displayName(name);
  const bad = [...shown].find((character) => capabilities.forbiddenCharacters.includes(character));
  const holds = `${capabilities.fileSystem} holds no names`;
  if (bad !== undefined) return refuse(`${holds} with the character ${JSON.stringify(bad)}. Rename it, then copy it.`);
  const stem = shown.split('.')[0]?.trimEnd().toUpperCase() ?? '';
  if (capabilities.forbiddenNames.includes(stem)) return refuse(`${holds} like ${stem}. Rename it, then copy it.`);
  if (capabilities.forbidsTrailingDotOrSpace && /[. ]$/.test(shown)) return refuse(`${holds} that end in a dot or a space.`);
  const length = capabilities.maxNameUnit === 'bytes' ? toBytes(name).length : shown.length;
  if (length > capabilities.maxNameLength) return refuse(`${holds} as long as this one.`);
  return null;
}

function refuse(message: string): Refusal {
  return { code: 'NOT_SUPPORTED', message };
}
