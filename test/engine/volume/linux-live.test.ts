import { execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { ConfigPatch } from '#shared/contract/config.ts';
import { loopMountAbility } from '#test/instruments/host-abilities.ts';
import { createDiskImage, type DiskImage } from '#test/instruments/loop-volume.ts';
import { bindMount, pathWithout } from '#test/instruments/mounts.ts';
import { makeTestDir } from '#test/instruments/test-run.ts';
import { VolumeWorld } from './volume-world.ts';

/** Looks as seldom as it can be set: whoever hears of a mount sooner was told of it. */
const SELDOM: ConfigPatch = { volumes: { pollIntervalMs: 60_000 } };

/** Mounts and unmounts of a plug storm; and how often volumes are looked at in one (`volume-monitor.ts`). */
const TOGGLES = 101;
const LOOKS_IN_STORM = 50;
const LOOKS_PER_SECOND = 4;

async function open(config: ConfigPatch = {}): Promise<VolumeWorld> {
  const world = await VolumeWorld.open({ config });
  onTestFinished(() => world[Symbol.asyncDispose]());
  return world;
}

async function watching(config?: ConfigPatch): Promise<VolumeWorld> {
  const world = await open(config);
  await until(() => children('findmnt').length > 0);
  return world;
}

async function image(label?: string): Promise<DiskImage> {
  const made = await createDiskImage({ fileSystem: 'ext4', sizeMb: 8, ...(label ? { label } : {}) });
  onTestFinished(() => made.dispose());
  return made;
}

/** For what no event tells. */
async function until(isTrue: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!(await isTrue())) {
    if (Date.now() > deadline) throw new Error('It did not become true within ten seconds');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** The children of a process, by default ours, that run `program`. */
function children(program: string, parentPid = process.pid): number[] {
  const processes = execFileSync('ps', ['-eo', 'pid=,ppid=,comm='], { encoding: 'utf8' }).trim().split('\n');
  const fields = processes.map((line) => line.trim().split(/\s+/));
  return fields.filter(([, parent, name]) => Number(parent) === parentPid && name === program).map(([pid]) => Number(pid));
}

describe.skipIf(!loopMountAbility().allows)('mounts as they happen', () => {
  test('a mount and an unmount are told at once', async () => {
    const world = await watching(SELDOM);
    const stick = await image('Stick');
    const [mounts, unmounts]: [number[], number[]] = [[], []];
    for (let round = 0; round < 20; round++) {
      world.forget();
      const before = performance.now();
      const mountPoint = await stick.mount();
      const { event, atMs } = await world.mounted(mountPoint);
      mounts.push(atMs - before);
      world.forget();
      const again = performance.now();
      await stick.unmount();
      unmounts.push((await world.unmounted(event.fingerprint)).atMs - again);
    }
    console.info(`from the mount command's start to the event: ${figures(mounts)}; unmount: ${figures(unmounts)}`);
  });

  test('a new volume is added and mounted; one that is known is only mounted; an untracked one that leaves is removed', async () => {
    const world = await watching();
    const stick = await image('New');
    const told = () => world.heard.filter(({ event }) => 'volume' in event && event.volume.name === 'New').map(({ event }) => event.type);
    const { fingerprint } = (await world.mounted(await stick.mount())).event;
    expect(told()).toEqual(['VolumeAdded', 'VolumeMountChanged']);
    world.forget();
    await stick.unmount();
    const { event } = await world.unmounted(fingerprint);
    expect(event).toMatchObject({ mountPoint: null, mountPoints: [], volume: { status: 'offline', isMounted: false } });
    expect(told()).toEqual(['VolumeMountChanged', 'VolumeRemoved']);
    world.forget();
    await world.mounted(await stick.mount());
    expect(told()).toEqual(['VolumeMountChanged']);
  });

  test('a tracked volume that leaves is not removed', async () => {
    const world = await watching();
    await world.createLibrary('Home');
    const stick = await image('Mine');
    const mountPoint = await stick.mount();
    await world.mounted(mountPoint);
    const { fingerprint } = await world.tracker.track(mountPoint);
    await stick.unplug();
    const { event } = await world.unmounted(fingerprint);
    expect(event.volume).toMatchObject({ status: 'offline', tracking: { lastSeenMountPoint: mountPoint } });
    expect(world.heardOf(fingerprint)).not.toContain('VolumeRemoved');
  });

  test('a further mount point of a volume is told as a change of its mount points', async () => {
    const world = await watching();
    const stick = await image();
    const folder = await makeTestDir('more');
    const mountPoint = await stick.mount(path.join(folder, 'first one'));
    await world.mounted(mountPoint);
    world.forget();
    const other = path.join(folder, 'b');
    {
      await using _bound = await bindMount(mountPoint, other);
      const { event } = await world.mounted(other);
      expect(event.mountPoints).toEqual([other, mountPoint]);
      world.forget();
    }
    const { event } = await world.mounted(mountPoint);
    expect(event.mountPoints).toEqual([mountPoint]);
    expect(world.heardOf(event.fingerprint)).toEqual(['VolumeMountChanged']);
  });

  test('hidden file systems raise no events', async () => {
    const world = await watching();
    const folder = await makeTestDir('tmpfs');
    execFileSync('mount', ['-t', 'tmpfs', 'none', folder]);
    onTestFinished(() => void execFileSync('umount', ['-l', folder]));
    await until(() => world.volumes.live.some((volume) => volume.mountPoints.includes(folder)));
    expect(world.heard.filter(({ event }) => event.type === 'VolumeMountChanged' && event.mountPoints.includes(folder))).toEqual([]);
    await world.config.update({ volumes: { includeVirtual: true } });
    await world.mounted(folder);
  });

  test('a plug storm ends in the right state, with few events', async () => {
    const world = await watching();
    const stick = await image('Bouncing');
    const mountPoint = await stick.mount();
    const { fingerprint } = (await world.mounted(mountPoint)).event;
    const anchor = await image('Anchor');
    const looks = countLooks(world);
    world.forget();
    const startMs = performance.now();
    for (let toggles = 1; toggles < TOGGLES; toggles += 2) {
      await stick.unmount({ lazy: true });
      await stick.mount(mountPoint);
    }
    await stick.unmount({ lazy: true });
    const seconds = (performance.now() - startMs) / 1000;
    await world.mounted(await anchor.mount(), 20_000);
    await until(() => !world.volumes.live.some((volume) => volume.fingerprint === fingerprint));
    const told = world.heard.filter(({ event }) => event.type === 'VolumeMountChanged' && event.fingerprint === fingerprint);
    console.info(`${TOGGLES} mounts and unmounts in ${seconds.toFixed(1)} s: ${told.length} events, ${looks()} looks`);
    expect(told.at(-1)?.event).toMatchObject({ isMounted: false });
    expect(told.length).toBeLessThanOrEqual(LOOKS_IN_STORM + LOOKS_PER_SECOND * (seconds + 1));
    for (const [index, { event }] of told.slice(1).entries()) {
      const former = told[index]?.event;
      // Two alike in a row would be an event that tells nothing.
      expect(event.type === 'VolumeMountChanged' && former?.type === 'VolumeMountChanged' && event.isMounted !== former.isMounted).toBe(
        true,
      );
    }
  });

  test('the watcher is started again when it dies, and ends with the engine', async () => {
    const world = await watching();
    const [watcher] = children('findmnt');
    expect(watcher).toBeGreaterThan(0);
    process.kill(watcher ?? 0, 'SIGKILL');
    await until(() => world.volumes.health().status === 'degraded');
    await until(() => world.volumes.health().status === 'ok');
    const stick = await image();
    await world.mounted(await stick.mount());
    const [second] = children('findmnt');
    expect(second).not.toBe(watcher);
    await world.volumes.close();
    await until(() => !children('findmnt').includes(second ?? 0));
  });

  test('the watcher does not outlive an engine that is killed', async () => {
    const script = `
      import { LinuxDetector } from '#core/volume/linux/linux-detector.ts';
      const detector = new LinuxDetector({ probeTimeoutMs: () => 2000 });
      await detector.watch(() => {}, () => {}, new AbortController().signal);
      setInterval(() => {}, 1000);`;
    const engine = spawn(process.execPath, ['--input-type=module-typescript', '--eval', script], { stdio: 'ignore' });
    onTestFinished(() => void engine.kill('SIGKILL'));
    await until(() => children('findmnt', engine.pid).length > 0);
    const [watcher = 0] = children('findmnt', engine.pid);
    engine.kill('SIGKILL');
    await until(() => !existsSync(`/proc/${watcher}`));
  });

  test('without setpriv, findmnt watches all the same', async () => {
    const before = process.env.PATH;
    process.env.PATH = await pathWithout('setpriv');
    onTestFinished(() => {
      process.env.PATH = before;
    });
    const world = await watching(SELDOM);
    const stick = await image();
    await world.mounted(await stick.mount());
    expect(world.volumes.health().status).toBe('ok');
  });

  test('without findmnt, polling finds mounts, as often as is configured', async () => {
    const before = process.env.PATH;
    process.env.PATH = await pathWithout('findmnt');
    onTestFinished(() => {
      process.env.PATH = before;
    });
    const world = await open();
    await until(() => world.volumes.health().status === 'degraded');
    const stick = await image();
    const { event } = await world.mounted(await stick.mount());
    await stick.unmount();
    await world.unmounted(event.fingerprint);
    await world.config.update(SELDOM);
    await world.config.update({ volumes: { pollIntervalMs: 250 } });
    world.forget();
    await world.mounted(await stick.mount());
  });
});

function countLooks(world: VolumeWorld): () => number {
  let last = world.volumes.live;
  let count = 0;
  const timer = setInterval(() => {
    if (world.volumes.live !== last) count++;
    last = world.volumes.live;
  }, 5);
  onTestFinished(() => clearInterval(timer));
  return () => count;
}

function p95(times: readonly number[]): number {
  return times.toSorted((a, b) => a - b)[Math.ceil(times.length * 0.95) - 1] ?? Number.POSITIVE_INFINITY;
}

function figures(times: readonly number[]): string {
  const median = times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;
  return `median ${median.toFixed(1)} ms, p95 ${p95(times).toFixed(1)} ms`;
}
