import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import type { LiveVolume } from '#core/volume/live-volume.ts';
import type { ConfigPatch } from '#shared/contract/config.ts';
import { fuseAbility, loopMountAbility } from '#test/instruments/host-abilities.ts';
import { createDiskImage, type DiskImage, type DiskImageOptions } from '#test/instruments/loop-volume.ts';
import { FuseMount } from '#test/instruments/mounts.ts';
import { makeTestDir } from '#test/instruments/test-run.ts';
import { VolumeWorld } from './volume-world.ts';

/** A marker that is read late counts from the next look on. */
const PATIENT = { timeout: 20_000 };

let world: VolumeWorld;

async function open(options: { dataDir?: string; config?: ConfigPatch } = {}): Promise<VolumeWorld> {
  const opened = await VolumeWorld.open(options);
  onTestFinished(() => opened[Symbol.asyncDispose]());
  return opened;
}

/** As if the engine were stopped and started again. */
async function restart(meanwhile: () => Promise<unknown> = async () => undefined): Promise<void> {
  await world[Symbol.asyncDispose]();
  await meanwhile();
  world = await open({ dataDir: world.dataDir });
}

async function plugIn(options: Partial<DiskImageOptions> = {}): Promise<DiskImage & { mountPoint: string }> {
  const image = await createDiskImage({ fileSystem: 'ext4', sizeMb: 8, ...options });
  onTestFinished(() => image.dispose());
  await image.mount();
  await world.volumes.ensureFresh();
  return image as DiskImage & { mountPoint: string };
}

async function clonePluggedIn(image: DiskImage): Promise<DiskImage & { mountPoint: string }> {
  const clone = await image.clone();
  onTestFinished(() => clone.dispose());
  await clone.mount();
  await world.volumes.ensureFresh();
  return clone as DiskImage & { mountPoint: string };
}

/** What reads markers takes so long, as on a slow network. */
async function slowDownReading(seconds: number): Promise<void> {
  const [bin, before] = [await makeTestDir('bin'), process.env.PATH];
  const reader = execFileSync('which', ['head'], { encoding: 'utf8' }).trim();
  await writeFile(path.join(bin, 'head'), `#!/bin/sh\nsleep ${seconds}\nexec '${reader}' "$@"\n`, { mode: 0o755 });
  process.env.PATH = `${bin}:${before}`;
  onTestFinished(() => {
    process.env.PATH = before;
  });
}

async function unplug(image: DiskImage): Promise<void> {
  await image.unplug();
  await world.volumes.ensureFresh();
}

const live = (mountPoint: string): LiveVolume | undefined => world.volumes.live.find((volume) => volume.mountPoints.includes(mountPoint));
const byName = (name: string, library?: string) => world.volumes.list({ library }).filter((volume) => volume.name === name);

