import type { Database, Statement } from 'better-sqlite3';
import type { EntryDatabase } from '#core/entry/entry-statements.ts';

interface Kept<T> {
  /** Of a connection that only reads: another number whenever any other has written. */
  versionNow: Statement<[], number>;
  version: unknown;
  source: unknown;
  value: T;
}

/** Keeps what was made of a database for as long as nothing has been written to it, and what else it was made of is the same. */
export class KeptWhileUnchanged<T> {
  readonly #kept = new WeakMap<Database, Kept<T>>();

  /** @param source compared by identity. Within a transaction, to be asked first. */
  get(database: EntryDatabase, source: unknown, make: () => T): T {
    return database.read(({ $client: connection }) => {
      const kept = this.#kept.get(connection);
      // Preparing it takes many times as long as asking.
      const versionNow = kept?.versionNow ?? connection.prepare<[], number>('PRAGMA data_version').pluck();
      const version = versionNow.get();
      if (kept && kept.version === version && kept.source === source) return kept.value;
      const value = make();
      this.#kept.set(connection, { versionNow, version, source, value });
      return value;
    });
  }
}
