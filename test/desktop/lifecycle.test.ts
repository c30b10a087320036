import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { HostConnection } from '#core/host/host-client.ts';
import { hostPaths } from '#core/host/host-paths.ts';
import { startDaemon } from '#core/host/start-daemon.ts';
import { engineOf } from '#test/instruments/desktop-app/engine-of.ts';
import { StandInApp } from '#test/instruments/desktop-app/stand-in-app.ts';
import { desktopObstacle, startDesktopApp, usesElectron } from '#test/instruments/desktop-app/start-desktop-app.ts';
import { makeTestDir } from '#test/instruments/test-run.ts';

describe.skipIf(desktopObstacle !== null)(`start and end of the desktop app (${desktopObstacle ?? 'the built app'})`, () => {
  type App = Awaited<ReturnType<typeof startDesktopApp>>;
  const opened: AsyncDisposable[] = [];
  afterEach(async () => {
    for (const disposable of opened.splice(0).reverse()) await disposable[Symbol.asyncDispose]();
  });

  async function start(options: Parameters<typeof startDesktopApp>[0] = {}): Promise<App> {
    const app = await startDesktopApp(options);
    opened.push({ [Symbol.asyncDispose]: () => app.dispose() });
    return app;
  }

  async function connect(dataDir: string): Promise<HostConnection> {
    const engine = await engineOf(dataDir);
    opened.push({ [Symbol.asyncDispose]: async () => engine.close() });
    return engine;
  }

  /** Pids of all processes that were given this data folder, or work in it. */
  function processesOn(dataDir: string): string[] {
    return readdirSync('/proc').filter((pid) => {
      if (!/^\d+$/.test(pid)) return false;
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(dataDir);
      } catch {
        // Ended while we looked.
        return false;
      }
    });
  }

  it('quits, leaves no process behind, and the next start has the data folder', async () => {
    const app = await start();
    await (await engineOf(app.dataDir)).client.libraries.create({ name: 'Kept' });
    expect(await app.quit()).toBe(0);
    if (process.platform === 'linux') await expect.poll(() => processesOn(app.dataDir)).toEqual([]);
    const { socketPath, pidPath } = hostPaths({ dataDir: app.dataDir }, {});
    expect([socketPath, pidPath].filter(existsSync)).toEqual([]);

    const again = await start({ dataDir: app.dataDir });
    await again.page.getByRole('navigation', { name: 'Drives and pages' }).getByText('Kept').waitFor();
  });

  it('starts once: a second start brings the window to the front and hands its link over', async () => {
    const app = await start();
    const { client } = await connect(app.dataDir);
    await client.libraries.create({ name: 'Links' });
    await app.page.getByRole('button', { name: 'All drives' }).waitFor();
    const { items } = await client.volumes.list({});
    const [volume] = items.filter(({ isMounted }) => isMounted);

    expect(await app.startSecond([`mooring://volume/${volume?.fingerprint}`])).toBe(0);
    await expect.poll(() => app.page.url()).toContain(volume?.fingerprint);
    expect(await app.startSecond(['mooring://settings'])).toBe(0);
    await app.page.getByRole('heading', { name: 'Settings' }).waitFor();
    expect(await app.windowCount()).toBe(1);

    // What a link may not say changes nothing.
    const before = app.page.url();
    for (const link of ['mooring://eject/all', 'mooring://volume/%2e%2e', 'mooring://open?path=relative']) await app.openUrl(link);
    await app.openUrl(`mooring://open?path=${encodeURIComponent(volume?.mountPoint ?? '/')}`);
    await expect.poll(() => app.page.url()).not.toBe(before);
    await app.page.getByRole('grid', { name: 'Files and folders' }).waitFor();
  });

  it('opens with the link it was started with', async () => {
    const dataDir = await makeTestDir('desktop');
    const first = await start({ dataDir });
    await (await engineOf(dataDir)).client.libraries.create({ name: 'Links' });
    await first.quit();
    const app = await start({ dataDir, args: ['mooring://settings'] });
    await app.page.getByRole('heading', { name: 'Settings' }).waitFor();
  });

  it('stays in the tray when asked to, and ends with its window when not', async () => {
    const app = await start();
    const { client } = await connect(app.dataDir);
    // The tray's language tells when the new configuration has arrived there.
    const says = (quit: string) => expect.poll(async () => (await app.trayItems()).map((item) => item.label)).toContain(quit);
    await client.config.update({ desktop: { keepInTray: true }, appearance: { language: 'de' } });
    await says('Mooring beenden');
    await app.closeWindow();
    await expect.poll(() => app.isVisible()).toBe(false);
    expect((await client.system.info()).host).toBe('desktop');
    await app.clickTray(['Mooring zeigen']);
    await expect.poll(() => app.isVisible()).toBe(true);
    await app.closeWindow();
    await expect.poll(() => app.isVisible()).toBe(false);
    // As at login, where nobody asked for a window.
    expect(await app.startSecond(['--hidden'])).toBe(0);
    expect(await app.isVisible()).toBe(false);
    expect(await app.startSecond([])).toBe(0);
    await expect.poll(() => app.isVisible()).toBe(true);

    await client.config.update({ desktop: { keepInTray: false }, appearance: { language: 'en' } });
    await says('Quit Mooring');
    const { closed } = await connect(app.dataDir);
    await app.closeWindow();
    // On macOS a program outlives its window.
    if (process.platform === 'darwin') await app.quit();
    await closed;
  });

  it('speaks the language that the user chooses, at once', async () => {
    const app = await start();
    const { client } = await connect(app.dataDir);
    await client.config.update({ appearance: { language: 'de' } });
    await expect.poll(async () => (await app.trayItems()).map((item) => item.label)).toContain('Mooring beenden');
    await expect.poll(async () => (await app.menu()).map((item) => item.label)).toEqual(expect.arrayContaining(['Datei', 'Hilfe']));
    await app.page.getByRole('heading', { name: 'Willkommen' }).waitFor();
  });

  it('shows the engine of a daemon that has the data folder open, and takes over when that ends', async () => {
    const dataDir = await makeTestDir('desktop');
    const paths = hostPaths({ dataDir }, {});
    await startDaemon({ paths });
    const daemon = await connect(dataDir);
    opened.push({ [Symbol.asyncDispose]: async () => void (await daemon.client.system.shutdown({ force: true }).catch(() => undefined)) });
    await daemon.client.libraries.create({ name: 'Shared' });

    const app = await start({ dataDir });
    await app.page.getByRole('navigation', { name: 'Drives and pages' }).getByText('Shared').waitFor();
    expect((await daemon.client.system.info()).host).toBe('daemon');
    await expect.poll(async () => (await app.trayItems()).length).toBeGreaterThan(4);

    await daemon.client.system.shutdown({});
    await daemon.closed;
    await expect
      .poll(
        async () =>
          (
            await connect(dataDir).then(
              (next) => next.client.system.info(),
              () => null,
            )
          )?.host,
        { timeout: 20_000 },
      )
      .toBe('desktop');
    // The page follows by itself.
    await (await connect(dataDir)).client.libraries.rename({ name: 'Taken over' });
    await app.page.getByRole('navigation', { name: 'Drives and pages' }).getByText('Taken over').waitFor();
  });

  it('opens the window where it was', async () => {
    const app = await start();
    const bounds = { x: 140, y: 120, width: 1010, height: 720 };
    await app.setBounds(bounds);
    await app.quit();
    const again = await start({ dataDir: app.dataDir });
    expect(await again.bounds()).toEqual(bounds);
  });

  it.runIf(!usesElectron)('says why it cannot start, and ends (dialogs are answered by the stand-in)', async () => {
    const dataDir = await makeTestDir('desktop');
    const file = join(dataDir, 'a file');
    await writeFile(file, '');
    expect(await StandInApp.run({ dataDir: file })).toBe(1);
    // A folder stands where the lock should be: no engine can be had, and nobody presses “Try Again”.
    await mkdir(join(dataDir, 'host.lock'));
    expect(await StandInApp.run({ dataDir })).toBe(0);
    expect(await readFile(join(dataDir, 'logs', readdirSync(join(dataDir, 'logs'))[0] ?? ''), 'utf8')).toContain('No engine');
  });

  it('ends when the command line asks for it', async () => {
    const app = await start();
    const { client, closed } = await connect(app.dataDir);
    await expect(client.system.shutdown({})).rejects.toThrow();
    await client.system.shutdown({ force: true });
    await closed;
    if (process.platform === 'linux') await expect.poll(() => processesOn(app.dataDir), { timeout: 10_000 }).toEqual([]);
  });
});
