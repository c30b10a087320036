/**
 * @file Measures a volume in a thread of its own: a drive that hangs holds up this thread and nothing else. Started by
 * `runSpeedTest`, for one test.
 */

import { execFileSync } from 'node:child_process';
import { randomFillSync } from 'node:crypto';
import { closeSync, constants, fdatasyncSync, openSync, readSync, unlinkSync, writeSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { errorNumber, fsError } from '#core/fs/fs-error.ts';
import type { ErrorBody } from '#shared/contract/error.ts';
import type { SpeedTestResult } from '#shared/contract/volume.ts';

export interface SpeedTestOrder {
  /** Does not exist yet; made here, and always removed here. */
  path: string;
  bytes: number;
  /** Longest time for writing, and for reading. */
  limitMs: number;
  /** Not zero: stop. */
  cancelled: SharedArrayBuffer;
}

export type SpeedTestReply =
  | { type: 'started' }
  | { type: 'done'; result: SpeedTestResult }
  | { type: 'cancelled' }
  | { type: 'failed'; error: ErrorBody };

const BLOCK_BYTES = 1024 * 1024;
const ALIGNMENT = 4096;
/** How much is written before the first flush. The stretch grows as long as flushing it is quick: a slow stick must not be left with 256 MiB to swallow at the end. */
const FIRST_FLUSH_BYTES = 4 * BLOCK_BYTES;
const LARGEST_FLUSH_BYTES = 64 * BLOCK_BYTES;
const QUICK_FLUSH_MS = 400;
/** libuv's flag for unbuffered reading on Windows, which Node does not name. */
const WINDOWS_O_DIRECT = 0x02000000;

class Cancelled extends Error {}

function measure({ path, bytes, limitMs, cancelled }: SpeedTestOrder): SpeedTestResult {
  const flag = new Int32Array(cancelled);
  const stopIfCancelled = () => {
    if (Atomics.load(flag, 0) !== 0) throw new Cancelled();
  };
  const started = performance.now();
  const written = writeFile(path, bytes, limitMs, stopIfCancelled);
  const read = readFile(path, written.bytes, limitMs, stopIfCancelled);
  return {
    writeSpeedMbps: megabytesPerSecond(written),
    readSpeedMbps: megabytesPerSecond(read),
    bytesWritten: written.bytes,
    bytesRead: read.bytes,
    durationMs: Math.round(performance.now() - started),
    readPastCache: read.isPastCache,
  };
}

interface Amount {
  bytes: number;
  ms: number;
}

/** Incompressible blocks, flushed to the device; the time of the last flush counts. */
function writeFile(path: string, bytes: number, limitMs: number, stopIfCancelled: () => void): Amount {
  const block = randomFillSync(Buffer.allocUnsafeSlow(BLOCK_BYTES));
  const file = openSync(path, constants.O_CREAT | constants.O_EXCL | constants.O_WRONLY, 0o600);
  try {
    parentPort?.postMessage({ type: 'started' } satisfies SpeedTestReply);
    const started = performance.now();
    let done = 0;
    let unflushed = 0;
    let stretch = FIRST_FLUSH_BYTES;
    let flushed = started;
    while (done < bytes && performance.now() - started < limitMs) {
      stopIfCancelled();
      const count = writeSync(file, block, 0, Math.min(BLOCK_BYTES, bytes - done));
      done += count;
      unflushed += count;
      if (unflushed < stretch) continue;
      fdatasyncSync(file);
      const now = performance.now();
      if (now - flushed < QUICK_FLUSH_MS) stretch = Math.min(stretch * 2, LARGEST_FLUSH_BYTES);
      flushed = now;
      unflushed = 0;
    }
    if (unflushed > 0) fdatasyncSync(file);
    return { bytes: done, ms: performance.now() - started };
  } finally {
    closeSync(file);
  }
}

function readFile(path: string, bytes: number, limitMs: number, stopIfCancelled: () => void): Amount & { isPastCache: boolean } {
  const direct = openUnbuffered(path);
  if (direct) {
    try {
      return { ...readAll(direct.file, direct.buffer, bytes, limitMs, stopIfCancelled), isPastCache: true };
    } finally {
      closeSync(direct.file);
    }
  }
  const isPastCache = dropFromCache(path);
  const file = openSync(path, constants.O_RDONLY);
  try {
    return { ...readAll(file, Buffer.allocUnsafeSlow(BLOCK_BYTES), bytes, limitMs, stopIfCancelled), isPastCache };
  } finally {
    closeSync(file);
  }
}

function readAll(file: number, buffer: Buffer, bytes: number, limitMs: number, stopIfCancelled: () => void): Amount {
  const started = performance.now();
  let done = 0;
  while (done < bytes && performance.now() - started < limitMs) {
    stopIfCancelled();
    const count = readSync(file, buffer, 0, buffer.length, done);
    if (count === 0) break;
    done += count;
  }
  return { bytes: done, ms: performance.now() - started };
}

/**
 * Opens the file past the system's cache (O_DIRECT). The kernel wants an aligned buffer then, and a script cannot see where
 * a buffer lies: allocated with its header in front, a large one usually begins 16 bytes into a page, so slices are tried
 * until the kernel takes one. Null where the platform or the file system does not read past its cache.
 */
function openUnbuffered(path: string): { file: number; buffer: Buffer } | null {
  const flag = process.platform === 'win32' ? WINDOWS_O_DIRECT : (constants.O_DIRECT ?? 0);
  if (flag === 0) return null;
  let file: number | null = null;
  try {
    file = openSync(path, constants.O_RDONLY | flag);
    const memory = Buffer.allocUnsafeSlow(BLOCK_BYTES + ALIGNMENT);
    for (let offset = 0; offset < ALIGNMENT; offset += 8) {
      const start = (ALIGNMENT - 16 + offset) % ALIGNMENT;
      const buffer = memory.subarray(start, start + BLOCK_BYTES);
      if (accepts(file, buffer)) return { file, buffer };
    }
  } catch {
    // This file system has no unbuffered mode: it is read as usual, and the result says so.
  }
  if (file !== null) closeSync(file);
  return null;
}

function accepts(file: number, buffer: Buffer): boolean {
  try {
    return readSync(file, buffer, 0, ALIGNMENT, 0) > 0;
  } catch (error) {
    if (errorNumber(error) === 'EINVAL') return false;
    throw error;
  }
}

/** Asks the kernel to forget what it holds of the file (GNU dd, "nocache"). @returns whether that can be relied upon */
function dropFromCache(path: string): boolean {
  if (process.platform !== 'linux') return false;
  try {
    execFileSync('dd', [`of=${path}`, 'oflag=nocache', 'conv=notrunc,fdatasync', 'count=0'], { stdio: 'ignore', timeout: 5000 });
    return true;
  } catch {
    // Another dd, or none: the figure may flatter the drive, and the result says so.
    return false;
  }
}

/** Megabytes, of a million bytes each. */
function megabytesPerSecond({ bytes, ms }: Amount): number {
  return Math.round((bytes / 1000 / Math.max(ms, 0.001)) * 10) / 10;
}

function attempt(order: SpeedTestOrder): SpeedTestReply {
  try {
    return { type: 'done', result: measure(order) };
  } catch (error) {
    return error instanceof Cancelled ? { type: 'cancelled' } : failure(order.path, error);
  }
}

function failure(path: string, error: unknown): SpeedTestReply & { type: 'failed' } {
  const { code, message } = fsError(errorNumber(error) ?? 'EIO', path, error);
  return { type: 'failed', error: { code, message } };
}

function run(order: SpeedTestOrder): SpeedTestReply {
  const reply = attempt(order);
  // A file of that name which was there before is not ours.
  if (reply.type === 'failed' && reply.error.code === 'PATH_ALREADY_EXISTS') return reply;
  try {
    unlinkSync(order.path);
  } catch (error) {
    if (errorNumber(error) !== 'ENOENT' && reply.type !== 'failed') return failure(order.path, error);
  }
  return reply;
}

parentPort?.postMessage(run(workerData as SpeedTestOrder));
