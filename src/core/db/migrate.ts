import type Database from 'better-sqlite3';
import type { Migration } from './migrations.ts';

/**
 * Applies what is missing, each migration in one transaction that also raises `user_version`: after a crash a migration
 * has happened, or it has not. Foreign keys are off meanwhile, because rebuilding a table would else delete the rows that
 * refer to it, and are checked before each commit. See https://www.sqlite.org/lang_altertable.html#otheralter
 */
export function applyMigrations(connection: Database.Database, migrations: readonly Migration[]): void {
  connection.pragma('foreign_keys = OFF');
  try {
    for (const [index, migration] of migrations.entries()) applyMigration(connection, migration, index + 1);
  } finally {
    connection.pragma('foreign_keys = ON');
  }
}

function applyMigration(connection: Database.Database, { name, statements }: Migration, version: number): void {
  connection
    .transaction(() => {
      if (Number(connection.pragma('user_version', { simple: true })) >= version) return;
      for (const statement of statements) connection.exec(statement);
      const orphans: unknown = connection.pragma('foreign_key_check');
      if (Array.isArray(orphans) && orphans.length > 0) {
        throw new Error(`Migration ${name} leaves ${orphans.length} rows that refer to nothing.`);
      }
      connection.pragma(`user_version = ${version}`);
    })
    .immediate();
}
