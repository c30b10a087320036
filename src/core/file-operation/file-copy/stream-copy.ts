import { fdatasync, ftruncateSync, readSync, writeSync } from 'node:fs';
import { promisify } from 'node:util';
import type { Blake3Hasher } from '@napi-rs/blake-hash';
import { type CopyControl, CopyStopped } from './copy-control.ts';
import { dataRuns } from './holes.ts';

const flush = promisify(fdatasync);

/** Larger blocks are slower: they leave the processor's cache between reading, hashing and writing. */
export const BLOCK_BYTES = 1024 * 1024;
/** So much may wait in memory for the disk at most twice: the end of a large file comes soon after its last byte, and so does a cancellation. */
const FLUSH_EVERY_BYTES = 32 * BLOCK_BYTES;

export interface StreamOptions {
  sourceFd: number;
  /** Where the source is said to end; what says 0 is read all the same, for it may be wrong. */
  sizeBytes: number;
  /** Whether the source has fewer blocks than bytes: blocks of zeros are left out of the target as well. */
  isSparse: boolean;
  targetFd: number;
  /** What the target holds already of the source, and has been compared. */
  doneBytes: number;
  /** Has been given those bytes already; null when nobody asks for a digest. */
  hasher: Blake3Hasher | null;
  control: CopyControl;
  /** Called now and then; throws when there is no point in going on. */
  checkTarget(): void;
}

type Compared = Pick<StreamOptions, 'sourceFd' | 'targetFd' | 'hasher' | 'control'>;

/** Copies bytes through one block of memory, hashing them on the way. One instance serves one thread. */
export class StreamCopier {
  readonly #block = Buffer.allocUnsafeSlow(BLOCK_BYTES);

  /**
   * Compares what a target holds from an earlier run with its source, and counts what is the same as copied.
   *
   * @param onBytes told of each block that is the same
   * @returns the bytes from the beginning on that are the same, in whole blocks
   */
  compare({ sourceFd, targetFd, hasher, control }: Compared, onBytes: (count: number) => void): number {
    const other = Buffer.allocUnsafeSlow(BLOCK_BYTES);
    for (let bytes = 0; ; bytes += BLOCK_BYTES) {
      control.check();
      const length = readSync(sourceFd, this.#block, 0, BLOCK_BYTES, bytes);
      if (length < BLOCK_BYTES || readSync(targetFd, other, 0, BLOCK_BYTES, bytes) < BLOCK_BYTES) return bytes;
      if (!this.#block.equals(other)) return bytes;
      hasher?.update(this.#block);
      control.count(BLOCK_BYTES);
      onBytes(BLOCK_BYTES);
    }
  }

  /** Reads a file for its digest alone. @throws `CopyStopped`, or an error of `node:fs` */
  read(fd: number, hasher: Blake3Hasher, control: CopyControl): void {
    for (let bytes = 0, length = -1; length !== 0; bytes += length) {
      control.check();
      length = readSync(fd, this.#block, 0, BLOCK_BYTES, bytes);
      hasher.update(this.#block.subarray(0, length));
    }
  }

  /** @param onBytes told of each block that is written. @throws `CopyStopped`, or an error of `node:fs` */
  async copy(options: StreamOptions, onBytes: (count: number) => void): Promise<void> {
    const flushing = new Flushing(options);
    try {
      await this.#copyBlocks(options, flushing, onBytes);
      await flushing.settled();
    } catch (error) {
      // What is being flushed keeps the room of a file that is removed. Who stops a copy does not wait for that.
      if (!(error instanceof CopyStopped)) await flushing.settled().catch(() => error);
      throw error;
    }
  }

  async #copyBlocks(options: StreamOptions, flushing: Flushing, onBytes: (count: number) => void): Promise<void> {
    const { sourceFd, sizeBytes, targetFd, control, hasher, isSparse } = options;
    let bytes = options.doneBytes;
    do {
      control.check();
      const length = readSync(sourceFd, this.#block, 0, BLOCK_BYTES, bytes);
      if (length === 0) break;
      const data = this.#block.subarray(0, length);
      hasher?.update(data);
      if (isSparse) for (const [start, end] of dataRuns(data)) writeAt(targetFd, data.subarray(start, end), bytes + start);
      else writeAt(targetFd, data, bytes);
      bytes += length;
      onBytes(length);
      control.written(length);
      await flushing.after(length);
    } while (bytes < sizeBytes);
    // Holes at the end are not written.
    ftruncateSync(targetFd, bytes);
  }
}

/** Has what was written flushed on the way, while more is written. */
class Flushing {
  readonly #options: StreamOptions;
  #unflushed = 0;
  #running: Promise<void> = Promise.resolve();

  constructor(options: StreamOptions) {
    this.#options = options;
  }

  /** @param count bytes that were written just now. @throws `CopyStopped`, or an error of `node:fs` */
  async after(count: number): Promise<void> {
    this.#unflushed += count;
    if (this.#unflushed < FLUSH_EVERY_BYTES) return;
    this.#options.checkTarget();
    await this.settled();
    this.#running = flush(this.#options.targetFd);
    this.#unflushed = 0;
  }

  /** @throws `CopyStopped`, or an error of `node:fs` */
  settled(): Promise<void> {
    return this.#options.control.during(this.#running);
  }
}

function writeAt(fd: number, data: Buffer, position: number): void {
  for (let written = 0; written < data.length; ) written += writeSync(fd, data, written, data.length - written, position + written);
}
