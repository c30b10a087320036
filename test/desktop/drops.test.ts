import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HostConnection } from '#core/host/host-client.ts';
import type { DesktopApp } from '#test/instruments/desktop-app/desktop-app.ts';
import { dropFiles } from '#test/instruments/desktop-app/drop-files.ts';
import { engineOf } from '#test/instruments/desktop-app/engine-of.ts';
import { desktopObstacle, startDesktopApp } from '#test/instruments/desktop-app/start-desktop-app.ts';
import { chromiumAbility } from '#test/instruments/host-abilities.ts';
import { makeTestDir } from '#test/instruments/test-run.ts';
import { WebPage } from '#test/instruments/web-page.ts';

/** In the heading of the page: a drive would take what is dropped on it. */
const BESIDE_DRIVES = { x: 640, y: 70 };

describe.skipIf(desktopObstacle !== null)(`folders dropped on the window (${desktopObstacle ?? 'the built app'})`, () => {
  let app: DesktopApp & { dataDir: string };
  let engine: HostConnection;
  let folder: string;

  beforeAll(async () => {
    folder = await makeTestDir('drop');
    await mkdir(join(folder, 'Tax & letters'));
    await mkdir(join(folder, 'Music'));
    app = await startDesktopApp();
    engine = await engineOf(app.dataDir);
    await engine.client.libraries.create({ name: 'Drops' });
    await app.page.getByRole('button', { name: 'All drives' }).waitFor();
  });
  afterAll(async () => {
    engine?.close();
    await app?.dispose();
  });

  it('are asked about with their path', async () => {
    await app.dropFiles([join(folder, 'Tax & letters')], BESIDE_DRIVES);
    const dialog = app.page.getByRole('dialog', { name: 'Add location' });
    await dialog.waitFor();
    expect(await dialog.getByRole('textbox', { name: 'Folder' }).inputValue()).toBe(join(folder, 'Tax & letters'));
    await app.page.keyboard.press('Escape');
  });

  it('are asked about together', async () => {
    await app.dropFiles([join(folder, 'Tax & letters'), join(folder, 'Music')], BESIDE_DRIVES);
    const dialog = app.page.getByRole('dialog', { name: 'Add 2 locations' });
    await dialog.getByText(join(folder, 'Music')).waitFor();
    await app.page.keyboard.press('Escape');
  });

  it('leave the page where it is, and tell it nothing of drops that it makes up itself', async () => {
    const address = app.page.url();
    const told = await app.page.evaluate<number>(`new Promise((resolve) => {
      let told = 0;
      window.addEventListener('message', (event) => { if (event.data?.type === 'mooring:drop') told += 1; });
      const data = new DataTransfer();
      data.items.add(new File(['x'], 'made-up.txt'));
      window.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
      window.addEventListener('message', (event) => { if (event.data === 'after') resolve(told); });
      window.postMessage('after', location.origin);
    })`);
    expect(told).toBe(0);
    expect(app.page.url()).toBe(address);
  });
});

const noBrowser = chromiumAbility().reason;
describe.skipIf(noBrowser !== null)(`files dropped on the web page (${noBrowser ?? 'Chromium'})`, () => {
  it('are not opened in its place; the folder can be chosen instead', async () => {
    const folder = await makeTestDir('drop');
    await writeFile(join(folder, 'letter.txt'), 'x');
    await using web = await WebPage.open();
    const address = web.page.url();
    await dropFiles(web.page, [join(folder, 'letter.txt')]);
    // What the pointer rests on stays: the message goes by itself.
    await web.page.getByText('A browser does not tell where dropped files lie').hover();
    expect(web.page.url()).toBe(address);
    await web.page.getByRole('button', { name: 'Choose folder' }).click();
    await web.page.getByRole('dialog', { name: 'Add location' }).waitFor();
  });
});
