import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { closeSync, openSync, writeSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { errorNumber } from '#core/fs/fs-error.ts';
import { defineJob } from '#core/job/job-definition.ts';
import { loopMountAbility } from '#test/instruments/host-abilities.ts';
import { createDiskImage } from '#test/instruments/loop-volume.ts';
import { JobWorld } from './job-world.ts';

/** Writes a file until its drive is full. */
function fillUp(path: string): void {
  const file = openSync(path, 'w');
  try {
    for (const size of [1 << 20, 1 << 12, 1]) while (isWritten(file, Buffer.alloc(size)));
  } finally {
    closeSync(file);
  }
}

function isWritten(file: number, bytes: Buffer): boolean {
  try {
    return writeSync(file, bytes) > 0;
  } catch (error) {
    if (errorNumber(error) === 'ENOSPC') return false;
    throw error;
  }
}

it.skipIf(!loopMountAbility().allows)(
  'pauses while the drive of its library is full, loses nothing, and goes on when there is room',
  async () => {
    await using image = await createDiskImage({ fileSystem: 'ext4', sizeMb: 40, label: 'Small' });
    const root = await image.mount();
    const ballast = join(root, 'ballast');
    const goOn = new AbortController();
    const begun = new AbortController();
    const starts: number[] = [];
    const kind = defineJob({
      name: 'large-state',
      input: z.object({}),
      state: z.object({ step: z.number(), bytes: z.instanceof(Uint8Array) }),
      async run({ state, signal, checkpoint, log }) {
        starts.push(state?.step ?? 0);
        if (state) return { step: state.step };
        checkpoint({ step: 1, bytes: randomBytes(10) });
        begun.abort();
        await once(goOn.signal, 'abort');
        log.info('The drive is full now');
        checkpoint({ step: 2, bytes: randomBytes(3_000_000) });
        await once(signal, 'abort');
        throw signal.reason;
      },
    });
    await using world = await JobWorld.open(() => [kind]);
    const { libraries } = world.world;
    const library = await libraries.create({ name: 'Small', parent: root });
    const { id } = world.jobs.dispatch(kind, {}, { volumes: [] });
    if (!begun.signal.aborted) await once(begun.signal, 'abort');
    fillUp(ballast);
    goOn.abort();
    const paused = await world.until(id, ({ status }) => status === 'paused');
    expect(paused).toMatchObject({ pauseReason: 'no-space', error: null });
    // It is listed, and tells what it has told, although nothing of that could be written.
    expect(world.jobs.list({ limit: 10, status: 'paused' }).items).toHaveLength(1);
    expect(world.jobs.log(id, { limit: 10 }).items.map(({ message }) => message)).toContain('The drive is full now');
    await rm(ballast);
    expect(await world.jobs.ended(id)).toMatchObject({ status: 'completed', output: { step: 2 } });
    expect(starts).toEqual([0, 2]);
    expect(library.quickCheck()).toEqual([]);
    // All of it has reached the library in the end.
    await libraries.close(library.id);
    await libraries.open(library.path);
    expect(world.jobs.get(id).status).toBe('completed');
    expect(world.jobs.log(id, { limit: 10 }).items.map(({ message }) => message)).toContain('The drive is full now');
    await libraries.close(library.id);
  },
);
