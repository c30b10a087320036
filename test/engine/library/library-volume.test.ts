import { execFile } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { DomainEvent, DomainEventType } from '#shared/contract/event.ts';
import { expectError } from '#test/instruments/expect-error.ts';
import { fuseAbility, loopMountAbility } from '#test/instruments/host-abilities.ts';
import { canMount, createDiskImage } from '#test/instruments/loop-volume.ts';
import { FuseMount } from '#test/instruments/mounts.ts';
import { startTestEngine, type TestEngine } from '#test/instruments/test-engine.ts';
import { makeTestDir } from '#test/instruments/test-run.ts';

const run = promisify(execFile);

/** The next event of a type; subscribed before the caller goes on. */
function next<T extends DomainEventType>({ services }: TestEngine, type: T): Promise<Extract<DomainEvent, { type: T }>> {
  return new Promise((resolve) => {
    const stop = services.events.on(type, (event) => {
      stop();
      resolve(event as Extract<DomainEvent, { type: T }>);
    });
  });
}

describe.skipIf(!loopMountAbility().allows)('a library on a drive', () => {
  it('closes when the drive is pulled out, and reopens when it returns, wherever that is', async () => {
    await using image = await createDiskImage({ fileSystem: 'ext4', sizeMb: 32 });
    const mountPoint = await image.mount();
    await using test = await startTestEngine();
    await test.client.libraries.create({ name: 'Home' });
    const { id } = await test.client.libraries.create({ name: 'Travelling', path: mountPoint });
    expect(await test.client.libraries.current()).toMatchObject({ id });

    const closed = next(test, 'LibraryClosed');
    await image.unplug();
    expect(await closed).toMatchObject({ libraryId: id, reason: 'volume-offline', library: { status: 'offline' } });
    expect((await test.client.libraries.list()).items).toMatchObject([
      { name: 'Home', status: 'open', isCurrent: true },
      { name: 'Travelling', status: 'offline', problem: { code: 'VOLUME_OFFLINE' } },
    ]);
    await expectError('VOLUME_OFFLINE', test.client.libraries.open({ library: id }));
    await expectError('LIBRARY_NOT_OPEN', test.client.libraries.statistics({ library: id }));

    const opened = next(test, 'LibraryOpened');
    const elsewhere = await image.mount();
    expect(elsewhere).not.toBe(mountPoint);
    expect(await opened).toMatchObject({ libraryId: id, library: { path: join(elsewhere, 'Travelling.sdlibrary') } });
    expect(await test.client.libraries.current()).toMatchObject({ id, status: 'open' });
    await test.engine.close();
  });

  it('is listed as offline at a start without the drive, and opens when it is plugged in', async () => {
    await using image = await createDiskImage({ fileSystem: 'ext4', sizeMb: 32 });
    const dataDir = await makeTestDir('data');
    {
      await using test = await startTestEngine({ dataDir });
      await test.client.libraries.create({ name: 'Travelling', path: await image.mount() });
    }
    await image.unplug();
    await using test = await startTestEngine({ dataDir });
    expect((await test.client.libraries.list()).items).toMatchObject([{ name: 'Travelling', status: 'offline' }]);
    expect(test.services.notices.all).toEqual([]);
    const opened = next(test, 'LibraryOpened');
    await image.mount();
    expect(await opened).toMatchObject({ library: { name: 'Travelling', status: 'open' } });
    await test.engine.close();
  });

  it.skipIf(!canMount('exfat'))('on exFAT, which has no hard links, is locked all the same', async () => {
    await using image = await createDiskImage({ fileSystem: 'exfat', sizeMb: 32 });
    const mountPoint = await image.mount();
    await using test = await startTestEngine();
    await using other = await startTestEngine();
    const { path } = await test.client.libraries.create({ name: 'On exFAT', path: mountPoint });
    await expectError('LIBRARY_LOCKED', other.client.libraries.open({ library: path }));
    await test.client.libraries.close({});
    expect(await other.client.libraries.open({ library: path })).toMatchObject({ status: 'open' });
    await other.engine.close();
    await test.engine.close();
  });

  it('cannot be made where nothing can be written, which is said plainly', async () => {
    await using image = await createDiskImage({ fileSystem: 'ext4', sizeMb: 32 });
    await using test = await startTestEngine();
    const mountPoint = await image.mount();
    await run('chattr', ['+i', '--', mountPoint]);
    await expectError('PERMISSION_DENIED', test.client.libraries.create({ name: 'A', path: mountPoint }));
    await run('chattr', ['-i', '--', mountPoint]);
    const { path } = await test.client.libraries.create({ name: 'B', path: mountPoint });
    await test.client.libraries.close({});
    await image.unmount();
    const readOnly = await image.mount(undefined, { readOnly: true });
    await expectError('READ_ONLY', test.client.libraries.create({ name: 'C', path: readOnly }));
    await expectError('READ_ONLY', test.client.libraries.open({ library: path.replace(mountPoint, readOnly) }));
    await test.engine.close();
  });

  it('is not made by halves where there is no room for it', async () => {
    await using image = await createDiskImage({ fileSystem: 'ext4', sizeMb: 4 });
    const mountPoint = await image.mount();
    await using test = await startTestEngine();
    await run('dd', ['if=/dev/zero', `of=${join(mountPoint, 'full')}`, 'bs=1k']).catch(() => undefined);
    await expectError('NO_SPACE', test.client.libraries.create({ name: 'Big', path: mountPoint }));
    expect((await readdir(mountPoint)).filter((name) => name !== 'lost+found')).toEqual(['full']);
    expect((await test.client.libraries.list()).items).toEqual([]);
    await test.engine.close();
  });
});

it.skipIf(!fuseAbility().allows)('a folder on a volume that hangs is refused, and keeps no other library waiting', async () => {
  await using fuse = await FuseMount.create();
  await using test = await startTestEngine();
  const { id } = await test.client.libraries.create({ name: 'Home' });
  fuse.hang();
  await test.client.config.update({ volumes: { probeTimeoutMs: 200 } });
  const isKnownToHang = async () =>
    (await test.client.volumes.refresh()).items.some(({ mountPoint, unresponsive }) => mountPoint === fuse.mountPoint && unresponsive);
  await expect.poll(isKnownToHang, { timeout: 20_000 }).toBe(true);
  const path = join(fuse.mountPoint, 'below');
  await expectError('VOLUME_UNRESPONSIVE', test.client.libraries.create({ name: 'Away', path }));
  await expectError('VOLUME_UNRESPONSIVE', test.client.libraries.open({ library: `${path}.sdlibrary` }));
  await expectError('VOLUME_UNRESPONSIVE', test.client.libraries.discover({ paths: [path] }));
  await expectError('VOLUME_UNRESPONSIVE', test.client.libraries.backup({ destination: path }));
  await expectError('VOLUME_UNRESPONSIVE', test.client.libraries.restore({ backup: `${path}/x.db` }));
  expect(await test.client.libraries.backup({ library: id })).toMatchObject({ reason: 'manual' });
});
