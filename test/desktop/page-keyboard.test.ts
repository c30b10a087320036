import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumAbility, loopMountAbility } from '#test/instruments/host-abilities.ts';
import { createDiskImage, type DiskImage } from '#test/instruments/loop-volume.ts';
import { WebPage } from '#test/instruments/web-page.ts';

const reason = chromiumAbility().reason ?? loopMountAbility().reason;
const MOST_STEPS = 60;

describe.skipIf(reason !== null)(`the page without a mouse (${reason ?? 'Chromium and real loop mounts'})`, () => {
  const [fromLabel, toLabel] = [`KEYS-${process.pid}`, `ONTO-${process.pid}`];
  let web: WebPage;
  let source: DiskImage;
  let target: DiskImage;

  beforeAll(async () => {
    source = await createDiskImage({ fileSystem: 'ext4', sizeMb: 24, label: fromLabel });
    target = await createDiskImage({ fileSystem: 'ext4', sizeMb: 24, label: toLabel });
    await mkdir(join(await source.mount(), 'Holiday', 'day one'), { recursive: true });
    await writeFile(join(source.mountPoint ?? '', 'Holiday', 'day one', 'film.txt'), 'sea');
    await target.mount();
    web = await WebPage.open({ library: null });
  });
  afterAll(async () => {
    await web?.[Symbol.asyncDispose]();
    await source?.dispose();
    await target?.dispose();
  });

  const press = (...keys: string[]) => keys.reduce((before, key) => before.then(() => web.page.keyboard.press(key)), Promise.resolve());
  /** The name of what has the focus, as a screen reader says it. */
  const focused = () =>
    web.page.evaluate<string>(
      `(() => { const it = document.activeElement; return it.getAttribute('aria-label') ?? it.labels?.[0]?.textContent ?? it.textContent ?? ''; })()`,
    );
  /** Tab until the focus is on what is wanted; every stop on the way has to be visible and have a name. */
  const tabTo = async (wanted: RegExp): Promise<void> => {
    for (let step = 0; step < MOST_STEPS; step++) {
      await press('Tab');
      const name = await focused();
      if (wanted.test(name)) return;
      expect(name.trim(), `stop ${step} on the way to ${wanted}`).not.toBe('');
    }
    throw new Error(`Tab did not lead to ${wanted}`);
  };

  it('goes from the first run over tracking and browsing to a copy that is done', async () => {
    await expect.poll(focused).toBe('Name');
    await web.page.keyboard.type('By keyboard');
    await press('Enter');
    await web.drive(fromLabel).waitFor();
    await tabTo(new RegExp(`^${fromLabel}`));
    await press('Enter');
    await web.row(/^Holiday/).waitFor();
    await tabTo(/^Track$/);
    await press('Enter');
    await web.corner.getByText(`“${fromLabel}” is tracked now`).waitFor();
    await tabTo(/^Files and folders$/);
    await press('ArrowDown', 'Enter');
    await web.row(/^day one/).waitFor();
    await press('Backspace');
    await web.row(/^Holiday/).waitFor();
    await expect.poll(() => web.row(/^Holiday/).getAttribute('aria-selected')).toBe('true');
    await press('Control+Shift+C');
    await web.page.getByRole('dialog', { name: /^Copy 1 item/ }).waitFor();
    await expect.poll(focused).toMatch(/free/);
    while (!new RegExp(`^${toLabel}`).test(await focused())) await press('ArrowDown');
    await press('Enter');
    await web.corner.getByText(`Copied Holiday to ${toLabel}`).waitFor();
    expect(await readdir(join(target.mountPoint ?? '', 'Holiday', 'day one'))).toEqual(['film.txt']);
    await expect.poll(focused).toBe('Files and folders');
  });

  it('gives the focus back to the button whose menu led to a dialog', async () => {
    const switcher = web.page.locator('nav button[aria-haspopup="menu"]').first();
    await switcher.focus();
    await press('Enter');
    await web.page.getByRole('menuitem', { name: 'Rename library…' }).focus();
    await press('Enter');
    await web.page.getByRole('dialog').waitFor();
    await expect.poll(focused).toBe('Name');
    await press('Escape');
    await web.page.getByRole('dialog').waitFor({ state: 'hidden' });
    await expect.poll(focused).toBe(await switcher.textContent());
  });

  it('opens the menu of a drive with the menu key, and closes it without losing the place', async () => {
    // Its name tells its free space, which changes.
    const focusedDrive = () => web.page.evaluate<string | null>(`document.activeElement.getAttribute('data-volume')`);
    await web.page.locator('nav [data-volume]').first().focus();
    const before = await focusedDrive();
    expect(before).not.toBeNull();
    await press('Shift+F10');
    await web.page.getByRole('menu').waitFor();
    await press('Escape');
    await web.page.getByRole('menu').waitFor({ state: 'hidden' });
    await expect.poll(focusedDrive).toBe(before);
  });
});
