import type { Database } from 'better-sqlite3';
import type { EntryDatabase } from '#core/entry/entry-statements.ts';

/** Keeps what was made of a database for as long as nothing has been written to it, and what else it was made of is the same. */
export class KeptWhileUnchanged<T> {
  readonly #kept = new WeakMap<Database, { version: unknown; source: unknown; value: T }>();

  /** @param source compared by identity. Within a transaction, to be asked first. */
  get(database: EntryDatabase, source: unknown, make: () => T): T {
    return database.read(({ $client: connection }) => {
      // Of a connection that only reads: another number whenever any other has written.
      const version = connection.pragma('data_version', { simple: true });
      const kept = this.#kept.get(connection);
      if (kept && kept.version === version && kept.source === source) return kept.value;
      const value = make();
      this.#kept.set(connection, { version, source, value });
      return value;
    });
  }
}
