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
});
