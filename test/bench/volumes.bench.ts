import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { createORPCClient } from '@orpc/client';
import { RPCLink as MessagePortLink } from '@orpc/client/message-port';
import { RPCLink as WebSocketLink } from '@orpc/client/websocket';
import { WebSocket } from 'ws';
import { startEngineWorker } from '#core/engine-worker-client.ts';
import { connectToHost } from '#core/host/host-client.ts';
import { hostPaths } from '#core/host/host-paths.ts';
import { detectorForPlatform } from '#core/volume/detector-for-platform.ts';
import type { EngineClient } from '#shared/contract/contract.ts';
import type { DomainEvent } from '#shared/contract/event.ts';
import { CONTRACT_VERSION } from '#shared/contract/version.ts';
import { createDiskImage, type DiskImage } from '#test/instruments/loop-volume.ts';
import { makeTestDir, testRunDir } from '#test/instruments/test-run.ts';
import { startBenchDaemon } from './bench-daemon.ts';
import { BenchReport } from './bench-report.ts';
import { callsPerSecond, medianMs, percentile, timeMs, timesMs } from './measure.ts';

const run = promisify(execFile);
const MOUNTS = 50;
const EVENTS = 20;
const IDLE_MS = 10_000;
const headers = { 'mooring-contract': String(CONTRACT_VERSION) };
const report = new BenchReport('volumes');
const images: DiskImage[] = [];

try {
  await benchStart();
  const daemon = await startBenchDaemon();
  try {
    await benchIdle(daemon);
    await benchTransports(daemon);
    await benchEvents(daemon.socketPath);
  } finally {
    await daemon.stop();
  }
  await benchMessagePort();
  await benchDetection();
} finally {
  for (const image of images) await image.dispose();
  await rm(testRunDir(), { recursive: true, force: true });
}
report.finish();

async function benchStart(): Promise<void> {
  const starts: { readyMs: number; engineMs: number }[] = [];
  for (let time = 0; time < 5; time++) {
    const daemon = await startBenchDaemon();
    await daemon.stop();
    starts.push({ readyMs: daemon.readyMs, engineMs: daemon.engineStartMs() });
  }
  const median = (values: number[]) => percentile(values, 0.5);
  report.add({ what: 'engine start, new data folder', value: median(starts.map((start) => start.engineMs)), unit: 'ms', goal: '≤ 400' });
  report.add({ what: 'daemon process to answering', value: median(starts.map((start) => start.readyMs)), unit: 'ms' });
}

async function benchIdle(daemon: Awaited<ReturnType<typeof startBenchDaemon>>): Promise<void> {
  await delay(2000);
  const before = daemon.cpuMs();
  await delay(IDLE_MS);
  report.add({ what: 'daemon idle, processor', value: ((daemon.cpuMs() - before) / IDLE_MS) * 100, unit: '% of 1' });
  report.add({ what: 'daemon idle, memory (RSS)', value: daemon.rssBytes() / 1024 ** 2, unit: 'MiB', goal: '≤ 120 MB' });
}

async function benchTransports({ socketPath, httpAddress, token }: Awaited<ReturnType<typeof startBenchDaemon>>): Promise<void> {
  const socket = await connectToHost(socketPath);
  await benchCalls('Unix socket', () => socket.client.config.get());
  socket.close();

  const authorization = { authorization: `Bearer ${token}` };
  const ws = new WebSocket(`${httpAddress?.replace('http', 'ws')}/rpc`, { headers: authorization });
  await new Promise((resolve, reject) => ws.once('open', resolve).once('error', reject));
  // `ws` has all of the browser's interface that the link uses.
  const client: EngineClient = createORPCClient(new WebSocketLink({ websocket: ws as unknown as globalThis.WebSocket, headers }));
  await benchCalls('WebSocket', () => client.config.get());
  ws.close();

  await benchCalls('REST', async () => {
    const response = await fetch(`${httpAddress}/api/v1/config`, { headers: authorization });
    if (!response.ok) throw new Error(`REST answered ${response.status}`);
    await response.json();
  });
}