describe.skipIf(!loopMountAbility().allows)('tracking', () => {
  beforeEach(async () => {
    world = await open();
    await world.createLibrary('Home');
  });

  test('a tracked volume is remembered over a restart, and known again wherever it is mounted', async () => {
    const stick = await plugIn({ label: 'Stick' });
    const { mountPoint } = stick;
    const tracked = await world.tracker.track(mountPoint);
    expect(tracked).toMatchObject({
      status: 'mounted',
      tracking: { displayName: 'Stick', isFavorite: false, lastSeenMountPoint: mountPoint },
    });
    await world.hear('VolumeTracked', (event) => event.volume.fingerprint === tracked.fingerprint && event.libraryId !== undefined);
    await unplug(stick);
    await restart();
    const [offline] = byName('Stick');
    expect(offline).toMatchObject({
      fingerprint: tracked.fingerprint,
      status: 'offline',
      isMounted: false,
      mountPoint: null,
      totalBytes: tracked.totalBytes,
      tracking: { uuid: tracked.tracking?.uuid, lastSeenMountPoint: mountPoint },
    });
    expect(Date.parse(offline?.tracking?.lastSeenAt ?? '')).toBeGreaterThan(Date.now() - 60_000);
    expect(offline?.tracking?.lastSeenDeviceName).not.toBe('');
    const elsewhere = path.join(await makeTestDir('elsewhere'), 'other place');
    await stick.mount(elsewhere);
    const { event } = await world.mounted(elsewhere);
    expect(event.volume).toMatchObject({
      fingerprint: tracked.fingerprint,
      status: 'mounted',
      identity: { confidence: 'strong' },
      prompt: null,
    });
    expect(event.volume.tracking?.uuid).toBe(tracked.tracking?.uuid);
    expect(world.heardOf(tracked.fingerprint)).not.toContain('VolumeAdded');
  });

  test('what was last seen is written when a volume leaves, with what was free then', async () => {
    const stick = await plugIn({ sizeMb: 32 });
    const { fingerprint } = await world.tracker.track(stick.mountPoint);
    await writeFile(path.join(stick.mountPoint, 'data'), Buffer.alloc(8_000_000));
    await world.volumes.refresh();
    const free = live(stick.mountPoint)?.availableBytes;
    await unplug(stick);
    expect(world.volumes.find(fingerprint)).toMatchObject({ status: 'offline', availableBytes: free });
  });

  test('tracking twice, untracking and changing what is not tracked are refused', async () => {
    const stick = await plugIn();
    await expect(world.tracker.untrack(stick.mountPoint)).rejects.toMatchObject({ code: 'VOLUME_NOT_TRACKED' });
    await expect(world.tracker.update(stick.mountPoint, { isFavorite: true })).rejects.toMatchObject({ code: 'VOLUME_NOT_TRACKED' });
    await world.tracker.track(stick.mountPoint);
    await expect(world.tracker.track(stick.mountPoint)).rejects.toMatchObject({ code: 'VOLUME_ALREADY_TRACKED' });
    await expect(world.tracker.track('no such volume')).rejects.toMatchObject({ code: 'VOLUME_NOT_FOUND' });
    await expect(Promise.all([1, 2, 3].map(() => world.tracker.untrack(stick.mountPoint)))).rejects.toMatchObject({
      code: 'VOLUME_NOT_TRACKED',
    });
    expect(world.volumes.find(stick.mountPoint).tracking).toBeNull();
  });

  test('two libraries track one volume independently', async () => {
    const stick = await plugIn({ label: 'Shared' });
    await world.createLibrary('Work');
    await world.tracker.track(stick.mountPoint, { library: 'Home', name: 'At home' });
    expect(byName('Shared', 'Work')[0]?.tracking).toBeNull();
    await world.tracker.track(stick.mountPoint, { library: 'Work' });
    await world.tracker.update(stick.mountPoint, { displayName: 'At work', isFavorite: true, color: '#ff0000', icon: 'usb' }, 'Work');
    expect(byName('At home', 'Home')[0]?.tracking).toMatchObject({ isFavorite: false, color: null });
    expect(byName('At work', 'Work')[0]?.tracking).toMatchObject({ isFavorite: true, color: '#ff0000', icon: 'usb' });
    await unplug(stick);
    for (const library of ['Home', 'Work'])
      expect(world.volumes.list({ library }).filter((volume) => volume.status === 'offline')).toHaveLength(1);
    expect(await world.tracker.untrack('At home', 'Home')).toBeNull();
    expect(byName('At work', 'Work')).toHaveLength(1);
  });

  test('a volume is found by fingerprint, its first digits, uuid, name, device and path', async () => {
    const stick = await plugIn({ label: 'Findable' });
    const { fingerprint, tracking } = await world.tracker.track(stick.mountPoint);
    const device = stick.device ?? '';
    for (const ref of [
      fingerprint,
      fingerprint.slice(0, 8),
      tracking?.uuid ?? '',
      'fINDABLE',
      device,
      stick.mountPoint,
      `${stick.mountPoint}/x/y`,
    ]) {
      expect((await world.volumes.resolve(ref)).fingerprint, ref).toBe(fingerprint);
      expect(world.volumes.find(ref).fingerprint, ref).toBe(fingerprint);
    }
    const link = path.join(await makeTestDir('by-label'), 'device');
    await symlink(device, link);
    expect((await world.volumes.resolve(link)).fingerprint).toBe(fingerprint);
    for (const ref of [fingerprint.slice(0, 7), 'Find', '0'.repeat(64), '/dev/null', '/proc/cpuinfo']) {
      await expect(world.volumes.resolve(ref), ref).rejects.toMatchObject({ code: 'VOLUME_NOT_FOUND' });
    }
    await plugIn({ label: 'Findable' });
    await expect(world.volumes.resolve('findable')).rejects.toMatchObject({
      code: 'VOLUME_AMBIGUOUS',
      details: { candidates: [expect.objectContaining({ name: 'Findable' }), expect.objectContaining({ name: 'Findable' })] },
    });
  });
});

