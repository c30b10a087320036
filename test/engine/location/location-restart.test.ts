import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { deleteLocation, locationRow } from '#core/location/location-rows.ts';
import { startTestEngine } from '#test/instruments/test-engine.ts';
import { makeTestDir } from '#test/instruments/test-run.ts';
import { completed, currentLibrary, makeSmallTree, settled, treeInIndex, treeOnDisk } from './location-world.ts';

describe('a location when Mooring starts again', () => {
  it.each([true, false])('has what was changed while Mooring was off (watched: %s)', async (watch) => {
    const dataDir = await makeTestDir('engine');
    const root = await makeTestDir('tree');
    await makeSmallTree(root);
    const { id } = await firstRun(dataDir, root, watch);
    writeFileSync(path.join(root, 'readme.md'), 'changed in place, and longer');
    rmSync(path.join(root, 'documents'), { recursive: true });
    renameSync(path.join(root, 'photos/2024'), path.join(root, 'older'));
    mkdirSync(path.join(root, 'new'));

    await using engine = await startTestEngine({ dataDir });
    const disk = await treeOnDisk(root);
    await expect.poll(() => treeInIndex(currentLibrary(engine), id), { timeout: 30_000 }).toEqual(disk);
    expect(await settled(engine, id)).toMatchObject({ scanState: 'complete', error: null });
  });

  it('stays paused when it was', async () => {
    const dataDir = await makeTestDir('engine');
    const root = await makeTestDir('tree');
    await makeSmallTree(root);
    const { id } = await firstRun(dataDir, root, true, true);
    await using engine = await startTestEngine({ dataDir });
    expect(await engine.client.locations.get({ location: id })).toMatchObject({ scanState: 'paused', watchState: 'off', jobId: null });
  });

  it('that was half removed is removed to its end', async () => {
    const dataDir = await makeTestDir('engine');
    const root = await makeTestDir('tree');
    await makeSmallTree(root);
    const { id } = await firstRun(dataDir, root, false);
    {
      // As a crash leaves it: the location is gone, and its entries are not.
      await using engine = await startTestEngine({ dataDir });
      await settled(engine, id);
      await engine.client.locations.pause({ location: id });
      const library = currentLibrary(engine);
      deleteLocation(library, locationRow(library, id)?.id ?? 0);
    }
    await using engine = await startTestEngine({ dataDir });
    const left = () => currentLibrary(engine).read((db) => db.get<{ count: number }>('SELECT count(*) AS count FROM entries'))?.count;
    await expect.poll(left, { timeout: 30_000 }).toBe(0);
  });
});

/** Adds a location, and stops when all is known of it. */
async function firstRun(dataDir: string, root: string, watch: boolean, pause = false): Promise<{ id: string }> {
  await using engine = await startTestEngine({ dataDir });
  await engine.client.libraries.create({ name: 'Home' });
  const { location, job } = await engine.client.locations.add({ path: root, watch });
  await completed(engine, job);
  await settled(engine, location.id);
  if (pause) await engine.client.locations.pause({ location: location.id });
  return { id: location.id };
}
