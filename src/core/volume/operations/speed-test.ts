import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { MooringError } from '#shared/contract/error.ts';
import type { SpeedTestResult } from '#shared/contract/volume.ts';
import type { LiveVolume } from '../live-volume.ts';
import type { SpeedTestOrder, SpeedTestReply } from './speed-test-worker.ts';

/** The worker is the file beside this one, of the same kind: `.ts` when run from source, `.js` when built. */
const WORKER_URL = new URL(`./speed-test-worker${extname(import.meta.url)}`, import.meta.url);

const MIB = 1024 * 1024;
const TEST_BYTES = 256 * MIB;
const LEAST_FREE_BYTES = 64 * MIB;
/** For writing, and again for reading. */
const LIMIT_MS = 10_000;
/** Beyond both limits: a last flush that takes long, and a drive that answers slowly. */
const PATIENCE_MS = 8000;
const CANCEL_PATIENCE_MS = 3000;
/** Until the file is made: a disk that sleeps needs some seconds to spin up. */
const START_PATIENCE_MS = 10_000;

/**
 * How much a speed test of this volume writes: 256 MiB, or half of what is free.
 * @throws MooringError `VOLUME_UNRESPONSIVE`, `VOLUME_READ_ONLY`, `NO_SPACE`
 */
export function speedTestBytes(volume: Pick<LiveVolume, 'unresponsive' | 'isReadOnly' | 'availableBytes'>, name: string): number {
  if (volume.unresponsive)
    throw new MooringError('VOLUME_UNRESPONSIVE', `“${name}” does not answer. Check its connection, then try again.`);
  if (volume.isReadOnly) {
    throw new MooringError('VOLUME_READ_ONLY', `“${name}” is read-only. A speed test writes a temporary file, so it cannot be tested.`);
  }
  const free = volume.availableBytes ?? 0;
  if (free < LEAST_FREE_BYTES) {
    throw new MooringError('NO_SPACE', `“${name}” is nearly full. A speed test needs 64 MiB of free space; make room, then try again.`, {
      details: { availableBytes: free, neededBytes: LEAST_FREE_BYTES },
    });
  }
  return Math.min(TEST_BYTES, Math.floor(free / 2 / MIB) * MIB);
}

/**
 * Writes a file at `path` and reads it again, each for ten seconds at most. The file is removed however the test ends, except when
 * the drive stops answering.
 * @returns null when `signal` aborted it
 * @throws MooringError what the file system says, or `VOLUME_UNRESPONSIVE`
 */
export function runSpeedTest(path: string, bytes: number, signal: AbortSignal): Promise<SpeedTestResult | null> {
  const { promise, resolve, reject } = Promise.withResolvers<SpeedTestResult | null>();
  const cancelled = new SharedArrayBuffer(4);
  const order: SpeedTestOrder = { path, bytes, limitMs: LIMIT_MS, cancelled };
  const worker = new Worker(WORKER_URL, { name: 'speed-test', workerData: order });
  const unresponsive = () => reject(new MooringError('VOLUME_UNRESPONSIVE', 'The drive has stopped answering during the speed test.'));
  let timer = setTimeout(unresponsive, START_PATIENCE_MS);
  const giveItAnother = (ms: number) => {
    clearTimeout(timer);
    timer = setTimeout(unresponsive, ms);
  };
  const cancel = () => {
    Atomics.store(new Int32Array(cancelled), 0, 1);
    giveItAnother(CANCEL_PATIENCE_MS);
  };
  signal.addEventListener('abort', cancel, { once: true });
  if (signal.aborted) cancel();
  worker.on('message', (reply: SpeedTestReply) => {
    if (reply.type === 'started') {
      if (!signal.aborted) giveItAnother(2 * LIMIT_MS + PATIENCE_MS);
    } else if (reply.type === 'done') resolve(reply.result);
    else if (reply.type === 'cancelled') resolve(null);
    else reject(new MooringError(reply.error.code, reply.error.message));
  });
  worker.on('error', (error) => reject(new MooringError('INTERNAL', 'The speed test failed.', { cause: error })));
  worker.on('exit', () => reject(new MooringError('INTERNAL', 'The speed test ended without a result.')));
  return promise.finally(() => {
    clearTimeout(timer);
    signal.removeEventListener('abort', cancel);
    // A thread that hangs in the kernel is left behind; nobody waits for it.
    worker.unref();
  });
}
