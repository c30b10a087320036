import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formatVolumePath } from '#shared/sd-path.ts';
import { expectError } from '#test/instruments/expect-error.ts';
import { loopMountAbility } from '#test/instruments/host-abilities.ts';
import { createDiskImage, type DiskImage } from '#test/instruments/loop-volume.ts';
import { startTestEngine, type TestEngine } from '#test/instruments/test-engine.ts';

const missing = loopMountAbility().reason;

describe.skipIf(missing !== null)(`a volume by an address on it (${missing ?? 'on a real drive'})`, () => {
  let test: TestEngine;
  let stick: DiskImage;
  let mountPoint: string;
  let fingerprint: string;

  beforeAll(async () => {
    test = await startTestEngine();
    stick = await createDiskImage({ fileSystem: 'ext4', sizeMb: 8, label: 'Stick' });
    mountPoint = await stick.mount();
    mkdirSync(path.join(mountPoint, 'folder'));
    ({ fingerprint } = await test.client.volumes.forPath({ path: mountPoint }));
  });
  afterAll(async () => {
    await test[Symbol.asyncDispose]();
    await stick.dispose();
  });

  it('is found, and compared with others', async () => {
    const address = formatVolumePath(fingerprint, 'folder');
    expect(await test.client.volumes.forPath({ path: address })).toMatchObject({ fingerprint, name: 'Stick' });
    expect(await test.client.volumes.get({ volume: address })).toMatchObject({ fingerprint });
    expect(await test.client.volumes.same({ a: address, b: path.join(mountPoint, 'folder') })).toEqual({ same: true });
    expect(await test.client.volumes.same({ a: '/', b: address })).toEqual({ same: false });
  });

  it('is not found when nobody knows it', async () => {
    const nowhere = formatVolumePath('0'.repeat(64), 'folder');
    await expectError('VOLUME_NOT_FOUND', test.client.volumes.forPath({ path: nowhere }));
    await expectError('VOLUME_NOT_FOUND', test.client.volumes.get({ volume: nowhere }));
    await expectError('INVALID_INPUT', test.client.volumes.forPath({ path: 'sd://volume/abc/folder' }));
  });
});
