import type { ActionRecord } from '#shared/contract/action.ts';
import type { StoredAction } from './stored-action.ts';

/** A page of the audit log, newest first. */
export interface AuditQuery {
  /** Each has to be in `actionWords`. */
  words: readonly string[];
  status?: ActionRecord['status'] | undefined;
  /** Id of the last action of the page before. */
  before?: string | undefined;
  limit: number;
}

/** Where actions are remembered: in a library, or in memory. */
export interface AuditStore {
  /** Writes an action as it is now. */
  save(action: StoredAction): void;
  /** Removes one that did nothing. */
  forget(id: string): void;
  get(id: string): StoredAction | null;
  page(query: AuditQuery): ActionRecord[];
  /** Those whose end has not been written down, oldest first. */
  running(): StoredAction[];
  /** Those that are marked as being undone. */
  undoing(): StoredAction[];
  ofJob(jobId: string): StoredAction | null;
  /** Forgets what ended before a moment and is not being undone. @returns how many */
  clear(endedBefore: Date): number;
}
