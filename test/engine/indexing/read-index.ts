import { type BigIntStats, lstatSync, readdirSync, readlinkSync } from 'node:fs';
import Database from 'better-sqlite3';

/** One entry, as the index or as the disk has it. */
export interface IndexedEntry {
  kind: number;
  size: bigint;
  modifiedNs: bigint;
  inode: bigint;
  mode: bigint;
  linkTarget: string | null;
  counts: { files: bigint; folders: bigint; children: bigint } | null;
}

/** As `readIndex` and `readDisk` give them, with what only the index has. */
export interface IndexRow extends IndexedEntry {
  id: bigint;
  bornMs: bigint | null;
}

interface Row {
  id: bigint;
  parent_id: bigint | null;
  name: string | Buffer;
  kind: bigint;
  size: bigint;
  modified_ms: bigint;
  modified_ns: bigint;
  born_ms: bigint | null;
  inode: bigint | null;
  mode: bigint | null;
  link_target: string | Buffer | null;
  file_count: bigint | null;
  folder_count: bigint | null;
  child_count: bigint | null;
}

/** All entries below a location's root, and itself as '', by their paths with each byte a character (Latin-1). What has vanished is under `limbo/`. */
export function readIndex(databasePath: string, locationId: number): Map<string, IndexRow> {
  const connection = new Database(databasePath, { readonly: true });
  try {
    const below = connection.prepare('SELECT * FROM entries WHERE parent_id = ? ORDER BY kind, sort_key, name').safeIntegers();
    const tops = connection.prepare('SELECT * FROM entries WHERE parent_id IS NULL AND location_id = ?').safeIntegers();
    const found = new Map<string, IndexRow>();
    const visit = (row: Row, path: string) => {
      if (found.has(path)) throw new Error(`${JSON.stringify(path)} is there twice`);
      found.set(path, toEntry(row));
      for (const child of below.all(row.id) as Row[])
        visit(child, `${path}/${path.startsWith('limbo/') ? `${child.id} ` : ''}${latin1(child.name)}`);
    };
    for (const top of tops.all(locationId) as Row[]) visit(top, top.kind === 0n ? '' : `limbo/${top.id}`);
    return found;
  } finally {
    connection.close();
  }
}

/** What an independent walk finds, as `readIndex` gives it. @param leavesOut which names are not looked at */
export function readDisk(root: string, leavesOut: (name: string) => boolean = () => false): Map<string, IndexedEntry> {
  const found = new Map<string, IndexedEntry>();
  const visit = (bytes: Buffer, path: string): IndexedEntry => {
    const stats = lstatSync(bytes, { bigint: true });
    const entry = ofStats(stats, bytes);
    found.set(path, entry);
    if (!entry.counts) return entry;
    for (const name of readdirSync(bytes, 'buffer')) {
      if (leavesOut(name.toString('latin1'))) continue;
      const child = visit(Buffer.concat([bytes, Buffer.from('/'), name]), `${path}/${name.toString('latin1')}`);
      entry.counts.children += 1n;
      entry.counts.files += child.counts ? child.counts.files : 1n;
      entry.counts.folders += child.counts ? child.counts.folders + 1n : 0n;
      if (child.kind <= 1) entry.size += child.size;
    }
    return entry;
  };
  visit(Buffer.from(root), '');
  return found;
}

/** An entry of the index as far as the disk has it, too. */
export function comparable({ kind, size, modifiedNs, inode, mode, linkTarget, counts }: IndexedEntry): IndexedEntry {
  return { kind, size, modifiedNs, inode, mode, linkTarget, counts };
}

function ofStats(stats: BigIntStats, bytes: Buffer): IndexedEntry {
  const kind = stats.isDirectory() ? 0 : stats.isFile() ? 1 : stats.isSymbolicLink() ? 2 : 3;
  return {
    kind,
    size: kind === 1 || kind === 2 ? stats.size : 0n,
    modifiedNs: stats.mtimeNs,
    inode: BigInt.asIntN(64, stats.ino),
    mode: stats.mode & 0o7777n,
    linkTarget: kind === 2 ? readlinkSync(bytes, 'buffer').toString('latin1') : null,
    counts: kind === 0 ? { files: 0n, folders: 0n, children: 0n } : null,
  };
}

function toEntry(row: Row): IndexRow {
  const kind = Number(row.kind);
  return {
    id: row.id,
    kind,
    size: row.size,
    modifiedNs: row.modified_ms * 1_000_000n + row.modified_ns,
    bornMs: row.born_ms,
    inode: row.inode ?? 0n,
    mode: row.mode ?? -1n,
    linkTarget: row.link_target === null ? null : latin1(row.link_target),
    counts: kind === 0 ? { files: row.file_count ?? -1n, folders: row.folder_count ?? -1n, children: row.child_count ?? -1n } : null,
  };
}

function latin1(name: string | Buffer): string {
  return (typeof name === 'string' ? Buffer.from(name) : name).toString('latin1');
}
