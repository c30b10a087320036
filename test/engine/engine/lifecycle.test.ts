import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CONTRACT_VERSION } from '#shared/contract/version.ts';
import { expectError } from '#test/instruments/expect-error.ts';
import { startTestEngine } from '#test/instruments/test-engine.ts';
import { makeTestDir } from '#test/instruments/test-run.ts';

describe('the engine', () => {
  it('keeps its identity from one start to the next', async () => {
    const dataDir = await makeTestDir('data');
    const ids: string[] = [];
    for (let start = 0; start < 2; start++) {
      await using test = await startTestEngine({ dataDir });
      const { device } = await test.client.system.info();
      ids.push(device.id, JSON.parse(await readFile(join(dataDir, 'device.json'), 'utf8')).id);
    }
    expect(new Set(ids).size).toBe(1);
  });

  it('says goodbye to its subscribers, and closing twice is harmless', async () => {
    await using test = await startTestEngine();
    await test.client.libraries.create({ name: 'One' });
    const events = test.services.events.subscribe({ types: ['LibraryClosed', 'CoreShutdown'] });
    await Promise.all([test.engine.close(), test.engine.close()]);
    await test.engine.close();
    const types: string[] = [];
    for await (const { type } of events) types.push(type);
    expect(types).toEqual(['LibraryClosed', 'CoreShutdown']);
    expect(await readdir(join(test.dataDir, 'libraries', 'One.sdlibrary'))).not.toContain('.sdlibrary.lock');
    expect(await readdir(join(test.dataDir, 'libraries', 'One.sdlibrary'))).not.toContain('database.db-wal');
    await expectError('ENGINE_STOPPING', test.client.libraries.create({ name: 'Too late' }));
  });

  it('does not start on a data folder that is a file', async () => {
    const folder = await makeTestDir('data');
    await writeFile(join(folder, 'file'), '');
    await expect(startTestEngine({ dataDir: join(folder, 'file') })).rejects.toThrow();
  });

  it('tells subscribers what happens, and only what they asked for', async () => {
    await using test = await startTestEngine();
    const controller = new AbortController();
    const events = await test.client.events.subscribe(
      { types: ['LibraryCreated', 'LibrarySwitched', 'LibraryRenamed'] },
      { signal: controller.signal },
    );
    await test.client.libraries.create({ name: 'One' });
    await test.client.libraries.rename({ name: 'Two' });
    const seen: string[] = [];
    for await (const event of events) {
      seen.push(event.type);
      if (event.type === 'LibraryRenamed') break;
    }
    expect(seen).toEqual(['LibraryCreated', 'LibrarySwitched', 'LibraryRenamed']);
    controller.abort();
    await expectError('LIBRARY_NOT_FOUND', test.client.events.subscribe({ library: 'unknown' }));
  });
});

describe('the configuration', () => {
  it('keeps what it does not know, and writes only what was changed', async () => {
    const dataDir = await makeTestDir('data');
    await writeFile(join(dataDir, 'mooring.json'), JSON.stringify({ version: 1, future: [1], volumes: { prompt: false, later: 'x' } }));
    await using test = await startTestEngine({ dataDir });
    expect((await test.client.config.get()).volumes).toMatchObject({ prompt: false, autoTrack: 'never' });
    expect((await test.client.config.update({ appearance: { theme: 'dark' } })).appearance.theme).toBe('dark');
    expect(JSON.parse(await readFile(join(dataDir, 'mooring.json'), 'utf8'))).toEqual({
      version: 1,
      future: [1],
      volumes: { prompt: false, later: 'x' },
      appearance: { theme: 'dark' },
    });
  });

  it('that is damaged is set aside, replaced by defaults, and the user is told', async () => {
    const dataDir = await makeTestDir('data');
    await writeFile(join(dataDir, 'mooring.json'), '{"version": 1, "volumes": {');
    await using test = await startTestEngine({ dataDir });
    const aside = (await readdir(dataDir)).find((name) => name.startsWith('mooring.json.bad-')) ?? '';
    expect(await readFile(join(dataDir, aside), 'utf8')).toBe('{"version": 1, "volumes": {');
    expect((await test.client.config.get()).volumes.prompt).toBe(true);
    const [notice] = (await test.client.system.info()).notices;
    expect(notice).toMatchObject({ code: 'CONFIG_DAMAGED' });
    expect(notice?.message).toContain(aside);
  });

  it('with one impossible value loses that value alone', async () => {
    const dataDir = await makeTestDir('data');
    await writeFile(join(dataDir, 'mooring.json'), JSON.stringify({ version: 1, log: { level: 'shout' }, appearance: { theme: 'light' } }));
    await using test = await startTestEngine({ dataDir });
    expect(await test.client.config.get()).toMatchObject({ log: { level: 'info' }, appearance: { theme: 'light' } });
    expect((await test.client.system.info()).notices).toMatchObject([
      { code: 'CONFIG_INVALID', message: expect.stringContaining('log.level') },
    ]);
  });

  it('refuses keys and values that it does not know', async () => {
    await using test = await startTestEngine();
    const before = await test.client.config.get();
    await expectError('INVALID_INPUT', test.client.config.update({ volumes: { pollIntervalMs: 1 } }));
    await expectError('INVALID_INPUT', test.client.config.update({ nonsense: 1 } as never));
    expect(await test.client.config.get()).toEqual(before);
  });

  it('loses no update when many come at once', async () => {
    await using test = await startTestEngine();
    await Promise.all([
      test.client.config.update({ appearance: { theme: 'dark' } }),
      test.client.config.update({ desktop: { keepInTray: false } }),
      test.client.config.update({ appearance: { sizeUnits: 'iec' } }),
    ]);
    const expected = { appearance: { theme: 'dark', sizeUnits: 'iec' }, desktop: { keepInTray: false } };
    expect(await test.client.config.get()).toMatchObject(expected);
    expect(JSON.parse(await readFile(join(test.dataDir, 'mooring.json'), 'utf8'))).toMatchObject(expected);
  });
});

