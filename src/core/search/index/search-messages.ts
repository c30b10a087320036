/** @file What `SearchThread` and `search-worker.ts` send each other. */
import type { ErrorBody } from '#shared/contract/error.ts';
import type { SearchAnswer, SearchIndexCheck, SearchRequest } from './search-index.ts';

/** What a search worker is started with. */
export interface SearchWorkerData {
  databasePath: string;
}

/** What both sides have of a request in shared memory, as Int32s. To be told it by messages would wake the engine once more for each search. */
export const STATE = {
  /** Why it is to end (`END`). */
  end: 0,
  /** When its search began, by `clock`; 0: not yet. */
  beganAt: 1,
  /** Of the index that is searched, about; since it began. */
  entryCount: 2,
} as const;
export const STATE_BYTES = 3 * Int32Array.BYTES_PER_ELEMENT;
export const END = { no: 0, cancelled: 1, tooSlow: 2 } as const;
const CLOCK_MASK = 0x7fffffff;

/** Milliseconds of a clock that all threads have; never 0. */
export function clock(): number {
  const [seconds, nanoseconds] = process.hrtime();
  return (seconds * 1000 + Math.floor(nanoseconds / 1_000_000)) % CLOCK_MASK || 1;
}

/** Milliseconds from one time of `clock` to another. */
export function elapsed(from: number, to: number): number {
  return (to - from + CLOCK_MASK) % CLOCK_MASK;
}

/** `prepare`: what a search needs is loaded, so that the first one is as quick as others. */
export type SearchWork = { type: 'search'; request: SearchRequest } | { type: 'check' } | { type: 'prepare' };

export type SearchMessage = { type: 'run'; id: number; work: SearchWork; state: SharedArrayBuffer } | { type: 'close' };

export type SearchReply =
  /** `isUntidy`: the index is not what it could be, and searches take longer. */
  | { type: 'found'; id: number; answer: SearchAnswer; isUntidy: boolean }
  | { type: 'checked'; id: number; check: SearchIndexCheck }
  | { type: 'prepared'; id: number }
  | { type: 'failed'; id: number; error: ErrorBody; fault: string | null }
  | { type: 'problem'; message: string }
  | { type: 'closed' };
