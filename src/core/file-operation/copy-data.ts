import { fdatasync, readSync, writeSync } from 'node:fs';
import { promisify } from 'node:util';
import { Blake3Hasher } from '@napi-rs/blake-hash';
import type { Cancellation } from './cancellation.ts';

const flush = promisify(fdatasync);

/** Larger blocks are slower: they leave the processor's cache between reading, hashing and writing. */
const BLOCK_BYTES = 1024 * 1024;
/** So much may wait in memory for the disk at most twice: the end of a large file comes soon after its last byte, and so does a cancellation. */
const FLUSH_EVERY_BYTES = 32 * BLOCK_BYTES;

export interface CopyDataOptions {
  sourceFd: number;
  /** Where the source is said to end; what says 0 is read all the same, for it may be wrong. */
  sizeBytes: number;
  targetFd: number;
  /** Whether to work out the BLAKE3 of what is read. */
  hash: boolean;
  cancellation: Cancellation;
  onBytes(count: number): void;
  /** Called now and then; throws when there is no point in going on. */
  onFlush(): void;
}

/** Copies bytes through one block of memory, hashing them on the way. One instance serves one thread. */
export class DataCopier {
  readonly #block = Buffer.allocUnsafeSlow(BLOCK_BYTES);

  /** @returns how many bytes there were, and their BLAKE3 in hexadecimal. @throws `CANCELLED`, or an error of `node:fs` */
  async copy({
    sourceFd,
    sizeBytes,
    targetFd,
    hash,
    cancellation,
    onBytes,
    onFlush,
  }: CopyDataOptions): Promise<{ bytes: number; digest: string | null }> {
    const hasher = hash ? new Blake3Hasher() : null;
    let bytes = 0;
    let unflushed = 0;
    let flushing: Promise<void> = Promise.resolve();
    do {
      cancellation.check();
      const length = readSync(sourceFd, this.#block, 0, BLOCK_BYTES, null);
      if (length === 0) break;
      const data = this.#block.subarray(0, length);
      hasher?.update(data);
      writeAll(targetFd, data);
      bytes += length;
      unflushed += length;
      onBytes(length);
      if (unflushed < FLUSH_EVERY_BYTES) continue;
      onFlush();
      await cancellation.during(flushing);
      flushing = flush(targetFd);
      unflushed = 0;
    } while (bytes < sizeBytes);
    await cancellation.during(flushing);
    return { bytes, digest: hasher?.digest('hex') ?? null };
  }
}

function writeAll(fd: number, data: Buffer): void {
  for (let written = 0; written < data.length; ) written += writeSync(fd, data, written);
}
