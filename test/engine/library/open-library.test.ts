import { cp, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { devices } from '#core/db/schema.ts';
import { expectError } from '#test/instruments/expect-error.ts';
import { startTestEngine, type TestEngine } from '#test/instruments/test-engine.ts';
import { makeTestDir } from '#test/instruments/test-run.ts';

async function listed({ client }: TestEngine): Promise<unknown[]> {
  return (await client.libraries.list()).items.map(({ name, status, isCurrent }) => [name, status, isCurrent]);
}

describe('opening and closing', () => {
  it('remembers which libraries were open, and which one was current', async () => {
    const dataDir = await makeTestDir('data');
    {
      await using test = await startTestEngine({ dataDir });
      const { libraries } = test.client;
      await libraries.create({ name: 'One' });
      await libraries.create({ name: 'Two' });
      await libraries.create({ name: 'Three' });
      await libraries.close({ library: 'Three' });
      expect(await libraries.current()).toMatchObject({ name: 'One' });
      await libraries.switch({ library: 'Two' });
      expect(await listed(test)).toEqual([
        ['One', 'open', false],
        ['Three', 'closed', false],
        ['Two', 'open', true],
      ]);
      expect(await libraries.open({ library: 'One' })).toMatchObject({ status: 'open', isCurrent: false });
    }
    await using test = await startTestEngine({ dataDir });
    expect(await listed(test)).toEqual([
      ['One', 'open', false],
      ['Three', 'closed', false],
      ['Two', 'open', true],
    ]);
    expect(await test.client.libraries.switch({ library: 'Three' })).toMatchObject({ status: 'open', isCurrent: true });
  });

  it('refuses what is not a library, and leaves it as it was', async () => {
    await using test = await startTestEngine();
    const folder = await makeTestDir('not-a-library');
    await mkdir(join(folder, 'Fake.sdlibrary'));
    await expectError('NOT_A_LIBRARY', test.client.libraries.open({ library: folder }));
    await expectError('NOT_A_LIBRARY', test.client.libraries.open({ library: join(folder, 'Fake.sdlibrary') }));
    await expectError('PATH_NOT_FOUND', test.client.libraries.open({ library: join(folder, 'Gone.sdlibrary') }));
    await expectError('LIBRARY_NOT_FOUND', test.client.libraries.open({ library: 'No such name' }));
    expect(await readdir(join(folder, 'Fake.sdlibrary'))).toEqual([]);
  });

  it('tells a closed library from one that is unknown', async () => {
    await using test = await startTestEngine();
    await expectError('LIBRARY_NOT_OPEN', test.client.libraries.statistics({}));
    const { id } = await test.client.libraries.create({ name: 'One' });
    await test.client.libraries.close({ library: id });
    await expectError('LIBRARY_NOT_OPEN', test.client.libraries.statistics({ library: id }));
    await expectError('LIBRARY_NOT_FOUND', test.client.libraries.statistics({ library: 'Two' }));
  });

  it('does not guess between two libraries of the same name', async () => {
    await using test = await startTestEngine();
    const first = await test.client.libraries.create({ name: 'Same', path: await makeTestDir('a') });
    await test.client.libraries.create({ name: 'Same', path: await makeTestDir('b') });
    const error = await expectError('INVALID_INPUT', test.client.libraries.switch({ library: 'Same' }));
    expect(error.message).toContain(first.path);
    expect(await test.client.libraries.switch({ library: `${first.path}/` })).toMatchObject({ id: first.id, isCurrent: true });
  });

  it('refuses a copy of a library that is open', async () => {
    await using test = await startTestEngine();
    const { path } = await test.client.libraries.create({ name: 'Original' });
    const copy = join(await makeTestDir('copy'), 'Copy.sdlibrary');
    await cp(path, copy, { recursive: true });
    const error = await expectError('LIBRARY_ALREADY_OPEN', test.client.libraries.open({ library: copy }));
    expect(error.message).toContain(path);
  });

  it('finds a library again that was renamed or moved within its folder while Mooring did not run', async () => {
    const dataDir = await makeTestDir('data');
    {
      await using test = await startTestEngine({ dataDir });
      await test.client.libraries.create({ name: 'Before' });
    }
    await rename(join(dataDir, 'libraries', 'Before.sdlibrary'), join(dataDir, 'libraries', 'After.sdlibrary'));
    await using test = await startTestEngine({ dataDir });
    expect(await test.client.libraries.current()).toMatchObject({ status: 'open', path: join(dataDir, 'libraries', 'After.sdlibrary') });
    expect(test.services.notices.all).toEqual([]);
  });

  it('reports a library that cannot be opened on that library, and opens the others', async () => {
    const dataDir = await makeTestDir('data');
    {
      await using test = await startTestEngine({ dataDir });
      await test.client.libraries.create({ name: 'Sound' });
      await test.client.libraries.create({ name: 'Broken' });
    }
    await writeFile(join(dataDir, 'libraries', 'Broken.sdlibrary', 'database.db'), 'this is no database, and was none');
    await using test = await startTestEngine({ dataDir });
    const { items } = await test.client.libraries.list();
    expect(items).toMatchObject([
      { name: 'Broken', status: 'failed', problem: { code: 'LIBRARY_DAMAGED' } },
      { name: 'Sound', status: 'open', isCurrent: true, problem: null },
    ]);
    expect((await test.client.system.info()).notices).toMatchObject([{ code: 'LIBRARY_DAMAGED' }]);
    expect(await test.client.system.health()).toMatchObject({ status: 'degraded', database: { status: 'degraded' } });
    expect(await test.client.system.doctor()).toMatchObject({ ok: false });
    await test.client.libraries.close({ library: 'Broken' });
    expect((await test.client.libraries.list()).items).toMatchObject([{ name: 'Broken', status: 'closed' }, { name: 'Sound' }]);
  });

  it('finds libraries in folders that it is shown', async () => {
    const folder = await makeTestDir('found');
    {
      await using maker = await startTestEngine();
      await maker.client.libraries.create({ name: 'Treasure', path: folder });
    }
    await using test = await startTestEngine();
    expect((await test.client.libraries.list()).items).toEqual([]);
    const { items } = await test.client.libraries.discover({ paths: [folder] });
    expect(items).toMatchObject([{ name: 'Treasure', status: 'closed' }]);
    await expectError('PATH_NOT_FOUND', test.client.libraries.discover({ paths: [join(folder, 'nope')] }));
    expect(await test.client.libraries.open({ library: items[0]?.path ?? '' })).toMatchObject({ status: 'open' });
  });
});

describe('looking after libraries', () => {
  it('renames a library and its folder while it stays open', async () => {
    await using test = await startTestEngine();
    const { id } = await test.client.libraries.create({ name: 'Old' });
    await test.client.libraries.create({ name: 'Taken' });
    await expectError('LIBRARY_ALREADY_EXISTS', test.client.libraries.rename({ library: id, name: 'Taken' }));
    await expectError('INVALID_INPUT', test.client.libraries.rename({ library: id, name: 'a/b' }));
    const renamed = await test.client.libraries.rename({ library: id, name: 'New' });
    expect(renamed).toMatchObject({ id, name: 'New', path: join(test.dataDir, 'libraries', 'New.sdlibrary') });
    const library = test.services.libraries.resolve('New');
    library.transact((tx) => tx.update(devices).set({ name: 'after' }).run());
    expect(library.read((db) => db.select().from(devices).all())).toMatchObject([{ name: 'after' }]);
    expect((await readdir(join(test.dataDir, 'libraries'))).sort()).toEqual(['New.sdlibrary', 'Taken.sdlibrary']);
    expect(test.services.config.current.libraries.open).not.toContain(join(test.dataDir, 'libraries', 'Old.sdlibrary'));
  });

  it.each([
    ['was cut off', (path: string) => writeFile(path, '{"version":1,"id"')],
    ['is empty', (path: string) => writeFile(path, '')],
    ['holds something else', (path: string) => writeFile(path, '{"version":1,"id":5}')],
    ['is gone', (path: string) => rm(path)],
  ])('writes library.json again when it %s', async (_state, damage) => {
    await using test = await startTestEngine();
    const { id, path } = await test.client.libraries.create({ name: 'One', description: 'Mine' });
    await test.client.libraries.close({});
    await damage(join(path, 'library.json'));
    expect(await test.client.libraries.open({ library: path })).toMatchObject({ id, name: 'One', description: 'Mine', status: 'open' });
    expect(JSON.parse(await readFile(join(path, 'library.json'), 'utf8'))).toMatchObject({ id, name: 'One' });
    expect((await test.client.system.info()).notices).toMatchObject([{ code: 'LIBRARY_MENDED' }]);
  });

  it('leaves the library.json of a newer Mooring alone', async () => {
    await using test = await startTestEngine();
    const { path } = await test.client.libraries.create({ name: 'One' });
    await test.client.libraries.close({});
    await writeFile(join(path, 'library.json'), '{"version":99}');
    await expectError('LIBRARY_TOO_NEW', test.client.libraries.open({ library: path }));
    expect(await readFile(join(path, 'library.json'), 'utf8')).toBe('{"version":99}');
  });

  it('keeps what it does not know in library.json', async () => {
    await using test = await startTestEngine();
    const { path } = await test.client.libraries.create({ name: 'One' });
    await test.client.libraries.close({});
    const manifestPath = join(path, 'library.json');
    const manifest = JSON.parse(await readFile(manifestPath, 'utf8'));
    await writeFile(manifestPath, JSON.stringify({ ...manifest, future: { a: 1 }, settings: { ...manifest.settings, later: true } }));
    await test.client.libraries.open({ library: path });
    await test.client.libraries.update({ description: 'Changed', settings: { thumbnailQuality: 70 } });
    expect(JSON.parse(await readFile(manifestPath, 'utf8'))).toMatchObject({
      description: 'Changed',
      future: { a: 1 },
      settings: { later: true, thumbnailQuality: 70, generateThumbnails: true },
    });
  });

  it('counts, backs up while in use, and optimises', async () => {
    await using test = await startTestEngine();
    const { path } = await test.client.libraries.create({ name: 'One' });
    await writeFile(join(path, 'thumbnails', 'a.webp'), 'x');
    expect(await test.client.libraries.statistics({})).toMatchObject({ totalFiles: 0, thumbnailCount: 1, trackedVolumes: 0 });
    const backup = await test.client.libraries.backup({});
    expect(backup).toMatchObject({ reason: 'manual', path: join(path, 'backups', backup.name) });
    const elsewhere = await makeTestDir('backup');
    expect((await test.client.libraries.backup({ destination: elsewhere })).path.startsWith(elsewhere)).toBe(true);
    await expectError('PATH_NOT_FOUND', test.client.libraries.backup({ destination: join(elsewhere, 'missing') }));
    expect((await test.client.libraries.backups({})).items).toEqual([backup]);
    expect(await test.client.libraries.optimize({})).toMatchObject({ integrity: 'ok', problems: [] });
  });

  it('moves a library to the trash, and only that one', async () => {
    const trash = await makeTestDir('trash');
    process.env.XDG_DATA_HOME = trash;
    await using test = await startTestEngine();
    const { id } = await test.client.libraries.create({ name: 'Unloved' });
    await test.client.libraries.create({ name: 'Loved' });
    expect(await test.client.libraries.delete({ library: id })).toEqual({ id, name: 'Unloved', trashed: true });
    expect((await test.client.libraries.list()).items.map(({ name }) => name)).toEqual(['Loved']);
    expect(await readdir(join(test.dataDir, 'libraries'))).toEqual(['Loved.sdlibrary']);
    expect((await readdir(trash, { recursive: true })).filter((name) => name.endsWith('database.db'))).toHaveLength(1);
    await expectError('LIBRARY_NOT_FOUND', test.client.libraries.delete({ library: id }));
  });
});
