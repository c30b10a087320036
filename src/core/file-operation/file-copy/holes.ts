import type { FileFacts } from '../file-facts.ts';

/** File systems keep holes in units of their blocks, which have 4 KiB on most. */
const PAGE_BYTES = 4096;
const ZEROS = Buffer.alloc(1024 * 1024);
/** What `stat` counts blocks in, on every system. */
const STAT_BLOCK_BYTES = 512n;

/** Whether a file takes less room than its size asks for: it has holes, or is compressed. */
export function isSparse({ size, blocks }: Pick<FileFacts, 'size' | 'blocks'>): boolean {
  return size > BigInt(PAGE_BYTES) && blocks * STAT_BLOCK_BYTES < size;
}

/** Where `data` (at most 1 MiB) holds anything but pages of zeros: start and end of each run. */
export function* dataRuns(data: Buffer): Generator<[start: number, end: number]> {
  if (isZero(data)) return;
  let start = -1;
  for (let offset = 0; offset < data.length; offset += PAGE_BYTES) {
    const end = Math.min(offset + PAGE_BYTES, data.length);
    const isHole = data[offset] === 0 && isZero(data.subarray(offset, end));
    if (isHole && start >= 0) yield [start, offset];
    if (isHole) start = -1;
    else if (start < 0) start = offset;
  }
  if (start >= 0) yield [start, data.length];
}

function isZero(data: Buffer): boolean {
  return data.equals(ZEROS.subarray(0, data.length));
}
