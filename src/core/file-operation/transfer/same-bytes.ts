import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import type { NativePath } from '#core/fs/native-path.ts';
import type { CopyControl } from '../file-copy/copy-control.ts';

const BLOCK_BYTES = 1024 * 1024;
const FLAGS = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/** Whether two files hold the same bytes. @throws CopyStopped, or an error of `node:fs` */
export function hasSameBytes(a: NativePath, b: NativePath, control: CopyControl): boolean {
  const fdA = openSync(a, FLAGS);
  try {
    const fdB = openSync(b, FLAGS);
    try {
      const [factsA, factsB] = [fstatSync(fdA), fstatSync(fdB)];
      return factsA.isFile() && factsB.isFile() && factsA.size === factsB.size && compare(fdA, fdB, control);
    } finally {
      closeSync(fdB);
    }
  } finally {
    closeSync(fdA);
  }
}

function compare(fdA: number, fdB: number, control: CopyControl): boolean {
  const [blockA, blockB] = [Buffer.allocUnsafe(BLOCK_BYTES), Buffer.allocUnsafe(BLOCK_BYTES)];
  for (let position = 0; ; ) {
    control.check();
    const lengthA = readFully(fdA, blockA, position);
    const lengthB = readFully(fdB, blockB, position);
    if (lengthA !== lengthB || !blockA.subarray(0, lengthA).equals(blockB.subarray(0, lengthB))) return false;
    if (lengthA < BLOCK_BYTES) return true;
    position += lengthA;
  }
}

function readFully(fd: number, block: Buffer, position: number): number {
  let length = 0;
  while (length < block.length) {
    const read = readSync(fd, block, length, block.length - length, position + length);
    if (read === 0) break;
    length += read;
  }
  return length;
}
