import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { loopMountAbility } from '#test/instruments/host-abilities.ts';
import { createDiskImage, type DiskImage } from '#test/instruments/loop-volume.ts';
import { seededRandom } from '#test/instruments/seeded-random.ts';
import { makeSeededTree } from '#test/instruments/seeded-tree.ts';
import { startTestEngine } from '#test/instruments/test-engine.ts';
import { makeTestDir } from '#test/instruments/test-run.ts';
import { completed, currentLibrary, entryIds, expectSameTree, nextEvent, settled, treeInIndex, treeOnDisk } from './location-world.ts';

const missing = loopMountAbility().reason;
const FILES = 1500;
const SWAPS = 4;

describe.skipIf(missing !== null)(`a drive that is swapped for another within an instant (${missing ?? 'real drives'})`, () => {
  it.each([
    ['another stick of the same make', false],
    ['a clone of it, of which the folders have been emptied', true],
  ])('%s: the entries of the first are not touched, whatever is under way', { timeout: 120_000 }, async (_name, isClone) => {
    await using engine = await startTestEngine();
    await engine.client.libraries.create({ name: 'Home' });
    await using stick = await createDiskImage({ fileSystem: 'ext4', sizeMb: 96, label: 'Stick' });
    const place = await stick.mount(path.join(await makeTestDir('mount'), 'stick'));
    makeSeededTree(place, { files: FILES, seed: 3 });
    await using other = isClone ? await stick.clone() : await createDiskImage({ fileSystem: 'ext4', sizeMb: 96, label: 'Stick' });
    const truth = await treeOnDisk(place);
    const { location, job } = await engine.client.locations.add({ path: place });
    await completed(engine, job);
    await settled(engine, location.id);
    const ids = entryIds(currentLibrary(engine), location.id);

    await changeElsewhere(other, isClone);
    const random = seededRandom(isClone ? 5 : 7);
    for (let round = 0; round < SWAPS; round++) {
      await engine.client.locations.rescan({ location: location.id, depth: 'full' });
      await after(random() * 150);
      const away = nextEvent(engine, 'LocationUpdated', (event) => event.location.id === location.id && !event.location.isOnline);
      swap(stick, other, place);
      const asked = Promise.allSettled([
        engine.client.locations.rescan({ location: location.id, depth: 'full' }),
        engine.client.indexing.scan({ path: place }),
        engine.client.entries.list({ path: place }),
      ]);
      await away;
      await asked;
      const back = nextEvent(engine, 'LocationUpdated', (event) => event.location.id === location.id && event.location.isOnline);
      expectSameTree(treeInIndex(currentLibrary(engine), location.id), truth);
      await other.unplug();
      await stick.mount(place);
      await back;
      await settled(engine, location.id);
    }
    expectSameTree(treeInIndex(currentLibrary(engine), location.id), truth);
    expect(entryIds(currentLibrary(engine), location.id)).toEqual(ids);
  });
});

/** The same names, other content; a clone has lost most of it. */
async function changeElsewhere(other: DiskImage, isClone: boolean): Promise<void> {
  const place = await other.mount(path.join(await makeTestDir('elsewhere'), 'other'));
  if (isClone) execFileSync('find', [place, '-mindepth', '2', '-delete']);
  else makeSeededTree(place, { files: FILES / 2, seed: 3 });
  writeFileSync(path.join(place, 'only here'), 'other');
  await other.unplug();
}

/** In one go, onto the same loop device where the kernel lets it. */
function swap(from: DiskImage, to: DiskImage, place: string): void {
  const script =
    'umount -l -- "$1" && losetup -d "$2" && device=$(losetup --find --show -- "$3") && mount -- "$device" "$1" && echo "$device"';
  const device = execFileSync('bash', ['-c', script, 'bash', place, from.device ?? '', to.path], { encoding: 'utf8' }).trim();
  from.device = null;
  from.mountPoint = null;
  to.device = device;
  to.mountPoint = place;
}

function after(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
