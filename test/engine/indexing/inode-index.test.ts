import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { createLibraryDatabase } from '#core/db/library-database.ts';
import { readMigrations } from '#core/db/migrations.ts';
import { makeTestDir } from '#test/instruments/test-run.ts';
import { IndexWorld } from './index-world.ts';

const INDEXES = `SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'entries' ORDER BY name`;

/** As sets of words: SQLite keeps the spelling of whoever has made an index. */
function plain(rows: unknown[]): string[] {
  return (rows as { sql: string }[]).map(({ sql }) =>
    sql
      .replaceAll('`', '')
      .replaceAll(/[\s,()]+/g, ' ')
      .trim(),
  );
}

async function indexesOfNewLibrary(): Promise<string[]> {
  const file = path.join(await makeTestDir('indexes'), 'new.db');
  createLibraryDatabase(file, readMigrations()).close();
  const connection = new Database(file, { readonly: true });
  try {
    return plain(connection.prepare(INDEXES).all());
  } finally {
    connection.close();
  }
}

it('has all indexes that the migrations made after the first scan of an empty library', async () => {
  await using world = await IndexWorld.make();
  const root = world.addLocation('photos');
  writeFileSync(path.join(String(root.path), 'a'), '');
  await world.scan(root);
  expect(plain(world.database.query(INDEXES))).toEqual(await indexesOfNewLibrary());
});

it('makes the index that an interrupted first scan has left out before anything else', async () => {
  await using world = await IndexWorld.make();
  const root = world.addLocation('photos');
  for (let folder = 0; folder < 200; folder++) mkdirSync(path.join(String(root.path), `${folder}`, 'below'), { recursive: true });
  const abort = new AbortController();
  world.onCheckpoint = () => abort.abort();
  const scan = world.scan(root, {}, abort.signal);
  abort.abort();
  await expect(scan).rejects.toMatchObject({ code: 'CANCELLED' });
  await world.indexer.release();
  const connection = new Database(world.database.path);
  connection.exec('DROP INDEX IF EXISTS entries_by_inode');
  connection.close();
  await world.applyChanges([root], [{ path: root.path, names: null }]);
  expect(plain(world.database.query(INDEXES))).toEqual(await indexesOfNewLibrary());
});
