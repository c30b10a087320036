import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, copyFile, mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { v7 as newUuid } from 'uuid';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { silentLogger } from '#core/log/create-logger.ts';
import { insertOperation } from '#core/volume/operations/operation-record.ts';
import { speedTestFileName } from '#core/volume/operations/speed-test-file.ts';
import { VolumeOperations } from '#core/volume/operations/volume-operations.ts';
import type { MooringError } from '#shared/contract/error.ts';
import { SpeedTestResult, type VolumeOperation } from '#shared/contract/volume.ts';
import { fuseAbility, loopMountAbility } from '#test/instruments/host-abilities.ts';
import { createDiskImage, type DiskImage } from '#test/instruments/loop-volume.ts';
import { FuseMount } from '#test/instruments/mounts.ts';
import { makeTestDir } from '#test/instruments/test-run.ts';
import { VolumeWorld } from './volume-world.ts';

/** Every test here needs real volumes. */
const describeWithVolumes = describe.skipIf(!loopMountAbility().allows);

let world: VolumeWorld;
let operations: VolumeOperations;
let image: DiskImage;
let jobOf: (fingerprint: string) => string | null;
const disposables: AsyncDisposable[] = [];

function startOperations(of: VolumeWorld): VolumeOperations {
  return new VolumeOperations({ ...of, log: silentLogger, usesVolume: (fingerprint) => jobOf(fingerprint) });
}

async function plugIn(options: { sizeMb?: number; readOnly?: boolean } = {}): Promise<DiskImage> {
  const plugged = await createDiskImage({ fileSystem: 'ext4', sizeMb: options.sizeMb ?? 200, label: 'Op Test' });
  disposables.push(plugged);
  await plugged.mount(undefined, options.readOnly ? { readOnly: true } : {});
  return plugged;
}

async function errorOf(promise: Promise<unknown>): Promise<MooringError & { details: Record<string, unknown> }> {
  const error = await promise.then(
    (value) => expect.unreachable(`succeeded with ${JSON.stringify(value)}`),
    (reason) => reason,
  );
  return error;
}

async function history(): Promise<VolumeOperation[]> {
  return (await operations.list({ limit: 100 })).items;
}

beforeEach(async () => {
  jobOf = () => null;
  world = await VolumeWorld.open();
  await world.createLibrary('Operations');
  operations = startOperations(world);
});

afterEach(async () => {
  await operations.close();
  await world[Symbol.asyncDispose]();
  for (const disposable of disposables.splice(0).reverse()) await disposable[Symbol.asyncDispose]();
});

