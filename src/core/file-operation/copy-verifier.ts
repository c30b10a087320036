import { closeSync, constants, openSync, readSync } from 'node:fs';
import { Blake3Hasher } from '@napi-rs/blake-hash';
import { errorNumber } from '#core/fs/fs-error.ts';
import type { NativePath } from '#core/fs/native-path.ts';
import type { Cancellation } from './cancellation.ts';

const BLOCK_BYTES = 1024 * 1024;

/**
 * Reads a written file again and works out its BLAKE3. On Linux with `O_DIRECT`, so that the bytes come from the disk
 * and not from memory that this program has just filled. Where a file system or platform refuses that, the file is read
 * through the cache: that still finds what was written wrongly, but not what the disk has lost; `readPastCache` says so.
 */
export class CopyVerifier {
  /** False as soon as one file had to be read through the cache; null while none was read. */
  readPastCache: boolean | null = null;
  /** `O_DIRECT` wants memory aligned to the disk's blocks. V8 reserves resizable buffers by pages, others anywhere. */
  readonly #block = Buffer.from(new ArrayBuffer(BLOCK_BYTES, { maxByteLength: BLOCK_BYTES }));

  /** @param path a file that has been flushed. @throws `CANCELLED`, or an error of `node:fs` */
  digestOf(path: NativePath, cancellation: Cancellation): string {
    try {
      const digest = this.#read(path, constants.O_DIRECT ?? 0, cancellation);
      this.readPastCache = constants.O_DIRECT !== undefined && this.readPastCache !== false;
      return digest;
    } catch (error) {
      if (errorNumber(error) !== 'EINVAL') throw error;
      this.readPastCache = false;
      return this.#read(path, 0, cancellation);
    }
  }

  #read(path: NativePath, flags: number, cancellation: Cancellation): string {
    const fd = openSync(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | flags);
    try {
      const hasher = new Blake3Hasher();
      for (let length = this.#fill(fd); length > 0; length = this.#fill(fd)) {
        cancellation.check();
        hasher.update(this.#block.subarray(0, length));
      }
      return hasher.digest('hex');
    } finally {
      closeSync(fd);
    }
  }

  #fill(fd: number): number {
    return readSync(fd, this.#block, 0, BLOCK_BYTES, null);
  }
}
