import { mkdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { expectError } from '#test/instruments/expect-error.ts';
import { loopMountAbility } from '#test/instruments/host-abilities.ts';
import { createDiskImage } from '#test/instruments/loop-volume.ts';
import { makeSeededTree } from '#test/instruments/seeded-tree.ts';
import { makeTestDir } from '#test/instruments/test-run.ts';
import { expectTruth } from './index-truth.ts';
import { IndexWorld } from './index-world.ts';
import { expectSums } from './sums.ts';

describe.runIf(loopMountAbility().allows)('a full disk under the database', () => {
  it('ends the scan and leaves the database whole; with room again the scan goes on', async () => {
    await using image = await createDiskImage({ fileSystem: 'ext4', sizeMb: 24 });
    const drive = await image.mount();
    mkdirSync(path.join(drive, 'library'));
    await using world = new IndexWorld(path.join(drive, 'library'));
    const files = await makeTestDir('files');
    const root = world.addLocation('files', {}, files);
    makeSeededTree(String(root.path), { files: 6000 });
    // Root, who mounts drives, gets what is kept from others as well.
    const { bfree, bsize } = statfsSync(drive);
    const filler = path.join(drive, 'filler');
    writeFileSync(filler, Buffer.alloc(bfree * bsize - 600_000));
    await expectError('NO_SPACE', world.scan(root));
    expect(world.database.query('PRAGMA integrity_check')).toEqual([{ integrity_check: 'ok' }]);
    expectSums(world);
    rmSync(filler);
    await world.scan(root, { resumeFrom: world.checkpoint });
    expectTruth(world, [root]);
    expectSums(world);
  });
});
