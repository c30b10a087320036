import { mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLibraryDatabase, type LibraryDatabase } from '#core/db/library-database.ts';
import { readMigrations } from '#core/db/migrations.ts';
import { Entries, type ListInput } from '#core/entry/entries.ts';
import type { RowOrder } from '#core/entry/row-order.ts';
import type { Entry } from '#shared/contract/entry.ts';
import { indexByHand } from '#test/instruments/index-by-hand.ts';
import { seededRandom } from '#test/instruments/seeded-random.ts';
import { testRunDir } from '#test/instruments/test-run.ts';

const device = { id: '01890a5d-ac96-774b-bcce-b302099a8057' };
const HERE = 'a'.repeat(64);
const UNINDEXED = ['created', 'items', 'permissions', 'link'] as const;
const ORDERS: RowOrder[] = (['name', 'size', 'modified', 'kind', ...UNINDEXED] as const).flatMap((sort) =>
  (['asc', 'desc'] as const).flatMap((order) =>
    [true, false].flatMap((foldersFirst) => [true, false].map((showHidden) => ({ sort, order, foldersFirst, showHidden }))),
  ),
);
const EXTENSIONS = ['jpg', 'txt', '', 'pdf', 'JPG'];
const LINES = 1300;

let home: string;
let folder: string;
let database: LibraryDatabase;
const open: Entries[] = [];

beforeEach(() => {
  home = mkdtempSync(path.join(testRunDir(), 'places-'));
  folder = path.join(home, 'folder');
  mkdirSync(folder);
  database = createLibraryDatabase(path.join(home, 'test.db'), readMigrations());
});
afterEach(async () => {
  for (const entries of open.splice(0)) await entries.close();
  database.close();
  rmSync(home, { recursive: true, force: true });
});

/** Folders, files, links and hidden ones, some with bytes in their names, of few sizes and times: many have the same. */
function makeEntries(count: number): void {
  for (let number = 0; number < count; number++) {
    const extension = EXTENSIONS[number % EXTENSIONS.length] ?? '';
    const name = `${number % 11 === 4 ? '.' : ''}${number % 3 === 0 ? 'IMG_' : 'a é '}${(number * 7919) % count}${extension && `.${extension}`}`;
    const file = path.join(folder, name);
    if (number % 13 === 3) mkdirSync(file);
    else if (number % 17 === 5) symlinkSync(`To ${number % 12}`, file);
    else writeFileSync(file, 'x'.repeat(number % 5), { mode: [0o600, 0o640, 0o644, 0o755][number % 4] });
    if (number % 13 === 3 && number % 3 === 0) writeFileSync(path.join(file, 'one'), '');
    if (number % 17 !== 5 || number % 13 === 3) utimesSync(file, 1, 1_700_000_000 + (number % 7));
  }
  writeFileSync(Buffer.concat([Buffer.from(`${folder}/bytes-`), Buffer.from([0xff, 0xfe])]), 'x');
  writeFileSync(Buffer.concat([Buffer.from(`${folder}/.`), Buffer.from([0xff])]), '');
}

function fromDisk(): Entries {
  const entries = new Entries({ volumes: { live: [{ mountPoints: [home], fingerprint: HERE, unresponsive: false }] }, device });
  open.push(entries);
  return entries;
}

/** @param isLarge whether the index has its rows by their values, too */
function fromIndex(isLarge: boolean): Entries {
  indexByHand(database, { folder, volumeFingerprint: HERE, pathInVolume: 'folder', deviceId: device.id });
  if (isLarge) database.transact((tx) => tx.run('UPDATE entries SET in_large_folder = 1'));
  const current = { id: device.id, read: database.read.bind(database) };
  const live = [{ mountPoints: [home], fingerprint: HERE, unresponsive: false }];
  const entries = new Entries({ volumes: { live }, device, libraries: { current } });
  open.push(entries);
  return entries;
}

/** What the index has, while the drive is not there. */
function away(): Entries {
  const current = { id: device.id, read: database.read.bind(database) };
  const entries = new Entries({ volumes: { live: [] }, device, libraries: { current } });
  open.push(entries);
  return entries;
}

const list = (entries: Entries, query: Omit<ListInput, 'path' | 'limit'> & { limit?: number }) =>
  entries.list({ path: folder, limit: 1000, ...query });

/** By cursors, from the first to the last. */
async function allOf(entries: Entries, order: RowOrder, folderPath = folder): Promise<Entry[]> {
  const all: Entry[] = [];
  for (let cursor: string | undefined; ; ) {
    const page = await entries.list({ path: folderPath, limit: 1000, ...order, cursor });
    all.push(...page.items);
    if (page.nextCursor === null) return all;
    cursor = page.nextCursor;
  }
}

