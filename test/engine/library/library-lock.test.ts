import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { EngineProcess } from '#test/instruments/engine-process-client.ts';
import { expectError } from '#test/instruments/expect-error.ts';
import { startTestEngine } from '#test/instruments/test-engine.ts';
import { makeTestDir } from '#test/instruments/test-run.ts';

async function makeLibrary(): Promise<string> {
  await using maker = await startTestEngine();
  return (await maker.client.libraries.create({ name: 'Shared', path: await makeTestDir('shared') })).path;
}

async function changeLock(path: string, change: object): Promise<void> {
  const lock = join(path, '.sdlibrary.lock');
  await writeFile(lock, JSON.stringify({ ...JSON.parse(await readFile(lock, 'utf8')), ...change }));
}

describe('a library that another process has open', () => {
  it('is refused, naming that process, and opens once it has been killed', async () => {
    const path = await makeLibrary();
    await using other = new EngineProcess('hold', await makeTestDir('data'), path);
    await other.said('ready');
    await using test = await startTestEngine();
    const error = await expectError('LIBRARY_LOCKED', test.client.libraries.open({ library: path }));
    expect(error.message).toContain(`process ${other.pid} on `);
    expect(error.details).toMatchObject({ holder: { pid: other.pid }, canTakeOver: false });
    await expectError('LIBRARY_LOCKED', test.client.libraries.open({ library: path, takeOver: true }));
    await expectError('LIBRARY_LOCKED', test.client.libraries.delete({ library: path }));

    await other.kill();
    expect(await test.client.libraries.open({ library: path })).toMatchObject({ status: 'open' });
    const { items } = await test.client.system.logs({ tail: 1000 });
    expect(items.find(({ level, message }) => level === 'warn' && message.includes('Taking over'))?.fields).toMatchObject({
      holder: { pid: other.pid },
    });
  });

  it('can be opened by the process it was refused to, once it is closed there', async () => {
    const path = await makeLibrary();
    await using first = await startTestEngine();
    await first.client.libraries.open({ library: path });
    await using second = new EngineProcess('hold', await makeTestDir('data'), path);
    expect(await second.said('error')).toMatchObject({ error: { code: 'LIBRARY_LOCKED' } });
    await second.kill();
    await first.client.libraries.close({ library: path });
    await using third = new EngineProcess('hold', await makeTestDir('data'), path);
    expect(await third.said('ready')).toEqual({ ready: true });
  });
});

describe('a lock that a process has left', () => {
  it('is taken over when its number was given to another process meanwhile', async () => {
    const path = await makeLibrary();
    await using other = new EngineProcess('hold', await makeTestDir('data'), path);
    await other.said('ready');
    // This very process runs, and is not the one that made the lock.
    await changeLock(path, { pid: process.pid, processStart: '1' });
    await using test = await startTestEngine();
    expect(await test.client.libraries.open({ library: path })).toMatchObject({ status: 'open' });
  });

  it('is taken over when the computer was started again since', async () => {
    const path = await makeLibrary();
    await using other = new EngineProcess('hold', await makeTestDir('data'), path);
    await other.said('ready');
    await changeLock(path, { bootId: 'another boot' });
    await using test = await startTestEngine();
    expect(await test.client.libraries.open({ library: path })).toMatchObject({ status: 'open' });
  });

  it.each(['', '{"pid": 4', 'null', '[]'])('is taken over when it is torn: %j', async (content) => {
    const path = await makeLibrary();
    await writeFile(join(path, '.sdlibrary.lock'), content);
    await using test = await startTestEngine();
    expect(await test.client.libraries.open({ library: path })).toMatchObject({ status: 'open' });
  });

  it('on another computer is respected, until the user says that it may be taken over', async () => {
    const path = await makeLibrary();
    const holder = { deviceId: 'other', deviceName: 'Laptop', pid: 1, host: 'laptop.local', since: new Date().toISOString() };
    await writeFile(join(path, '.sdlibrary.lock'), JSON.stringify(holder));
    await using test = await startTestEngine();
    const error = await expectError('LIBRARY_LOCKED', test.client.libraries.open({ library: path }));
    expect(error.message).toContain('laptop.local');
    expect(error.details).toMatchObject({ holder, canTakeOver: true });
    expect(await test.client.libraries.open({ library: path, takeOver: true })).toMatchObject({ status: 'open' });
  });

  it('is not removed by an engine that has lost it', async () => {
    const path = await makeLibrary();
    await using test = await startTestEngine();
    await test.client.libraries.open({ library: path });
    await changeLock(path, { token: 'of another', pid: 1 });
    await test.client.libraries.close({ library: path });
    expect(JSON.parse(await readFile(join(path, '.sdlibrary.lock'), 'utf8'))).toMatchObject({ token: 'of another' });
  });
});
