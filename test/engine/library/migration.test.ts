import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { createLibraryDatabase, openLibraryDatabase } from '#core/db/library-database.ts';
import { readMigrations } from '#core/db/migrations.ts';
import { devices } from '#core/db/schema.ts';
import { expectError } from '#test/instruments/expect-error.ts';
import { makeExtraMigrations } from '#test/instruments/extra-migrations.ts';
import { startTestEngine } from '#test/instruments/test-engine.ts';
import { makeTestDir } from '#test/instruments/test-run.ts';

const migrations = readMigrations();
const ADD_COLUMN = 'ALTER TABLE `devices` ADD `nickname` text;\n--> statement-breakpoint\nUPDATE `devices` SET `nickname` = upper(`name`);';

async function makeLibrary(dataDir: string): Promise<string> {
  await using test = await startTestEngine({ dataDir });
  const { path } = await test.client.libraries.create({ name: 'Old' });
  test.services.libraries.resolve().transact((tx) => tx.update(devices).set({ name: 'before' }).run());
  return path;
}

function query(path: string, sql: string): unknown[] {
  const database = new Database(path, { readonly: true });
  try {
    return database.prepare(sql).all();
  } finally {
    database.close();
  }
}

describe('a library of an older version', () => {
  it('is migrated with its rows when it is opened, after a backup of what it was', async () => {
    const dataDir = await makeTestDir('data');
    const path = await makeLibrary(dataDir);
    await using test = await startTestEngine({ dataDir, migrationsDir: await makeExtraMigrations(ADD_COLUMN) });
    expect(await test.client.libraries.current()).toMatchObject({ status: 'open' });
    expect(query(join(path, 'database.db'), 'SELECT name, nickname FROM devices')).toMatchObject([{ nickname: 'BEFORE' }]);
    expect(query(join(path, 'database.db'), 'PRAGMA user_version')).toEqual([{ user_version: migrations.length + 1 }]);
    const { items } = await test.client.libraries.backups({});
    expect(items).toMatchObject([{ reason: 'migration' }]);
    expect(query(items[0]?.path ?? '', 'PRAGMA user_version')).toEqual([{ user_version: migrations.length }]);
    expect(query(items[0]?.path ?? '', 'SELECT name FROM devices')).toEqual([{ name: 'before' }]);
  });

  it('keeps the backups of its last three migrations', async () => {
    const dataDir = await makeTestDir('data');
    await makeLibrary(dataDir);
    const statements: string[] = [];
    for (let version = 0; version < 5; version++) {
      statements.push(`CREATE TABLE extra_${version} (id integer);`);
      await using test = await startTestEngine({ dataDir, migrationsDir: await makeExtraMigrations(...statements) });
      await test.client.libraries.backup({});
    }
    await using test = await startTestEngine({ dataDir, migrationsDir: await makeExtraMigrations(...statements) });
    const { items } = await test.client.libraries.backups({});
    expect(items.filter(({ reason }) => reason === 'migration')).toHaveLength(3);
    expect(items.filter(({ reason }) => reason === 'manual')).toHaveLength(5);
  });

  it('stays as it was when a migration fails, in all of its tables', async () => {
    const dataDir = await makeTestDir('data');
    const path = await makeLibrary(dataDir);
    const failing = `${ADD_COLUMN}\n--> statement-breakpoint\nINSERT INTO no_such_table VALUES (1);`;
    {
      await using test = await startTestEngine({ dataDir, migrationsDir: await makeExtraMigrations(failing) });
      expect((await test.client.libraries.list()).items).toMatchObject([{ status: 'failed' }]);
    }
    expect(query(join(path, 'database.db'), 'PRAGMA user_version')).toEqual([{ user_version: migrations.length }]);
    await using test = await startTestEngine({ dataDir });
    expect(await test.client.libraries.current()).toMatchObject({ status: 'open' });
  });

  it('is not left with rows that refer to nothing', async () => {
    const dataDir = await makeTestDir('data');
    await makeLibrary(dataDir);
    const orphaning = 'CREATE TABLE child (id integer REFERENCES devices(uuid));\n--> statement-breakpoint\nINSERT INTO child VALUES (7);';
    {
      await using test = await startTestEngine({ dataDir, migrationsDir: await makeExtraMigrations(orphaning) });
      expect((await test.client.libraries.list()).items).toMatchObject([{ status: 'failed' }]);
    }
    await using test = await startTestEngine({ dataDir });
    expect(await test.client.libraries.current()).toMatchObject({ status: 'open' });
  });
});

