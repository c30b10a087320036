/** @file What `SearchThread` and `search-worker.ts` send each other. */
import type { ErrorBody } from '#shared/contract/error.ts';
import type { SearchAnswer, SearchIndexCheck, SearchRequest } from './search-index.ts';

/** What a search worker is started with. */
export interface SearchWorkerData {
  databasePath: string;
}

/** Values of the one Int32 that a request may be ended by. */
export const END = { no: 0, cancelled: 1, tooSlow: 2 } as const;

/** `prepare`: what a search needs is loaded, so that the first one is as quick as others. */
export type SearchWork = { type: 'search'; request: SearchRequest } | { type: 'check' } | { type: 'prepare' };

export type SearchMessage = { type: 'run'; id: number; work: SearchWork; end: SharedArrayBuffer } | { type: 'close' };

export type SearchReply =
  /** The request is being worked on from now on. `entryCount`: of the index, about. */
  | { type: 'began'; id: number; entryCount: number }
  /** `isUntidy`: the index is not what it could be, and searches take longer. */
  | { type: 'found'; id: number; answer: SearchAnswer; isUntidy: boolean }
  | { type: 'checked'; id: number; check: SearchIndexCheck }
  | { type: 'prepared'; id: number }
  | { type: 'failed'; id: number; error: ErrorBody; fault: string | null }
  | { type: 'problem'; message: string }
  | { type: 'closed' };