describe('the system calls', () => {
  it('tell a client of another version which side to update', async () => {
    await using test = await startTestEngine();
    expect(await test.client.system.connect({ contractVersion: CONTRACT_VERSION, client: 'test' })).toMatchObject({
      version: '0.0.0-test',
    });
    const older = await expectError('CONTRACT_MISMATCH', test.client.system.connect({ contractVersion: 0, client: 'old page' }));
    expect(older.message).toBe(`“old page” speaks version 0 of the contract, this Mooring version ${CONTRACT_VERSION}. Update “old page”.`);
    const newer = await expectError('CONTRACT_MISMATCH', test.client.system.connect({ contractVersion: 999, client: 'new page' }));
    expect(newer.message).toContain('Update Mooring itself');
  });

  it('name the field that is wrong', async () => {
    await using test = await startTestEngine();
    const missing = await expectError('INVALID_INPUT', test.client.libraries.create({} as never));
    expect(missing.message).toBe('“name” is missing.');
    const wrong = await expectError('INVALID_INPUT', test.client.system.logs({ tail: -1 }));
    expect(wrong.message).toMatch(/^“tail”: /);
    expect(wrong.details).toMatchObject({ issues: [{ path: 'tail' }] });
  });

  it('hide what went wrong inside, and log it once with its stack', async () => {
    await using test = await startTestEngine();
    // A folder where a file has to be written: nothing that the engine foresees.
    await mkdir(join(test.dataDir, 'mooring.json'));
    const error = await test.client.config.update({ appearance: { theme: 'dark' } }).catch((thrown: unknown) => thrown);
    expect(JSON.stringify(error)).not.toContain('stack');
    expect(error).toMatchObject({ message: expect.not.stringContaining('node:') });
  });

  it('count calls, and give the newest lines of the log', async () => {
    await using test = await startTestEngine();
    await test.client.config.get();
    await test.client.libraries.get({ library: 'unknown' }).catch(() => undefined);
    const { calls } = await test.client.system.metrics();
    expect(calls).toMatchObject({ total: 2, failed: 1, errorRate: 0.5 });
    expect(calls.byProcedure.map(({ procedure, total }) => [procedure, total])).toEqual([
      ['config.get', 1],
      ['libraries.get', 1],
    ]);
    const { items } = await test.client.system.logs({ tail: 1 });
    expect(items).toMatchObject([{ component: 'api', fields: { procedure: 'libraries.get', code: 'LIBRARY_NOT_FOUND' } }]);
    expect((await test.client.system.logs({ tail: 0 })).items).toEqual([]);
  });

  it('stop the daemon, and the desktop app only by force', async () => {
    let requests = 0;
    const onShutdownRequest = () => requests++;
    await using daemon = await startTestEngine({ host: 'daemon', onShutdownRequest });
    expect(await daemon.client.system.shutdown({})).toEqual({ stopping: true });
    await using desktop = await startTestEngine({ host: 'desktop', onShutdownRequest });
    await expectError('FORBIDDEN', desktop.client.system.shutdown({}));
    await desktop.client.system.shutdown({ force: true });
    await new Promise((resolve) => setImmediate(resolve));
    expect(requests).toBe(2);
  });

  it('check what Mooring depends on', async () => {
    await using test = await startTestEngine();
    const { ok, checks } = await test.client.system.doctor();
    expect(ok).toBe(true);
    expect(checks.map(({ name }) => name)).toEqual(expect.arrayContaining(['data folder', 'disk space', 'libraries', 'volume monitor']));
    expect(checks.filter(({ status }) => status !== 'ok').every(({ remedy }) => remedy !== '')).toBe(true);
  });
});
