import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { LinuxDetector } from '#core/volume/linux/linux-detector.ts';
import type { Volume } from '#shared/contract/volume.ts';
import { fuseAbility, loopMountAbility } from '#test/instruments/host-abilities.ts';
import { canMount, createDiskImage, type DiskImage, type DiskImageOptions } from '#test/instruments/loop-volume.ts';
import { bindMount, FuseMount, unmount } from '#test/instruments/mounts.ts';
import { makeTestDir } from '#test/instruments/test-run.ts';
import { describeDetector } from './detector-conformance.ts';
import { VolumeWorld } from './volume-world.ts';

async function image(options: Partial<DiskImageOptions> = {}): Promise<DiskImage> {
  const made = await createDiskImage({ fileSystem: 'ext4', sizeMb: 8, ...options });
  onTestFinished(() => made.dispose());
  return made;
}

async function world(): Promise<VolumeWorld> {
  const opened = await VolumeWorld.open();
  onTestFinished(() => opened[Symbol.asyncDispose]());
  return opened;
}

/** A volume that is new is shown before it has answered, where that takes long. @returns it when it has */
async function answered({ volumes }: Pick<VolumeWorld, 'volumes'>, isIt: (volume: Volume) => boolean): Promise<Volume> {
  const find = () => volumes.list().find(isIt);
  await expect.poll(() => find()?.unresponsive, { timeout: 20_000 }).toBe(false);
  const found = find();
  if (!found) throw new Error('It is not mounted any more');
  return found;
}

describe.skipIf(process.platform !== 'linux')('this machine', () => {
  describeDetector('LinuxDetector', { create: () => new LinuxDetector({ probeTimeoutMs: () => 2000 }) });
});

