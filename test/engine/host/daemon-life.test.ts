import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hostPaths } from '#core/host/host-paths.ts';
import { readPidFile } from '#core/host/pid-file.ts';
import { loopMountAbility } from '#test/instruments/host-abilities.ts';
import { createDiskImage } from '#test/instruments/loop-volume.ts';
import { makeTestDaemon, type TestDaemon } from '#test/instruments/test-daemon.ts';
import { makeTestDir } from '#test/instruments/test-run.ts';

// Each has a data folder of its own, and most of the time goes into waiting for time limits.
describe.concurrent('a daemon', () => {
  it('starts, tells where it is, and stops without a trace but its data', async () => {
    await using daemon = await makeTestDaemon();
    const started = await daemon.json<{ pid: number; alreadyRunning: boolean }>(['start']);
    expect(started.alreadyRunning).toBe(false);
    expect(statSync(daemon.paths.socketPath).mode & 0o777).toBe(0o600);
    expect(statSync(daemon.paths.runtimeDir).mode & 0o777).toBe(0o700);
    expect(readPidFile(daemon.paths.pidPath)).toMatchObject({
      pid: started.pid,
      host: 'daemon',
      dataDir: daemon.dataDir,
      httpAddress: null,
    });
    expect(await daemon.json(['start'])).toMatchObject({ alreadyRunning: true, pid: started.pid });
    expect(await daemon.json(['status'])).toMatchObject({ running: true, pid: started.pid, dataDir: daemon.dataDir });
    expect(await daemon.json(['stop'])).toMatchObject({ running: false, stopped: true });
    expect(readdirSync(daemon.paths.runtimeDir)).toEqual([]);
    expect(await daemon.json(['stop'])).toMatchObject({ running: false, stopped: false });
    expect(await daemon.json(['status'])).toMatchObject({ running: false });
  });

  it('ends in order on SIGTERM and SIGINT, and a second signal is harmless', async () => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      await using daemon = await makeTestDaemon();
      await using foreground = daemon.spawn(['start', '--foreground', '--json']);
      const ready = await foreground.lines.next();
      expect(JSON.parse(ready.value?.text ?? '')).toMatchObject({ running: true, pid: foreground.process.pid });
      foreground.process.kill(signal);
      foreground.process.kill(signal);
      expect(await foreground.ended).toBe(0);
      expect(readdirSync(daemon.paths.runtimeDir)).toEqual([]);
      expect(logOf(daemon)).toContain('"msg":"Stopped"');
    }
  });

  it('that was killed leaves nothing that stops the next one', async () => {
    await using daemon = await makeTestDaemon();
    await daemon.json(['library', 'create', 'Kept']);
    process.kill(daemon.pid(), 'SIGKILL');
    expect(existsSync(daemon.paths.socketPath)).toBe(true);
    expect(await daemon.json(['status'])).toMatchObject({ running: false });
    const list = await daemon.json<{ items: { name: string; status: string }[] }>(['library', 'list']);
    expect(list.items).toMatchObject([{ name: 'Kept', status: 'open' }]);
  });

  it('that hangs is named within a time limit, and ended by force', async () => {
    await using daemon = await makeTestDaemon();
    await daemon.json(['start']);
    process.kill(daemon.pid(), 'SIGSTOP');
    const [status, list, volumes] = await Promise.all([
      daemon.cli(['status', '--json']),
      daemon.json<{ items: unknown[] }>(['daemon', 'list']),
      daemon.cli(['volume', 'list', '--json']),
    ]);
    expect(status).toMatchObject({ code: 1, json: { error: { code: 'TIMEOUT' } } });
    expect(volumes).toMatchObject({ code: 1, json: { error: { code: 'TIMEOUT' } } });
    expect(list.items).toMatchObject([{ running: true, answers: false, pid: daemon.pid() }]);
    expect(await daemon.json(['stop', '--force'])).toMatchObject({ stopped: true });
    expect(await daemon.json(['start'])).toMatchObject({ alreadyRunning: false });
  });

  it('ends on a signal also while its start hangs', async () => {
    await using daemon = await makeTestDaemon();
    const hanging = join(daemon.dataDir, 'hanging');
    const hang = `import { writeFileSync } from 'node:fs'; import { isMainThread } from 'node:worker_threads';
      if (!isMainThread) { writeFileSync(${JSON.stringify(hanging)}, ''); for (;;); }`;
    await using foreground = daemon.spawn(['start', '--foreground'], {
      NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(hang)}`,
    });
    await expect.poll(() => existsSync(hanging), { timeout: 10_000 }).toBe(true);
    foreground.process.kill('SIGTERM');
    expect(await foreground.ended).toBe(1);
  });

  it.each(['mooring.json', 'device.json', 'known-libraries.json'])('names a folder in the place of %s', async (name) => {
    await using daemon = await makeTestDaemon();
    await mkdir(join(daemon.dataDir, name));
    const refused = await daemon.cli(['start', '--json']);
    expect(refused).toMatchObject({ code: 1, json: { error: { code: 'INVALID_INPUT', message: expect.stringContaining(name) } } });
  });

  it('is not deceived by a pid file of a process that is something else', async () => {
    await using daemon = await makeTestDaemon();
    await daemon.json(['start']);
    process.kill(daemon.pid(), 'SIGKILL');
    const stale = readPidFile(daemon.paths.pidPath);
    writeFileSync(daemon.paths.pidPath, JSON.stringify({ ...stale, pid: process.pid }));
    // Were the pid file believed, this would end the test itself.
    expect(await daemon.json(['stop'])).toMatchObject({ stopped: false });
    writeFileSync(daemon.paths.pidPath, 'damaged');
    expect(await daemon.json(['start'])).toMatchObject({ running: true, alreadyRunning: false });
  });

  it('has its data folder for itself: a second one names the first', async () => {
    await using daemon = await makeTestDaemon();
    const { pid } = await daemon.json<{ pid: number }>(['start']);
    // Another runtime folder: the second one cannot find the first by its socket.
    const second = await daemon.cli(['start', '--json'], { env: { MOORING_RUNTIME_DIR: join(daemon.dataDir, 'elsewhere') } });
    expect(second.code).toBe(1);
    expect(second.json).toMatchObject({ error: { code: 'DATA_FOLDER_IN_USE' } });
    const third = await daemon.cli(['start', '--json', '--foreground'], {
      env: { MOORING_RUNTIME_DIR: join(daemon.dataDir, 'elsewhere') },
    });
    expect(third.json).toMatchObject({ error: { code: 'DATA_FOLDER_IN_USE' } });
    expect(await daemon.json(['status'])).toMatchObject({ running: true, pid });
  });

  it('is started once by commands that come at the same time', async () => {
    await using daemon = await makeTestDaemon();
    const answers = await Promise.all(Array.from({ length: 4 }, () => daemon.json<{ pid: number }>(['system', 'info'])));
    expect(new Set(answers.map((answer) => answer.pid)).size).toBe(1);
  });

  it('ends with an error and a line in the log when its engine crashes, and the next one starts', async () => {
    await using daemon = await makeTestDaemon();
    await daemon.json(['library', 'create', 'Kept']);
    await daemon.json(['stop']);
    const signal = join(daemon.dataDir, 'crash');
    const crash = `import { existsSync } from 'node:fs'; import { isMainThread } from 'node:worker_threads';
      if (!isMainThread) setInterval(() => { if (existsSync(${JSON.stringify(signal)})) throw new Error('a crash on purpose'); }, 20);`;
    await using foreground = daemon.spawn(['start', '--foreground', '--json'], {
      NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(crash)}`,
    });
    await foreground.lines.next();
    writeFileSync(signal, '');
    expect(await foreground.ended).toBe(1);
    expect(logOf(daemon)).toContain('The engine crashed');
    expect(logOf(daemon)).toContain('a crash on purpose');
    expect((await daemon.json<{ items: object[] }>(['library', 'list'])).items).toMatchObject([{ name: 'Kept', status: 'open' }]);
  });

  it.skipIf(loopMountAbility().reason !== null)(
    `in the foreground does not keep the drive busy that it was started from (${loopMountAbility().reason ?? 'a real loop mount'})`,
    async () => {
      await using daemon = await makeTestDaemon();
      const stick = await createDiskImage({ fileSystem: 'ext4', sizeMb: 24, label: `FG-${process.pid}` });
      try {
        const cwd = await stick.mount();
        await using foreground = daemon.spawn(['start', '--foreground', '--json'], {}, cwd);
        await foreground.lines.next();
        expect(await daemon.json(['volume', 'eject', cwd])).toMatchObject({ error: null });
        // Ejecting took the device along, so that nothing is left to unplug.
        stick.mountPoint = null;
        stick.device = null;
      } finally {
        await stick.dispose();
      }
    },
  );

  it('says which port is taken, and leaves nothing running', async () => {
    await using daemon = await makeTestDaemon();
    await using other = await makeTestDaemon();
    const { httpAddress } = await other.json<{ httpAddress: string }>(['start', '--http', '0']);
    const port = new URL(httpAddress).port;
    const refused = await daemon.cli(['start', '--http', port, '--json']);
    expect(refused.code).toBe(1);
    expect(refused.json).toMatchObject({ error: { code: 'CONFLICT', message: expect.stringContaining(port) } });
    expect(await daemon.json(['daemon', 'list'])).toEqual({ items: [], nextCursor: null });
  });

  it('refuses a data folder that cannot be one', async () => {
    await using daemon = await makeTestDaemon();
    const file = join(daemon.dataDir, 'file');
    writeFileSync(file, '');
    const refused = await daemon.cli(['volume', 'list', '--json', '--data-dir', join(file, 'below')]);
    expect(refused.code).toBe(1);
    expect(refused.json).toMatchObject({ error: { code: expect.stringMatching(/PERMISSION_DENIED|IO_ERROR/) } });
  });

  it('has a socket also where its data folder’s path is too long for one', async () => {
    await using daemon = await makeTestDaemon();
    const dataDir = join(daemon.dataDir, 'x'.repeat(120));
    await mkdir(dataDir);
    const env = { TMPDIR: await makeTestDir('t') };
    const started = await daemon.json<{ socketPath: string }>(['start', '--data-dir', dataDir], { env });
    expect(started.socketPath.startsWith(env.TMPDIR)).toBe(true);
    expect(Buffer.byteLength(started.socketPath)).toBeLessThanOrEqual(100);
    expect(await daemon.json(['stop', '--data-dir', dataDir], { env })).toMatchObject({ stopped: true });
  });
});

