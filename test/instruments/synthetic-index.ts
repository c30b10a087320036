import Database from 'better-sqlite3';
import { naturalSortKey } from '#core/entry/natural-sort-key.ts';
import { KIND_RANK } from '#core/entry/row-order.ts';
import { storedExtension } from '#core/indexing/entry-inserts.ts';
import { seededNames } from './seeded-names.ts';

export interface SyntheticIndexOptions {
  locationId: number;
  count: number;
  seed?: number;
  /** Called with each path below the location's root, in no particular order. */
  onPath?: (path: string) => void;
}

const ENTRIES_PER_TRANSACTION = 50_000;
const FOLDER_SHARE = 0.06;
/** 2010 to 2025, in milliseconds. */
const OLDEST = 1_262_304_000_000;
const NEWEST = 1_735_689_600_000;
const DEEPEST = 11;

interface Folder {
  id: number;
  path: string;
  depth: number;
}

/**
 * Fills the empty `entries` of a database with what a drive of so many files might hold, without a drive: names in several scripts, folders as deep
 * as people have them. Sums of folders are not made. Much faster than to make the files.
 */
export function makeSyntheticIndex(databasePath: string, { locationId, count, seed = 1, onPath }: SyntheticIndexOptions): void {
  const connection = new Database(databasePath);
  try {
    connection.pragma('synchronous = OFF');
    connection.exec('DROP INDEX entries_listing; DROP INDEX entries_by_inode');
    const insert = connection.prepare(
      `INSERT INTO entries (id, location_id, parent_id, name, sort_key, kind, size, modified_ms, modified_ns, born_ms, extension)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?)`,
    );
    insert.run(1, locationId, null, '', '', KIND_RANK.folder, 0, 0, null, null);
    connection.prepare('UPDATE locations SET root_entry_id = 1 WHERE id = ?').run(locationId);
    const random = seededNames(seed);
    const folders: Folder[] = [{ id: 1, path: '', depth: 0 }];
    let [folder, left] = [folders[0], 5];
    connection.exec('BEGIN');
    for (let id = 2; id <= count; id++) {
      if (left-- <= 0) {
        folder = folders[Math.floor(random.number() * folders.length)];
        left = Math.floor(random.number() * 34);
      }
      if (!folder) throw new Error('There are no folders');
      const isFolder = random.number() < FOLDER_SHARE;
      const name = isFolder ? random.folderName() : random.fileName();
      const path = `${folder.path}/${name}`;
      const modified = Math.floor(OLDEST + random.number() * (NEWEST - OLDEST));
      const size = isFolder ? 0 : Math.floor(2 ** (random.number() * 24));
      const kind = isFolder ? KIND_RANK.folder : KIND_RANK.file;
      const extension = isFolder ? null : storedExtension(name);
      insert.run(id, locationId, folder.id, name, naturalSortKey(name), kind, size, modified, modified, extension);
      if (isFolder && folder.depth < DEEPEST) folders.push({ id, path, depth: folder.depth + 1 });
      onPath?.(path);
      if (id % ENTRIES_PER_TRANSACTION === 0) connection.exec('COMMIT; BEGIN');
    }
    connection.exec('COMMIT');
  } finally {
    connection.close();
  }
}
