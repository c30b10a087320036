import { lstatSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { expectError } from '#test/instruments/expect-error.ts';
import { fuseAbility } from '#test/instruments/host-abilities.ts';
import { bindMount, FuseMount } from '#test/instruments/mounts.ts';
import { IndexWorld } from './index-world.ts';

describe.runIf(fuseAbility().allows)('a drive that does not answer', () => {
  it('holds up neither who cancels nor who releases, and the next scan finds all', async () => {
    await using mount = await FuseMount.create();
    await using world = await IndexWorld.make();
    const root = world.addLocation('files', {}, mount.mountPoint);
    for (let folder = 0; folder < 50; folder++) {
      mkdirSync(path.join(mount.source, 'files', `${folder}`));
      writeFileSync(path.join(mount.source, 'files', `${folder}`, 'file'), '');
    }
    mount.hang();
    try {
      const abort = new AbortController();
      const scan = world.scan(root, {}, abort.signal);
      setImmediate(() => abort.abort());
      await expectError('CANCELLED', scan);
      const again = world.scan(root);
      const released = world.indexer.release();
      await expectError('CANCELLED', again);
      await released;
    } finally {
      mount.resume();
    }
    await world.scan(root);
    expect(world.index(root).size).toBe(101);
  });

  it('is one problem of each scan when it is mounted below a location, which keeps what it knows of it', async () => {
    await using mount = await FuseMount.create();
    await using world = await IndexWorld.make();
    const known = world.addLocation('known', { crossVolumes: true });
    const unknown = world.addLocation('unknown', { crossVolumes: true });
    mkdirSync(path.join(mount.source, 'photos'));
    writeFileSync(path.join(mount.source, 'photos', 'file'), '');
    await using _inKnown = await bindMount(mount.mountPoint, path.join(String(known.path), 'camera'));
    await using _inNew = await bindMount(mount.mountPoint, path.join(String(unknown.path), 'camera'));
    await world.scan(known);
    const before = [...world.index(known).keys()];
    expect(before).toContain('/camera/photos/file');
    await mount.die();
    // Until the kernel has forgotten what the folder was.
    await expect.poll(() => isReachable(path.join(String(known.path), 'camera')), { timeout: 10_000 }).toBe(false);
    for (const root of [known, unknown]) {
      for (const depth of ['full', 'quick', 'full'] as const) {
        world.problems.length = 0;
        expect(await world.scan(root, { depth })).toMatchObject({ problems: 1 });
        expect(world.problems.map(({ path }) => path.split('/').at(-1))).toEqual(['camera']);
      }
    }
    expect([...world.index(known).keys()]).toEqual(before);
    expect([...world.index(unknown).keys()]).toEqual(['', '/camera']);
  });
});

function isReachable(folder: string): boolean {
  try {
    return lstatSync(folder).isDirectory();
  } catch {
    return false; // It is mounted, and nobody answers for it.
  }
}
