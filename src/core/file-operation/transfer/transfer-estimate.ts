import type { TransferStrategy } from '#shared/contract/file.ts';
import type { TransferMount } from './transfer-messages.ts';

/** What goes in one way from one volume to another. */
export interface PlannedTransfer {
  strategy: TransferStrategy;
  from: string | null;
  to: string | null;
  files: number;
  bytes: number;
}

/** Renaming, sharing blocks, and opening a file take about so long. */
const SECONDS_PER_FILE = 0.0002;

/** By the speeds that the volumes had in their last tests; null where one of them is not known. */
export function estimateSeconds(transfers: readonly PlannedTransfer[], mounts: readonly TransferMount[]): number | null {
  let seconds = 0;
  for (const { strategy, from, to, files, bytes } of transfers) {
    seconds += files * SECONDS_PER_FILE;
    if (strategy === 'rename' || strategy === 'clone' || bytes === 0) continue;
    const read = mounts.find(({ fingerprint }) => fingerprint === from)?.readMbps ?? null;
    const write = mounts.find(({ fingerprint }) => fingerprint === to)?.writeMbps ?? null;
    if (read === null || write === null || read <= 0 || write <= 0) return null;
    // One disk does both in turn; two work at the same time.
    seconds += from === to ? bytes / 1e6 / read + bytes / 1e6 / write : bytes / 1e6 / Math.min(read, write);
  }
  return seconds;
}
