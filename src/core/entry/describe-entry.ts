import { type BigIntStats, type Dirent, lstatSync, readlinkSync, type Stats, statSync } from 'node:fs';
import { toFsError } from '#core/fs/fs-error.ts';
import { type Mount, mountAt } from '#core/fs/mounts.ts';
import { baseName, displayName, type NativePath, toSdPath } from '#core/fs/native-path.ts';
import type { Entry } from '#shared/contract/entry.ts';
import { extensionOf, splitNanoseconds, toTimestamp } from './entry-facts.ts';

export type EntryKind = Entry['kind'];

/** What is known of all entries of one folder. */
export interface EntrySurroundings {
  deviceId: string;
  /** Fingerprint of the volume that the folder lies on. */
  volumeFingerprint: string | null;
  /** Device number of the folder; an entry with another one lies on another volume. */
  dev: number;
  mounts: readonly Mount[];
}

/** The names of the system's kinds; what is never opened is `other`. */
export function kindOf(type: Pick<Dirent | Stats | BigIntStats, 'isFile' | 'isDirectory' | 'isSymbolicLink'>): EntryKind {
  if (type.isFile()) return 'file';
  if (type.isDirectory()) return 'folder';
  return type.isSymbolicLink() ? 'symlink' : 'other';
}

/**
 * One entry of a folder, straight from disk; symbolic links are shown, not followed. What may not be looked at is
 * described by its name and kind, with `problem` set.
 *
 * @param realPath path through no symbolic links, by which mount points are recognised
 * @param path the path as the user sees it
 * @returns null when it has vanished
 */
export function describeEntry(path: NativePath, realPath: NativePath, kind: EntryKind, surroundings: EntrySurroundings): Entry | null {
  const mount = surroundings.mounts.find(({ mountPoint }) => mountPoint === realPath);
  const base = entryWithoutStats(path, kind, surroundings.deviceId, mount?.fingerprint ?? surroundings.volumeFingerprint);
  if (mount?.unresponsive) return { ...base, kind: 'folder', problem: 'VOLUME_UNRESPONSIVE' };
  try {
    const stats = lstatSync(path, { bigint: true });
    const entry = withStats(base, stats);
    if (Number(stats.dev) !== surroundings.dev && !mount) entry.volumeFingerprint = null;
    return entry.kind === 'symlink' ? { ...entry, linkTarget: readLink(path) } : entry;
  } catch (error) {
    const { code } = toFsError(error, path);
    return code === 'PATH_NOT_FOUND' ? null : { ...base, problem: code };
  }
}

/** The folder itself, whatever links lead to it. @throws an error of `node:fs` */
export function describeFolder(path: NativePath, realPath: NativePath, deviceId: string, mounts: readonly Mount[]): Entry {
  const base = entryWithoutStats(path, 'folder', deviceId, mountAt(realPath, mounts)?.fingerprint ?? null);
  return withStats(base, statSync(realPath, { bigint: true }));
}

function entryWithoutStats(path: NativePath, kind: EntryKind, deviceId: string, volumeFingerprint: string | null): Entry {
  const name = displayName(baseName(path)) || displayName(path);
  return {
    uuid: null,
    path: toSdPath(path, deviceId),
    name,
    kind,
    sizeBytes: null,
    childCount: null,
    fileCount: null,
    folderCount: null,
    modifiedAt: null,
    createdAt: null,
    extension: kind === 'file' ? extensionOf(name) : null,
    isHidden: name.startsWith('.'),
    linkTarget: null,
    volumeFingerprint,
    mode: null,
    problem: null,
  };
}

function withStats(base: Entry, stats: BigIntStats): Entry {
  const kind = kindOf(stats);
  return {
    ...base,
    kind,
    sizeBytes: kind === 'folder' ? null : Number(stats.size),
    modifiedAt: toTimestamp(splitNanoseconds(stats.mtimeNs).ms),
    createdAt: stats.birthtimeNs > 0 ? toTimestamp(splitNanoseconds(stats.birthtimeNs).ms) : null,
    extension: kind === 'file' ? extensionOf(base.name) : null,
    mode: Number(stats.mode) & 0o7777,
  };
}

function readLink(path: NativePath): string {
  return readlinkSync(path, 'buffer').toString('utf8');
}
