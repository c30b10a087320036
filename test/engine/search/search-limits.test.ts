import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { lstatSync, readdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import type { IndexedRoot } from '#core/indexing/index-task.ts';
import type { Query } from '#core/search/query/query.ts';
import { expectError } from '#test/instruments/expect-error.ts';
import { makeSeededTree } from '#test/instruments/seeded-tree.ts';
import { SearchWorld } from './search-world.ts';

const SCAN_SCRIPT = path.join(import.meta.dirname, '..', 'indexing', 'scan-process.ts');
const KILLS = 4;

const text = (wanted: string): Query => ({ type: 'text', text: wanted });
const ENDLESS = /^(.?)*(.?)*(.?)*(.?)*(.?)*(.?)*(.?)*(.?)*(no name has this)$/su;
const HOSTILE: [what: string, query: Query][] = [
  ['SQL', text(`"'); drop table entries; --`)],
  ['ten thousand letters', text('a'.repeat(10_000))],
  ['a NUL', text('a\0b')],
  ['a name of 100 folders', { type: 'in', path: Array.from({ length: 100 }, () => 'a') }],
  ['a hundred words', { type: 'and', of: Array.from({ length: 100 }, (_, index) => text(`w${index}`)) }],
  ['a deep nest', Array.from({ length: 300 }).reduce<Query>((inner) => ({ type: 'not', of: inner }), text('a'))],
  ['nothing of several', { type: 'or', of: [] }],
  ['all of none', { type: 'and', of: [] }],
  ['sizes that are no numbers', { type: 'size', min: Number.NaN, max: Number.POSITIVE_INFINITY }],
];

describe('a search', () => {
  let world: SearchWorld;
  let root: IndexedRoot;
  beforeAll(async () => {
    world = await SearchWorld.make();
    root = world.addSearched('first');
    makeSeededTree(String(root.path), { files: 5000 });
    await world.scan(root);
    return () => world[Symbol.asyncDispose]();
  }, 60_000);

  it.each(HOSTILE)('of %s is answered', async (_what, query) => {
    const { ids, count } = await world.search(world.request({ query }));
    expect(ids.length).toBeLessThanOrEqual(50);
    expect(count?.value).toBeGreaterThanOrEqual(ids.length);
  });

  it('by an expression without an end is ended, and the others that wait are answered', async () => {
    const endless = world.search(world.request({ query: { type: 'regex', regex: ENDLESS } }));
    const other = world.search(world.request({ query: text('report') }));
    const error = await expectError('SEARCH_TOO_SLOW', endless);
    expect(error.message).toContain('regular expression');
    expect((await other).count?.value).toBeGreaterThan(0);
    expect(await world.search(world.request({ query: { type: 'regex', regex: /report/i } }))).toMatchObject({ count: { isExact: true } });
  }, 30_000);

  it('that waits for such an expression to be ended finds the database let go when it is', async () => {
    const endless = world.search(world.request({ query: { type: 'regex', regex: ENDLESS } }));
    const waiting = expectError('CANCELLED', world.search(world.request({ query: text('report') })));
    await expectError('SEARCH_TOO_SLOW', endless);
    // Its thread is about to end, and there is no other yet.
    await world.indexes.release(world.database);
    await waiting;
  }, 30_000);

  it('that is not wanted any more is given up, whether it waits, runs or is done, and no other', async () => {
    const wanted = world.search(world.request({ query: text('report') }));
    const controllers = Array.from({ length: 30 }, () => new AbortController());
    const given = controllers.map(({ signal }) => world.search(world.request({ query: text('r') }), signal));
    const ends = Promise.allSettled(given);
    for (const [index, controller] of controllers.entries()) {
      if (index % 3 === 0) await nextTurn();
      controller.abort();
    }
    for (const end of await ends) {
      if (end.status === 'rejected') expect(end.reason).toMatchObject({ code: 'CANCELLED' });
    }
    expect((await wanted).count?.value).toBeGreaterThan(0);
    await expectError('CANCELLED', world.search(world.request({ query: text('r') }), AbortSignal.abort()));
    expect((await world.search(world.request({ query: text('r') }))).count?.value).toBeGreaterThan(0);
  }, 30_000);

  it('finds the same when its thread was prepared, also when the database was let go meanwhile', async () => {
    const request = world.request({ query: text('report') });
    const before = await world.search(request);
    await world.indexes.release(world.database);
    world.indexes.prepare(world.database);
    await world.indexes.release(world.database);
    world.indexes.prepare(world.database);
    world.indexes.prepare(world.database);
    expect(await world.search(request)).toEqual(before);
  }, 30_000);

  it('goes on after the database was let go', async () => {
    const before = await world.search(world.request({ query: text('report') }));
    await world.indexes.release(world.database);
    expect(await world.search(world.request({ query: text('report') }))).toEqual(before);
    const running = world.search(world.request({ query: text('r') }));
    const settled = Promise.allSettled([running]);
    await world.indexes.release(world.database);
    const [end] = await settled;
    if (end?.status === 'rejected') expect(end.reason).toMatchObject({ code: 'CANCELLED' });
    expect(await world.search(world.request({ query: text('report') }))).toEqual(before);
  }, 30_000);
});

/** Scans in a process that kills itself after so many commits. */
async function scanAndKill(world: SearchWorld, root: IndexedRoot, commits: number): Promise<void> {
  const args = [SCAN_SCRIPT, world.database.path, JSON.stringify(root), 'null', String(commits)];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'] });
  await once(child, 'exit');
}

it('is of one piece with the entries whenever the indexer is killed', async () => {
  await using world = await SearchWorld.make();
  const root = world.addSearched('killed');
  makeSeededTree(String(root.path), { files: 14_000 });
  for (let kill = 0; kill < KILLS; kill++) {
    await scanAndKill(world, root, 2 + 8 * kill);
    await world.expectConsistent();
    await world.expectTruth(15, kill);
  }
  await world.scan(root);
  expect(world.database.query('SELECT count(*) AS segments FROM search_segments')).not.toEqual([{ segments: 0 }]);
  await world.expectTruth(15, 10);
  const folders = readdirSync(String(root.path))
    .map((name) => path.join(String(root.path), name))
    .filter((one) => lstatSync(one).isDirectory());
  for (const folder of folders.slice(0, folders.length / 2)) rmSync(folder, { recursive: true });
  for (const folder of folders.slice(-2)) renameSync(folder, `${folder} moved`);
  await world.indexer.release();
  await scanAndKill(world, root, 1);
  await world.expectConsistent();
  await world.expectTruth(15, 11);
  await world.scan(root);
  await world.tidy();
  await world.expectConsistent();
  await world.expectTruth(15, 12);
}, 240_000);
