import { copyFile, open, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { devices, settings } from '#core/db/schema.ts';
import { expectError } from '#test/instruments/expect-error.ts';
import { startTestEngine, type TestEngine } from '#test/instruments/test-engine.ts';
import { makeTestDir } from '#test/instruments/test-run.ts';

function writeSetting({ services }: TestEngine, value: string): void {
  const row = { key: 'test', value };
  services.libraries
    .resolve()
    .transact((tx) => tx.insert(settings).values(row).onConflictDoUpdate({ target: settings.key, set: row }).run());
}

function readSetting({ services }: TestEngine): unknown {
  return services.libraries.resolve().read((db) => db.select().from(settings).all()[0]?.value);
}

/** Overwrites all but the first page of a database. */
async function damage(database: string): Promise<void> {
  const file = await open(database, 'r+');
  const { size } = await file.stat();
  await file.write(Buffer.alloc(size - 4096, 0xa5), 0, size - 4096, 4096);
  await file.close();
}

describe('restoring', () => {
  it('brings back what a backup holds, and keeps what was there as a backup', async () => {
    await using test = await startTestEngine();
    await test.client.libraries.create({ name: 'One' });
    writeSetting(test, 'first');
    const backup = await test.client.libraries.backup({});
    writeSetting(test, 'second');
    expect(await test.client.libraries.restore({})).toMatchObject({ status: 'open', isCurrent: true });
    expect(readSetting(test)).toBe('first');
    const { items } = await test.client.libraries.backups({});
    expect(items.map(({ reason }) => reason)).toEqual(['restore', 'manual']);
    await test.client.libraries.restore({ backup: items[0]?.name ?? '' });
    expect(readSetting(test)).toBe('second');
    await test.client.libraries.restore({ backup: backup.path });
    expect(readSetting(test)).toBe('first');
  });

  it('saves a library whose database is damaged', async () => {
    const dataDir = await makeTestDir('data');
    let path: string;
    {
      await using test = await startTestEngine({ dataDir });
      ({ path } = await test.client.libraries.create({ name: 'One' }));
      writeSetting(test, 'saved');
      await test.client.libraries.backup({});
    }
    await damage(join(path, 'database.db'));
    await using test = await startTestEngine({ dataDir });
    expect((await test.client.libraries.list()).items).toMatchObject([{ status: 'failed', problem: { code: 'LIBRARY_DAMAGED' } }]);
    const error = await expectError('LIBRARY_DAMAGED', test.client.libraries.open({ library: 'One' }));
    expect(error.details).toMatchObject({ backups: [{ reason: 'manual' }] });
    expect(error.message).toContain('Restore it');
    expect(await test.client.libraries.restore({ library: 'One' })).toMatchObject({ status: 'open', problem: null });
    expect(readSetting(test)).toBe('saved');
    expect((await test.client.libraries.backups({})).items.map(({ reason }) => reason)).toEqual(['restore', 'manual']);
  });

  it('saves a library whose database is gone', async () => {
    const dataDir = await makeTestDir('data');
    let path: string;
    {
      await using test = await startTestEngine({ dataDir });
      ({ path } = await test.client.libraries.create({ name: 'One' }));
      await test.client.libraries.backup({});
    }
    await rm(join(path, 'database.db'));
    await using test = await startTestEngine({ dataDir });
    await expectError('LIBRARY_DAMAGED', test.client.libraries.open({ library: 'One' }));
    await test.client.libraries.restore({ library: 'One' });
    expect(test.services.libraries.resolve().read((db) => db.select().from(devices).all())).toHaveLength(1);
  });

  it('reports damage that shows while the library is in use', async () => {
    await using test = await startTestEngine();
    const { path } = await test.client.libraries.create({ name: 'One' });
    await test.client.libraries.backup({});
    const library = test.services.libraries.resolve();
    // More than SQLite keeps in memory, and merged into the database file.
    const rows = Array.from({ length: 200 }, (_, number) => ({ key: `key ${number}`, value: 'x'.repeat(100_000) }));
    library.transact((tx) => tx.insert(settings).values(rows).run());
    await test.client.libraries.optimize({});
    await damage(join(path, 'database.db'));
    expect(() => library.read((db) => db.select().from(settings).all())).toThrow(expect.objectContaining({ code: 'LIBRARY_DAMAGED' }));
    expect(await test.client.libraries.optimize({})).toMatchObject({ integrity: 'damaged' });
    expect(await test.client.libraries.restore({})).toMatchObject({ status: 'open' });
    expect(readSetting(test)).toBeUndefined();
  });

  it('changes nothing when the backup is no good', async () => {
    await using test = await startTestEngine();
    const { path } = await test.client.libraries.create({ name: 'One' });
    await expectError('BACKUP_NOT_FOUND', test.client.libraries.restore({}));
    writeSetting(test, 'present');
    const good = await test.client.libraries.backup({});
    const folder = await makeTestDir('bad');
    await writeFile(join(folder, 'text.db'), 'no database at all '.repeat(100));
    await copyFile(good.path, join(folder, 'damaged.db'));
    await damage(join(folder, 'damaged.db'));
    const foreign = await readFile(good.path);
    foreign.writeUInt32BE(0, 68);
    await writeFile(join(folder, 'foreign.db'), foreign);
    const newer = await readFile(good.path);
    newer.writeUInt32BE(999, 60);
    await writeFile(join(folder, 'newer.db'), newer);
    await expectError('LIBRARY_DAMAGED', test.client.libraries.restore({ backup: join(folder, 'text.db') }));
    await expectError('LIBRARY_DAMAGED', test.client.libraries.restore({ backup: join(folder, 'damaged.db') }));
    await expectError('NOT_A_LIBRARY', test.client.libraries.restore({ backup: join(folder, 'foreign.db') }));
    await expectError('LIBRARY_TOO_NEW', test.client.libraries.restore({ backup: join(folder, 'newer.db') }));
    await expectError('BACKUP_NOT_FOUND', test.client.libraries.restore({ backup: '../../../etc/passwd' }));
    await expectError('BACKUP_NOT_FOUND', test.client.libraries.restore({ backup: 'no such backup' }));
    expect(readSetting(test)).toBe('present');
    expect((await readdir(path)).filter((name) => name.includes('restoring'))).toEqual([]);
  });
});
