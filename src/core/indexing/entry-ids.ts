import type Database from 'better-sqlite3';

const KEY = 'entries.highestId';

/**
 * Gives ids of `entries` that none had before, also none that is deleted by now: an entry's uuid is made of its id. The highest is kept in
 * the library's settings, and written in the transaction that uses it.
 */
export class EntryIds {
  readonly #read: Database.Statement<[], number>;
  readonly #write: Database.Statement<[string]>;
  #highest = 0;
  #saved = 0;

  constructor(connection: Database.Database) {
    this.#read = connection
      .prepare<[], number>(
        `SELECT max(coalesce((SELECT value FROM settings WHERE key = '${KEY}'), 0) + 0, coalesce(max(id), 0)) FROM entries`,
      )
      .pluck();
    this.#write = connection.prepare(
      `INSERT INTO settings (key, value) VALUES ('${KEY}', ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
    );
  }

  /** To be called first in each transaction that adds entries: others may have added some since, and an undone one has given none. */
  begin(): void {
    this.#highest = this.#read.get() ?? 0;
    this.#saved = this.#highest;
  }

  next(): number {
    return this.take(1);
  }

  /** Gives so many, one after the other. @returns the first */
  take(count: number): number {
    const first = this.#highest + 1;
    this.#highest += count;
    return first;
  }

  /** To be called last in the transaction. */
  save(): void {
    if (this.#highest === this.#saved) return;
    this.#write.run(String(this.#highest));
    this.#saved = this.#highest;
  }
}
