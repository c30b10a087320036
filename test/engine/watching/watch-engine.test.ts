import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { loopMountAbility } from '#test/instruments/host-abilities.ts';
import { createDiskImage } from '#test/instruments/loop-volume.ts';
import { startTestEngine } from '#test/instruments/test-engine.ts';
import { makeTestDir } from '#test/instruments/test-run.ts';
import { nextEvent, treeInIndex, treeOnDisk } from '../location/location-world.ts';

const missing = loopMountAbility().reason;

it.skipIf(missing !== null)(
  'keeps a location of a real engine in line with its drive, tells of it, and lets the drive be ejected',
  async () => {
    await using image = await createDiskImage({ fileSystem: 'ext4', sizeMb: 16 });
    const mountPoint = await image.mount();
    await using engine = await startTestEngine();
    await engine.client.libraries.create({ name: 'Watched' });
    mkdirSync(join(mountPoint, 'photos/2019'), { recursive: true });
    const watching = nextEvent(
      engine,
      'LocationUpdated',
      ({ location }) => location.watchState === 'watching' && location.scanState === 'complete',
    );
    const { location } = await engine.client.locations.add({ path: mountPoint });
    await watching;

    const changed = nextEvent(engine, 'EntriesChanged', ({ created }) => created > 0);
    writeFileSync(join(mountPoint, 'photos/2019/new.jpg'), 'x');
    expect(await changed).toMatchObject({ locationId: location.id, folders: [expect.stringContaining('/photos/2019')], created: 1 });

    const moved = nextEvent(engine, 'EntryMoved');
    renameSync(join(mountPoint, 'photos/2019'), join(mountPoint, 'photos/2020'));
    const { moves } = await moved;
    expect(moves).toEqual([expect.objectContaining({ to: expect.stringContaining('/photos/2020') })]);
    // A file that was made and written may be told of in two parts.
    const disk = await treeOnDisk(mountPoint);
    await expect.poll(() => treeInIndex(engine.services.libraries.resolve(), location.id), { timeout: 20_000 }).toEqual(disk);

    const offline = nextEvent(engine, 'LocationUpdated', ({ location }) => !location.isOnline);
    await engine.client.volumes.eject({ volume: mountPoint });
    image.mountPoint = null;
    image.device = null;
    expect((await offline).location.watchState).toBe('offline');
  },
);

it('says of a location by itself that its folder is gone, however it went, and when it is back', async () => {
  const above = join(await makeTestDir('gone'), 'above');
  const root = join(above, 'photos');
  mkdirSync(root, { recursive: true });
  writeFileSync(join(root, 'old.jpg'), 'x');
  await using engine = await startTestEngine();
  await engine.client.libraries.create({ name: 'Gone' });
  const stateIs = (scanState: string, watchState: string) =>
    nextEvent(engine, 'LocationUpdated', ({ location }) => location.scanState === scanState && location.watchState === watchState);
  let there = stateIs('complete', 'watching');
  await engine.client.locations.add({ path: root });
  await there;
  const ways = [
    { take: () => renameSync(above, `${above}-away`), bring: () => renameSync(`${above}-away`, above), away: `${above}-away/photos` },
    { take: () => rmSync(root, { recursive: true }), bring: () => renameSync(`${root}-new`, root), away: `${root}-new` },
  ];
  for (const [round, { take, bring, away }] of ways.entries()) {
    const gone = stateIs('error', 'off');
    take();
    expect((await gone).location).toMatchObject({ error: { code: 'LOCATION_GONE' }, totalFileCount: round + 1 });
    there = stateIs('complete', 'watching');
    // It is back with all that is in it at once: whoever looks sees either nothing or all of it.
    mkdirSync(away, { recursive: true });
    writeFileSync(join(away, `new ${round}.jpg`), 'x');
    bring();
    expect((await there).location).toMatchObject({ error: null, totalFileCount: round === 1 ? 1 : round + 2 });
  }
});
