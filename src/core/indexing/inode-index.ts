import type { IndexWriter } from './index-writer.ts';

const NAME = 'entries_by_inode';

/**
 * The index by which moved files are found. The first scan of an empty library goes without it: to put each number in its place takes longer
 * than to sort them all at the end, and nothing can have moved yet.
 */
export class InodeIndex {
  readonly #writer: IndexWriter;
  #isThere = false;

  constructor(writer: IndexWriter) {
    this.#writer = writer;
  }

  /** Before a scan: does without it until `ensure` is called when there are no entries yet, and else makes sure of it. */
  leaveOutWhileEmpty(): void {
    const { connection } = this.#writer;
    if (connection.prepare('SELECT 1 FROM entries LIMIT 1').get() !== undefined) {
      this.ensure();
      return;
    }
    this.#isThere = false;
    this.#writer.begin();
    connection.exec(`DROP INDEX IF EXISTS ${NAME}`);
    this.#writer.commit();
  }

  /** Makes it when it is missing, in a transaction of its own. About half a second for a million entries. */
  ensure(): void {
    if (this.#isThere) return;
    this.#writer.commit();
    this.#writer.begin();
    this.#writer.connection.exec(`CREATE INDEX IF NOT EXISTS ${NAME} ON entries (inode)`);
    this.#writer.commit();
    this.#isThere = true;
  }
}