describe('instances', () => {
  it('share nothing', async () => {
    await using daemon = await makeTestDaemon();
    await daemon.json(['library', 'create', 'One']);
    await daemon.json(['library', 'create', 'Two', '--instance', 'other']);
    const names = async (...args: string[]) =>
      (await daemon.json<{ items: { name: string }[] }>(['library', 'list', ...args])).items.map(({ name }) => name);
    expect(await names()).toEqual(['One']);
    expect(await names('--instance', 'other')).toEqual(['Two']);
    const device = async (...args: string[]) => (await daemon.json<{ device: { id: string } }>(['system', 'info', ...args])).device.id;
    expect(await device()).not.toBe(await device('--instance', 'other'));
    const list = await daemon.json<{ items: { instance: string; running: boolean }[] }>(['instance', 'list']);
    expect(list.items.map(({ instance, running }) => [instance, running])).toEqual([
      ['default', true],
      ['other', true],
    ]);
    expect(await daemon.json(['instance', 'stop', 'other'])).toMatchObject({ stopped: true, instance: 'other' });
    expect((await daemon.json<{ items: { instance: string }[] }>(['daemon', 'list'])).items.map(({ instance }) => instance)).toEqual([
      'default',
    ]);
    expect(await daemon.json(['status'])).toMatchObject({ running: true });
  });

  it('have names that are safe in file names', () => {
    for (const name of ['..', '../x', 'a/b', '', '-x', 'x'.repeat(33), 'ä', 'a b', 'a\0'])
      expect(() => hostPaths({ instance: name }, {}), name).toThrow();
  });
});

function logOf(daemon: TestDaemon): string {
  const folder = join(daemon.dataDir, 'logs');
  return readdirSync(folder)
    .filter((name) => name.endsWith('.log'))
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('');
}
