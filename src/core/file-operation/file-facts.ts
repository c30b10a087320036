import { type BigIntStats, lstatSync } from 'node:fs';
import type { NativePath } from '#core/fs/native-path.ts';

export type FileFacts = BigIntStats;

/** Nothing is followed. @throws an error of `node:fs` */
export function factsOf(path: NativePath): FileFacts {
  return lstatSync(path, { bigint: true });
}

/** Null when there is nothing of that name. @throws an error of `node:fs` for anything else */
export function factsIfExists(path: NativePath): FileFacts | null {
  return lstatSync(path, { bigint: true, throwIfNoEntry: false }) ?? null;
}

/** Tells one file from every other, by whatever path it is reached. */
export function identityOf({ dev, ino }: FileFacts): string {
  return `${dev}:${ino}`;
}

export function isSameFile(a: FileFacts, b: FileFacts): boolean {
  return a.dev === b.dev && a.ino === b.ino;
}

/** Half a millisecond covers what `utimes` loses, so that a copy never seems older than its source. */
const LEAST_DIFFERENCE_NS = 500_000;

export function isNewer(a: FileFacts, b: FileFacts, granularityNs: number): boolean {
  return a.mtimeNs - b.mtimeNs > BigInt(Math.max(granularityNs, LEAST_DIFFERENCE_NS));
}
