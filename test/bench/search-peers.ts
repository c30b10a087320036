/** @file What searching is compared with. Each returns milliseconds; programs are whole processes, as they are used. */
import { execFile, spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import Database from 'better-sqlite3';
import { foldText } from '#core/search/query/fold-text.ts';
import { findProgram } from '#test/instruments/host-abilities.ts';
import { timeMs } from './measure.ts';

const run = promisify(execFile);
const ROWS_PER_TRANSACTION = 50_000;

export interface BuiltIndex {
  ms: number;
  bytes: number;
}

/** @param list of paths, one in a line. @returns null where plocate is not installed (`apt install plocate`) */
export async function buildPlocate(list: string, database: string): Promise<BuiltIndex | null> {
  const program = findProgram('plocate-build') ?? findProgram('/usr/sbin/plocate-build');
  if (program === null) return null;
  const ms = await timeMs(() => run(program, ['-p', list, database]));
  return { ms, bytes: statSync(database).size };
}

/** The first hundred names in the order of the database, as it was filled; plocate knows no other. */
export function askPlocate(database: string, text: string): Promise<number> {
  const program = findProgram('plocate') ?? '';
  return timeMs(() => spawnSync(program, ['-d', database, '-b', '-i', '-l', '100', '--', text]));
}

/** Walks the tree. Null where fd is not installed (`apt install fd-find`). */
export async function askFd(tree: string, text: string): Promise<number | null> {
  const program = findProgram('fdfind') ?? findProgram('fd');
  if (program === null) return null;
  return await timeMs(() => spawnSync(program, ['-H', '-I', '-F', '-i', '--max-results', '100', '--', text, tree]));
}

/** What a database without an index for it can do: the latest hundred. */
export class LikeScan implements Disposable {
  readonly #connection: Database.Database;
  readonly #select: Database.Statement<[string]>;

  constructor(databasePath: string) {
    this.#connection = new Database(databasePath, { readonly: true });
    this.#select = this.#connection.prepare("SELECT id FROM entries WHERE name LIKE ? ESCAPE '\\' ORDER BY modified_ms DESC LIMIT 100");
  }

  ask(text: string): Promise<number> {
    return timeMs(() => this.#select.all(`%${text.replaceAll(/[\\%_]/g, '\\$&')}%`));
  }

  [Symbol.dispose](): void {
    this.#connection.close();
  }
}

/** SQLite's own index for parts of words: the same names, folded, in a file of its own. */
export class TrigramIndex implements Disposable {
  readonly built: BuiltIndex;
  readonly #connection: Database.Database;
  readonly #select: Database.Statement<[string]>;

  constructor(databasePath: string, scratch: string) {
    const file = path.join(scratch, 'trigrams.db');
    const connection = new Database(file);
    connection.pragma('journal_mode = WAL');
    connection.pragma('synchronous = NORMAL');
    connection.exec(
      "CREATE VIRTUAL TABLE names USING fts5 (name, content = '', contentless_delete = 1, detail = none, tokenize = 'trigram')",
    );
    const insert = connection.prepare('INSERT INTO names (rowid, name) VALUES (?, ?)');
    using entries = new EntryNames(databasePath);
    const began = performance.now();
    connection.exec('BEGIN');
    let rows = 0;
    for (const [id, name] of entries) {
      insert.run(id, foldText(name));
      rows += 1;
      if (rows % ROWS_PER_TRANSACTION === 0) connection.exec('COMMIT; BEGIN');
    }
    connection.exec('COMMIT');
    connection.pragma('wal_checkpoint(TRUNCATE)');
    this.built = { ms: performance.now() - began, bytes: statSync(file).size };
    connection.exec(`ATTACH '${databasePath}' AS library`);
    this.#connection = connection;
    this.#select = connection.prepare(
      'SELECT id FROM names JOIN library.entries ON id = names.rowid WHERE names MATCH ? ORDER BY modified_ms DESC LIMIT 100',
    );
  }

  /** Null for what is too short for it. */
  async ask(text: string): Promise<number | null> {
    const characters = [...text];
    if (characters.length < 3) return null;
    const threes = characters.slice(2).map(
      (_, at) =>
        `"${characters
          .slice(at, at + 3)
          .join('')
          .replaceAll('"', '""')}"`,
    );
    return timeMs(() => this.#select.all(threes.join(' AND ')));
  }

  [Symbol.dispose](): void {
    this.#connection.close();
  }
}

/** Ids and names of a database that are text. */
export class EntryNames implements Disposable, Iterable<[id: number, name: string]> {
  readonly #connection: Database.Database;

  constructor(databasePath: string) {
    this.#connection = new Database(databasePath, { readonly: true });
  }

  [Symbol.iterator](): Iterator<[number, string]> {
    const rows = this.#connection.prepare<[], [number, string]>("SELECT id, name FROM entries WHERE typeof(name) = 'text' ORDER BY id");
    return rows.raw().iterate();
  }

  [Symbol.dispose](): void {
    this.#connection.close();
  }
}
