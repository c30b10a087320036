import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLibraryDatabase, type LibraryDatabase, type LibraryReader } from '#core/db/library-database.ts';
import { readMigrations } from '#core/db/migrations.ts';
import { Entries } from '#core/entry/entries.ts';
import { Addresses } from '#core/entry/entry-address.ts';
import type { EntryDatabase } from '#core/entry/entry-statements.ts';
import { type FoundEntry, IndexedFolders } from '#core/entry/indexed-folders.ts';
import type { RowOrder } from '#core/entry/row-order.ts';
import { rowOf, type StoredEntry } from '#core/entry/stored-entry.ts';
import { joinPath, toBytes } from '#core/fs/native-path.ts';
import type { EntrySort } from '#shared/contract/entry.ts';
import { indexByHand } from '#test/instruments/index-by-hand.ts';
import { testRunDir } from '#test/instruments/test-run.ts';

const device = { id: '01890a5d-ac96-774b-bcce-b302099a8057' };
const HERE = 'a'.repeat(64);
/** What large folders have indexes for; in any other order SQLite sorts them. */
const INDEXED: EntrySort[] = ['name', 'size', 'modified', 'kind'];
const SORTS: EntrySort[] = [...INDEXED, 'created', 'items', 'permissions', 'link'];
const ORDERS: RowOrder[] = SORTS.flatMap((sort) =>
  (['asc', 'desc'] as const).flatMap((order) =>
    [true, false].flatMap((foldersFirst) => [true, false].map((showHidden) => ({ sort, order, foldersFirst, showHidden }))),
  ),
);
/** In several scripts, with accents, numbers, equal keys, and characters that UTF-16 and UTF-8 order differently. */
const NAMES = [
  ...['a', 'A2', 'b.TXT', 'B.txt.gz', 'e', 'é', 'E\u0301', 'z', 'Ä', 'ä', '2', '10', '007', '7', 'img2.jpg', 'img10.jpg', 'IMG 2.JPG'],
  ...['日本.txt', '日本語', 'ﬁle', '\uffee', '\u{1f600}.png', '\u{10ffff}', '\ue000', 'Ω', 'я', 'Ёж', 'ש', 'العربية', '가', '／slash', '℀'],
  ...['.hidden', '.h.txt', '․looks hidden', ' space', '-dash', "quote'", 'new\nline', '9'.repeat(60), '1'.repeat(200), '%20', '\u202e.rtl'],
];
const BYTES = [
  Buffer.from([0xff]),
  Buffer.from([0x61, 0xff]),
  Buffer.from([0xfe, 0x2e, 0x74, 0x78, 0x74]),
  Buffer.from([0x2e, 0xff]),
  Buffer.from([0xef, 0xbf, 0xbd]),
];

let home: string;
let folder: string;
let libraryDatabase: LibraryDatabase;
let database: EntryDatabase;
const indexed = new IndexedFolders();
const volumes = () => ({ live: [{ mountPoints: [home], fingerprint: HERE, unresponsive: false }] });
const addresses = () => new Addresses({ volumes: volumes(), device });

beforeEach(() => {
  home = mkdtempSync(path.join(testRunDir(), 'indexed-'));
  folder = path.join(home, 'folder');
  mkdirSync(folder);
  libraryDatabase = createLibraryDatabase(path.join(home, 'test.db'), readMigrations());
  database = { id: device.id, read: (fn) => libraryDatabase.read(fn) };
});
afterEach(() => {
  libraryDatabase.close();
  rmSync(home, { recursive: true, force: true });
});

function index(): FoundEntry {
  indexByHand(libraryDatabase, { folder, volumeFingerprint: HERE, pathInVolume: 'folder', deviceId: device.id });
  const found = indexed.find(database, addresses().ofPath(folder));
  if (!found) throw new Error('the folder is not in the index');
  return found;
}

/** All entries, page by page. */
function paged(found: FoundEntry, order: RowOrder, limit: number): StoredEntry[] {
  const all: StoredEntry[] = [];
  for (let after: ReturnType<typeof rowOf> | null = null; ; ) {
    const { entries } = indexed.page(found, order, after, limit);
    const page = entries.slice(0, limit);
    all.push(...page);
    const last = page.at(-1);
    if (entries.length <= limit || !last) return all;
    after = rowOf(last, order.sort);
  }
}

function makeMany(): void {
  for (const [number, name] of [...NAMES, ...BYTES].entries()) {
    const file = joinPath(folder, typeof name === 'string' ? name : name);
    if (number % 7 === 3) mkdirSync(file);
    else if (number % 7 === 5) symlinkSync(`Nowhere${number % 4 === 0 ? '' : number}`, file);
    else writeFileSync(file, 'x'.repeat(number % 4));
    if (number % 7 !== 5) chmodSync(file, number % 2 === 0 ? 0o700 : 0o755);
    if (number % 7 !== 5) utimesSync(file, 1, number % 3 === 0 ? -1.5 : 1_700_000_000 + (number % 5) / 1000);
  }
}