describe.skipIf(!loopMountAbility().allows)('mounts of Linux', () => {
  test('the list shows what findmnt and statfs show, and no pseudo file system', async () => {
    const stick = await image({ label: 'Stick' });
    const mountPoint = await stick.mount();
    const { volumes } = await world();
    await answered({ volumes }, (volume) => volume.mountPoint === mountPoint);
    const { listed, found } = await whileNothingElseIsMounted(async () => {
      await volumes.refresh();
      return { listed: volumes.list(), found: findmnt() };
    });
    for (const volume of listed) {
      expect(found.get(volume.mountPoint ?? '')?.source.replace(/\[.*$/, ''), volume.name).toBe(volume.device);
      const { size, avail } = found.get(volume.mountPoint ?? '') ?? {};
      expect(volume.totalBytes, volume.name).toBe(Number(size));
      expect(Math.abs(volume.availableBytes - Number(avail)), volume.name).toBeLessThanOrEqual(volume.totalBytes / 100);
    }
    expect(listed.find((volume) => volume.mountPoint === mountPoint)).toMatchObject({
      name: 'Stick',
      device: stick.device,
      fileSystem: 'ext4',
      mountType: 'Image',
      diskType: 'Virtual',
      isEjectable: true,
    });
    expect(listed.map((volume) => volume.fileSystem)).not.toContain('tmpfs');
    expect(listed.map((volume) => volume.fileSystem)).not.toContain('proc');
  });

  test('mount points with spaces, tabs, newlines and backslashes are exact', async () => {
    const folder = await makeTestDir('odd');
    const { volumes } = await world();
    for (const name of ['we ird\tname', 'new\nline', 'back\\slash', 'hash # 040 \\040', '„Ümläut“']) {
      const stick = await image();
      const mountPoint = await stick.mount(path.join(folder, name));
      await volumes.ensureFresh();
      expect(volumes.list().filter((volume) => volume.mountPoint === mountPoint)).toHaveLength(1);
      expect((await volumes.forPath(path.join(mountPoint, 'x'))).mountPoints).toEqual([mountPoint]);
    }
  });

  test('a mount point that is not UTF-8 harms nothing, and is measured', async () => {
    const folder = await makeTestDir('bytes');
    const stick = await image();
    const mountPoint = Buffer.concat([Buffer.from(`${folder}/`), Buffer.from([0x66, 0xff])]);
    await mkdir(mountPoint);
    const device = await stick.attach();
    execFileSync('sh', ['-c', `mount "$1" "$(printf '%s/f\\377' "$2")"`, 'sh', device, folder]);
    onTestFinished(() => void execFileSync('sh', ['-c', `umount -l "$(printf '%s/f\\377' "$1")"`, 'sh', folder]));
    const { volumes } = await world();
    expect(await answered({ volumes }, (volume) => volume.device === device)).toMatchObject({ mountPoint: `${folder}/f\uFFFD` });
    expect(volumes.find(device).totalBytes).toBeGreaterThan(0);
  });

  test('of mounts stacked on one folder the top one counts, and the one below returns', async () => {
    const folder = await makeTestDir('stack');
    const [lower, upper] = [await image({ label: 'lower' }), await image({ label: 'upper' })];
    await lower.mount(folder);
    await upper.mount(folder);
    const { volumes } = await world();
    expect(
      volumes
        .list()
        .filter((volume) => volume.mountPoint === folder)
        .map((volume) => volume.name),
    ).toEqual(['upper']);
    await upper.unmount();
    await volumes.ensureFresh();
    expect(
      volumes
        .list()
        .filter((volume) => volume.mountPoint === folder)
        .map((volume) => volume.name),
    ).toEqual(['lower']);
  });

  test('a mount above hides those below it', async () => {
    const folder = await makeTestDir('above');
    const [below, above] = [await image({ label: 'below' }), await image({ label: 'above' })];
    await mkdir(path.join(folder, 'a/b'), { recursive: true });
    await below.mount(path.join(folder, 'a/b'));
    const { volumes } = await world();
    expect((await volumes.forPath(path.join(folder, 'a/b/file'))).label).toBe('below');
    await above.mount(path.join(folder, 'a'));
    expect((await volumes.forPath(path.join(folder, 'a/b/file'))).label).toBe('above');
    expect(volumes.list().map((volume) => volume.label)).not.toContain('below');
    await above.unmount();
  });

  test('bind mounts are one volume with several mount points, the whole one first', async () => {
    const folder = await makeTestDir('bind');
    const stick = await image({ label: 'bound' });
    const mountPoint = await stick.mount(path.join(folder, 'a rather long mount point'));
    await mkdir(path.join(mountPoint, 'sub'));
    await using _whole = await bindMount(mountPoint, path.join(folder, 'whole'));
    await using _part = await bindMount(path.join(mountPoint, 'sub'), path.join(folder, 's'));
    const { volumes } = await world();
    const found = volumes.list().filter((volume) => volume.label === 'bound');
    expect(found.map((volume) => volume.mountPoints)).toEqual([[path.join(folder, 'whole'), mountPoint, path.join(folder, 's')]]);
    expect((await volumes.forPath(path.join(folder, 's/file'))).fingerprint).toBe(found[0]?.fingerprint);
  });

  test.skipIf(!canMount('btrfs'))('subvolumes of one Btrfs are one volume', async () => {
    const folder = await makeTestDir('btrfs');
    const pool = await image({ fileSystem: 'btrfs', label: 'pool' });
    const top = await pool.mount(path.join(folder, 'top'));
    for (const name of ['one', 'two']) {
      execFileSync('btrfs', ['subvolume', 'create', path.join(top, name)]);
      await mkdir(path.join(folder, name));
      execFileSync('mount', ['-o', `subvol=${name}`, pool.device ?? '', path.join(folder, name)]);
      onTestFinished(() => unmount(path.join(folder, name)));
    }
    const { volumes } = await world();
    const found = volumes.list().filter((volume) => volume.label === 'pool');
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ mountPoint: top, fileSystem: 'Btrfs', device: pool.device, supportsCow: true });
    expect(found[0]?.mountPoints.toSorted()).toEqual([path.join(folder, 'one'), top, path.join(folder, 'two')].toSorted());
  });

  test('each file system is named as people know it', async () => {
    const { volumes } = await world();
    const names = { ext4: 'ext4', xfs: 'XFS', btrfs: 'Btrfs', ntfs: 'NTFS', vfat: 'FAT32', exfat: 'exFAT' } as const;
    for (const [fileSystem, name] of Object.entries(names) as [keyof typeof names, string][]) {
      if (!canMount(fileSystem)) continue;
      const stick = await image({ fileSystem, label: 'Named' });
      const mountPoint = await stick.mount();
      await volumes.refresh();
      const found = volumes.list().find((volume) => volume.mountPoint === mountPoint);
      expect(found, fileSystem).toMatchObject({ label: 'Named', identity: { source: 'filesystem-uuid', confidence: 'strong' } });
      expect(found?.fileSystem.replace('FAT16', 'FAT32')).toBe(name);
    }
  });

  test.skipIf(!canMount('squashfs'))('package images are hidden', async () => {
    const snap = await image({ fileSystem: 'squashfs' });
    const mountPoint = await snap.mount();
    const { volumes } = await world();
    expect(volumes.list().map((volume) => volume.mountPoint)).not.toContain(mountPoint);
    expect(volumes.list({ all: true }).find((volume) => volume.mountPoint === mountPoint)).toMatchObject({ isUserVisible: false });
  });

  test('fifty disks are detected together', async () => {
    const images = await Promise.all(
      Array.from({ length: 50 }, (_, index) => createDiskImage({ fileSystem: 'ext4', sizeMb: 4, label: `n${index}` })),
    );
    onTestFinished(async () => {
      for (const one of images) await one.dispose();
    });
    for (const one of images) await one.mount();
    const { volumes } = await world();
    const mountPoints = new Set(images.map((one) => one.mountPoint));
    const found = volumes.list().filter((volume) => mountPoints.has(volume.mountPoint));
    expect(found.map((volume) => volume.name).toSorted()).toEqual(images.map((_, index) => `n${index}`).toSorted());
  });

  test('a folder whose name begins like a mount point is not on that volume, and nested mounts are told apart', async () => {
    const folder = await makeTestDir('prefix');
    const [outer, inner] = [await image({ label: 'outer' }), await image({ label: 'inner' })];
    const a = await outer.mount(path.join(folder, 'a'));
    await mkdir(path.join(folder, 'ab'));
    await inner.mount(path.join(a, 'inner'));
    const { volumes } = await world();
    expect((await volumes.forPath(path.join(folder, 'ab'))).mountPoints[0]).not.toBe(a);
    expect((await volumes.forPath(a)).label).toBe('outer');
    expect((await volumes.forPath(path.join(a, 'innermost/file'))).label).toBe('outer');
    expect((await volumes.forPath(path.join(a, 'inner/not/there/yet'))).label).toBe('inner');
    await inner.unmount();
  });

  test('links are followed to the volume on which the file really lies', async () => {
    const folder = await makeTestDir('links');
    const stick = await image({ label: 'target' });
    const mountPoint = await stick.mount();
    await symlink(mountPoint, path.join(folder, 'there'));
    await symlink('there/deeper', path.join(folder, 'chain'));
    await symlink(path.join(folder, 'loop'), path.join(folder, 'loop'));
    const { volumes } = await world();
    expect((await volumes.forPath(path.join(folder, 'there/new file'))).label).toBe('target');
    expect((await volumes.forPath(path.join(folder, 'chain/new file'))).label).toBe('target');
    expect(await volumes.same(path.join(folder, 'there'), mountPoint)).toBe(true);
    expect(await volumes.same(folder, mountPoint)).toBe(false);
    expect((await volumes.forPath(path.join(folder, 'loop/x'))).label).not.toBe('target');
  });

  test('a volume that turns read-only is told', async () => {
    const stick = await image();
    const mountPoint = await stick.mount();
    const opened = await world();
    execFileSync('mount', ['-o', 'remount,ro', mountPoint]);
    const { event } = await opened.hear('VolumeUpdated', ({ volume }) => volume.mountPoint === mountPoint && volume.isReadOnly);
    expect(event.volume.availableBytes).toBeGreaterThan(0);
  });

  test('space that fills up is told once it is more than a hundredth', async () => {
    const stick = await image({ sizeMb: 32 });
    const mountPoint = await stick.mount();
    const opened = await world();
    await answered(opened, (volume) => volume.mountPoint === mountPoint);
    opened.forget();
    await writeFile(path.join(mountPoint, 'little'), Buffer.alloc(50_000));
    await opened.volumes.refresh();
    expect(opened.heard.filter(({ event }) => event.type === 'VolumeUpdated' && event.volume.mountPoint === mountPoint)).toEqual([]);
    await writeFile(path.join(mountPoint, 'much'), Buffer.alloc(4_000_000));
    await opened.volumes.refresh();
    await opened.hear('VolumeUpdated', ({ volume }) => volume.mountPoint === mountPoint);
    await rm(path.join(mountPoint, 'much'));
  });
});

