import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { expectError } from '#test/instruments/expect-error.ts';
import { fuseAbility } from '#test/instruments/host-abilities.ts';
import { FuseMount } from '#test/instruments/mounts.ts';
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
});
