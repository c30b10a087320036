import { z } from 'zod';
import type { FileFacts } from '../file-facts.ts';

/**
 * What a file, link or folder is known by again, perhaps after a restart and at another mount point: its file number; and where that does not
 * last (FAT, many FUSE and network file systems), that nothing of it has changed.
 */
export const FileIdentity = z.object({
  kind: z.enum(['file', 'folder', 'symlink', 'other']),
  /** In decimal: it may need all of its 64 bits. */
  inode: z.string(),
  sizeBytes: z.string(),
  modifiedNs: z.string(),
});
export type FileIdentity = z.infer<typeof FileIdentity>;

export function kindOf(facts: FileFacts): FileIdentity['kind'] {
  if (facts.isFile()) return 'file';
  if (facts.isDirectory()) return 'folder';
  return facts.isSymbolicLink() ? 'symlink' : 'other';
}

export function toIdentity(facts: FileFacts): FileIdentity {
  return { kind: kindOf(facts), inode: String(facts.ino), sizeBytes: String(facts.size), modifiedNs: String(facts.mtimeNs) };
}

/** Whether it is the same one, with the same content or not. */
export function isStill(facts: FileFacts, known: FileIdentity): boolean {
  if (kindOf(facts) !== known.kind) return false;
  return String(facts.ino) === known.inode || isUnchanged(facts, known);
}

/** Whether its content is what it was, by size and time. */
export function isUnchanged(facts: FileFacts, known: FileIdentity): boolean {
  if (kindOf(facts) !== known.kind || String(facts.mtimeNs) !== known.modifiedNs) return false;
  return known.kind === 'folder' || String(facts.size) === known.sizeBytes;
}
