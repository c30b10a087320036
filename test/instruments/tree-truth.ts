/**
 * @file What is true of a tree, by other programs than ours: names, kinds, sizes, times and file numbers as `find` prints them, and the
 * sums of folders by plain addition. What an index says is compared with it.
 */
import { spawn } from 'node:child_process';

/** One entry as `find` sees it; symbolic links are not followed. */
export interface TrueEntry {
  /** The path below the tree's root, one character per byte (Latin-1), without a slash before it; empty for the root. */
  path: string;
  kind: 'folder' | 'file' | 'symlink' | 'other';
  sizeBytes: number;
  /** Nanoseconds since 1970. */
  modifiedNs: bigint;
  inode: bigint;
  /** Device number: another one than the root's is a file system that is mounted below it. */
  device: bigint;
  /** Permission bits. */
  mode: number;
  /** Latin-1, as the path; null for anything but a symlink. */
  linkTarget: string | null;
}

/** What a folder holds, at any depth. */
export interface TrueFolder {
  /** Of all files below it. */
  sizeBytes: number;
  /** All that are no folders. */
  fileCount: number;
  folderCount: number;
  /** Directly in it. */
  childCount: number;
}

const FIELDS = 9;
const FORMAT = '%P\\0%y\\0%s\\0%T@\\0%i\\0%D\\0%m\\0%l\\0\\n\\0';
const KINDS: Record<string, TrueEntry['kind']> = { d: 'folder', f: 'file', l: 'symlink' };

/**
 * All entries of a tree, the root among them, by path. What cannot be read has no entries, as for `find`. Entries of one folder come in no particular order.
 *
 * @param options.crossVolumes also what is mounted below it; else mount points are entries whose inside is left out
 */
export async function readTruth(root: string, options: { crossVolumes?: boolean } = {}): Promise<Map<string, TrueEntry>> {
  const entries = new Map<string, TrueEntry>();
  const find = spawn('find', [root, ...(options.crossVolumes ? [] : ['-xdev']), '-printf', FORMAT], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let rest = '';
  for await (const chunk of find.stdout) {
    const fields = (rest + (chunk as Buffer).toString('latin1')).split('\0');
    const whole = fields.length - ((fields.length - 1) % FIELDS) - 1;
    for (let at = 0; at < whole; at += FIELDS) {
      const entry = toEntry(fields.slice(at, at + FIELDS));
      entries.set(entry.path, entry);
    }
    rest = fields.slice(whole).join('\0');
  }
  return entries;
}

/** Sums of all folders, by addition along every path. */
export function sumFolders(entries: ReadonlyMap<string, TrueEntry>): Map<string, TrueFolder> {
  const folders = new Map<string, TrueFolder>();
  const folderAt = (path: string) => {
    const known = folders.get(path) ?? { sizeBytes: 0, fileCount: 0, folderCount: 0, childCount: 0 };
    folders.set(path, known);
    return known;
  };
  for (const { path, kind, sizeBytes } of entries.values()) {
    if (kind === 'folder') folderAt(path);
    if (path === '') continue;
    folderAt(parentPath(path)).childCount++;
    for (let above = parentPath(path); ; above = parentPath(above)) {
      const folder = folderAt(above);
      if (kind === 'folder') folder.folderCount++;
      else folder.fileCount++;
      if (kind === 'file') folder.sizeBytes += sizeBytes;
      if (above === '') break;
    }
  }
  return folders;
}

function parentPath(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf('/'), 0));
}

function toEntry(fields: string[]): TrueEntry {
  const [path = '', kind = '', size = '', time = '', inode = '', device = '', mode = '', target = ''] = fields;
  return {
    path,
    kind: KINDS[kind] ?? 'other',
    sizeBytes: Number(size),
    modifiedNs: toNanoseconds(time),
    inode: BigInt.asIntN(64, BigInt(inode)),
    device: BigInt(device),
    mode: Number.parseInt(mode, 8),
    linkTarget: kind === 'l' ? target : null,
  };
}

/** `find` prints the kernel's two numbers side by side: before 1970 the seconds are rounded down, and the fraction counts up from there. */
function toNanoseconds(time: string): bigint {
  const [seconds = '0', fraction = '0'] = time.split('.');
  return BigInt(seconds) * 1_000_000_000n + BigInt(fraction.padEnd(9, '0').slice(0, 9));
}