/** Of what SQLite sorts in one way, fewer orders are tried. */
const isTried = ({ sort, foldersFirst, showHidden }: RowOrder) => UNINDEXED.every((other) => other !== sort) || foldersFirst === showHidden;

/** What an entry is sorted by; null where it has none. */
function sortValue(entry: Entry, sort: RowOrder['sort']): number | null {
  if (sort === 'created') return entry.createdAt === null ? null : Date.parse(entry.createdAt);
  if (sort === 'items') return entry.childCount;
  if (sort === 'permissions') return entry.mode;
  return entry.linkTarget === null ? null : Number(entry.linkTarget.replace('To ', ''));
}

/** Entries that are in the order of their names, sorted by something else. */
function sorted(byName: readonly Entry[], { sort, order, foldersFirst }: RowOrder): Entry[] {
  const groups = foldersFirst ? [byName.filter(({ kind }) => kind === 'folder'), byName.filter(({ kind }) => kind !== 'folder')] : [byName];
  return groups.flatMap((group) => {
    const having = group.filter((entry) => sortValue(entry, sort) !== null);
    const lacking = group.filter((entry) => sortValue(entry, sort) === null);
    const sign = order === 'asc' ? 1 : -1;
    // Those of the same value keep the order of their names.
    return [...having.toSorted((a, b) => sign * (Number(sortValue(a, sort)) - Number(sortValue(b, sort)))), ...lacking];
  });
}

const pathsOf = (entries: readonly Entry[]) => entries.map((entry) => entry.path);

