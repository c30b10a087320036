import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { loopMountAbility } from '#test/instruments/host-abilities.ts';
import { createDiskImage } from '#test/instruments/loop-volume.ts';
import { makeSeededTree } from '#test/instruments/seeded-tree.ts';
import { startTestEngine } from '#test/instruments/test-engine.ts';
import { makeTestDir } from '#test/instruments/test-run.ts';
import { currentLibrary, expectSameTree, nextEvent, treeInIndex, treeOnDisk } from './location-world.ts';

const missing = loopMountAbility().reason;
const MEGABYTE = 1024 * 1024;

describe.skipIf(missing !== null)(`a full disk under the library (${missing ?? 'a real one'})`, () => {
  it('pauses the scan, keeps the library whole, and lets it go on when there is room', async () => {
    await using small = await createDiskImage({ fileSystem: 'ext4', sizeMb: 32, label: 'Small' });
    await using engine = await startTestEngine();
    const home = await small.mount();
    const ballast = path.join(home, 'ballast');
    writeFileSync(ballast, Buffer.alloc(24 * MEGABYTE, 1));
    await engine.client.libraries.create({ name: 'Home', path: home });
    const root = await makeTestDir('tree');
    makeSeededTree(root, { files: 20_000, seed: 3 });

    const paused = nextEvent(engine, 'JobPaused');
    const { location, job } = await engine.client.locations.add({ path: root, watch: false });
    expect((await paused).job).toMatchObject({ id: job.id, pauseReason: 'no-space' });
    expect(await engine.client.locations.get({ location: location.id })).toMatchObject({ scanState: 'paused', jobId: job.id });
    expect(currentLibrary(engine).quickCheck()).toEqual([]);

    rmSync(ballast);
    if (engine.services.jobs.get(job.id).status === 'paused') await engine.client.jobs.resume({ id: job.id }).catch(() => undefined);
    expect(await engine.services.jobs.ended(job.id)).toMatchObject({ status: 'completed' });
    expectSameTree(treeInIndex(currentLibrary(engine), location.id), await treeOnDisk(root));
    await engine.client.libraries.close({});
  });
});