/** Rows of each version that has a successor, as that version wrote them: they have to be there after the next migration. */
const ROWS_OF_VERSION: Record<number, { table: string; insert: string; droppedColumns?: string[]; addedValues?: object }[]> = {
  1: [
    {
      table: 'devices',
      insert: `INSERT INTO devices (uuid, name, os, os_version, last_seen_at, created_at)
        VALUES (x'01890a5dac96774bbcceb302099a8057', 'Anna’s laptop', 'linux', '6.1', 1700000000000, 1690000000000)`,
    },
    {
      table: 'volumes',
      insert: `INSERT INTO volumes (uuid, fingerprint, display_name, tracked_at, last_seen_at, last_seen_device_id, total_capacity,
          available_capacity, file_system, mount_type, disk_type, identity_source)
        VALUES (x'01890a5dac96774bbcceb302099a8058', '${'ab'.repeat(32)}', 'Stick', 1, 2, x'01890a5dac96774bbcceb302099a8057', 64, 32,
          'ext4', 'External', 'SSD', 'filesystem-uuid')`,
      droppedColumns: ['total_files', 'total_directories'],
    },
    {
      table: 'volume_operations',
      insert: `INSERT INTO volume_operations (id, type, status, fingerprint, request, created_at, updated_at)
        VALUES (x'01890a5dac96774bbcceb302099a8059', 'eject', 'completed', '${'ab'.repeat(32)}', '{"a":1}', 1, 2)`,
    },
    { table: 'settings', insert: `INSERT INTO settings VALUES ('neverAsk', '["x"]')` },
  ],
  2: [
    {
      table: 'devices',
      insert: `INSERT INTO devices (uuid, name, os, os_version, last_seen_at, created_at)
        VALUES (x'01890a5dac96774bbcceb302099a8057', 'Anna’s laptop', 'linux', '6.1', 1700000000000, 1690000000000)`,
    },
    {
      table: 'locations',
      insert: `INSERT INTO locations (uuid, device_id, volume_fingerprint, path, name, index_mode, rules, watch_enabled, root_entry_id, created_at)
        VALUES (x'01890a5dac96774bbcceb302099a8060', x'01890a5dac96774bbcceb302099a8057', '${'ab'.repeat(32)}', 'a/b', 'Photos', 'shallow',
          '{}', 1, 1, 5)`,
    },
    {
      table: 'entries',
      insert: `INSERT INTO entries (id, location_id, parent_id, name, sort_key, kind, size, modified_ms, modified_ns)
        VALUES (2, 1, 1, 'Été.txt', 'ete.txt', 1, 7, 8, 9)`,
    },
    {
      table: 'jobs',
      insert: `INSERT INTO jobs (id, name, input, status, priority, progress_data, volumes, writes_to, created_at)
        VALUES (x'01890a5dac96774bbcceb302099a8061', 'location-scan', '{}', 'completed', 'user', '{}', '[]', '[]', 5)`,
    },
  ],
  3: [
    { table: 'search_segments', insert: 'INSERT INTO search_segments VALUES (1, 2)' },
    { table: 'search_parts', insert: "INSERT INTO search_parts VALUES (4, x'0102')" },
    { table: 'search_changes', insert: 'INSERT INTO search_changes VALUES (5, 4097)' },
  ],
  4: [
    {
      table: 'saved_searches',
      insert: `INSERT INTO saved_searches VALUES (x'01890a5dac96774bbcceb302099a8062', 'Big', 'size:>1gb', 'relevance', 'asc', 5)`,
    },
    {
      table: 'jobs',
      insert: `INSERT INTO jobs (id, name, input, status, priority, progress_data, volumes, writes_to, created_at)
        VALUES (x'01890a5dac96774bbcceb302099a8061', 'location-scan', '{}', 'queued', 'user', '{}', '[]', '[]', 5)`,
      addedValues: { turn: 5 },
    },
  ],
  5: [
    {
      table: 'jobs',
      insert: `INSERT INTO jobs (id, name, input, status, priority, turn, progress_data, error_code, error_message, volumes, writes_to, created_at)
        VALUES (x'01890a5dac96774bbcceb302099a8061', 'file-transfer', '{}', 'failed', 'user', 5, '{}', 'NO_SPACE', 'Full.', '[]', '[]', 5)`,
      addedValues: { error_reason: null },
    },
    {
      table: 'job_problems',
      insert: `INSERT INTO job_problems (job_id, path, code, message)
        VALUES (x'01890a5dac96774bbcceb302099a8061', '/a', 'IO_ERROR', 'It did not work.')`,
      addedValues: { reason: null },
    },
    {
      table: 'audit_log',
      insert: `INSERT INTO audit_log (id, type, input, status, problem_count, device_id, device_name, undo_state, undo_reason, search_text, at)
        VALUES (x'01890a5dac96774bbcceb302099a8063', 'file.delete', '{}', 'completed', 0, x'01890a5dac96774bbcceb302099a8057', 'Laptop',
          'impossible', 'It is gone.', 'file.delete', 5)`,
      addedValues: { error_reason: null, undo_why: null },
    },
  ],
};

