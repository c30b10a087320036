import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Config } from '#shared/contract/config.ts';
import { accessibilityProblems, settled, takeScreenshots } from '#test/instruments/desktop-app/page-checks.ts';
import { chromiumAbility, loopMountAbility } from '#test/instruments/host-abilities.ts';
import { createDiskImage, type DiskImage } from '#test/instruments/loop-volume.ts';
import { WebPage } from '#test/instruments/web-page.ts';

const reason = chromiumAbility().reason ?? loopMountAbility().reason;

describe.skipIf(reason !== null)(`what the user prefers (${reason ?? 'Chromium and real loop mounts'})`, () => {
  let web: WebPage;
  const images: DiskImage[] = [];
  beforeAll(async () => {
    web = await WebPage.open();
  });
  afterEach(async () => {
    for (const image of images.splice(0)) await image.dispose();
  });
  afterAll(() => web?.[Symbol.asyncDispose]());

  const config = () => web.daemon.json<Config>(['system', 'config', 'get']);
  const choose = (name: string) => web.page.getByRole('radio', { name, exact: true }).first().click();
  const toggle = (name: string) => web.page.getByRole('switch', { name }).click();
  const settings = (name = 'Settings') => web.page.getByRole('button', { name, exact: true }).click();
  const plugIn = async (label: string): Promise<void> => {
    const image = await createDiskImage({ fileSystem: 'ext4', sizeMb: 16, label });
    images.push(image);
    await image.mount();
    await web.drive(label).waitFor();
  };
  const tracked = async (label: string) => {
    const { items } = await web.daemon.json<{ items: { label: string | null; tracking: object | null }[] }>(['volume', 'list']);
    return items.some((volume) => volume.label === label && volume.tracking !== null);
  };

  it('is saved, and seen at once', async () => {
    await settings();
    await choose('Dark');
    await expect.poll(() => web.page.evaluate('document.documentElement.classList.contains("dark")')).toBe(true);
    await choose('KiB, MiB, GiB');
    await expect.poll(async () => (await config()).appearance).toMatchObject({ theme: 'dark', sizeUnits: 'iec' });
    await web.page.reload();
    await web.page.getByRole('radio', { name: 'Dark', checked: true }).waitFor();
    await expect.poll(() => web.page.evaluate('document.documentElement.classList.contains("dark")')).toBe(true);
    await web.page.getByRole('button', { name: 'All drives', exact: true }).click();
    await web.page.getByText(/GiB/).first().waitFor();
    await settings();
    await choose('Light');
    await web.page.emulateMedia({ colorScheme: 'dark' });
    await expect.poll(() => web.page.evaluate('document.documentElement.classList.contains("dark")')).toBe(false);
    await web.page.getByRole('radiogroup', { name: 'Theme' }).getByRole('radio', { name: 'System' }).click();
    await expect.poll(() => web.page.evaluate('document.documentElement.classList.contains("dark")')).toBe(true);
    await web.page.emulateMedia({ colorScheme: null });
    await choose('kB, MB, GB');
    await takeScreenshots(web.page, 'page-settings');
    expect(await accessibilityProblems(web.page)).toEqual([]);
  });

  it('decides whether new drives are asked about, or tracked without asking', async () => {
    await settings();
    await toggle('Ask about new drives');
    await expect.poll(async () => (await config()).volumes.prompt).toBe(false);
    await plugIn(`QUIET-${process.pid}`);
    expect(await web.page.locator('[data-prompt]').count()).toBe(0);
    await toggle('Ask about new drives');
    await web.page
      .locator('[data-prompt]')
      .filter({ hasText: `QUIET-${process.pid}` })
      .waitFor();
    await web.page.getByRole('button', { name: 'Never for this drive' }).click();
    await web.page.locator('[data-prompt]').waitFor({ state: 'hidden' });
    await web.page.getByRole('button', { name: 'Ask again' }).click();
    await web.page.locator('[data-prompt]').waitFor();
    await toggle('Track external drives by themselves');
    await expect.poll(async () => (await config()).volumes.autoTrack).toBe('external');
    await plugIn(`AUTO-${process.pid}`);
    await expect.poll(() => tracked(`AUTO-${process.pid}`)).toBe(true);
    await toggle('Track external drives by themselves');
    await expect.poll(async () => (await config()).volumes.autoTrack).toBe('never');
  });

  it('keeps what has happened until it was looked at', async () => {
    await plugIn(`NEWS-${process.pid}`);
    const bell = web.page.getByRole('button', { name: /^Notifications: [1-9]\d* unread/ });
    await bell.click();
    const panel = web.page.getByRole('dialog', { name: 'Notifications' });
    await panel.getByText(`NEWS-${process.pid} was plugged in`).waitFor();
    expect(await panel.getByRole('img', { name: 'Unread' }).count()).toBeGreaterThan(0);
    await takeScreenshots(web.page, 'page-notifications');
    expect(await accessibilityProblems(web.page)).toEqual([]);
    await web.page.keyboard.press('Escape');
    await web.page.getByRole('button', { name: 'Notifications: 0 unread' }).click();
    expect(await panel.getByRole('img', { name: 'Unread' }).count()).toBe(0);
    await panel.getByRole('button', { name: 'Clear' }).click();
    await panel.getByText('Nothing has happened yet').waitFor();
    await web.page.keyboard.press('Escape');
    await web.page.reload();
    await web.page.getByRole('button', { name: 'Notifications: 0 unread' }).waitFor();
  });

  it('fits into a small window in German, with nothing cut off, and moves nothing for those who asked for that', async () => {
    await web.page.setViewportSize({ width: 800, height: 600 });
    await web.page.emulateMedia({ reducedMotion: 'reduce' });
    await plugIn(`KLEIN-${process.pid}`);
    expect(await slowAnimations(web.page)).toEqual([]);
    await settings();
    await choose('Deutsch');
    await web.page.getByRole('heading', { name: 'Einstellungen' }).waitFor();
    await web.page.getByRole('button', { name: 'Jetzt nicht' }).click();
    for (const page of ['Einstellungen', 'Alle Laufwerke']) {
      await settings(page);
      expect.soft(await cutTexts(web.page), page).toEqual([]);
      await takeScreenshots(web.page, `page-german-${page === 'Einstellungen' ? 'settings' : 'home'}`);
    }
    await web.drive(`KLEIN-${process.pid}`).click();
    for (const tab of ['Dateien', 'Details', 'Verlauf', 'Tempo']) {
      await web.page.getByRole('tab', { name: tab }).click();
      expect.soft(await cutTexts(web.page), tab).toEqual([]);
      await takeScreenshots(web.page, `page-german-${tab.toLowerCase()}`);
      expect.soft(await accessibilityProblems(web.page), tab).toEqual([]);
    }
  });

  it('says nothing to the console', () => expect(web.said).toEqual([]));
});

/** Texts that are wider than their place, or reach out of the window; names and paths may be shortened with an ellipsis. */
async function cutTexts(page: Page): Promise<string[]> {
  await settled(page);
  return page.evaluate<string[]>(`[...document.querySelectorAll('body *')].filter((element) => {
    const hasText = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent.trim() !== '');
    const box = element.getBoundingClientRect();
    if (!hasText || box.width === 0 || element.closest('.sr-only, svg, bdi')) return false;
    const isInline = getComputedStyle(element).display === 'inline';
    return box.right > innerWidth + 1 || (!isInline && element.scrollWidth > element.clientWidth + 1);
  }).map((element) => element.textContent)`);
}

function slowAnimations(page: Page): Promise<string[]> {
  return page.evaluate<string[]>(
    `document.getAnimations().filter((animation) => animation.effect.getComputedTiming().endTime > 10).map((animation) => animation.animationName)`,
  );
}