describeWithVolumes('unmount and eject', () => {
  beforeEach(async () => {
    image = await plugIn({ sizeMb: 16 });
  });

  test('an unmounted volume is mounted nowhere any more, stays plugged in, and mounts again by its device or fingerprint', async () => {
    const second = await makeTestDir('second');
    execFileSync('mount', ['--bind', image.mountPoint ?? '', second]);
    await world.volumes.refresh();
    const operation = await operations.unmount(second);
    expect(operation).toMatchObject({ type: 'unmount', status: 'completed', error: null });
    expect(world.volumes.live.some((volume) => volume.device === image.device)).toBe(false);
    expect(execFileSync('losetup', ['-a'], { encoding: 'utf8' })).toContain(image.path);

    const mounted = await operations.mount(image.device ?? '');
    const mountPoint = String(mounted.response?.mountPoint);
    expect(mounted).toMatchObject({ type: 'mount', status: 'completed', fingerprint: operation.fingerprint });
    expect(mountPoint).toMatch(/^\/media\/mooring\/Op Test/);
    expect(world.at(mountPoint)).toMatchObject({ fingerprint: operation.fingerprint, isMounted: true });

    await operations.unmount(operation.fingerprint);
    expect(existsSync(mountPoint)).toBe(false);
    image.mountPoint = null;
  });

  test('eject lets the loop device go', async () => {
    const operation = await operations.eject(image.mountPoint ?? '');
    expect(operation).toMatchObject({ status: 'completed', response: { released: 'detached' } });
    expect(execFileSync('losetup', ['-a'], { encoding: 'utf8' })).not.toContain(image.path);
    image.mountPoint = null;
    image.device = null;
    expect(await history()).toMatchObject([{ id: operation.id, type: 'eject', status: 'completed' }]);
  });

  test('what is in use stays mounted, and the processes in the way are named', async () => {
    await writeFile(join(image.mountPoint ?? '', 'open.txt'), 'x');
    const user = spawn('tail', ['-f', 'open.txt'], { cwd: image.mountPoint ?? '', stdio: ['ignore', 'pipe', 'ignore'] });
    await once(user.stdout, 'data');
    try {
      const error = await errorOf(operations.eject(image.mountPoint ?? ''));
      expect(error).toMatchObject({ code: 'VOLUME_BUSY', details: { processes: [{ pid: user.pid, name: 'tail' }] } });
      expect(error.message).toContain(`tail (${user.pid})`);
      expect(world.at(image.mountPoint ?? '')?.isMounted).toBe(true);
      expect(await history()).toMatchObject([{ type: 'eject', status: 'failed', error: { code: 'VOLUME_BUSY', message: error.message } }]);
    } finally {
      user.kill();
      await once(user, 'exit');
    }
    expect(await operations.eject(image.mountPoint ?? '')).toMatchObject({ status: 'completed' });
    image.mountPoint = null;
    image.device = null;
  });

  test('a program that was started from the volume is in the way, too', async () => {
    const program = join(image.mountPoint ?? '', 'sleeper');
    await copyFile('/bin/sleep', program);
    await chmod(program, 0o755);
    const user = spawn(program, ['60'], { stdio: 'ignore' });
    await once(user, 'spawn');
    try {
      const error = await errorOf(operations.unmount(image.mountPoint ?? ''));
      expect(error).toMatchObject({ code: 'VOLUME_BUSY', details: { processes: [{ pid: user.pid }] } });
    } finally {
      user.kill();
      await once(user, 'exit');
    }
  });

  test('a job that uses the volume is named, and nothing is unmounted', async () => {
    jobOf = () => 'file-transfer';
    const error = await errorOf(operations.eject(image.mountPoint ?? ''));
    expect(error).toMatchObject({ code: 'VOLUME_BUSY', details: { job: 'file-transfer' } });
    expect(world.at(image.mountPoint ?? '')?.isMounted).toBe(true);
  });

  test('a library that lies on the volume has to be closed first', async () => {
    const library = await world.libraries.create({ name: 'On the stick', description: undefined, parent: image.mountPoint ?? '' });
    expect(await errorOf(operations.unmount(image.mountPoint ?? ''))).toMatchObject({
      code: 'VOLUME_BUSY',
      details: { libraries: ['On the stick'] },
    });
    await world.libraries.close(library.id);
    expect(await operations.unmount(image.mountPoint ?? '')).toMatchObject({ status: 'completed' });
    image.mountPoint = null;
  });

  test('another volume mounted inside is named', async () => {
    const inner = await createDiskImage({ fileSystem: 'ext4', sizeMb: 8, label: 'Inner' });
    disposables.push(inner);
    const place = join(image.mountPoint ?? '', 'inner');
    await mkdir(place);
    await inner.mount(place);
    await world.volumes.refresh();
    expect(await errorOf(operations.unmount(image.device ?? ''))).toMatchObject({
      code: 'VOLUME_BUSY',
      details: { mountedInside: [place] },
    });
  });

  test('the system is never unmounted', async () => {
    expect(await errorOf(operations.unmount('/'))).toMatchObject({ code: 'VOLUME_NOT_EJECTABLE' });
    expect(await errorOf(operations.eject('/'))).toMatchObject({ code: 'VOLUME_NOT_EJECTABLE' });
  });

  test('a volume that is not plugged in is offline; one that nobody knows is not found', async () => {
    await world.volumes.tracker.track(image.mountPoint ?? '', { name: 'Gone' });
    await image.unplug();
    await world.volumes.refresh();
    expect(await errorOf(operations.unmount('Gone'))).toMatchObject({ code: 'VOLUME_OFFLINE' });
    expect(await errorOf(operations.mount('Gone'))).toMatchObject({ code: 'VOLUME_OFFLINE' });
    expect(await errorOf(operations.mount('/dev/mooring-none'))).toMatchObject({ code: 'VOLUME_NOT_FOUND' });
    expect(await errorOf(operations.eject('no such volume'))).toMatchObject({ code: 'VOLUME_NOT_FOUND' });
  });
});

describe.skipIf(!fuseAbility().allows)('a mount whose server has died', () => {
  test('is not tested, and can be got rid of', async () => {
    const mount = await FuseMount.create({ address: 'nas.example:/export', subtype: 'sshfs' });
    disposables.push(mount);
    await world.volumes.refresh();
    await mount.die();
    expect(await errorOf(operations.speedTest(mount.mountPoint))).toMatchObject({ code: 'VOLUME_UNRESPONSIVE' });
    expect(await operations.unmount(mount.mountPoint)).toMatchObject({ status: 'completed' });
    expect(world.at(mount.mountPoint)).toBeUndefined();
  });
});

