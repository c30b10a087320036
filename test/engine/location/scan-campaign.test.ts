import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { loopMountAbility } from '#test/instruments/host-abilities.ts';
import { createDiskImage } from '#test/instruments/loop-volume.ts';
import { seededRandom } from '#test/instruments/seeded-random.ts';
import { makeSeededTree } from '#test/instruments/seeded-tree.ts';
import { startTestEngine } from '#test/instruments/test-engine.ts';
import { makeTestDir } from '#test/instruments/test-run.ts';
import { currentLibrary, expectSameTree, nextEvent, settled, treeInIndex, treeOnDisk } from './location-world.ts';

const missing = loopMountAbility().reason;
const FILES = 100_000;
const MOMENTS = 30;
/** About as long as one scan takes. */
const LONGEST_MS = 1200;

describe.skipIf(missing !== null)(`a drive of ${FILES} files (${missing ?? 'a real one'})`, () => {
  it(`is pulled at ${MOMENTS} random moments of its scans, and each goes on by itself`, { timeout: 180_000 }, async () => {
    await using stick = await createDiskImage({ fileSystem: 'ext4', sizeMb: 2500, label: 'Large' });
    await stick.mount();
    makeSeededTree(stick.mountPoint ?? '', { files: FILES, seed: 5 });
    const truth = await treeOnDisk(stick.mountPoint ?? '');
    await using engine = await startTestEngine();
    await engine.client.libraries.create({ name: 'Home' });
    const random = seededRandom(17);
    const { location, job: first } = await engine.client.locations.add({ path: stick.mountPoint ?? '', watch: false });
    let { id } = first;
    const places = [await makeTestDir('here'), await makeTestDir('there')];
    let interrupted = 0;
    for (let moment = 0; moment < MOMENTS; moment++) {
      await new Promise((resolve) => setTimeout(resolve, random() * LONGEST_MS));
      if (engine.services.jobs.get(id).status === 'completed') {
        id = (await engine.client.locations.rescan({ location: location.id, depth: 'full' })).job.id;
      }
      const away = nextEvent(
        engine,
        'VolumeMountChanged',
        ({ isMounted, fingerprint }) => !isMounted && fingerprint === location.volumeFingerprint,
      );
      await stick.unplug();
      await away;
      const back = nextEvent(
        engine,
        'VolumeMountChanged',
        ({ isMounted, fingerprint }) => isMounted && fingerprint === location.volumeFingerprint,
      );
      if (engine.services.jobs.get(id).status !== 'completed') interrupted++;
      await stick.mount(path.join(places[moment % 2] ?? '', `mount-${moment}`));
      await back;
    }
    expect(await engine.services.jobs.ended(id)).toMatchObject({ status: 'completed', error: null });
    await settled(engine, location.id);
    expect(interrupted).toBeGreaterThan(MOMENTS / 3);
    expectSameTree(treeInIndex(currentLibrary(engine), location.id), truth);
  });
});