describe.skipIf(!loopMountAbility().allows)('which drive is which', () => {
  beforeEach(async () => {
    world = await open();
    await world.createLibrary('Home');
  });

  test('a clone mounted beside the tracked original is told apart, and warned of once', async () => {
    const original = await plugIn({ label: 'Twin' });
    const { fingerprint } = await world.tracker.track(original.mountPoint);
    const clone = await clonePluggedIn(original);
    expect(live(original.mountPoint)?.fingerprint).toBe(fingerprint);
    const doubtful = world.volumes.find(clone.mountPoint);
    expect(doubtful.fingerprint).not.toBe(fingerprint);
    expect(doubtful).toMatchObject({ tracking: null, identity: { confidence: 'doubtful', resembles: fingerprint }, prompt: 'track' });
    await world.volumes.refresh();
    expect(world.heardOf(doubtful.fingerprint).filter((type) => type === 'VolumeError')).toHaveLength(1);
    await expect(world.tracker.resolveIdentity(clone.mountPoint, true)).rejects.toMatchObject({ code: 'CONFLICT' });
    await unplug(original);
    expect(live(clone.mountPoint)?.fingerprint).toBe(doubtful.fingerprint);
    expect(world.volumes.find(fingerprint).status).toBe('offline');
  });

  test('a clone that was there first does not take the place of the tracked original', async () => {
    const original = await plugIn();
    const { fingerprint } = await world.tracker.track(original.mountPoint);
    const originalMountPoint = original.mountPoint;
    await unplug(original);
    const clone = await clonePluggedIn(original);
    expect(world.volumes.find(clone.mountPoint)).toMatchObject({
      identity: { confidence: 'doubtful', resembles: fingerprint },
      prompt: 'identity',
    });
    expect(world.volumes.find(fingerprint)).toMatchObject({ status: 'offline', tracking: { lastSeenMountPoint: originalMountPoint } });
    await original.mount();
    await world.volumes.ensureFresh();
    expect(world.volumes.find(original.mountPoint)).toMatchObject({ fingerprint, identity: { confidence: 'strong', resembles: null } });
    expect(live(clone.mountPoint)?.fingerprint).not.toBe(fingerprint);
  });

  test('“the same drive” makes a clone the tracked volume, now and later', async () => {
    const original = await plugIn();
    const { fingerprint } = await world.tracker.track(original.mountPoint);
    await unplug(original);
    const clone = await clonePluggedIn(original);
    const doubtful = world.volumes.find(clone.mountPoint).fingerprint;
    world.forget();
    expect(await world.tracker.resolveIdentity(clone.mountPoint, true)).toMatchObject({ fingerprint, status: 'mounted', prompt: null });
    await world.hear('VolumeRemoved', (event) => event.fingerprint === doubtful);
    await world.hear('VolumeMountChanged', (event) => event.fingerprint === fingerprint && event.isMounted);
    await restart();
    expect(world.volumes.find(clone.mountPoint)).toMatchObject({ fingerprint, identity: { confidence: 'strong' } });
  });

  test('“another drive” is not asked again, and can be tracked beside the first', async () => {
    const original = await plugIn({ label: 'One of two' });
    const { fingerprint } = await world.tracker.track(original.mountPoint);
    await unplug(original);
    const clone = await clonePluggedIn(original);
    const other = await world.tracker.resolveIdentity(clone.mountPoint, false);
    expect(other).toMatchObject({ identity: { confidence: 'strong', resembles: null }, prompt: 'track', tracking: null });
    expect(other.fingerprint).not.toBe(fingerprint);
    await world.tracker.track(clone.mountPoint, { name: 'The other' });
    await restart(async () => {
      await clone.unmount();
      await clone.mount();
    });
    expect(world.volumes.find(clone.mountPoint)).toMatchObject({ fingerprint: other.fingerprint, name: 'The other', prompt: null });
    await original.mount();
    await world.volumes.ensureFresh();
    expect(world.volumes.find(original.mountPoint)).toMatchObject({ fingerprint, name: 'One of two' });
    await expect(world.tracker.resolveIdentity(clone.mountPoint, true)).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  test('of two clones that nobody tracks, the first keeps its identity while both are there, whoever leaves', async () => {
    const first = await plugIn();
    const { fingerprint } = world.volumes.find(first.mountPoint);
    const second = await clonePluggedIn(first);
    const own = live(second.mountPoint)?.fingerprint;
    expect(live(first.mountPoint)?.fingerprint).toBe(fingerprint);
    await unplug(first);
    expect(live(second.mountPoint)?.fingerprint).toBe(own);
  });

  test('a reformatted drive is another volume, also in the same place', async () => {
    const stick = await plugIn({ label: 'Before' });
    const { mountPoint } = stick;
    const { fingerprint } = await world.tracker.track(mountPoint);
    await stick.unmount();
    execFileSync('mkfs.ext4', ['-q', '-F', '-L', 'After', stick.device ?? '']);
    await stick.mount(mountPoint);
    await world.volumes.ensureFresh();
    expect(world.volumes.find(mountPoint)).toMatchObject({ name: 'After', tracking: null, identity: { resembles: null } });
    expect(world.volumes.find(fingerprint)).toMatchObject({ name: 'Before', status: 'offline' });
  });

  test('another drive in the place of a tracked one is never taken for it', async () => {
    const a = await plugIn({ label: 'A' });
    const { mountPoint } = a;
    const { fingerprint } = await world.tracker.track(mountPoint);
    await a.unplug();
    const b = await createDiskImage({ fileSystem: 'ext4', sizeMb: 8, label: 'B' });
    onTestFinished(() => b.dispose());
    await b.mount(mountPoint);
    await world.volumes.ensureFresh();
    expect(world.volumes.find(mountPoint)).toMatchObject({ name: 'B', tracking: null });
    expect(world.volumes.find(fingerprint)).toMatchObject({ name: 'A', status: 'offline' });
    expect(world.volumes.find('A').tracking?.lastSeenMountPoint).toBe(mountPoint);
  });

  test('an image file moved away and back is the same drive; a copy of it is not', async () => {
    const stick = await plugIn();
    const { fingerprint } = await world.tracker.track(stick.mountPoint);
    await unplug(stick);
    const kept = `${stick.path}.kept`;
    await copyFile(stick.path, kept);
    await stick.mount();
    await world.volumes.ensureFresh();
    expect(world.volumes.find(stick.mountPoint ?? '').fingerprint).toBe(fingerprint);
    await unplug(stick);
    await copyFile(kept, stick.path); // The same inode with the same content.
    await stick.mount();
    await world.volumes.ensureFresh();
    expect(world.volumes.find(stick.mountPoint ?? '').fingerprint).toBe(fingerprint);
  });
});

describe.skipIf(!fuseAbility().allows)('volumes without an identity of their own', () => {
  beforeEach(async () => {
    world = await open();
    await world.createLibrary('Home');
  });

  test.each([
    ['at once', 0],
    ['late', 0.2],
  ])('are tracked only with a marker, written only with consent, which survives a remount and is read %s', async (_name, seconds) => {
    await slowDownReading(seconds);
    await using share = await FuseMount.create();
    await world.volumes.ensureFresh();
    await expect(world.tracker.track(share.mountPoint)).rejects.toMatchObject({ code: 'VOLUME_IDENTITY_WEAK' });
    expect(await readdir(share.source)).toEqual([]);
    const tracked = await world.tracker.track(share.mountPoint, { writeMarker: true, name: 'Share' });
    expect(tracked).toMatchObject({ identity: { source: 'marker', confidence: 'strong' }, name: 'Share' });
    expect(await readdir(share.source)).toEqual(['.mooring-volume']);
    const marker = await readFile(path.join(share.source, '.mooring-volume'), 'utf8');
    await restart();
    await expect
      .poll(() => world.volumes.find(share.mountPoint), PATIENT)
      .toMatchObject({ fingerprint: tracked.fingerprint, name: 'Share' });
    await using again = await FuseMount.create();
    await writeFile(path.join(again.source, '.mooring-volume'), marker);
    await share[Symbol.asyncDispose]();
    await restart();
    await expect.poll(() => world.volumes.find(again.mountPoint).fingerprint, PATIENT).toBe(tracked.fingerprint);
    await world.tracker.untrack(again.mountPoint);
    expect(existsSync(path.join(again.source, '.mooring-volume'))).toBe(true);
  });

  test('a file that is not ours is never overwritten', async () => {
    await using share = await FuseMount.create();
    await writeFile(path.join(share.source, '.mooring-volume'), 'mine');
    await world.volumes.ensureFresh();
    await expect(world.tracker.track(share.mountPoint, { writeMarker: true })).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(await readFile(path.join(share.source, '.mooring-volume'), 'utf8')).toBe('mine');
  });

  test('are not tracked at all while read-only, and are not asked about', async () => {
    await using share = await FuseMount.create();
    execFileSync('mount', ['-o', 'remount,ro,bind', share.mountPoint]);
    await world.volumes.ensureFresh();
    expect(world.volumes.find(share.mountPoint)).toMatchObject({ isReadOnly: true, prompt: null });
    await expect(world.tracker.track(share.mountPoint, { writeMarker: true })).rejects.toMatchObject({ code: 'VOLUME_READ_ONLY' });
  });
});

describe.skipIf(!loopMountAbility().allows)('prompts', () => {
  beforeEach(async () => {
    world = await open();
  });

  test('an untracked drive asks once there is a library, until it is tracked', async () => {
    const stick = await plugIn();
    expect(world.volumes.find(stick.mountPoint).prompt).toBeNull();
    await world.createLibrary('Home');
    expect(world.volumes.find(stick.mountPoint).prompt).toBe('track');
    expect(world.volumes.find('/').prompt).toBeNull();
    expect((await world.tracker.track(stick.mountPoint)).prompt).toBeNull();
  });

  test('“not now” holds until the drive is mounted again, “never” for ever', async () => {
    await world.createLibrary('Home');
    const stick = await plugIn();
    const { mountPoint } = stick;
    expect((await world.tracker.dismissPrompt(mountPoint, false)).prompt).toBeNull();
    await world.volumes.refresh();
    expect(world.volumes.find(mountPoint).prompt).toBeNull();
    await unplug(stick);
    await stick.mount(mountPoint);
    await world.volumes.ensureFresh();
    expect(world.volumes.find(mountPoint).prompt).toBe('track');
    const { fingerprint } = await world.tracker.dismissPrompt(mountPoint, true);
    await unplug(stick);
    await restart(() => stick.mount(mountPoint));
    expect(world.volumes.find(mountPoint)).toMatchObject({ fingerprint, prompt: null });
  });

  test('nothing is asked when the configuration says so', async () => {
    await world.createLibrary('Home');
    const stick = await plugIn();
    await world.config.update({ volumes: { prompt: false } });
    expect(world.volumes.find(stick.mountPoint).prompt).toBeNull();
  });

  test('external drives track themselves when the configuration says so', async () => {
    await world.createLibrary('Home');
    await world.config.update({ volumes: { autoTrack: 'external' } });
    const stick = await plugIn({ label: 'Auto' });
    expect(world.volumes.find(stick.mountPoint)).toMatchObject({ name: 'Auto', prompt: null, tracking: { displayName: 'Auto' } });
    await world.hear('VolumeTracked', (event) => event.volume.name === 'Auto');
    expect(world.volumes.find('/').tracking).toBeNull();
  });
});

test.skipIf(!loopMountAbility().allows)('space is found where it is, and not on read-only volumes', async () => {
  world = await open();
  const roomy = await plugIn({ sizeMb: 64 });
  const tight = await plugIn({ sizeMb: 8 });
  const sealed = await createDiskImage({ fileSystem: 'ext4', sizeMb: 64 });
  onTestFinished(() => sealed.dispose());
  await sealed.mount(undefined, { readOnly: true });
  await world.volumes.ensureFresh();
  const withSpace = () => world.volumes.withSpace(20_000_000).map((volume) => volume.mountPoint);
  // A volume that is new may be shown before it has answered.
  await expect.poll(withSpace, PATIENT).toContain(roomy.mountPoint);
  const found = withSpace();
  expect(found).not.toContain(tight.mountPoint);
  expect(found).not.toContain(sealed.mountPoint);
  const statistics = world.volumes.statistics();
  expect(statistics.mounted).toBeGreaterThanOrEqual(4);
  expect(statistics.byFileSystem.ext4).toBeGreaterThanOrEqual(3);
  await mkdir(path.join(roomy.mountPoint, 'kept'), { recursive: true });
});