async function benchMessagePort(): Promise<void> {
  const paths = hostPaths({ dataDir: await makeTestDir('bench-port') }, {});
  const worker = await startEngineWorker({ paths, host: 'test', version: '0.0.0-bench' });
  const port = worker.openPort();
  const client: EngineClient = createORPCClient(new MessagePortLink({ port, headers }));
  await benchCalls('MessagePort', () => client.config.get());
  port.close();
  await worker.close();
}

async function benchCalls(transport: string, call: () => Promise<unknown>): Promise<void> {
  await timesMs(300, call);
  report.add({ what: `${transport}: one call, median`, value: (await medianMs(500, call)) * 1000, unit: 'µs' });
  report.add({ what: `${transport}: calls per second, 32 at a time`, value: await callsPerSecond(call), unit: '/s' });
}

/** From before `mount` is started until a client of the socket has the event. */
async function benchEvents(socketPath: string): Promise<void> {
  const { client, close } = await connectToHost(socketPath);
  const image = await createDiskImage({ fileSystem: 'ext4', sizeMb: 8 });
  images.push(image);
  await image.attach();
  const mountPoint = await makeTestDir('bench-mount');
  const events = await client.events.subscribe({ types: ['VolumeAdded', 'VolumeMountChanged', 'VolumeRemoved'] });
  const mounts: number[] = [];
  const unmounts: number[] = [];
  for (let time = 0; time < EVENTS; time++) {
    mounts.push(await timeMs(() => Promise.all([image.mount(mountPoint), untilEvent(events, (event) => isMountOf(event, mountPoint))])));
    await delay(150);
    unmounts.push(await timeMs(() => Promise.all([image.unmount(), untilEvent(events, ({ type }) => type === 'VolumeRemoved')])));
    await delay(150);
  }
  close();
  for (const [name, times] of [['mount', mounts] as const, ['unmount', unmounts] as const]) {
    report.add({ what: `${name} to event at a client, p50`, value: percentile(times, 0.5), unit: 'ms' });
    report.add({ what: `${name} to event at a client, p95`, value: percentile(times, 0.95), unit: 'ms', goal: '≤ 100' });
  }
}

function isMountOf(event: DomainEvent, mountPoint: string): boolean {
  return (event.type === 'VolumeAdded' || event.type === 'VolumeMountChanged') && event.volume.mountPoints.includes(mountPoint);
}

async function untilEvent(events: AsyncIterator<DomainEvent>, matches: (event: DomainEvent) => boolean): Promise<void> {
  for (let next = await events.next(); !next.done; next = await events.next()) {
    if (matches(next.value)) return;
  }
  throw new Error('The events ended');
}

/** Ours runs in a process that is there already, the peers are programs that start. */
async function benchDetection(): Promise<void> {
  while (images.length < MOUNTS) {
    images.push(...(await Promise.all(Array.from({ length: 5 }, () => createDiskImage({ fileSystem: 'ext4', sizeMb: 4 })))));
  }
  for (const image of images) await image.mount();
  const detector = detectorForPlatform(process.platform);
  const firstMs = await timeMs(() => detector.detect());
  const steadyMs = await medianMs(30, () => detector.detect());
  const lsblk = { name: 'lsblk -J', value: await medianMs(10, () => run('lsblk', ['-J'])) };
  const findmnt = { name: 'findmnt -J', value: await medianMs(10, () => run('findmnt', ['-J'])) };
  report.add({ what: `detection of ${images.length} mounts, first`, value: firstMs, unit: 'ms', peer: lsblk });
  report.add({ what: `detection of ${images.length} mounts, steady`, value: steadyMs, unit: 'ms', peer: lsblk, goal: '≤ 2' });
  report.add({ what: `detection of ${images.length} mounts, steady`, value: steadyMs, unit: 'ms', peer: findmnt });
}
