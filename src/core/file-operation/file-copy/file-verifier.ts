import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { Blake3Hasher } from '@napi-rs/blake-hash';
import { errorNumber } from '#core/fs/fs-error.ts';
import type { NativePath } from '#core/fs/native-path.ts';
import type { CopyControl } from './copy-control.ts';

const BLOCK_BYTES = 1024 * 1024;
/** Multiple of every disk's block. */
const DIRECT_BYTES = 4096;

/**
 * Reads a written file again and works out its BLAKE3. On Linux with `O_DIRECT`, so that the bytes come from the disk
 * and not from memory that this program has just filled. Where a file system or platform refuses that, the file is read
 * through the cache: that still finds what was written wrongly, but not what the disk has lost; `readPastCache` says so.
 */
export class FileVerifier {
  /** False as soon as one file had to be read through the cache; null while none was read. */
  readPastCache: boolean | null = null;
  readonly #control: CopyControl;
  readonly #hasher = new Blake3Hasher();
  /** `O_DIRECT` wants memory aligned to the disk's blocks. V8 reserves resizable buffers by pages, others anywhere. */
  readonly #block = Buffer.from(new ArrayBuffer(BLOCK_BYTES, { maxByteLength: BLOCK_BYTES }));

  constructor(control: CopyControl) {
    this.#control = control;
  }

  /**
   * @param path a file that has been flushed
   * @returns BLAKE3 in hexadecimal; null when the file has not that many bytes
   * @throws `CopyStopped`, or an error of `node:fs`
   */
  digestOf(path: NativePath, sizeBytes: number): string | null {
    try {
      const digest = this.#read(path, sizeBytes, constants.O_DIRECT ?? 0);
      this.readPastCache = constants.O_DIRECT !== undefined && this.readPastCache !== false;
      return digest;
    } catch (error) {
      if (errorNumber(error) !== 'EINVAL') throw error;
      this.readPastCache = false;
      return this.#read(path, sizeBytes, 0);
    }
  }

  #read(path: NativePath, sizeBytes: number, flags: number): string | null {
    const fd = openSync(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | flags);
    try {
      if (fstatSync(fd).size !== sizeBytes) return null;
      this.#hasher.reset();
      for (let bytes = 0; bytes < sizeBytes; ) {
        this.#control.check();
        const length = readSync(fd, this.#block, 0, readLength(sizeBytes - bytes), null);
        if (length === 0) return null;
        this.#hasher.update(this.#block.subarray(0, length));
        bytes += length;
      }
      return this.#hasher.digest('hex');
    } finally {
      closeSync(fd);
    }
  }
}

/** The kernel prepares all the memory that a direct read may fill: for small files that takes longer than the reading. */
function readLength(bytesLeft: number): number {
  return Math.min(BLOCK_BYTES, Math.ceil(bytesLeft / DIRECT_BYTES) * DIRECT_BYTES);
}
