import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HostConnection } from '#core/host/host-client.ts';
import type { DesktopApp } from '#test/instruments/desktop-app/desktop-app.ts';
import { engineOf } from '#test/instruments/desktop-app/engine-of.ts';
import { desktopObstacle, startDesktopApp } from '#test/instruments/desktop-app/start-desktop-app.ts';

describe.skipIf(desktopObstacle !== null)(`a second window (${desktopObstacle ?? 'the built app'})`, () => {
  let app: DesktopApp & { dataDir: string };
  let engine: HostConnection;
  let second: Page;

  beforeAll(async () => {
    app = await startDesktopApp();
    engine = await engineOf(app.dataDir);
    await engine.client.libraries.create({ name: 'Windows' });
    await app.page.getByRole('button', { name: 'All drives' }).waitFor();
  });
  afterAll(async () => {
    engine?.close();
    await app?.dispose();
  });

  it('opens with what the first one shows, and is connected like it', async () => {
    await app.page.getByRole('button', { name: 'History' }).click();
    await app.page.keyboard.press('Control+n');
    await expect.poll(() => app.windowCount()).toBe(2);
    await expect.poll(() => app.page.context().pages().length).toBe(2);
    const found = app.page
      .context()
      .pages()
      .find((page) => page !== app.page);
    if (!found) throw new Error('There is no second page');
    second = found;
    await second.getByRole('heading', { name: 'History' }).waitFor();
    await engine.client.libraries.create({ name: 'Told to both' });
    for (const page of [app.page, second]) await page.getByText('Told to both').first().waitFor();
  });

  it('goes its own way, and has the commands of the menu while it is in front', async () => {
    await app.clickMenu(['Go', 'Back']);
    await app.clickMenu(['File', 'Settings…']);
    await second.getByRole('heading', { name: 'Settings', exact: true }).waitFor();
    await app.page.getByRole('heading', { name: 'History' }).waitFor();
  });

  it('is there again at the next start, as the first one is: where it was, with its tabs and its way back; one that was closed is not', async () => {
    await second.keyboard.press('Control+t');
    await second.getByRole('button', { name: 'All drives', exact: true }).click();
    await second.getByRole('heading', { name: 'All drives' }).waitFor();
    // Noted a moment later. Electron lets a page note what it has not yet when its window closes, the stand-in ends it at once.
    await expect.poll(() => second.evaluate<string>("localStorage.getItem('mooring-workspace-2')")).toContain('"#/"');
    await app.page.keyboard.press('Control+n');
    await expect.poll(() => app.windowCount()).toBe(3);
    await app.closeWindow(2);
    await expect.poll(() => app.windowCount()).toBe(2);
    const [first, other] = [
      { x: 20, y: 30, width: 1010, height: 720 },
      { x: 140, y: 120, width: 900, height: 640 },
    ];
    await app.setBounds(first, 0);
    await app.setBounds(other, 1);
    engine.close();
    await app.quit();

    app = await startDesktopApp({ dataDir: app.dataDir });
    engine = await engineOf(app.dataDir);
    await expect.poll(() => app.windowCount()).toBe(2);
    expect([await app.bounds(0), await app.bounds(1)]).toEqual([first, other]);
    const showing = async (heading: string) => {
      const pages = app.page.context().pages();
      const shown = await Promise.all(pages.map((page) => page.getByRole('heading', { name: heading, exact: true }).isVisible()));
      return pages.find((_, index) => shown[index]);
    };
    await expect.poll(async () => (await showing('History')) !== undefined).toBe(true);
    await expect.poll(async () => (await showing('All drives')) !== undefined).toBe(true);
    const again = await showing('All drives');
    if (!again) throw new Error('The second window is not there');
    expect(await again.getByRole('tab').allTextContents()).toEqual(['Settings', 'All drives']);
    await again.keyboard.press('Alt+ArrowLeft');
    await again.getByRole('heading', { name: 'Settings', exact: true }).waitFor();
  });
});