describeWithVolumes('speed test', () => {
  test('measures both ways, leaves nothing, and is written down wherever the volume is tracked', async () => {
    image = await plugIn({ sizeMb: 256 });
    const { fingerprint } = await world.volumes.tracker.track(image.mountPoint ?? '');
    const before = await readdir(image.mountPoint ?? '');
    const heard: unknown[] = [];
    world.events.on('VolumeSpeedTested', (event) => heard.push(event));

    const operation = await operations.speedTest(fingerprint.slice(0, 12));
    const result = SpeedTestResult.parse(operation.response);
    expect(operation).toMatchObject({ type: 'speed-test', status: 'completed', fingerprint });
    expect(result.writeSpeedMbps).toBeGreaterThan(0);
    expect(result.readSpeedMbps).toBeGreaterThan(0);
    expect(result.bytesRead).toBe(result.bytesWritten);
    expect(result.readPastCache).toBe(true);
    expect(await readdir(image.mountPoint ?? '')).toEqual(before);
    expect(heard).toMatchObject([{ type: 'VolumeSpeedTested', fingerprint, result }]);
    expect(world.at(image.mountPoint ?? '')).toMatchObject({ readSpeedMbps: result.readSpeedMbps, writeSpeedMbps: result.writeSpeedMbps });
    expect(Date.parse(world.at(image.mountPoint ?? '')?.tracking?.lastSpeedTestAt ?? '')).toBeGreaterThanOrEqual(
      Date.parse(operation.createdAt),
    );
  });

  test('read-only and nearly full volumes are refused, untouched', async () => {
    const readOnly = await plugIn({ sizeMb: 16, readOnly: true });
    expect(await errorOf(operations.speedTest(readOnly.mountPoint ?? ''))).toMatchObject({ code: 'VOLUME_READ_ONLY' });
    const small = await plugIn({ sizeMb: 50 });
    expect(await errorOf(operations.speedTest(small.mountPoint ?? ''))).toMatchObject({ code: 'NO_SPACE' });
    expect(await readdir(small.mountPoint ?? '')).toEqual(['lost+found']);
    expect((await history()).map((operation) => [operation.status, operation.error?.code])).toEqual([
      ['failed', 'NO_SPACE'],
      ['failed', 'VOLUME_READ_ONLY'],
    ]);
  });

  test('a second one on the same volume is refused; the first is cancelled and leaves nothing', async () => {
    image = await plugIn({ sizeMb: 700 });
    const abort = new AbortController();
    const first = operations.speedTest(image.mountPoint ?? '', undefined, abort.signal);
    await untilFile(image.mountPoint ?? '');
    expect(await errorOf(operations.speedTest(image.mountPoint ?? ''))).toMatchObject({ code: 'VOLUME_BUSY' });
    expect(await errorOf(operations.eject(image.mountPoint ?? ''))).toMatchObject({ code: 'VOLUME_BUSY' });
    abort.abort();
    expect(await first).toMatchObject({ status: 'cancelled', response: null });
    expect(await readdir(image.mountPoint ?? '')).toEqual(['lost+found']);
    expect(await history()).toMatchObject([{ status: 'cancelled', type: 'speed-test' }]);
  });

  test('without a library it still runs, and says that it is not recorded', async () => {
    image = await plugIn({ sizeMb: 150 });
    await world.libraries.close(world.libraries.current?.id);
    expect(await operations.speedTest(image.mountPoint ?? '')).toMatchObject({ status: 'completed', response: { recorded: false } });
    expect(await errorOf(operations.list({ limit: 10 }))).toMatchObject({ code: 'LIBRARY_NOT_OPEN' });
  });
});

