import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import type { IndexListener, ScanTask } from '#core/indexing/index-task.ts';
import { IndexWorld } from './index-world.ts';
import { comparable, type IndexedEntry, readDisk } from './read-index.ts';

function plain(entries: Map<string, IndexedEntry>) {
  return Object.fromEntries([...entries].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, entry]) => [name, comparable(entry)]));
}

it('says that it is finishing when all is read', async () => {
  await using world = await IndexWorld.make();
  const root = world.addLocation('photos');
  writeFileSync(path.join(world.mountPoint, 'photos', 'file'), '');
  const phases: string[] = [];
  const task: ScanTask = { root, depth: 'full', below: [], maxDepth: null, resumeFrom: null, walkers: 1 };
  const onProgress: IndexListener['onProgress'] = ({ phase, counts }) => phases.push(`${phase} ${counts.entriesSeen}`);
  await world.indexer.scan(task, { onProgress }, new AbortController().signal);
  expect(phases.at(-1)).toBe('aggregation 1');
  expect(phases.slice(0, -1).every((phase) => phase.startsWith('discovery'))).toBe(true);
});

it('indexes a tree as it is', async () => {
  await using world = await IndexWorld.make();
  const root = world.addLocation('photos');
  for (const folder of ['a/b/c', 'd', 'e/f']) mkdirSync(path.join(world.mountPoint, 'photos', folder), { recursive: true });
  for (const file of ['a/1.txt', 'a/b/2.TXT', 'a/b/c/3', 'd/4', 'top']) writeFileSync(path.join(world.mountPoint, 'photos', file), file);
  const metrics = await world.scan(root);
  expect(metrics).toMatchObject({ created: 11, entriesSeen: 11, problems: 0 });
  expect(plain(world.index(root))).toEqual(plain(readDisk(path.join(world.mountPoint, 'photos'))));
});