describe('a folder from the index', () => {
  it('has the same order as from the disk, however it is sorted', async () => {
    makeMany();
    const found = index();
    const entries = new Entries({ volumes: volumes(), device });
    try {
      for (const order of ORDERS) {
        // What is in folders is known to the index alone.
        if (order.sort === 'size' || order.sort === 'items') continue;
        const fromDisk = await entries.list({ ...order, path: folder, limit: 1000 });
        const { entries: fromIndex, totalCount } = indexed.page(found, order, null, 1000);
        expect([order, fromIndex.map(({ name }) => toBytes(name).toString('latin1'))]).toEqual([
          order,
          fromDisk.items.map(({ path: address }) => decode(address)),
        ]);
        expect(totalCount).toBe(fromDisk.totalCount);
      }
    } finally {
      await entries.close();
    }
  });

  it.each(SORTS)('by %s gives everything once in pages, and the same as in one', (sort) => {
    makeMany();
    const found = index();
    for (const order of ORDERS.filter((candidate) => candidate.sort === sort)) {
      const whole = indexed.page(found, order, null, 1000);
      expect(whole.entries).toHaveLength(whole.totalCount);
      for (const limit of [1, 3, 10]) expect(paged(found, order, limit)).toEqual(whole.entries);
    }
  });

  it('is paged by its indexes, in a large folder, as it is by sorting, in a small one', () => {
    makeMany();
    const found = index();
    const orders = ORDERS.filter(({ sort }) => sort !== 'name');
    const small = orders.map((order) => paged(found, order, 10));
    makeLarge(found);
    expect(orders.map((order) => paged(found, order, 10))).toEqual(small);
  });

  it('goes on rightly when it changes between two pages', () => {
    for (let number = 0; number < 20; number++) writeFileSync(path.join(folder, `n${number}`), '');
    const found = index();
    const order: RowOrder = { sort: 'name', order: 'asc', foldersFirst: true, showHidden: true };
    const first = indexed.page(found, order, null, 5).entries.slice(0, 5);
    const last = first.at(-1);
    libraryDatabase.transact((tx) => tx.run(`DELETE FROM entries WHERE name IN ('n4', 'n10')`));
    const next = indexed.page(found, order, last ? rowOf(last, 'name') : null, 7).entries;
    expect(next.slice(0, 7).map(({ name }) => name)).toEqual(['n5', 'n6', 'n7', 'n8', 'n9', 'n11', 'n12']);
  });

  it('pages through large groups of equal values without sorting them', () => {
    const found = index();
    const rows = 9000;
    libraryDatabase.transact((tx) => {
      tx.run(`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${rows})
        INSERT INTO entries (location_id, parent_id, name, sort_key, kind, size, modified_ms, modified_ns, in_large_folder)
        SELECT 1, ${found.entry.id}, printf('%d', (i * 7919) % ${rows}), printf('%d%d', length((i * 7919) % ${rows}) - 1, (i * 7919) % ${rows}), 1, i % 10 = 0, 5, 0, 1 FROM n`);
    });
    makeLarge(found);
    for (const order of ORDERS.filter(({ sort, foldersFirst }) => foldersFirst && (sort === 'size' || sort === 'modified'))) {
      const all = paged(found, order, 1000);
      const expected = all.toSorted((a, b) => {
        const byValue = order.sort === 'size' ? a.size - b.size : 0;
        const comparison = byValue || Number(a.name) - Number(b.name);
        return order.order === 'asc' ? comparison : -comparison;
      });
      expect(all).toHaveLength(rows);
      expect(all.map(({ name }) => name)).toEqual(expected.map(({ name }) => name));
    }
  });

  it.each(INDEXED)('is read by %s from its indexes alone', (sort) => {
    makeMany();
    const found = index();
    makeLarge(found);
    const plans: { sql: string; detail: string }[] = [];
    const explaining = { ...found, database: { id: device.id, read: <T>(fn: (db: LibraryReader) => T) => fn(explainingReader(plans)) } };
    for (const order of ORDERS.filter((candidate) => candidate.sort === sort)) {
      const { entries } = new IndexedFolders().page(explaining, order, null, 10);
      const last = entries.at(5);
      new IndexedFolders().page(explaining, order, last ? rowOf(last, sort) : null, 10);
    }
    const used = plans.filter(({ detail }) => detail.startsWith('SEARCH entries USING'));
    expect(used.length).toBeGreaterThan(20);
    // Few rows of one value are sorted, and a page within its values.
    const isFew = (sql: string) => /AND (size|modified_ms|extension) = \?/.test(sql);
    const unwanted = plans.filter(
      ({ sql, detail }) =>
        /^SCAN (?!\(subquery|sqlite_schema)/.test(detail) || (detail.startsWith('USE TEMP B-TREE FOR ORDER BY') && !isFew(sql)),
    );
    expect(unwanted).toEqual([]);
  });

  /** As the indexer marks the rows of a folder that has very many. */
  function makeLarge({ entry }: FoundEntry): void {
    libraryDatabase.transact((tx) => {
      tx.run(`UPDATE entries SET child_count = 100000 WHERE id = ${entry.id}`);
      tx.run(`UPDATE entries SET in_large_folder = 1 WHERE parent_id = ${entry.id}`);
    });
  }

  /** Runs what it is asked, and notes how SQLite goes about it. */
  function explainingReader(plans: { sql: string; detail: string }[]): LibraryReader {
    return libraryDatabase.read((db) => {
      const prepare = (sql: string) => {
        const holes = Array.from({ length: sql.split('?').length - 1 }, () => 1);
        const plan = db.$client.prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`).all(...holes);
        plans.push(...plan.map(({ detail }) => ({ sql, detail })));
        return db.$client.prepare(sql);
      };
      const client = { prepare, transaction: (work: () => unknown) => work, function: () => client };
      return { $client: client } as unknown as LibraryReader;
    });
  }
});

function decode(address: string): string {
  return decodeURIComponentBytes(address.slice(address.lastIndexOf('/') + 1));
}

function decodeURIComponentBytes(text: string): string {
  return text.replace(/%([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}
