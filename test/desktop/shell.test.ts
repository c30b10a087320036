import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HostConnection } from '#core/host/host-client.ts';
import { engineOf } from '#test/instruments/desktop-app/engine-of.ts';
import { StandInApp } from '#test/instruments/desktop-app/stand-in-app.ts';
import { desktopObstacle, usesElectron } from '#test/instruments/desktop-app/start-desktop-app.ts';
import { loopMountAbility } from '#test/instruments/host-abilities.ts';
import { createDiskImage, type DiskImage } from '#test/instruments/loop-volume.ts';
import { TestDaemon } from '#test/instruments/test-daemon.ts';
import { makeTestDir } from '#test/instruments/test-run.ts';

const run = promisify(execFile);
const reason = usesElectron ? 'what the system is asked is seen by the stand-in' : (desktopObstacle ?? loopMountAbility().reason);

/** In the page: keeps the port on which the page calls its shell, and the number of its last call. */
const KEEP_SHELL_PORT = `(() => {
  const post = MessagePort.prototype.postMessage;
  MessagePort.prototype.postMessage = function (message, ...rest) {
    if (typeof message === 'string' && message.includes('/openLogs')) window.shellPort = this;
    return post.call(this, message, ...rest);
  };
})()`;

describe.skipIf(reason !== null)(`what the page asks of the shell (${reason ?? 'the built app'})`, () => {
  let app: StandInApp;
  let dataDir: string;
  let engine: HostConnection;
  let stick: DiskImage;
  let folder: string;

  beforeAll(async () => {
    dataDir = await makeTestDir('desktop');
    stick = await createDiskImage({ fileSystem: 'ext4', sizeMb: 24, label: `SHELL-${process.pid}` });
    folder = await stick.mount();
    await writeFile(join(folder, 'notes.txt'), 'sea');
    await run('mkfifo', [join(folder, 'pipe')]);
    app = await StandInApp.start({ dataDir });
    engine = await engineOf(dataDir);
    await engine.client.libraries.create({ name: 'Shell' });
    await app.page.getByRole('button', { name: 'All drives' }).waitFor();
    await app.page.evaluate(KEEP_SHELL_PORT);
    await app.clickMenu(['File', 'Settings…']);
    await app.page.getByRole('button', { name: 'Show logs' }).click();
  });
  afterAll(async () => {
    engine?.close();
    await app?.dispose();
    await stick?.dispose();
  });

  /** As a page that somebody took over would: any procedure with any input. Answers with the body of the response. */
  const call = (procedure: string, input: unknown) =>
    app.page.evaluate<{ s?: number; b: { json?: { message?: string } } }>(`new Promise((resolve) => {
      const id = 'call-' + performance.now();
      window.shellPort.addEventListener('message', function answer(event) {
        const reply = typeof event.data === 'string' ? JSON.parse(event.data) : {};
        if (reply.i !== id) return;
        window.shellPort.removeEventListener('message', answer);
        resolve(reply.p);
      });
      window.shellPort.postMessage(JSON.stringify({ i: id, p: { u: ${JSON.stringify(`/${procedure}`)}, b: { json: ${JSON.stringify(input)} } } }));
    })`);

  it('puts the keyboard into the search field for “Find” of the menu, in its language', async () => {
    const find = async () => (await app.menu()).flatMap(({ submenu }) => submenu).find(({ accelerator }) => accelerator === 'CmdOrCtrl+F');
    expect(await find()).toMatchObject({ label: 'Find' });
    await app.clickMenu(['Edit', 'Find']);
    await expect.poll(() => app.page.evaluate('document.activeElement.getAttribute("role")')).toBe('combobox');
    await engine.client.config.update({ appearance: { language: 'de' } });
    await expect.poll(async () => (await find())?.label).toBe('Suchen');
    await engine.client.config.update({ appearance: { language: 'en' } });
    await expect.poll(async () => (await find())?.label).toBe('Find');
  });

  it('opens the folder of the logs', async () => {
    await expect.poll(async () => (await app.record()).openedPaths).toEqual([join(dataDir, 'logs')]);
  });

  it('opens a file in its own program, and shows it in the system’s file manager', async () => {
    await app.openUrl(`mooring://open?path=${encodeURIComponent(folder)}`);
    const row = app.page.getByRole('row', { name: /^notes\.txt/ });
    await row.dblclick();
    const path = join(folder, 'notes.txt');
    await expect.poll(async () => (await app.record()).openedPaths.at(-1)).toBe(path);
    await row.click({ button: 'right' });
    await app.page.getByRole('menuitem', { name: 'Show in file manager' }).click();
    await expect.poll(async () => (await app.record()).shownItems).toEqual([path]);
  });

  it.each(['openPath', 'showItemInFolder'])('refuses to %s what is not a file or folder on a drive', async (procedure) => {
    const before = await app.record();
    const paths = [
      '/proc/version',
      '/sys/power',
      '/dev/null',
      join(folder, 'pipe'),
      join(folder, 'missing'),
      'notes.txt',
      'https://example.com',
    ];
    for (const path of paths) {
      const { s, b } = await call(procedure, { path });
      expect(s, path).toBeGreaterThanOrEqual(400);
      expect(b.json?.message, path).toMatch(/\w{3}/);
    }
    const { openedPaths, shownItems } = await app.record();
    expect({ openedPaths, shownItems }).toEqual({ openedPaths: before.openedPaths, shownItems: before.shownItems });
    // The same way in, with a path that may be opened: the refusals above are not the way's.
    expect((await call(procedure, { path: join(folder, 'notes.txt') })).s ?? 200).toBe(200);
  });

  it('gives native parts the theme of the page', async () => {
    for (const theme of ['dark', 'light'] as const) {
      await call('setTheme', { theme });
      expect(await app.themeSource()).toBe(theme);
    }
    expect((await call('setTheme', { theme: 'pink' })).s).toBe(400);
  });

  it('starts again on the same data folder', async () => {
    const pid = app.pid;
    void call('relaunch', undefined).catch(() => undefined);
    expect(await app.exited).toBe(0);
    const next = await engineOf(dataDir);
    const info = await next.client.system.info();
    expect(info).toMatchObject({ host: 'desktop', dataDir });
    expect(info.pid).not.toBe(pid);
    await next.client.system.shutdown({ force: true });
    await next.closed;
  });
});

describe.skipIf(reason !== null)(`the folder that the app was started from (${reason ?? 'a real loop mount'})`, () => {
  it('is not kept busy: its drive can be ejected', async () => {
    await using disposables = new AsyncDisposableStack();
    const stick = await createDiskImage({ fileSystem: 'ext4', sizeMb: 24, label: `CWD-${process.pid}` });
    disposables.defer(() => stick.dispose());
    const cwd = join(await stick.mount(), 'deep');
    await mkdir(cwd);
    const dataDir = await makeTestDir('desktop');
    const app = await StandInApp.start({ dataDir, cwd });
    disposables.defer(() => app.dispose());
    // A command line that finds no engine yet would start one of its own.
    (await engineOf(dataDir)).close();
    expect(await new TestDaemon(dataDir).json(['volume', 'eject', stick.mountPoint ?? ''])).toMatchObject({ error: null });
    // Ejecting took the device along, so that nothing is left to unplug.
    stick.mountPoint = null;
    stick.device = null;
  });
});