describe.skipIf(!fuseAbility().allows)('mounts that do not answer', () => {
  test('user FUSE is shown, desktop portals are not', async () => {
    await using mine = await FuseMount.create();
    await using sshfs = await FuseMount.create({ address: 'me@server:/home', subtype: 'sshfs' });
    await using portal = await FuseMount.create({ subtype: 'portal' });
    const { volumes } = await world();
    const shown = await answered({ volumes }, ({ mountPoint }) => mountPoint === mine.mountPoint);
    expect(shown).toMatchObject({ identity: { confidence: 'weak' } });
    expect(shown.totalBytes).toBeGreaterThan(0);
    const byMountPoint = new Map(volumes.list().map((volume) => [volume.mountPoint, volume]));
    expect(byMountPoint.get(sshfs.mountPoint)).toMatchObject({
      mountType: 'Network',
      diskType: 'Network',
      fileSystem: 'SSHFS',
      identity: { source: 'network-address' },
    });
    expect(byMountPoint.has(portal.mountPoint)).toBe(false);
  });

  test('a dead mount and a hung one are shown as such and hold nobody up', async () => {
    await using dead = await FuseMount.create();
    await using hung = await FuseMount.create();
    const stick = await image({ label: 'healthy' });
    await stick.mount();
    await dead.die();
    hung.hang();
    // The hung one answers when it is told to, below, and not before.
    const opened = await world();
    const byMountPoint = () => new Map(opened.volumes.list().map((volume) => [volume.mountPoint, volume]));
    expect(byMountPoint().get(dead.mountPoint)?.unresponsive).toBe(true);
    expect(byMountPoint().get(hung.mountPoint)?.unresponsive).toBe(true);
    expect(await answered(opened, ({ mountPoint }) => mountPoint === stick.mountPoint)).toMatchObject({ name: 'healthy' });
    const another = await image({ label: 'later' });
    const mountPoint = await another.mount();
    await opened.mounted(mountPoint);
    expect((await opened.volumes.forPath(path.join(hung.mountPoint, 'some/file'))).mountPoints).toEqual([hung.mountPoint]);
    expect((await opened.volumes.forPath(path.join(dead.mountPoint, 'some/file'))).mountPoints).toEqual([dead.mountPoint]);
    hung.resume();
    await opened.hear('VolumeUpdated', ({ volume }) => volume.mountPoint === hung.mountPoint && !volume.unresponsive);
    expect(byMountPoint().get(hung.mountPoint)?.totalBytes).toBeGreaterThan(0);
  });

  test('a mount that hangs later keeps its last known size', async () => {
    await using mount = await FuseMount.create();
    const opened = await world();
    const seen = () => opened.volumes.list().find((volume) => volume.mountPoint === mount.mountPoint);
    const { totalBytes } = await answered(opened, ({ mountPoint }) => mountPoint === mount.mountPoint);
    expect(totalBytes).toBeGreaterThan(0);
    await opened.config.update({ volumes: { probeTimeoutMs: 300 } });
    mount.hang();
    // Its last answer counts as fresh for a while.
    const lookAgain = () => opened.volumes.refresh().then(() => seen()?.unresponsive);
    await expect.poll(lookAgain, { timeout: 10_000 }).toBe(true);
    expect(seen()?.totalBytes).toBe(totalBytes);
    mount.resume();
  });
});

interface FindmntEntry {
  target: string;
  source: string;
  size: string | number | null;
  avail: string | number | null;
  children?: FindmntEntry[];
}

/** What findmnt says of every mount with a device or a share behind it, by mount point. */
function findmnt(): Map<string, FindmntEntry> {
  const output = execFileSync('findmnt', ['--json', '--real', '--bytes', '-o', 'TARGET,SOURCE,SIZE,AVAIL'], { encoding: 'utf8' });
  return new Map(flatten(JSON.parse(output).filesystems).map((entry) => [entry.target, entry]));
}

function flatten(entries: readonly FindmntEntry[]): FindmntEntry[] {
  return entries.flatMap((entry) => [entry, ...flatten(entry.children ?? [])]);
}

/** Two looks at a machine can be compared only if nobody mounts anything between them. */
async function whileNothingElseIsMounted<T>(look: () => Promise<T>): Promise<T> {
  for (;;) {
    const before = readFileSync('/proc/self/mountinfo', 'latin1');
    const result = await look();
    if (readFileSync('/proc/self/mountinfo', 'latin1') === before) return result;
  }
}