describe('each migration', () => {
  const versions = migrations.slice(1).map((migration, index) => ({ version: index + 1, name: migration.name }));

  it.each(versions)('$name keeps the rows of version $version', async ({ version }) => {
    const rows = ROWS_OF_VERSION[version] ?? [];
    expect(rows, `rows of version ${version} are missing in this test`).not.toEqual([]);
    const path = join(await makeTestDir('migration'), 'database.db');
    createLibraryDatabase(path, migrations.slice(0, version)).close();
    const database = new Database(path);
    for (const { insert } of rows) database.exec(insert);
    database.close();
    const before = rows.map(({ table }) => query(path, `SELECT * FROM ${table}`));
    (await openLibraryDatabase(path, { migrations: migrations.slice(0, version + 1) })).close();
    const after = rows.map(({ table }) => query(path, `SELECT * FROM ${table}`));
    for (const [index, { droppedColumns = [], addedValues = {} }] of rows.entries()) {
      const kept = before[index] ?? [];
      expect(kept).toHaveLength(1);
      expect(after[index]).toMatchObject(kept.map((row) => without(row, droppedColumns)));
      expect(after[index]).toMatchObject(kept.map(() => addedValues));
      for (const column of droppedColumns) expect(after[index]?.[0]).not.toHaveProperty(column);
    }
    expect(query(path, 'PRAGMA user_version')).toEqual([{ user_version: version + 1 }]);
  });
});

describe('a library of a newer version', () => {
  it('is refused, and not one byte of it changes', async () => {
    const dataDir = await makeTestDir('data');
    const path = await makeLibrary(dataDir);
    {
      await using newer = await startTestEngine({ dataDir, migrationsDir: await makeExtraMigrations(ADD_COLUMN) });
      expect(await newer.client.libraries.current()).toMatchObject({ status: 'open' });
    }
    const before = await hashOf(join(path, 'database.db'));
    await using test = await startTestEngine({ dataDir });
    expect((await test.client.libraries.list()).items).toMatchObject([{ status: 'failed', problem: { code: 'LIBRARY_TOO_NEW' } }]);
    const error = await expectError('LIBRARY_TOO_NEW', test.client.libraries.open({ library: path }));
    expect(error.message).toContain('Update Mooring');
    expect(await hashOf(join(path, 'database.db'))).toBe(before);
  });
});

function without(row: unknown, columns: readonly string[]): object {
  return Object.fromEntries(Object.entries(row as object).filter(([column]) => !columns.includes(column)));
}

async function hashOf(path: string): Promise<string> {
  return createHash('sha256')
    .update(await readFile(path))
    .digest('hex');
}
