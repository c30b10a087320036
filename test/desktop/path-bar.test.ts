import { mkdir, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accessibilityProblems, settled, takeScreenshots } from '#test/instruments/desktop-app/page-checks.ts';
import { chromiumAbility } from '#test/instruments/host-abilities.ts';
import { makeTestDir } from '#test/instruments/test-run.ts';
import { WebPage } from '#test/instruments/web-page.ts';

const { reason } = chromiumAbility();
const MARKUP = '<img src=x onerror=alert(1)>';

describe.skipIf(reason !== null)(`the path (${reason ?? 'Chromium'})`, () => {
  let web: WebPage;
  let root: string;

  beforeAll(async () => {
    root = join(await makeTestDir('path-bar'), 'Stuff');
    for (const folder of ['Photos/Iceland/Day 1', 'Photos/Ireland', 'Photos/Norway', MARKUP])
      await mkdir(join(root, folder), { recursive: true });
    await mkdir(join(root, ...Array.from({ length: 12 }, (_, index) => `a folder with number ${index}`)), { recursive: true });
    await writeFile(join(root, 'Photos', 'Iceland', 'geysir.jpg'), 'geysir');
    web = await WebPage.open();
    await web.daemon.json(['system', 'config', 'set', 'volumes.prompt', 'false']);
    await web.daemon.json(['location', 'add', root, '--wait']);
    await web.page.locator('nav [data-location]').click();
    await web.row(/^Photos/).waitFor();
  });
  afterAll(() => web?.[Symbol.asyncDispose]());

  const bar = () => web.page.getByRole('navigation', { name: 'Path' });
  const steps = () => bar().locator('[data-step]').allTextContents();
  const field = () => web.page.getByRole('combobox', { name: 'Path' });
  const options = () => web.page.getByRole('option').allTextContents();
  const press = (keys: string) => web.page.keyboard.press(keys);
  const go = async (path: string) => {
    await press('Control+l');
    await field().fill(path);
    await press('Enter');
  };

  it('becomes a text by a key or a click beside it, and steps again by Escape', async () => {
    await press('Control+l');
    await expect.poll(() => field().inputValue()).toBe(root);
    await press('Escape');
    await expect.poll(steps).toEqual(['Stuff']);
    await expect.poll(() => web.page.evaluate('document.activeElement.getAttribute("role")')).toBe('grid');
    const { x = 0, y = 0, width = 0, height = 0 } = (await bar().boundingBox()) ?? {};
    await web.page.mouse.click(x + width - 8, y + height / 2);
    await field().waitFor();
    await press('Escape');
    await press('F4');
    await field().waitFor();
    await press('Escape');
  });

  it('completes folders, by keys and by the mouse', async () => {
    await press('Control+l');
    await field().fill(join(root, 'Photos', 'I'));
    await expect.poll(options).toEqual(['Iceland', 'Ireland']);
    await takeScreenshots(web.page, 'path-completion');
    expect(await accessibilityProblems(web.page)).toEqual([]);
    await press('ArrowDown');
    await press('Tab');
    await expect.poll(() => field().inputValue()).toBe(`${join(root, 'Photos', 'Iceland')}/`);
    await expect.poll(options).toEqual(['Day 1']);
    await press('ArrowDown');
    await press('Enter');
    await expect.poll(steps).toEqual(['Stuff', 'Photos', 'Iceland', 'Day 1']);
    await press('Control+l');
    await field().fill('../../ireland'.replace('ireland', 'N'));
    await web.page.getByRole('option', { name: 'Norway' }).click();
    await expect.poll(steps).toEqual(['Stuff', 'Photos', 'Norway']);
  });

  it('takes whatever says where: names of locations and drives, ~, addresses, and a file', async () => {
    await go('stuff/Photos');
    await expect.poll(steps).toEqual(['Stuff', 'Photos']);
    await go(`"${join(root, 'Photos', 'Iceland', 'Day 1')}"`);
    await expect.poll(steps).toEqual(['Stuff', 'Photos', 'Iceland', 'Day 1']);
    await go(join(root, 'Photos', 'Iceland', 'geysir.jpg'));
    await expect.poll(steps).toEqual(['Stuff', 'Photos', 'Iceland']);
    await expect.poll(() => web.row(/^geysir/).getAttribute('aria-selected')).toBe('true');
    const { path } = await web.daemon.json<{ path: string }>(['file', 'info', join(root, 'Photos', 'Norway')]);
    await go(path);
    await expect.poll(steps).toEqual(['Stuff', 'Photos', 'Norway']);
    await go('~');
    await expect.poll(async () => (await steps()).at(-1)).toBe(homedir().split('/').at(-1));
    await web.page.goBack();
    await expect.poll(steps).toEqual(['Stuff', 'Photos', 'Norway']);
  });

  it('says what is wrong, and lets it be put right', async () => {
    await go('/nowhere/at/all');
    const alert = web.page.getByRole('alert').filter({ hasText: '/nowhere/at/all' });
    await alert.waitFor();
    await expect.poll(() => field().getAttribute('aria-invalid')).toBe('true');
    await takeScreenshots(web.page, 'path-error');
    expect(await accessibilityProblems(web.page)).toEqual([]);
    await field().fill('Stuff');
    await alert.waitFor({ state: 'detached' });
    await press('Enter');
    await expect.poll(steps).toEqual(['Stuff']);
  });

  it('leads to the folders beside each step', async () => {
    await go('Stuff/Photos/Iceland');
    await bar().getByRole('button', { name: 'Folders in Photos' }).click();
    await expect.poll(() => web.page.getByRole('menuitem').allTextContents()).toEqual(['Iceland', 'Ireland', 'Norway']);
    await takeScreenshots(web.page, 'path-siblings');
    await press('n');
    await expect.poll(() => web.page.evaluate('document.activeElement.textContent')).toBe('Norway');
    await press('Enter');
    await expect.poll(steps).toEqual(['Stuff', 'Photos', 'Norway']);
    await bar().getByRole('button', { name: 'Folders in Stuff' }).click();
    await web.page.getByRole('menuitem', { name: MARKUP }).click();
    await expect.poll(steps).toEqual(['Stuff', MARKUP]);
  });

  it('has the middle of a long way in a menu, and gives its text away', async () => {
    await go(join(root, ...Array.from({ length: 12 }, (_, index) => `a folder with number ${index}`)));
    await expect.poll(async () => (await steps()).at(-1)).toBe('a folder with number 11');
    await expect.poll(async () => (await steps()).length).toBeLessThan(12);
    await settled(web.page);
    const shown = await steps();
    expect(shown[0]).toBe('Stuff');
    await bar().getByRole('button', { name: 'more folders' }).click();
    await expect.poll(() => web.page.getByRole('menuitem').count()).toBe(13 - shown.length);
    await web.page.getByRole('menuitem', { name: 'a folder with number 0' }).click();
    await expect.poll(steps).toEqual(['Stuff', 'a folder with number 0']);
    await web.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await bar().locator('[data-step]').first().click({ button: 'right' });
    await web.page.getByRole('menuitem', { name: 'Copy path' }).click();
    await expect.poll(() => web.page.evaluate('navigator.clipboard.readText()')).toBe(root);
  });

  it('says nothing to the console', () => expect(web.said).toEqual([]));
});
