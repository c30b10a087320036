import Database from 'better-sqlite3';
import { WriteTurn } from '#core/db/write-turn.ts';
import { EntryIds } from './entry-ids.ts';

/** A transaction that others wait for ends at once; one that nobody waits for after this. */
const SLICE_MS = 25;
/** How often a transaction is looked at while the disk keeps it waiting. */
const LOOK_MS = 5;
/** How often the clock is read: once in so many steps. */
const STEPS_BETWEEN_LOOKS = 32;
const BUSY_TIMEOUT_MS = 10_000;
/** Merging the write-ahead log costs two flushes of the disk, and reads what it merges: rarely, then. After so many commits it has at most about 100 MB. */
const COMMITS_BETWEEN_MERGES = 40;
/** What is added lies together; the system keeps the rest in its own cache. */
const CACHE_KIB = 16 * 1024;

/** Who has something to do with each transaction. */
export interface Participant {
  /** Writes what it has kept in memory until now. */
  beforeCommit?(): void;
  afterCommit?(): void;
  /** What has been done since the last commit is undone, in the database alone. */
  undone?(error: unknown): void;
}

/**
 * The index worker's connection to its library's database, and its transactions: short ones, that end when the engine wants to write.
 * Everything that runs in this thread shares them.
 */
export class IndexWriter {
  readonly connection: Database.Database;
  readonly ids: EntryIds;
  readonly #turn: WriteTurn;
  readonly #participants = new Set<Participant>();
  #isInTransaction = false;
  #beganAt = 0;
  #steps = 0;
  #commits = 0;
  #timer: NodeJS.Timeout | null = null;

  constructor(path: string, turn: SharedArrayBuffer) {
    this.#turn = new WriteTurn(turn);
    this.connection = new Database(path, { fileMustExist: true, timeout: BUSY_TIMEOUT_MS });
    this.connection.pragma('synchronous = NORMAL');
    this.connection.pragma('wal_autocheckpoint = 0');
    this.connection.pragma(`cache_size = -${CACHE_KIB}`);
    this.ids = new EntryIds(this.connection);
  }

  join(participant: Participant): () => void {
    this.#participants.add(participant);
    return () => this.#participants.delete(participant);
  }

  /** To be called before anything is written. Ends by itself when there is nothing to do for a while. */
  begin(): void {
    if (this.#isInTransaction) return;
    this.#turn.takeForBulk();
    try {
      this.connection.exec('BEGIN IMMEDIATE');
      this.#isInTransaction = true;
      this.ids.begin();
    } catch (error) {
      this.#undo(error);
      throw error;
    }
    this.#beganAt = performance.now();
    this.#timer ??= setTimeout(() => this.#look(), LOOK_MS);
  }

  /** Whether the engine waits for the transaction to end. */
  get isWanted(): boolean {
    return this.#turn.isWanted;
  }

  /** To be called between any two changes that belong to themselves alone: commits when it is time, and begins anew. */
  step(): void {
    this.#steps += 1;
    if (this.#steps % STEPS_BETWEEN_LOOKS !== 0 || !this.#isInTransaction) return;
    if (!this.#isDue()) return;
    this.commit();
    this.begin();
  }

  /** Ends the transaction, if there is one, and tells everyone. @throws what SQLite throws; then nothing of it has happened */
  commit(): void {
    if (!this.#isInTransaction) return;
    try {
      for (const one of this.#each()) one.beforeCommit?.();
      this.ids.save();
      this.connection.exec('COMMIT');
    } catch (error) {
      this.#undo(error);
      throw error;
    }
    this.#end();
    for (const one of this.#each()) one.afterCommit?.();
    this.#commits += 1;
    if (this.#commits % COMMITS_BETWEEN_MERGES === 0) this.#mergeLog();
  }

  /** Undoes everything since the last commit: whoever takes part is told. */
  undo(error: unknown): void {
    if (this.#isInTransaction) this.#undo(error);
  }

  close(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    // What is left would be merged by the engine's thread.
    if (this.#commits > 0) this.#mergeLog();
    try {
      this.connection.close();
    } finally {
      this.#end();
    }
  }

  /** Outside of a transaction, where it keeps nobody from writing. */
  #mergeLog(): void {
    try {
      this.connection.pragma('wal_checkpoint(PASSIVE)');
    } catch {
      // What could not be merged stays in the log, and is merged later.
    }
  }

  #look(): void {
    this.#timer = null;
    if (!this.#isInTransaction) return;
    if (!this.#isDue()) {
      this.#timer = setTimeout(() => this.#look(), LOOK_MS);
      return;
    }
    try {
      this.commit();
    } catch {
      // Everyone who took part has been told.
    }
  }

  #isDue(): boolean {
    return this.#turn.isWanted || performance.now() - this.#beganAt >= SLICE_MS;
  }

  #undo(error: unknown): void {
    try {
      if (this.connection.inTransaction) this.connection.exec('ROLLBACK');
    } finally {
      this.#end();
      for (const one of this.#each()) one.undone?.(error);
    }
  }

  #end(): void {
    this.#isInTransaction = false;
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    this.#turn.endBulk();
  }

  #each(): Participant[] {
    return [...this.#participants];
  }
}
