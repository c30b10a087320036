import { type BigIntStats, lstatSync, readFileSync, realpathSync } from 'node:fs';
import { refuseUnresponsive } from '#core/entry/folder-views.ts';
import { fsError } from '#core/fs/fs-error.ts';
import type { Mount } from '#core/fs/mounts.ts';
import { baseName, fromBytes, joinPath, type NativePath, parentOf } from '#core/fs/native-path.ts';
import type { EntryDetails } from '#shared/contract/entry.ts';

/** `st_blocks` counts in these, whatever the file system's own blocks are. */
const STAT_BLOCK_BYTES = 512;

/** What the file system knows of an entry beyond what lists show. A link is described, not followed. @throws an error of `node:fs` */
export function describeDetails(path: NativePath, mounts: readonly Mount[]): EntryDetails {
  const name = baseName(path);
  const parent = fromBytes(realpathSync.native(parentOf(path), 'buffer'));
  const place = name.length === 0 ? parent : joinPath(parent, name);
  refuseUnresponsive(place, mounts);
  const stats = lstatSync(place, { bigint: true, throwIfNoEntry: false });
  if (!stats) throw fsError('ENOENT', path);
  const isUnix = process.platform !== 'win32';
  return {
    modifiedAt: toTimestamp(stats.mtimeNs),
    createdAt: toTimestamp(stats.birthtimeNs),
    accessedAt: toTimestamp(stats.atimeNs),
    changedAt: isUnix ? toTimestamp(stats.ctimeNs) : null,
    inode: stats.ino.toString(),
    hardLinkCount: Number(stats.nlink),
    allocatedBytes: isUnix && stats.isFile() ? Number(stats.blocks) * STAT_BLOCK_BYTES : null,
    owner: isUnix ? ownerOf(stats.uid, '/etc/passwd') : null,
    group: isUnix ? ownerOf(stats.gid, '/etc/group') : null,
  };
}

/** Null where the file system does not keep it. */
function toTimestamp(nanoseconds: BigIntStats['mtimeNs']): string | null {
  if (nanoseconds <= 0n) return null;
  const time = new Date(Number(nanoseconds / 1_000_000n));
  return Number.isNaN(time.getTime()) ? null : time.toISOString();
}

/** The name of a user or a group by this computer's own list (`passwd(5)`, `group(5)`), else its number. */
function ownerOf(id: bigint, listPath: string): string {
  try {
    for (const line of readFileSync(listPath, 'utf8').split('\n')) {
      const [name = '', , number] = line.split(':');
      if (name !== '' && number === id.toString()) return name;
    }
  } catch {
    // Without such a list the number is what is known.
  }
  return id.toString();
}
