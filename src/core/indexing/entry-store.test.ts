import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLibraryDatabase, type LibraryDatabase } from '#core/db/library-database.ts';
import { readMigrations } from '#core/db/migrations.ts';
import { makeTestDir } from '#test/instruments/test-run.ts';
import { EntryStore } from './entry-store.ts';
import { isSameFile } from './moves.ts';
import { COLUMN, WALK_COLUMNS } from './walk-messages.ts';
import { WalkedRows } from './walked-rows.ts';

/** As the kernel gives them: unsigned. Some are equal when a double holds them. */
const INODES = [1n, 2n ** 32n, 2n ** 53n - 1n, 2n ** 53n, 2n ** 53n + 1n, 2n ** 63n - 1n, 2n ** 63n, 2n ** 64n - 2n, 2n ** 64n - 1n];

function rowsOf(inodes: readonly bigint[]): WalkedRows {
  const numbers = new Float64Array(inodes.length * WALK_COLUMNS);
  for (let row = 0; row < inodes.length; row++) numbers.set([1, 10, 1000, 0, 500, 0o644], row * WALK_COLUMNS + COLUMN.kind);
  const names = inodes.map((_, row) => `file ${row}`).join('/');
  const columns = { numbers, inodes: BigInt64Array.from(inodes), linkTargets: [], problems: [] };
  return new WalkedRows({ requestId: 1, folders: [], names, sortKeys: inodes.map(() => '').join('/'), ...columns });
}

describe('file numbers of 64 bits', () => {
  let database: LibraryDatabase;
  let connection: Database.Database;
  let store: EntryStore;
  const rows = rowsOf(INODES);

  beforeEach(async () => {
    const path = `${await makeTestDir('store')}/database.db`;
    database = createLibraryDatabase(path, readMigrations());
    connection = new Database(path);
    store = new EntryStore(connection);
    for (let row = 0; row < rows.length; row++) store.insert(100 + row, { id: 50, locationId: 1, isLarge: false }, rows, row, row + 1);
  });
  afterEach(() => {
    connection.close();
    database.close();
  });

  it('are kept to their last bit', () => {
    const kept = connection.prepare<[], bigint>('SELECT inode FROM entries ORDER BY id').safeIntegers().pluck().all();
    expect(kept.map((inode) => BigInt.asUintN(64, inode))).toEqual(INODES);
  });

  it('are compared and found exactly', () => {
    const known = [...store.childrenOf(50)];
    for (let row = 0; row < rows.length; row++) {
      expect(known.filter((entry) => isSameFile(entry, rows, row)).map(({ id }) => id)).toEqual([100 + row]);
      const inode = rows.inode(row);
      expect(inode === null ? [] : store.withInode(inode).map(({ id }) => id)).toEqual([100 + row]);
    }
  });
});