describe('places in a folder', () => {
  it.each([
    ['a large folder in the index', LINES, true, 'index'],
    ['a small folder in the index', 300, false, 'index'],
    ['the disk', LINES, false, 'disk'],
  ] as const)('of %s are the same by number as page by page', async (_, count, isLarge, source) => {
    makeEntries(count);
    const entries = source === 'index' ? fromIndex(isLarge) : fromDisk();
    const random = seededRandom(7);
    // Sizes of folders are known to the index alone; there, reading the disk for each order takes long.
    const onDisk = ORDERS.filter(({ sort }) => sort === 'name' || sort === 'kind' || sort === 'link');
    for (const order of source === 'index' ? ORDERS.filter(isTried) : onDisk) {
      const truth = pathsOf(await allOf(entries, order));
      const somewhere = Array.from({ length: 5 }, () => Math.floor(random() * truth.length));
      for (const from of [0, 1, truth.length - 1, truth.length, truth.length + 5, ...somewhere]) {
        const page = await list(entries, { ...order, from, limit: 7 });
        expect([order, from, pathsOf(page.items)]).toEqual([order, from, truth.slice(from, from + 7)]);
        expect(page.totalCount).toBe(truth.length);
        const entry = truth[from];
        if (entry !== undefined) expect([order, await entries.find({ ...order, path: folder, entry })]).toEqual([order, from]);
      }
    }
  });

  it('are right among thousands of the same value', async () => {
    const entries = fromIndex(true);
    const rows = 9000;
    database.transact((tx) => {
      tx.run(`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${rows})
        INSERT INTO entries (location_id, parent_id, name, sort_key, kind, size, modified_ms, modified_ns, in_large_folder)
        SELECT 1, (SELECT id FROM entries WHERE parent_id IS NULL), printf('%d', (i * 7919) % ${rows}),
          printf('%d%d', length((i * 7919) % ${rows}) - 1, (i * 7919) % ${rows}), 1, i % 10 = 0, 5, 0, 1 FROM n`);
      tx.run(`UPDATE entries SET child_count = ${rows} WHERE parent_id IS NULL`);
    });
    for (const order of ORDERS.filter(
      ({ sort, foldersFirst, showHidden }) => (sort === 'size' || sort === 'modified') && foldersFirst && showHidden,
    )) {
      const truth = pathsOf(await allOf(entries, order));
      for (const from of [8500, 3, 899, 900, 901, 4500, 4499, 7999, 8000, 8999]) {
        expect([order, from, pathsOf((await list(entries, { ...order, from, limit: 3 })).items)]).toEqual([
          order,
          from,
          truth.slice(from, from + 3),
        ]);
      }
    }
  });

  it.each([
    ['a large folder in the index', LINES, true, true],
    ['a small folder in the index', 300, false, true],
    ['a drive that is away', 300, false, false],
  ])('of %s are right by what has no index, and what lacks it comes last', async (_, count, isLarge, isThere) => {
    makeEntries(count);
    const online = fromIndex(isLarge);
    database.transact((tx) => {
      tx.run('UPDATE entries SET born_ms = CASE WHEN id % 5 > 0 THEN 1700000000000 + id * 7919 % 50 END');
      tx.run('UPDATE entries SET mode = NULL WHERE id % 9 = 0');
      tx.run('UPDATE entries SET child_count = NULL WHERE kind = 0 AND parent_id IS NOT NULL AND id % 4 = 0');
    });
    const entries = isThere ? online : away();
    const folderPath = isThere ? folder : `sd://volume/${HERE}/folder`;
    for (const order of ORDERS.filter(({ sort }) => UNINDEXED.some((unindexed) => sort === unindexed))) {
      const all = await allOf(entries, order, folderPath);
      const byName = await allOf(entries, { ...order, sort: 'name' }, folderPath);
      expect([order, all.map(({ name }) => name)]).toEqual([order, sorted(byName, order).map(({ name }) => name)]);
      const middle = all[150]?.path ?? '';
      expect(await entries.find({ ...order, path: folderPath, entry: middle })).toBe(150);
    }
  });

  it('are those of the disk by what only the disk has', async () => {
    makeEntries(200);
    const entries = fromDisk();
    for (const order of ORDERS.filter(({ sort }) => UNINDEXED.some((unindexed) => sort === unindexed))) {
      const all = await allOf(entries, order);
      const byName = await allOf(entries, { ...order, sort: 'name' });
      expect([order, all.map(({ name }) => name)]).toEqual([order, sorted(byName, order).map(({ name }) => name)]);
      expect(await entries.find({ ...order, path: folder, entry: all[100]?.path ?? '' })).toBe(100);
    }
  });

  it('are right again when something has been written', async () => {
    makeEntries(LINES);
    const entries = fromIndex(true);
    const order: RowOrder = { sort: 'name', order: 'asc', foldersFirst: true, showHidden: false };
    const byMode: RowOrder = { ...order, sort: 'permissions' };
    for (const asked of [order, byMode]) await list(entries, { ...asked, from: 1000, limit: 1 });
    database.transact((tx) => {
      tx.run(`DELETE FROM entries WHERE kind = 1 AND id % 3 = 0`);
      tx.run(
        `UPDATE entries SET child_count = (SELECT count(*) FROM entries AS child WHERE child.parent_id = entries.id) WHERE parent_id IS NULL`,
      );
    });
    const truth = pathsOf(await allOf(entries, order));
    expect(new Set(pathsOf(await allOf(entries, byMode)))).toEqual(new Set(truth));
    for (const from of [10, 400, 600, truth.length - 2]) {
      expect(pathsOf((await list(entries, { ...order, from, limit: 3 })).items)).toEqual(truth.slice(from, from + 3));
    }
  });

  it.each([
    ['from the index', true],
    ['from the disk', false],
  ])('are found %s by what somebody types, also beyond what is near, and going round', async (_, isIndexed) => {
    makeEntries(LINES);
    const entries = isIndexed ? fromIndex(true) : fromDisk();
    for (const sort of ['name', 'kind', 'link'] as const) {
      const order: RowOrder = { sort, order: 'asc', foldersFirst: true, showHidden: false };
      const names = (await allOf(entries, order)).map(({ name }) => name.toLowerCase());
      const next = (typed: string, start: number) => {
        const ahead = names.findIndex((name, index) => index >= start && name.startsWith(typed));
        return ahead >= 0 ? ahead : names.findIndex((name) => name.startsWith(typed));
      };
      for (const typed of ['img_', 'IMG_00', 'a é 123', 'A É 12', 'img_2', 'bytes', 'a é 1%']) {
        for (const start of [0, 5, 800, names.length - 1]) {
          const found = await entries.find({ ...order, path: folder, typed, start });
          const expected = next(typed.toLowerCase(), start);
          expect([sort, typed, start, found]).toEqual([sort, typed, start, expected < 0 ? null : expected]);
        }
      }
    }
  });

  it('tells which of some entries are gone', async () => {
    makeEntries(40);
    for (const entries of [fromDisk(), fromIndex(false)]) {
      const { items } = await list(entries, { sort: 'name', order: 'asc', foldersFirst: true, showHidden: true });
      const gone = `${items[0]?.path}-gone`;
      expect(await entries.missing({ path: folder, entries: [...pathsOf(items), gone] })).toEqual([gone]);
    }
  });

  it('does not have what is not shown', async () => {
    makeEntries(60);
    for (const entries of [fromDisk(), fromIndex(false)]) {
      const order: RowOrder = { sort: 'name', order: 'asc', foldersFirst: true, showHidden: true };
      const hidden = (await allOf(entries, order)).find(({ isHidden }) => isHidden);
      expect(await entries.find({ ...order, path: folder, entry: hidden?.path ?? '' })).not.toBeNull();
      expect(await entries.find({ ...order, showHidden: false, path: folder, entry: hidden?.path ?? '' })).toBeNull();
      expect(await entries.find({ ...order, path: folder, entry: `${hidden?.path}-gone` })).toBeNull();
    }
  });
});
