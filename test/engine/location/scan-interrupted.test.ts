import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EngineProcess } from '#test/instruments/engine-process-client.ts';
import { loopMountAbility } from '#test/instruments/host-abilities.ts';
import { createDiskImage, type DiskImage } from '#test/instruments/loop-volume.ts';
import { seededRandom } from '#test/instruments/seeded-random.ts';
import { makeSeededTree } from '#test/instruments/seeded-tree.ts';
import { startTestEngine } from '#test/instruments/test-engine.ts';
import { makeTestDir } from '#test/instruments/test-run.ts';
import { currentLibrary, expectSameTree, nextEvent, settled, type Tree, treeInIndex, treeOnDisk } from './location-world.ts';

const missing = loopMountAbility().reason;
const FILES = 20_000;

describe.skipIf(missing !== null)(`a scan of ${FILES} files that is interrupted (${missing ?? 'on a real drive'})`, () => {
  let stick: DiskImage;
  let root: string;
  let truth: Tree;

  beforeEach(async () => {
    stick = await createDiskImage({ fileSystem: 'ext4', sizeMb: 600, label: 'Stick' });
    root = await stick.mount(path.join(await makeTestDir('mount'), 'stick'));
    makeSeededTree(root, { files: FILES, seed: 7 });
    truth = await treeOnDisk(root);
  });
  afterEach(() => stick.dispose());

  it('by pulling the drive at random moments, goes on wherever it is plugged in next, and ends equal', async () => {
    await using engine = await startTestEngine();
    await engine.client.libraries.create({ name: 'Home' });
    const random = seededRandom(11);
    const { location, job } = await engine.client.locations.add({ path: root, watch: false });
    let interrupted = 0;
    for (let attempt = 0; attempt < 6; attempt++) {
      await after(random() * 120);
      const isOver = () => ['completed', 'failed', 'cancelled'].includes(engine.services.jobs.get(job.id).status);
      if (isOver()) break;
      const paused = nextEvent(engine, 'JobPaused', (event) => event.job.id === job.id);
      const ended = engine.services.jobs.ended(job.id);
      await stick.unplug();
      await Promise.race([paused, ended]);
      if (isOver()) break;
      interrupted++;
      expect(engine.services.jobs.get(job.id)).toMatchObject({ status: 'paused', pauseReason: 'volume-offline' });
      expect((await engine.client.locations.get({ location: location.id })).scanState).toBe('paused');
      // A drive that is gone again before the job has noticed it interrupts nothing.
      const resumed = nextEvent(engine, 'JobStarted', (event) => event.job.id === job.id);
      await stick.mount(path.join(await makeTestDir('mount'), `place-${attempt}`));
      await resumed;
    }
    const place = stick.mountPoint ?? (await stick.mount(root));
    expect((await engine.services.jobs.ended(job.id)).status).toBe('completed');
    await settled(engine, location.id);
    expect(interrupted).toBeGreaterThan(0);
    expectSameTree(treeInIndex(currentLibrary(engine), location.id), truth);
    expectSameTree(await treeOnDisk(place), truth);
  });

  it('by killing the engine at random moments, goes on by itself and ends equal', async () => {
    const dataDir = await makeTestDir('engine');
    const random = seededRandom(13);
    let kills = 0;
    for (let attempt = 0; attempt < 5; attempt++) {
      await using engine = new EngineProcess('index', dataDir, ...(attempt === 0 ? [root] : []));
      await engine.said('location');
      const over = engine.said('settled').then(() => true);
      if (await Promise.race([over, after(random() * 250).then(() => false)])) break;
      over.catch(() => {
        // Killed before it could say so.
      });
      await engine.kill();
      kills++;
    }
    const last = new EngineProcess('index', dataDir);
    const { location } = await last.said('location');
    await last.said('settled');
    await last.kill();
    expect(kills).toBeGreaterThan(0);
    await using engine = await startTestEngine({ dataDir });
    expectSameTree(treeInIndex(currentLibrary(engine), String(location)), truth);
    expect((await settled(engine, String(location))).scanState).toBe('complete');
  });
});

/** A random moment cannot be awaited. */
function after(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
