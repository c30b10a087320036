import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { readPidFile } from '#core/host/pid-file.ts';
import { loopMountAbility } from '#test/instruments/host-abilities.ts';
import { createDiskImage } from '#test/instruments/loop-volume.ts';
import { makeTestDaemon, type TestDaemon } from '#test/instruments/test-daemon.ts';

const KILLS = 20;

/** Kills whatever serves the folder after a while; the time is a part of what is tested and not waited for. */
async function killAfter(daemon: TestDaemon, ms: number): Promise<void> {
  await delay(ms);
  const pid = readPidFile(daemon.paths.pidPath)?.pid;
  // The pid file may be a former daemon's, and its number another process's by now.
  if (pid && isDaemonOf(daemon, pid)) process.kill(pid, 'SIGKILL');
}

function isDaemonOf(daemon: TestDaemon, pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(daemon.dataDir);
  } catch {
    // No such process.
    return false;
  }
}

it.runIf(process.platform === 'linux')(
  'kill -9 at random moments of starting, creating and opening libraries: the next start always works, and what was confirmed is there',
  { concurrent: true, timeout: 180_000 },
  async () => {
    await using daemon = await makeTestDaemon();
    const confirmed: string[] = [];
    for (let round = 0; round < KILLS; round++) {
      const name = `Library ${round}`;
      const [result] = await Promise.all([daemon.cli(['library', 'create', name, '--json']), killAfter(daemon, Math.random() * 900)]);
      if (result.code === 0) confirmed.push(name);
      expect(result.json, result.stdout + result.stderr).toBeDefined();
    }
    const { items } = await daemon.json<{ items: { name: string; status: string }[] }>(['library', 'list']);
    const open = items.filter(({ status }) => status === 'open').map(({ name }) => name);
    expect(open).toEqual(expect.arrayContaining(confirmed));
    expect(items.filter(({ status }) => status === 'failed')).toEqual([]);
    expect(await daemon.json(['library', 'create', 'At last'])).toMatchObject({ status: 'open' });
  },
);

it.runIf(loopMountAbility().allows)(
  'kill -9 at random moments of tracking: no tracked volume is lost, and none is there twice',
  { concurrent: true, timeout: 180_000 },
  async () => {
    await using image = await createDiskImage({ fileSystem: 'ext4', sizeMb: 8, label: 'KILLED' });
    const mountPoint = await image.mount();
    await using daemon = await makeTestDaemon();
    await daemon.json(['library', 'create', 'Tracks']);
    let isTracked = false;
    for (let round = 0; round < KILLS; round++) {
      const verb = isTracked ? 'untrack' : 'track';
      const [result] = await Promise.all([daemon.cli(['volume', verb, mountPoint, '--json']), killAfter(daemon, Math.random() * 700)]);
      const now = await volumeAt(daemon, mountPoint);
      // What was confirmed is true; what was interrupted has happened or has not.
      if (result.code === 0) expect(now.tracking !== null).toBe(!isTracked);
      isTracked = now.tracking !== null;
    }
    if (!isTracked) await daemon.json(['volume', 'track', mountPoint]);
    const again = await daemon.cli(['volume', 'track', mountPoint, '--json']);
    expect(again.json).toMatchObject({ error: { code: 'VOLUME_ALREADY_TRACKED' } });
    const { items } = await daemon.json<{ items: { fingerprint: string; tracking: object | null }[] }>(['volume', 'list', '--all']);
    expect(items.filter(({ tracking }) => tracking !== null)).toHaveLength(1);
  },
);

async function volumeAt(daemon: TestDaemon, mountPoint: string): Promise<{ tracking: object | null }> {
  return daemon.json(['volume', 'info', mountPoint]);
}
