import type { Database, Statement } from 'better-sqlite3';
import type { LibraryReader } from '#core/db/library-database.ts';
import { naturalSortKey } from './natural-sort-key.ts';

/** A database that has `entries`: a library's, or that of an ephemeral index. */
export interface EntryDatabase {
  /** Of the library; entries' uuids are made of it. */
  readonly id: string;
  read<T>(fn: (db: LibraryReader) => T): T;
}

/** Runs a statement, prepared at its first use. */
export interface EntryStatements {
  all<T>(sql: string, ...values: unknown[]): T[];
  get<T>(sql: string, ...values: unknown[]): T | undefined;
  /** Of a statement with one column of numbers. */
  numbers(sql: string, ...values: unknown[]): number[];
}

/**
 * Statements on entries, prepared once for each connection: preparing takes longer than running one. A connection that is closed takes
 * its statements with it.
 */
export class StatementCache {
  readonly #byConnection = new WeakMap<Database, Map<string, Statement>>();

  /** Runs `fn` on one state of the database: what is written meanwhile is not seen. @throws as `EntryDatabase.read` does */
  read<T>(database: EntryDatabase, fn: (statements: EntryStatements) => T): T {
    return database.read(({ $client: connection }) => {
      const prepare = (sql: string) => this.#prepare(connection, sql);
      const statements: EntryStatements = {
        all: <R>(sql: string, ...values: unknown[]) => prepare(sql).all(...values) as R[],
        get: <R>(sql: string, ...values: unknown[]) => prepare(sql).get(...values) as R | undefined,
        numbers: (sql, ...values) =>
          prepare(sql)
            .pluck()
            .all(...values) as number[],
      };
      return connection.transaction(() => fn(statements))();
    });
  }

  #prepare(connection: Database, sql: string): Statement {
    const statements = this.#byConnection.get(connection) ?? this.#begin(connection);
    const statement = statements.get(sql) ?? connection.prepare(sql);
    statements.set(sql, statement);
    return statement;
  }

  #begin(connection: Database): Map<string, Statement> {
    connection.function('natural_sort_key', { deterministic: true }, (name) => (name === null ? null : naturalSortKey(shownText(name))));
    const statements = new Map<string, Statement>();
    this.#byConnection.set(connection, statements);
    return statements;
  }
}

/** A name as it is stored: text, or bytes that are no UTF-8. */
function shownText(name: unknown): string {
  return name instanceof Buffer ? name.toString('utf8') : String(name);
}
