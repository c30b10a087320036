import { mkdir, readdir, readFile, rmdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { EngineClient } from '#shared/contract/contract.ts';
import { engineOf } from '#test/instruments/desktop-app/engine-of.ts';
import { StandInApp } from '#test/instruments/desktop-app/stand-in-app.ts';
import { desktopObstacle, usesElectron } from '#test/instruments/desktop-app/start-desktop-app.ts';
import { makeTestDir } from '#test/instruments/test-run.ts';

const reason = usesElectron ? 'dialogs are answered by the stand-in' : desktopObstacle;
const TRY_AGAIN = 0;
const SHOW_LOGS = 1;
const QUIT = 2;

describe.skipIf(reason !== null)(`the desktop app without its engine (${reason ?? 'the built app'})`, () => {
  let app: StandInApp | null = null;
  afterEach(async () => {
    await app?.dispose();
    app = null;
  });

  /** The engine's thread, and no other, throws as soon as the file `crash` is there. */
  function crashOnDemand(dataDir: string): string {
    const file = JSON.stringify(join(dataDir, 'crash'));
    const program = `import { rmSync } from 'node:fs'; import { workerData } from 'node:worker_threads';
      if (workerData?.host === 'desktop') setInterval(() => {
        try { rmSync(${file}); } catch { return; }
        throw new Error('a crash on purpose');
      }, 20).unref();`;
    return `--import=data:text/javascript,${encodeURIComponent(program)}`;
  }

  async function start(dataDir: string, env: Record<string, string> = {}): Promise<StandInApp> {
    app = await StandInApp.start({ dataDir, env: { STAND_IN_DIALOGS: 'wait', ...env } });
    return app;
  }

  async function crash(dataDir: string): Promise<void> {
    const { closed } = await engineOf(dataDir);
    await writeFile(join(dataDir, 'crash'), '');
    await closed;
  }

  async function withEngine<T>(dataDir: string, ask: (client: EngineClient) => Promise<T>): Promise<T> {
    const engine = await engineOf(dataDir);
    try {
      return await ask(engine.client);
    } finally {
      engine.close();
    }
  }

  const boxes = async () => (await app?.record())?.messageBoxes ?? [];
  /** Of each day: a test may run over midnight. */
  const log = async (dataDir: string) => {
    const files = await readdir(join(dataDir, 'logs'));
    return (await Promise.all(files.map((file) => readFile(join(dataDir, 'logs', file), 'utf8')))).join('');
  };

  it('starts a new one when it crashes, on the same libraries, and the page follows', async () => {
    const dataDir = await makeTestDir('desktop');
    const { page } = await start(dataDir, { NODE_OPTIONS: crashOnDemand(dataDir) });
    await withEngine(dataDir, (client) => client.libraries.create({ name: 'Kept' }));
    const drives = page.getByRole('navigation', { name: 'Drives and pages' });
    await drives.getByText('Kept').waitFor();

    await crash(dataDir);
    await withEngine(dataDir, (client) => client.libraries.rename({ name: 'Still here' }));
    await drives.getByText('Still here').waitFor();
    await expect.poll(async () => (await app?.trayItems())?.length).toBeGreaterThan(4);
    expect(await boxes()).toEqual([]);
    expect(await log(dataDir)).toContain('a crash on purpose');
  });

  it('asks when it crashes again and again; “Quit” then ends the app', async () => {
    const dataDir = await makeTestDir('desktop');
    await start(dataDir, { NODE_OPTIONS: crashOnDemand(dataDir) });
    const crashUntilAsked = async (asked: number) => {
      for (let count = 0; count < 3; count++) {
        await crash(dataDir);
        await withEngine(dataDir, (client) => client.system.info());
      }
      await crash(dataDir);
      await expect.poll(async () => (await boxes()).length).toBe(asked);
    };
    await crashUntilAsked(1);
    expect((await boxes())[0]).toMatchObject({
      detail: expect.stringContaining('stops again and again'),
      buttons: ['Try Again', 'Show Log Files', 'Quit'],
    });
    await app?.pressButton(TRY_AGAIN);
    await withEngine(dataDir, (client) => client.system.info());

    await crashUntilAsked(2);
    await app?.pressButton(QUIT);
    expect(await app?.exited).toBe(0);
  });

  it('that cannot start shows the logs, and tries again when told to', async () => {
    const dataDir = await makeTestDir('desktop');
    // A folder stands where the lock should be.
    await mkdir(join(dataDir, 'host.lock'));
    const { page } = await start(dataDir);
    await expect.poll(async () => (await boxes()).length).toBe(1);
    await app?.pressButton(SHOW_LOGS);
    await expect.poll(async () => (await boxes()).length).toBe(2);
    expect((await app?.record())?.openedPaths).toEqual([join(dataDir, 'logs')]);
    await app?.pressButton(TRY_AGAIN);
    await expect.poll(async () => (await boxes()).length).toBe(3);
    await rmdir(join(dataDir, 'host.lock'));
    await app?.pressButton(TRY_AGAIN);
    await page.getByRole('heading', { name: 'Welcome to Mooring' }).waitFor();
  });
});
