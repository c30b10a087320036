import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import sirv from 'sirv';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HostConnection } from '#core/host/host-client.ts';
import type { DesktopApp } from '#test/instruments/desktop-app/desktop-app.ts';
import { engineOf } from '#test/instruments/desktop-app/engine-of.ts';
import { desktopObstacle, startDesktopApp } from '#test/instruments/desktop-app/start-desktop-app.ts';
import { samplePdf, samplePng, sampleWav } from '#test/instruments/sample-files.ts';
import { makeTestDir } from '#test/instruments/test-run.ts';

describe.skipIf(desktopObstacle !== null)(`looking into files on the desktop (${desktopObstacle ?? 'the built app'})`, () => {
  let app: DesktopApp & { dataDir: string };
  let engine: HostConnection;
  let folder: string;

  beforeAll(async () => {
    folder = join(await makeTestDir('desktop-preview'), 'Shown');
    await mkdir(folder);
    await writeFile(join(folder, 'harbour.png'), samplePng(400, 300));
    await writeFile(join(folder, 'notes.txt'), 'Notes over the app’s own scheme');
    await writeFile(join(folder, 'report.pdf'), samplePdf({ pages: 3 }));
    await writeFile(join(folder, 'tone.wav'), sampleWav(5));
    app = await startDesktopApp();
    engine = await engineOf(app.dataDir);
    await engine.client.libraries.create({ name: 'Preview' });
    const { location } = await engine.client.locations.add({ path: folder });
    await app.page.getByRole('navigation').getByText(location.name).first().click();
    await app.page.getByRole('row', { name: /^harbour\.png/ }).waitFor();
  });
  afterAll(async () => {
    engine?.close();
    await app?.dispose();
  });

  const look = async (name: string) => {
    await app.page.getByRole('row', { name: new RegExp(`^${name.replace('.', '\\.')}`) }).click();
    await app.page.keyboard.press('Space');
    await app.page.getByRole('dialog').getByRole('heading', { name }).waitFor();
  };
  const close = async () => {
    await app.page.keyboard.press('Escape');
    await app.page.getByRole('dialog').waitFor({ state: 'hidden' });
  };

  it('shows pictures, texts and documents through the app’s own scheme', async () => {
    await look('harbour.png');
    await app.page.getByRole('dialog').getByText('400 × 300 pixels').waitFor();
    await close();
    await look('notes.txt');
    await app.page.getByRole('dialog').getByText('Notes over the app’s own scheme').waitFor();
    await close();
    await look('report.pdf');
    await app.page.getByRole('dialog').getByRole('img', { name: 'Page 1', exact: true }).locator('canvas').waitFor();
    await close();
  });

  it('plays from any place', async () => {
    await look('tone.wav');
    const audio = (what: string) => app.page.evaluate<number>(`document.querySelector('audio')${what}`);
    await expect.poll(() => audio('?.duration ?? 0')).toBeCloseTo(5, 1);
    await audio('.currentTime = 4');
    await expect.poll(() => audio('.currentTime')).toBeGreaterThanOrEqual(4);
    await close();
  });

  it('gives out nothing else, and is no place to go to', async () => {
    const ask = (target: string) =>
      app.page.evaluate<string>(
        `fetch(${JSON.stringify(target)}).then(async (answer) => answer.status + ' ' + (await answer.text()), () => 'refused')`,
      );
    expect(await ask('/content?path=/proc/self/environ')).toMatch(/^501 .*NOT_SUPPORTED/);
    expect(await ask(`/content?path=${encodeURIComponent(folder)}`)).toMatch(/^501 /);
    expect(await ask('/content?path=/nowhere')).toMatch(/^404 /);
    expect(await ask('/content')).toMatch(/^404/);
    const before = app.page.url();
    await app.page.evaluate(`void (location.href = '/content?path=${encodeURIComponent(join(folder, 'notes.txt'))}')`);
    await app.page.getByRole('row', { name: /^notes\.txt/ }).waitFor();
    expect(app.page.url()).toBe(before);
  });

  it('shows them, too, where the page comes from a server, as while it is developed', async () => {
    const files = sirv('out/renderer', { dev: true });
    const server = createServer((request, response) => files(request, response));
    await once(server.listen(0, '127.0.0.1'), 'listening');
    engine.close();
    await app.quit();
    try {
      const { port } = server.address() as AddressInfo;
      app = await startDesktopApp({ dataDir: app.dataDir, env: { ELECTRON_RENDERER_URL: `http://127.0.0.1:${port}` } });
      await app.page.getByRole('navigation').getByText('Shown').first().click();
      await look('notes.txt');
      await app.page.getByRole('dialog').getByText('Notes over the app’s own scheme').waitFor();
      await close();
      await look('harbour.png');
      await app.page.getByRole('dialog').getByText('400 × 300 pixels').waitFor();
      expect(app.page.url()).toContain(`127.0.0.1:${port}`);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });
});
