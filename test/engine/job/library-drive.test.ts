import { expect, it } from 'vitest';
import { loopMountAbility } from '#test/instruments/host-abilities.ts';
import { createDiskImage } from '#test/instruments/loop-volume.ts';
import { makeTestDir } from '#test/instruments/test-run.ts';
import { JobWorld } from './job-world.ts';
import { steppingJob } from './stepping-job.ts';

it.skipIf(!loopMountAbility().allows)(
  'goes on when the drive of its library is pulled out and comes back elsewhere',
  { timeout: 120_000 },
  async () => {
    await using image = await createDiskImage({ fileSystem: 'ext4', sizeMb: 40, label: 'Library' });
    const root = await image.mount();
    const stepping = steppingJob();
    await using world = await JobWorld.open(() => [stepping.kind]);
    const library = await world.world.libraries.create({ name: 'Travelling', parent: root });
    stepping.holdAt = 10;
    const { id } = world.jobs.dispatch(stepping.kind, { count: 20 }, { volumes: [] });
    const ended = world.jobs.ended(id);
    await stepping.held();
    const closed = new Promise((resolve) => world.world.events.on('LibraryClosed', resolve));
    await image.unplug();
    await closed;
    expect(world.told.get(id)?.at(-1)).toBe('JobPaused shutdown');
    stepping.holdAt = null;
    await image.mount(await makeTestDir('elsewhere'));
    expect(await ended).toMatchObject({ status: 'completed', libraryId: library.id });
    expect([...new Set(stepping.steps)].sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, step) => step));
    await world.world.libraries.close(library.id);
  },
);
