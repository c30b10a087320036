import { existsSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { makeSeededTree } from '#test/instruments/seeded-tree.ts';
import { makeOddNames } from './odd-names.ts';
import { SearchWorld } from './search-world.ts';

/**
 * A part of `/usr` with many words, and few enough entries that the plainest search through all of them takes no minute. `MOORING_TEST_FOLDER=/usr`
 * has all of it looked through, in some minutes.
 */
const SYSTEM_FOLDER =
  [process.env.MOORING_TEST_FOLDER ?? '/usr/share/perl', '/usr/include', '/usr/share'].find((folder) => existsSync(folder)) ?? '/usr';
const QUERIES = 1000;

describe('what a search finds', () => {
  let seeded: SearchWorld;
  beforeAll(async () => {
    seeded = await SearchWorld.make();
    const [first, second] = [seeded.addSearched('First Disk'), seeded.addSearched('zweite Größe', false)];
    makeSeededTree(String(first.path), { files: 5000 });
    makeOddNames(String(second.path));
    for (const root of [first, second]) await seeded.scan(root);
    return () => seeded[Symbol.asyncDispose]();
  }, 60_000);

  it('is what a plain look at each entry finds, in a tree of six scripts', async () => {
    await seeded.expectTruth(QUERIES, 1);
    await seeded.tidy();
    await seeded.expectConsistent();
    await seeded.expectTruth(QUERIES / 4, 2);
  }, 300_000);

  it('is what a plain look at each entry finds, in a part of this system', async () => {
    await using world = await SearchWorld.make();
    const root = world.addSearched('usr');
    await world.scan({ ...root, path: SYSTEM_FOLDER, mountPoint: '/' });
    expect(world.entries().length).toBeGreaterThan(500);
    await world.tidy();
    await world.expectTruth(QUERIES, 3);
    await world.expectConsistent();
  }, 3_000_000);
});
