import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { devices } from '#core/db/schema.ts';
import { expectError } from '#test/instruments/expect-error.ts';
import { startTestEngine } from '#test/instruments/test-engine.ts';
import { makeTestDir } from '#test/instruments/test-run.ts';

const WHOLE_LIBRARY = ['.sdlibrary.lock', 'backups', 'database.db', 'exports', 'indexes', 'library.json', 'previews', 'thumbnails'];

describe('a new library', () => {
  it('is a folder that holds everything it needs, open and current', async () => {
    await using test = await startTestEngine();
    const library = await test.client.libraries.create({ name: '  My Photos ', description: 'Since 1998' });
    expect(library).toMatchObject({ name: 'My Photos', description: 'Since 1998', status: 'open', isCurrent: true, problem: null });
    expect(library.path).toBe(join(test.dataDir, 'libraries', 'My Photos.sdlibrary'));
    expect((await readdir(library.path)).filter((name) => !/-(wal|shm)$/.test(name)).sort()).toEqual(WHOLE_LIBRARY);
    expect(JSON.parse(await readFile(join(library.path, 'library.json'), 'utf8'))).toMatchObject({
      version: 1,
      id: library.id,
      name: 'My Photos',
      settings: { generateThumbnails: true, thumbnailQuality: 85, thumbnailSizes: [128, 256, 512], syncEnabled: false },
    });
    expect(JSON.parse(await readFile(join(library.path, '.sdlibrary.lock'), 'utf8'))).toMatchObject({
      deviceId: test.services.device.id,
      pid: process.pid,
    });
  });

  it('has a database that says what it is, in WAL mode, with this device in it', async () => {
    await using test = await startTestEngine();
    const { id, path } = await test.client.libraries.create({ name: 'One' });
    const library = test.services.libraries.resolve(id);
    expect(library.read((db) => db.select().from(devices).all())).toMatchObject([{ uuid: test.services.device.id }]);
    using database = closing(new Database(join(path, 'database.db'), { readonly: true }));
    expect(database.pragma('application_id', { simple: true })).toBe(0x4d4f4f52);
    expect(database.pragma('journal_mode', { simple: true })).toBe('wal');
    expect(database.pragma('user_version', { simple: true })).toBeGreaterThan(0);
  });

  it('gives those who read a connection that cannot write', async () => {
    await using test = await startTestEngine();
    await test.client.libraries.create({ name: 'One' });
    const library = test.services.libraries.resolve();
    expect(() => library.read((db) => db.all('DELETE FROM devices RETURNING *'))).toThrow(/read-only/);
    expect(library.read((db) => db.$count(devices))).toBeDefined();
  });

  it('takes away what creations left that were killed before they had a lock, and leaves alone what may be going on', async () => {
    const dataDir = await makeTestDir('killed-creations');
    const libraries = join(dataDir, 'libraries');
    const [old, fresh, foreign] = [randomUUID(), randomUUID(), randomUUID()].map((id) => `.mooring-creating-${id}`) as [
      string,
      string,
      string,
    ];
    for (const draft of [old, fresh, foreign]) {
      await mkdir(join(libraries, draft), { recursive: true });
      await writeFile(join(libraries, draft, `.sdlibrary.lock.${randomUUID()}`), '{');
    }
    await writeFile(join(libraries, foreign, 'notes.txt'), 'not ours');
    for (const draft of [old, foreign]) await utimes(join(libraries, draft), new Date(0), new Date(0));
    await using test = await startTestEngine({ dataDir });
    expect(test.services.notices.all).toEqual([]);
    expect((await readdir(libraries)).sort()).toEqual([fresh, foreign].sort());
  });

  it('undoes a transaction that throws, all of it', async () => {
    await using test = await startTestEngine();
    await test.client.libraries.create({ name: 'One' });
    const library = test.services.libraries.resolve();
    const failing = () =>
      library.transact((tx) => {
        tx.delete(devices).run();
        throw new Error('changed my mind');
      });
    expect(failing).toThrow('changed my mind');
    expect(library.read((db) => db.select().from(devices).all())).toHaveLength(1);
  });

  it('can lie anywhere, and is found there at the next start', async () => {
    const dataDir = await makeTestDir('data');
    const elsewhere = await makeTestDir('elsewhere');
    {
      await using test = await startTestEngine({ dataDir });
      expect((await test.client.libraries.create({ name: 'Away', path: elsewhere })).path).toBe(join(elsewhere, 'Away.sdlibrary'));
    }
    await using test = await startTestEngine({ dataDir });
    expect(await test.client.libraries.current()).toMatchObject({ name: 'Away', status: 'open' });
    await test.client.libraries.close({});
    expect((await test.client.libraries.list()).items).toMatchObject([{ name: 'Away', status: 'closed' }]);
  });

  it('is made exactly once when two engines ask for the same name at once', async () => {
    await using test = await startTestEngine();
    await using other = await startTestEngine();
    const folder = await makeTestDir('shared');
    const attempts = Array.from({ length: 12 }, (_, number) =>
      (number % 2 ? test : other).client.libraries.create({ name: 'Same', path: folder }).then(
        () => 'made',
        (error: { code: string }) => error.code,
      ),
    );
    const outcomes = await Promise.all(attempts);
    expect(outcomes.filter((outcome) => outcome === 'made')).toHaveLength(1);
    expect(new Set(outcomes)).toEqual(new Set(['made', 'LIBRARY_ALREADY_EXISTS']));
    expect(await readdir(folder)).toEqual(['Same.sdlibrary']);
  });
});

