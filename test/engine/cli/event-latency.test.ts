import { it } from 'vitest';
import { loopMountAbility } from '#test/instruments/host-abilities.ts';
import { createDiskImage } from '#test/instruments/loop-volume.ts';
import { makeTestDaemon, type RunningCli } from '#test/instruments/test-daemon.ts';

const ROUNDS = 20;

/** Waits for the line about our own volume: others on this machine mount too. */
async function mountChanged(
  events: RunningCli,
  isMounted: boolean,
  mountPoint: string,
  fingerprint: string | null,
): Promise<{ at: number; fingerprint: string }> {
  for (;;) {
    const { value, done } = await events.lines.next();
    if (done) throw new Error('The events ended');
    const event = JSON.parse(value.text) as { type: string; isMounted: boolean; mountPoint: string | null; fingerprint: string };
    const isOurs = fingerprint === null ? event.mountPoint === mountPoint : event.fingerprint === fingerprint;
    if (event.type === 'VolumeMountChanged' && event.isMounted === isMounted && isOurs)
      return { at: value.at, fingerprint: event.fingerprint };
  }
}

it.runIf(loopMountAbility().allows)('a mount and an unmount are printed at once, one JSON object per line', async () => {
  await using image = await createDiskImage({ fileSystem: 'ext4', sizeMb: 8, label: 'FAST' });
  await using daemon = await makeTestDaemon();
  // So seldom that it cannot be polling that finds them.
  await daemon.json(['system', 'config', 'set', 'volumes.pollIntervalMs', '60000']);
  await using events = daemon.spawn(['events', '--type', 'VolumeMountChanged', '--json', '--verbose']);
  await once(events, 'Waiting for events');
  const mountMs: number[] = [];
  const unmountMs: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const mountPoint = await image.mount();
    const mountedAt = performance.now();
    const mounted = await mountChanged(events, true, mountPoint, null);
    mountMs.push(mounted.at - mountedAt);
    await image.unmount();
    const unmountedAt = performance.now();
    const unmounted = await mountChanged(events, false, mountPoint, mounted.fingerprint);
    unmountMs.push(unmounted.at - unmountedAt);
  }
  // Figures for people; the benchmark judges them.
  console.info(`mount p95 ${p95(mountMs)} ms, unmount p95 ${p95(unmountMs)} ms`);
});

function once(cli: RunningCli, text: string): Promise<void> {
  return new Promise((resolve) => {
    cli.process.stderr?.on('data', (chunk: Buffer) => chunk.toString().includes(text) && resolve());
  });
}

function p95(figures: readonly number[]): number {
  return Math.round([...figures].sort((a, b) => a - b)[Math.floor(figures.length * 0.95)] ?? 0);
}
