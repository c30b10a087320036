import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { expectTruth } from './index-truth.ts';
import { IndexWorld } from './index-world.ts';

it('takes out what stricter rules leave out, without its drive, and keeps sums true', async () => {
  await using world = await IndexWorld.make();
  const root = world.addLocation('mixed');
  mkdirSync(`${root.path}/.cache/deep`, { recursive: true });
  mkdirSync(`${root.path}/kept`);
  for (const file of ['.cache/deep/a', 'kept/.b', 'kept/c']) writeFileSync(`${root.path}/${file}`, file);
  await world.scan(root);
  // Nothing of the disk is needed for it.
  renameSync(world.mountPoint, `${world.mountPoint} elsewhere`);
  const signal = new AbortController().signal;
  const metrics = await world.indexer.prune({ ...root, rules: { ...root.rules, skipHidden: true } }, {}, signal);
  expect(metrics.removed).toBe(4);
  const index = world.index(root);
  expect([...index.keys()].sort()).toEqual(['', '/kept', '/kept/c']);
  expect(index.get('')).toMatchObject({ size: 6n, counts: { files: 1n, folders: 1n, children: 1n } });
  // What looser rules let in again has to be looked for.
  renameSync(`${world.mountPoint} elsewhere`, world.mountPoint);
  expect(await world.scan(root)).toMatchObject({ created: 4, moved: 0 });
  expectTruth(world, [root]);
});