describe('a bad name or place', () => {
  // 244 bytes: with the suffix 255.
  const longest = 'ab'.repeat(122);

  it.each(['', '   ', 'a/b', 'a\\b', '..', '.', 'nul\0byte', 'line\nbreak', `${longest}ä`, '.sdlibrary', 'half \ud800'])(
    'refuses the name %j and leaves nothing behind',
    async (name) => {
      await using test = await startTestEngine();
      const error = await expectError('INVALID_INPUT', test.client.libraries.create({ name }));
      expect(error.details).toMatchObject({ field: 'name' });
      const folder = join(test.dataDir, 'libraries');
      expect(existsSync(folder) ? await readdir(folder) : []).toEqual([]);
    },
  );

  it('takes the longest name that a folder can have', async () => {
    await using test = await startTestEngine();
    expect(await test.client.libraries.create({ name: longest })).toMatchObject({ name: longest, status: 'open' });
  });

  it('says that the name is taken, whatever it is that is there, and touches none of it', async () => {
    await using test = await startTestEngine();
    const folder = await makeTestDir('taken');
    await test.client.libraries.create({ name: 'Twice', path: folder });
    await mkdir(join(folder, 'Empty.sdlibrary'));
    await writeFile(join(folder, 'File.sdlibrary'), 'content');
    await symlink('nowhere', join(folder, 'Link.sdlibrary'));
    for (const name of ['Twice', 'Empty', 'File', 'Link']) {
      await expectError('LIBRARY_ALREADY_EXISTS', test.client.libraries.create({ name, path: folder }));
    }
    expect((await readdir(folder)).sort()).toEqual(['Empty.sdlibrary', 'File.sdlibrary', 'Link.sdlibrary', 'Twice.sdlibrary']);
    expect(await readFile(join(folder, 'File.sdlibrary'), 'utf8')).toBe('content');
  });

  it('says why a folder cannot hold a library', async () => {
    await using test = await startTestEngine();
    const folder = await makeTestDir('place');
    await writeFile(join(folder, 'file'), '');
    await expectError('PATH_NOT_FOUND', test.client.libraries.create({ name: 'A', path: join(folder, 'missing') }));
    await expectError('NOT_A_FOLDER', test.client.libraries.create({ name: 'A', path: join(folder, 'file') }));
    await expectError('INVALID_INPUT', test.client.libraries.create({ name: 'A', path: 'relative/folder' }));
  });
});

function closing(database: Database.Database): Database.Database & Disposable {
  return Object.assign(database, { [Symbol.dispose]: () => void database.close() });
}
