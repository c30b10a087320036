import { mkdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { IndexedRoot } from '#core/indexing/index-task.ts';
import { partId } from '#core/search/index/segment-format.ts';
import { age, applyChange, treeChange } from '#test/engine/indexing/tree-changes.ts';
import { seededRandom } from '#test/instruments/seeded-random.ts';
import { makeSeededTree } from '#test/instruments/seeded-tree.ts';
import { makeOddNames } from './odd-names.ts';
import { SearchWorld } from './search-world.ts';

const ROUNDS = 8;
const CHANGES_PER_ROUND = 40;
const QUERIES_PER_ROUND = 40;
const QUERIES_AFTER_REPAIR = 10;
/** More than a segment of the search index. */
const FILES = 6000;

function pathsOf(roots: readonly IndexedRoot[]): string[] {
  return roots.map((root) => String(root.path));
}

function changeAtRandom(roots: readonly IndexedRoot[], seed: number): void {
  for (const change of fc.sample(treeChange, { numRuns: CHANGES_PER_ROUND, seed })) applyChange(pathsOf(roots), change);
  age(pathsOf(roots));
}

/** Whatever may lie between a change and a search. */
async function lookAtRandom(world: SearchWorld, roots: IndexedRoot[], random: () => number): Promise<void> {
  for (const root of random() < 0.5 ? roots : roots.toReversed()) await world.scan(root, { depth: random() < 0.5 ? 'full' : 'quick' });
  if (random() < 0.4) await world.tidy();
  if (random() < 0.3) await world.indexes.release(world.database);
  if (random() < 0.3) await world.indexer.release();
}

/** Writes to the database as nobody but a fault would. */
function plant(world: SearchWorld, sql: string): void {
  const connection = new Database(world.database.path);
  try {
    connection.exec(sql);
  } finally {
    connection.close();
  }
}

async function differencesOf(world: SearchWorld): Promise<number> {
  return (await world.indexes.check(world.database, new AbortController().signal)).differenceCount;
}

async function makeSegments(world: SearchWorld): Promise<IndexedRoot> {
  const root = world.addSearched('first');
  makeSeededTree(String(root.path), { files: FILES });
  await world.scan(root);
  await world.tidy();
  return root;
}

describe('the search index', () => {
  it('finds the truth after any changes, tidied or not, by a thread that knows what was before and by a new one', async () => {
    await using world = await SearchWorld.make();
    const roots = [world.addSearched('first'), world.addSearched('second', false)];
    const [first, second] = pathsOf(roots);
    makeSeededTree(String(first), { files: FILES });
    makeOddNames(String(second));
    for (const root of roots) await world.scan(root);
    const random = seededRandom(5);
    for (let round = 0; round < ROUNDS; round++) {
      changeAtRandom(roots, round);
      if (round === 2) {
        renameSync(`${first}`, `${second}/moved`);
        mkdirSync(`${first}`);
      }
      if (round === 4) rmSync(`${second}/moved`, { recursive: true });
      await lookAtRandom(world, roots, random);
      await world.expectTruth(QUERIES_PER_ROUND, 100 + round);
      await world.expectConsistent();
    }
  }, 300_000);

  it('is brought up to date while entries come and go by themselves', async () => {
    await using world = await SearchWorld.make();
    const root = await makeSegments(world);
    const named = (text: string) => world.namesOf(world.request({ query: { type: 'text', text }, sort: 'name', order: 'asc' }));
    expect(await named('quagga')).toEqual([]);
    writeFileSync(`${root.path}/Quagga 1.txt`, 'x');
    mkdirSync(`${root.path}/quagga folder`);
    writeFileSync(`${root.path}/quagga folder/inside`, 'x');
    await world.applyChanges([root], [{ path: root.path, names: ['Quagga 1.txt', 'quagga folder'] }]);
    expect(await named('quagga')).toEqual(['inside', 'Quagga 1.txt', 'quagga folder']);
    renameSync(`${root.path}/quagga folder`, `${root.path}/okapi`);
    await world.applyChanges([root], [{ path: root.path, names: ['quagga folder', 'okapi'] }]);
    expect(await named('quagga')).toEqual(['Quagga 1.txt']);
    expect(await named('okapi')).toEqual(['inside', 'okapi']);
    rmSync(`${root.path}/okapi`, { recursive: true });
    await world.applyChanges([root], [{ path: root.path, names: ['okapi'] }]);
    expect(await named('okapi')).toEqual([]);
  }, 60_000);

  it('forgets a location that is removed', async () => {
    await using world = await SearchWorld.make();
    const root = await makeSegments(world);
    expect((await world.search(world.request({ query: { type: 'all' } }))).count?.value).toBeGreaterThan(FILES);
    await world.indexer.removeEntries(root.locationId);
    expect(await world.search(world.request({ query: { type: 'all' } }))).toEqual({
      ids: [],
      marks: null,
      next: null,
      count: { value: 0, isExact: true },
    });
    await world.tidy();
    await world.expectConsistent();
    expect(world.database.query('SELECT sum(length(data)) < 20000 AS isSmall FROM search_parts')).toEqual([{ isSmall: 1 }]);
  }, 60_000);

  it('takes over what another index knows', async () => {
    await using known = await SearchWorld.make();
    const from = await makeSegments(known);
    await using world = await SearchWorld.make();
    const { locationId } = world.addSearched('adopted');
    const [row] = known.database.query('SELECT root_entry_id AS id FROM locations') as { id: number }[];
    const databasePath = known.database.path;
    await world.indexer.adopt({ locationId, databasePath, entryId: row?.id ?? 0 }, new AbortController().signal);
    expect(world.entries().length).toBe(known.entries().length);
    expect(statSync(String(from.path)).isDirectory()).toBe(true);
    await world.expectTruth(QUERIES_PER_ROUND, 7);
    await world.tidy();
    await world.expectTruth(QUERIES_PER_ROUND, 8);
    await world.expectConsistent();
  }, 60_000);
});

describe('the check of the search index', () => {
  let world: SearchWorld;
  let root: IndexedRoot;

  beforeAll(async () => {
    world = await SearchWorld.make();
    root = await makeSegments(world);
  });

  afterAll(() => world[Symbol.asyncDispose]());

  it.each([
    [
      'another name',
      (n: number) =>
        `UPDATE search_parts SET data = CAST(replace(data, x'${Buffer.from('report').toString('hex')}', x'${Buffer.from('rEport').toString('hex')}') AS BLOB) WHERE id = ${partId(n, 0)}`,
    ],
    [
      'a lost signature',
      (n: number) => `UPDATE search_parts SET data = substr(data, 1, length(data) - 150000) || zeroblob(150000) WHERE id = ${partId(n, 0)}`,
    ],
    ['other numbers', (n: number) => `UPDATE search_parts SET data = zeroblob(length(data)) WHERE id = ${partId(n, 1)}`],
    ['a missing part', (n: number) => `DELETE FROM search_parts WHERE id = ${partId(n, 2)}`],
    ['a change that nobody noted', () => 'DELETE FROM search_changes'],
  ])(
    'finds %s, and making it anew repairs it',
    async (what, sqlOf) => {
      await world.expectConsistent();
      expect(world.database.query('SELECT id FROM search_segments')).toEqual([{ id: 0 }]);
      // Only what is in a segment can be lost from one.
      plant(world, `UPDATE entries SET name = '${what}' WHERE id = 4000`);
      await world.expectConsistent();
      plant(world, sqlOf(0));
      expect(await differencesOf(world)).toBeGreaterThan(0);
      await world.indexes.rebuild(world.database, () => undefined, new AbortController().signal);
      await world.expectConsistent();
      await world.expectTruth(QUERIES_AFTER_REPAIR, root.locationId);
    },
    60_000,
  );
});
