import { mkdirSync, rmSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { IndexedRoot } from '#core/indexing/index-task.ts';
import { expectKept, expectTruth, hintsOf, idsByFile } from './index-truth.ts';
import { IndexWorld } from './index-world.ts';
import { readDisk } from './read-index.ts';
import { age, applyChange, namesChange, type TreeChange, treeChange } from './tree-changes.ts';

interface Round {
  changes: TreeChange[];
}

const rounds = (change: fc.Arbitrary<TreeChange>) =>
  fc.record({
    first: fc.array(treeChange, { minLength: 5, maxLength: 60 }),
    rounds: fc.array(fc.record({ changes: fc.array(change, { minLength: 1, maxLength: 12 }) }), { minLength: 1, maxLength: 4 }),
  });

const { MOORING_PROPERTY_RUNS: runs = '15', MOORING_PROPERTY_SEED: seed, MOORING_PROPERTY_PATH: path } = process.env;
/** A seed and a path, as a failure tells them, play the tale again in which it happened. */
const parameters = { numRuns: Number(runs), endOnFailure: true, ...(seed && path && { seed: Number(seed), path, numRuns: 1 }) };

let world: IndexWorld;
let tales = 0;
beforeAll(async () => {
  world = await IndexWorld.make();
});
afterAll(() => world[Symbol.asyncDispose]());

/** Two locations on one volume, indexed, changed and brought up to date again and again. */
async function play(
  { first, rounds }: { first: TreeChange[]; rounds: Round[] },
  update: (roots: IndexedRoot[], change: () => void) => Promise<void>,
): Promise<void> {
  const mountPoint = `${world.mountPoint}/${tales++}`;
  const roots = [world.addLocation('one', {}, mountPoint), world.addLocation('two', {}, mountPoint)];
  const paths = roots.map((root) => String(root.path));
  for (const path of paths) mkdirSync(`${path}/start`);
  for (const change of first) applyChange(paths, change);
  age(paths);
  for (const root of roots) await world.scan(root);
  expectTruth(world, roots);
  for (const { changes } of rounds) {
    const before = idsByFile(world, roots);
    await update(roots, () => {
      for (const change of changes) applyChange(paths, change);
      age(paths);
    });
    expectTruth(world, roots);
    expectKept(before, idsByFile(world, roots));
  }
}

it('is what a new index would be, after any changes and a full scan', async () => {
  await fc.assert(
    fc.asyncProperty(rounds(treeChange), fc.boolean(), (tale, isReversed) =>
      play(tale, async (roots, change) => {
        change();
        for (const root of isReversed ? roots.toReversed() : roots) await world.scan(root, { depth: 'full' });
      }),
    ),
    parameters,
  );
}, 300_000);

it('is what a new index would be, after changes of names and a quick scan', async () => {
  await fc.assert(
    fc.asyncProperty(rounds(namesChange), fc.boolean(), (tale, isReversed) =>
      play(tale, async (roots, change) => {
        change();
        for (const root of isReversed ? roots.toReversed() : roots) await world.scan(root, { depth: 'quick' });
      }),
    ),
    parameters,
  );
}, 300_000);

it('is what a new index would be, after any changes of which a watcher tells', async () => {
  await fc.assert(
    fc.asyncProperty(rounds(treeChange), fc.boolean(), (tale, isReversed) =>
      play(tale, async (roots, change) => {
        const before = roots.map((root) => readDisk(String(root.path)));
        change();
        const hints = roots.flatMap((root, index) => hintsOf(root, before[index] ?? new Map(), readDisk(String(root.path))));
        await world.applyChanges(roots, isReversed ? hints.reverse() : hints);
      }),
    ),
    parameters,
  );
}, 300_000);

it('never gives an id twice', async () => {
  await using world = await IndexWorld.make();
  const root = world.addLocation('one');
  mkdirSync(`${root.path}/a`);
  await world.scan(root);
  const highest = () =>
    Math.max(
      ...world
        .index(root)
        .values()
        .map(({ id }) => Number(id)),
    );
  const before = highest();
  rmSync(`${root.path}/a`, { recursive: true });
  await world.scan(root);
  await world.indexer.release();
  mkdirSync(`${root.path}/b`);
  await world.scan(root);
  expect(highest()).toBeGreaterThan(before);
});
