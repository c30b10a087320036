import type { IndexWriter } from './index-writer.ts';

/** As `schema.ts` and its migrations have them. Listings need only `entries_listing`, which is always there. */
const VALUE_INDEXES = {
  entries_by_inode: 'CREATE INDEX entries_by_inode ON entries (inode)',
  entries_by_size: 'CREATE INDEX entries_by_size ON entries (parent_id, kind, size)',
  entries_by_time: 'CREATE INDEX entries_by_time ON entries (parent_id, kind, modified_ms)',
  entries_by_extension: 'CREATE INDEX entries_by_extension ON entries (parent_id, kind, extension)',
};

/**
 * The indexes of `entries` that the first scan of an empty library goes without: keeping four more in order with every row takes longer
 * than all else that is done with it, and sorting them once is quick. Readers do without them meanwhile.
 */
export class ValueIndexes {
  readonly #writer: IndexWriter;
  #isComplete = false;

  constructor(writer: IndexWriter) {
    this.#writer = writer;
  }

  /** Before a scan: does without them until `ensure` is called when there are no entries yet, and else makes sure of them. */
  leaveOutWhileEmpty(): void {
    const { connection } = this.#writer;
    if (connection.prepare('SELECT 1 FROM entries LIMIT 1').get() !== undefined) {
      this.ensure();
      return;
    }
    this.#isComplete = false;
    this.#writer.begin();
    for (const name of Object.keys(VALUE_INDEXES)) connection.exec(`DROP INDEX IF EXISTS ${name}`);
    this.#writer.commit();
  }

  /** Makes those that are missing, each in a transaction of its own. About half a second for a million entries. */
  ensure(): void {
    if (this.#isComplete) return;
    const { connection } = this.#writer;
    const has = connection.prepare<[string], number>(`SELECT 1 FROM sqlite_schema WHERE type = 'index' AND name = ?`).pluck();
    for (const [name, sql] of Object.entries(VALUE_INDEXES)) {
      if (has.get(name) !== undefined) continue;
      this.#writer.commit();
      this.#writer.begin();
      connection.exec(sql);
      this.#writer.commit();
    }
    this.#isComplete = true;
  }
}
