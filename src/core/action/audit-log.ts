import type { Library } from '#core/library/library.ts';
import type { Logger } from '#core/log/logger.ts';
import type { ActionRecord } from '#shared/contract/action.ts';
import type { AuditQuery, AuditStore } from './audit-store.ts';
import { LibraryAuditStore } from './library-audit-store.ts';
import { isAsked, MemoryAuditStore } from './memory-audit-store.ts';
import type { StoredAction } from './stored-action.ts';

/** Everything that users have done: in the library that each action was done for, in memory where there was none. */
export class AuditLog {
  readonly #libraries = new Map<string, LibraryAuditStore>();
  readonly #memory: AuditStore = new MemoryAuditStore();
  /** What is not written yet as it is now: its library is closed, or its disk full. Newer than what is written. */
  readonly #unsaved = new Map<string, StoredAction>();
  readonly #log: Logger;

  constructor({ log }: { log: Logger }) {
    this.#log = log;
  }

  open(library: Library): void {
    this.#libraries.set(library.id, new LibraryAuditStore(library));
    this.#saveAgain();
  }

  close(libraryId: string): void {
    this.#saveAgain();
    this.#libraries.delete(libraryId);
  }

  /** Forgets what was to be written to a library that is no more. */
  drop(libraryId: string): void {
    for (const [id, { record }] of this.#unsaved) if (record.libraryId === libraryId) this.#unsaved.delete(id);
  }

  /** Never throws: what cannot be written now is kept in memory until it can be. */
  save(action: StoredAction): void {
    this.#unsaved.set(action.record.id, action);
    this.#saveAgain();
  }

  /** Removes an action that has done nothing. */
  forget({ record: { id, libraryId } }: StoredAction): void {
    this.#unsaved.delete(id);
    try {
      this.#storeOf(libraryId)?.forget(id);
    } catch (error) {
      this.#log.warn({ err: error, action: id }, 'An action that was refused stays in the audit log');
    }
  }

  get(id: string): StoredAction | null {
    const unsaved = this.#unsaved.get(id);
    if (unsaved) return unsaved;
    for (const store of this.#stores()) {
      const action = store.get(id);
      if (action) return action;
    }
    return null;
  }

  /** Of one library, or of all that are open and of none. */
  page(query: AuditQuery, libraryId?: string): ActionRecord[] {
    const stores = libraryId === undefined ? this.#stores() : [this.#storeOf(libraryId)].filter((store) => store !== undefined);
    const unsaved = [...this.#unsaved.values()]
      .map(({ record }) => record)
      .filter((record) => (libraryId === undefined || record.libraryId === libraryId) && isAsked(record, query));
    const saved = stores.flatMap((store) => store.page({ ...query, limit: query.limit + this.#unsaved.size }));
    return [...saved.filter(({ id }) => !this.#unsaved.has(id)), ...unsaved].sort((a, b) => (a.id < b.id ? 1 : -1)).slice(0, query.limit);
  }

  /** Those of a library whose end is not written down. */
  running({ id }: Library): StoredAction[] {
    return (this.#libraries.get(id)?.running() ?? []).filter(({ record }) => !this.#unsaved.has(record.id));
  }

  /** Those of a library that are marked as being undone. */
  undoing({ id }: Library): StoredAction[] {
    return this.#libraries.get(id)?.undoing() ?? [];
  }

  /** The one that a job was started for. */
  ofJob(jobId: string): StoredAction | null {
    for (const store of this.#stores()) {
      const action = store.ofJob(jobId);
      if (action) return action;
    }
    return null;
  }

  /** Forgets what ended before a moment. */
  clear(endedBefore: Date): void {
    for (const store of this.#stores()) store.clear(endedBefore);
  }

  #saveAgain(): void {
    for (const [id, action] of this.#unsaved) {
      try {
        const store = this.#storeOf(action.record.libraryId);
        store?.save(action);
        if (store) this.#unsaved.delete(id);
      } catch (error) {
        this.#log.warn({ err: error, action: id }, 'An action could not be written down yet');
      }
    }
  }

  #storeOf(libraryId: string | null): AuditStore | undefined {
    return libraryId === null ? this.#memory : this.#libraries.get(libraryId);
  }

  #stores(): AuditStore[] {
    return [this.#memory, ...this.#libraries.values()];
  }
}