describeWithVolumes('after a crash', () => {
  test('what was under way is marked as interrupted, and the file that it left is removed; nothing else is', async () => {
    image = await plugIn({ sizeMb: 16 });
    await world.volumes.refresh();
    const fingerprint = world.at(image.mountPoint ?? '')?.fingerprint ?? '';
    const library = world.libraries.resolve();
    const id = newUuid();
    const now = new Date().toISOString();
    const file = speedTestFileName(id);
    insertOperation(library, {
      ...{ id, type: 'speed-test', status: 'executing', fingerprint, request: { file }, response: null, error: null },
      ...{ createdAt: now, updatedAt: now, completedAt: null },
    });
    insertOperation(library, {
      ...{ id: newUuid(), type: 'eject', status: 'pending', fingerprint, request: { file: '../keep' }, response: null, error: null },
      ...{ createdAt: now, updatedAt: now, completedAt: null },
    });
    const root = image.mountPoint ?? '';
    const notOurs = speedTestFileName(newUuid());
    for (const name of [file, notOurs, 'keep']) await writeFile(join(root, name), 'x');

    await operations.close();
    await world[Symbol.asyncDispose]();
    world = await VolumeWorld.open({ dataDir: world.dataDir });
    operations = startOperations(world);
    await operations.close();
    expect((await readdir(root)).sort()).toEqual([notOurs, 'keep', 'lost+found'].sort());
    expect((await operations.list({ limit: 10 })).items).toMatchObject([
      { type: 'eject', status: 'failed', error: { code: 'INTERRUPTED' } },
      { type: 'speed-test', status: 'failed', error: { code: 'INTERRUPTED' } },
    ]);
  });

  test('a speed test killed in the middle leaves nothing after the next start', async () => {
    image = await plugIn({ sizeMb: 700 });
    const root = image.mountPoint ?? '';
    await operations.close();
    await world[Symbol.asyncDispose]();
    const script = join(import.meta.dirname, 'speed-test-process.ts');
    const killed = spawn(process.execPath, [script, world.dataDir, root], { stdio: ['ignore', 'ignore', 'inherit'] });
    const gone = once(killed, 'exit');
    await Promise.race([untilFile(root), gone]);
    expect(killed.exitCode, 'the process ended before its speed test began').toBeNull();
    killed.kill('SIGKILL');
    await gone;
    expect(await readdir(root)).toHaveLength(2);

    world = await VolumeWorld.open({ dataDir: world.dataDir });
    operations = startOperations(world);
    await operations.close();
    expect(await readdir(root)).toEqual(['lost+found']);
    expect(await history()).toMatchObject([{ type: 'speed-test', status: 'failed', error: { code: 'INTERRUPTED' } }]);
  });

  test('what such a test left on a drive that was away is removed when the drive is mounted again, wherever that is', async () => {
    image = await plugIn({ sizeMb: 16 });
    await world.volumes.refresh();
    const { fingerprint = '' } = world.at(image.mountPoint ?? '') ?? {};
    const id = newUuid();
    const now = new Date().toISOString();
    insertOperation(world.libraries.resolve(), {
      ...{ id, type: 'speed-test', status: 'failed', fingerprint, request: { file: speedTestFileName(id) }, response: null },
      ...{ error: { code: 'IO_ERROR', message: 'pulled' }, createdAt: now, updatedAt: now, completedAt: now },
    });
    await writeFile(join(image.mountPoint ?? '', speedTestFileName(id)), 'x');
    await image.unmount();
    await world.volumes.refresh();
    const elsewhere = await image.mount();
    await world.volumes.refresh();
    await operations.close();
    expect(await readdir(elsewhere)).toEqual(['lost+found']);
  });

  test('the engine that stops cancels a speed test', async () => {
    image = await plugIn({ sizeMb: 700 });
    const running = operations.speedTest(image.mountPoint ?? '');
    await untilFile(image.mountPoint ?? '');
    await operations.close();
    expect(await running).toMatchObject({ status: 'cancelled' });
    expect(await readdir(image.mountPoint ?? '')).toEqual(['lost+found']);
  });
});

describeWithVolumes('list', () => {
  test('newest first, page by page, of one volume or all', async () => {
    const library = world.libraries.resolve();
    const fingerprints = ['a'.repeat(64), 'b'.repeat(64)];
    const ids = Array.from({ length: 7 }, () => newUuid());
    for (const [index, id] of ids.entries()) {
      const now = new Date().toISOString();
      insertOperation(library, {
        ...{
          id,
          type: 'unmount',
          status: 'completed',
          fingerprint: fingerprints[index % 2] ?? '',
          request: {},
          response: null,
          error: null,
        },
        ...{ createdAt: now, updatedAt: now, completedAt: now },
      });
    }
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await operations.list({ limit: 3, cursor });
      seen.push(...page.items.map((operation) => operation.id));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(seen).toEqual(ids.toReversed());
    expect((await operations.list({ limit: 10, volume: 'b'.repeat(64) })).items).toHaveLength(3);
    expect(await errorOf(operations.list({ limit: 3, cursor: 'nonsense' }))).toMatchObject({ code: 'CURSOR_INVALID' });
  });
});

/** Waits until the speed test writes. */
async function untilFile(folder: string): Promise<void> {
  const isThere = async () => (await readdir(folder)).some((name) => name.startsWith('.mooring-speed-test-'));
  while (!(await isThere())) await new Promise((resolve) => setTimeout(resolve, 2));
}
