import type { ActionRecord } from '#shared/contract/action.ts';
import { actionWords } from './action-words.ts';
import type { AuditQuery, AuditStore } from './audit-store.ts';
import type { StoredAction } from './stored-action.ts';

/** Remembers actions while the engine runs, the newest `capacity` of them: where no library is open. */
export class MemoryAuditStore implements AuditStore {
  /** Ids are UUIDv7, so the order of insertion is the order of the ids. */
  readonly #actions = new Map<string, StoredAction>();
  readonly #capacity: number;

  constructor(capacity = 500) {
    this.#capacity = capacity;
  }

  save(action: StoredAction): void {
    this.#actions.set(action.record.id, action);
    const over = [...this.#actions.values()].filter(({ record }) => record.status !== 'running');
    for (const { record } of over.slice(0, Math.max(0, over.length - this.#capacity))) this.#actions.delete(record.id);
  }

  forget(id: string): void {
    this.#actions.delete(id);
  }

  get(id: string): StoredAction | null {
    return this.#actions.get(id) ?? null;
  }

  page({ limit, ...query }: AuditQuery): ActionRecord[] {
    return [...this.#actions.values()]
      .map(({ record }) => record)
      .filter((record) => isAsked(record, query))
      .reverse()
      .slice(0, limit);
  }

  running(): StoredAction[] {
    return [...this.#actions.values()].filter(({ record }) => record.status === 'running');
  }

  undoing(): StoredAction[] {
    return [...this.#actions.values()].filter(({ record }) => record.undo.state === 'undoing');
  }

  ofJob(jobId: string): StoredAction | null {
    return [...this.#actions.values()].find(({ record }) => record.jobId === jobId) ?? null;
  }

  clear(endedBefore: Date): number {
    const limit = endedBefore.toISOString();
    const old = [...this.#actions.values()].filter(
      ({ record }) => (record.completedAt ?? limit) < limit && record.undo.state !== 'undoing',
    );
    for (const { record } of old) this.#actions.delete(record.id);
    return old.length;
  }
}

/** Whether a query asks for an action, wherever that is remembered. */
export function isAsked(record: ActionRecord, { words, status, before }: Omit<AuditQuery, 'limit'>): boolean {
  if ((status !== undefined && record.status !== status) || (before !== undefined && record.id >= before)) return false;
  const text = words.length === 0 ? '' : actionWords(record);
  return words.every((word) => text.includes(word));
}
