import { mkdirSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { IndexWorld } from './index-world.ts';

it('takes out what stricter rules leave out, and keeps sums true', async () => {
  await using world = await IndexWorld.make();
  const root = world.addLocation('mixed');
  mkdirSync(`${root.path}/.cache/deep`, { recursive: true });
  mkdirSync(`${root.path}/kept`);
  for (const file of ['.cache/deep/a', 'kept/.b', 'kept/c']) writeFileSync(`${root.path}/${file}`, file);
  await world.scan(root);
  const signal = new AbortController().signal;
  const metrics = await world.indexer.prune({ ...root, rules: { ...root.rules, skipHidden: true } }, {}, signal);
  expect(metrics.removed).toBe(4);
  const index = world.index(root);
  expect([...index.keys()].filter((path) => path !== 'limbo').sort()).toEqual(['', '/kept', '/kept/c']);
  expect(index.get('')).toMatchObject({ size: 6n, counts: { files: 1n, folders: 1n, children: 1n } });
});
