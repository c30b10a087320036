import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { IndexedRoot } from '#core/indexing/index-task.ts';
import { hintsOf } from './index-truth.ts';
import { IndexWorld } from './index-world.ts';
import { readDisk } from './read-index.ts';

/** Two locations of one drive, with a folder and a file in the first. */
async function makeTwo() {
  const world = await IndexWorld.make();
  const roots: [IndexedRoot, IndexedRoot] = [world.addLocation('from'), world.addLocation('to')];
  const [from, to] = roots;
  mkdirSync(`${from.path}/album/deep`, { recursive: true });
  for (const name of ['album/deep/photo', 'album/a', 'letter']) writeFileSync(`${from.path}/${name}`, name);
  for (const root of roots) await world.scan(root);
  return { world, from, to, roots };
}

function rowsLeft(world: IndexWorld): unknown {
  return world.database.query('SELECT count(*) AS rows FROM entries WHERE parent_id IS NOT NULL')[0];
}

describe('what moves between two locations of a drive keeps its row', () => {
  it.each([
    ['the scan of the one that it has left comes first', ['from', 'to'] as const],
    ['the scan of the one that it has come to comes first', ['to', 'from'] as const],
  ])('when %s', async (_name, order) => {
    const { world, from, to } = await makeTwo();
    await using _world = world;
    const before = world.index(from);
    renameSync(`${from.path}/album`, `${to.path}/album 2`);
    renameSync(`${from.path}/letter`, `${to.path}/letter`);
    for (const name of order) await world.scan({ from, to }[name]);
    const [old, now] = [world.index(from), world.index(to)];
    expect([...old.keys()].filter((path) => !path.startsWith('limbo/'))).toEqual(['']);
    for (const path of ['/album', '/album/a', '/album/deep', '/album/deep/photo', '/letter'])
      expect(now.get(path.replace('album', 'album 2'))?.id, path).toBe(before.get(path)?.id);
    expect(now.get('')).toMatchObject({ counts: { files: 3n, folders: 2n, children: 2n } });
  });

  it('when a scan that is still to come finds it, however long that waits for its turn', async () => {
    const { world, from, to } = await makeTwo();
    await using _world = world;
    const before = world.index(from).get('/letter')?.id;
    renameSync(`${from.path}/letter`, `${to.path}/letter`);
    using _waiting = world.database.addWaitingScan();
    await world.scan(from);
    const limbos = () => world.database.query('SELECT id FROM entries WHERE parent_id IS NULL AND kind = 3').length;
    // What vanishes meanwhile waits elsewhere each time that what has vanished before could have been given up.
    while (limbos() < 4) {
      writeFileSync(`${to.path}/passing`, '');
      await world.applyChanges([to], [{ path: to.path, names: ['passing'] }]);
      rmSync(`${to.path}/passing`);
      await world.applyChanges([to], [{ path: to.path, names: ['passing'] }]);
    }
    await world.scan(to);
    expect(world.index(to).get('/letter')?.id).toBe(before);
  });

  it('when a watcher tells of the one and a scan finds the other', async () => {
    const { world, from, to } = await makeTwo();
    await using _world = world;
    const [before, disk] = [world.index(from), readDisk(String(from.path))];
    renameSync(`${from.path}/album`, `${to.path}/album`);
    await world.applyChanges([from], hintsOf(from, disk, readDisk(String(from.path))));
    await world.scan(to);
    expect(world.index(to).get('/album/deep/photo')?.id).toBe(before.get('/album/deep/photo')?.id);
  });
});

it('forgets what has not turned up, also while something changes all the time', async () => {
  const { world, from, to } = await makeTwo();
  await using _world = world;
  rmSync(`${from.path}/album`, { recursive: true });
  await world.scan(from);
  let isDone = false;
  const changing = (async () => {
    for (let n = 0; !isDone; n++) {
      writeFileSync(`${to.path}/log`, String(n));
      await world.applyChanges([to], [{ path: to.path, names: ['log'] }]);
    }
  })();
  await expect.poll(() => rowsLeft(world), { timeout: 30_000, interval: 100 }).toEqual({ rows: 2 });
  isDone = true;
  await changing;
});
