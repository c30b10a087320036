import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { createLibraryDatabase } from '#core/db/library-database.ts';
import { readMigrations } from '#core/db/migrations.ts';

/**
 * Makes a library's database that knows the folders of a tree as they are now, and no files: what the watcher needs of an index.
 *
 * @returns how many folders there are, with the root
 */
export function indexFolders(databasePath: string, { root, locationId }: { root: string; locationId: number }): number {
  createLibraryDatabase(databasePath, readMigrations()).close();
  const database = new Database(databasePath);
  // The location's device is not there.
  database.pragma('foreign_keys = OFF');
  const insert = database.prepare(
    `INSERT INTO entries (id, location_id, parent_id, name, sort_key, kind, size, modified_ms, modified_ns, listed_ms, listed_ns)
     VALUES (?, ${locationId}, ?, ?, ?, 0, 0, 0, 0, ?, 0)`,
  );
  const setCount = database.prepare('UPDATE entries SET folder_count = ? WHERE id = ?');
  let count = 0;
  const add = (path: string, name: string, parentId: number | null) => {
    const id = ++count;
    insert.run(id, parentId, name, name, Math.floor(statSync(path).mtimeMs));
    for (const entry of readdirSync(path, { withFileTypes: true })) if (entry.isDirectory()) add(join(path, entry.name), entry.name, id);
    setCount.run(count - id, id);
  };
  database.transaction(() => {
    add(root, '', null);
    database
      .prepare(
        `INSERT INTO locations (id, uuid, device_id, volume_fingerprint, path, name, index_mode, rules, watch_enabled, root_entry_id, created_at)
         VALUES (?, randomblob(16), randomblob(16), '', '', '', 'shallow', '{}', 1, 1, 0)`,
      )
      .run(locationId);
  })();
  database.close();
  return count;
}
