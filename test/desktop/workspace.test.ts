import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { accessibilityProblems, takeScreenshots } from '#test/instruments/desktop-app/page-checks.ts';
import { unhurried } from '#test/instruments/desktop-app/unhurried.ts';
import { chromiumAbility } from '#test/instruments/host-abilities.ts';
import { dropOn } from '#test/instruments/page-hands.ts';
import { makeTestDir } from '#test/instruments/test-run.ts';
import { WebPage } from '#test/instruments/web-page.ts';

const { reason } = chromiumAbility();

describe.skipIf(reason !== null)(`tabs and panes (${reason ?? 'Chromium'})`, () => {
  let web: WebPage;
  let root: string;

  beforeAll(async () => {
    root = join(await makeTestDir('workspace'), 'Stuff');
    for (const folder of ['Photos/Iceland', 'Photos/Norway', 'Papers', 'Music']) await mkdir(join(root, folder), { recursive: true });
    await writeFile(join(root, 'Photos', 'Iceland', 'geysir.jpg'), 'geysir');
    await writeFile(join(root, 'Papers', 'letter.txt'), 'letter');
    for (let number = 0; number < 200; number++) await writeFile(join(root, 'Music', `song ${number}.flac`), '');
    web = await WebPage.open();
    await web.daemon.json(['system', 'config', 'set', 'volumes.prompt', 'false']);
    await web.daemon.json(['location', 'add', root]);
    await open('Photos');
  });
  afterAll(() => web?.[Symbol.asyncDispose]());

  const location = () => web.page.locator('nav [data-location]');
  /** Goes to a folder of the location, in the active pane. */
  const open = async (name: string) => {
    await location().click();
    await pane()
      .getByRole('row', { name: new RegExp(`^${name}`) })
      .dblclick();
    await vi.waitFor(async () => expect(await steps()).toEqual(['Stuff', name]), { timeout: 30_000 });
  };
  /** The active one. */
  const pane = () => web.page.locator('[data-pane]:not([data-inactive])');
  const inactive = () => web.page.locator('[data-pane][data-inactive]');
  const tabs = (of = pane()) => of.getByRole('tab').allTextContents();
  const tab = (name: string, of = pane()) => of.getByRole('tab', { name, exact: true });
  const openTab = (of = pane()) => of.locator('[role="tab"][aria-selected="true"]').textContent();
  const steps = (of = pane()) => of.getByRole('navigation', { name: 'Path' }).locator('[data-step]').allTextContents();
  const row = (name: string, of = pane()) => of.getByRole('row', { name: new RegExp(`^${name}`) });
  const press = (keys: string) => web.page.keyboard.press(keys);
  const menu = (name: string | RegExp) => web.page.getByRole('menuitem', { name }).click();
  const selected = async (of = pane()) => of.locator('[role="row"][aria-selected="true"] [role="gridcell"]:first-child').allTextContents();

  describe('tabs', () => {
    it('open with what is open, and go their own way, also back and forward', async () => {
      await web.page.getByRole('button', { name: 'New tab' }).click();
      await expect.poll(() => tabs()).toEqual(['Photos', 'Photos']);
      await row('Iceland').dblclick();
      await row('geysir').waitFor();
      await expect.poll(() => tabs()).toEqual(['Photos', 'Iceland']);
      await tab('Photos').click();
      await row('Norway').waitFor();
      await web.page.getByRole('button', { name: 'Back' }).click();
      await row('Papers').waitFor();
      await expect.poll(() => tabs()).toEqual(['Stuff', 'Iceland']);
      // The browser's own buttons mean the open tab as well.
      await web.page.goForward();
      await row('Norway').waitFor();
      await tab('Iceland').click();
      await web.page.goBack();
      await expect.poll(() => tabs()).toEqual(['Photos', 'Photos']);
      await takeScreenshots(web.page, 'workspace-tabs');
      expect(await accessibilityProblems(web.page)).toEqual([]);
    });

    it('are chosen, closed and opened again by the keyboard', async () => {
      await row('Iceland').click();
      await press('Alt+t');
      await row('Iceland').dblclick();
      await expect.poll(() => tabs()).toEqual(['Photos', 'Photos', 'Iceland']);
      await press('Alt+1');
      await expect.poll(() => openTab()).toBe('Photos');
      await press('Alt+9');
      await expect.poll(() => openTab()).toBe('Iceland');
      await press('Control+Tab');
      await expect.poll(() => pane().getByRole('tab').first().getAttribute('aria-selected')).toBe('true');
      await press('Alt+PageUp');
      await expect.poll(() => openTab()).toBe('Iceland');
      await press('Control+w');
      await expect.poll(() => tabs()).toEqual(['Photos', 'Photos']);
      await press('Control+Shift+T');
      await expect.poll(() => tabs()).toEqual(['Photos', 'Photos', 'Iceland']);
      // In their row, the arrows go from one to the other, and Delete closes.
      await tab('Iceland').focus();
      await press('ArrowLeft');
      await expect.poll(() => web.page.evaluate('document.activeElement.textContent')).toBe('Photos');
      await press('End');
      await expect.poll(() => openTab()).toBe('Iceland');
      await press('Delete');
      await expect.poll(() => tabs()).toEqual(['Photos', 'Photos']);
    });

    it('open behind by the middle button and Ctrl, and close by the middle button, the cross and their menu', async () => {
      await row('Iceland').click({ button: 'middle' });
      await row('Norway').waitFor();
      await expect.poll(() => tabs()).toEqual(['Photos', 'Photos', 'Iceland']);
      await pane()
        .locator('[data-step]')
        .first()
        .click({ modifiers: ['Control'] });
      await expect.poll(async () => (await tabs()).sort()).toEqual(['Iceland', 'Photos', 'Photos', 'Stuff']);
      await row('Norway').click({ button: 'right' });
      await menu('Open in new tab');
      await expect.poll(() => tabs()).toContain('Norway');
      await tab('Iceland').click({ button: 'middle' });
      await tab('Norway').hover();
      await tab('Norway').locator('[data-close]').click();
      await expect.poll(async () => (await tabs()).sort()).toEqual(['Photos', 'Photos', 'Stuff']);
      await tab('Stuff').click({ button: 'right' });
      await menu('Close other tabs');
      // One alone needs no row.
      await expect.poll(() => pane().getByRole('tab').count()).toBe(0);
      await expect.poll(() => steps()).toEqual(['Stuff']);
    });

    it('are dragged to other places, and open when files rest on them', async () => {
      await open('Papers');
      await row('letter').waitFor();
      await press('Alt+t');
      await open('Photos');
      await tab('Photos').dragTo(tab('Papers'), { targetPosition: { x: 8, y: 12 } });
      await expect.poll(() => tabs()).toEqual(['Photos', 'Papers']);
      await tab('Papers').click();
      await row('letter').hover();
      await web.page.mouse.down();
      await tab('Photos').hover();
      await tab('Photos').hover({ position: { x: 30, y: 14 } });
      await row('Norway').waitFor();
      await dropOn(web.page, row('Norway'));
      await expect.poll(() => readdir(join(root, 'Photos', 'Norway'))).toEqual(['letter.txt']);
    });

    it('find their lists as they were left, each its own', async () => {
      await tab('Papers').click();
      await open('Music');
      await row('song 3.flac').click();
      await pane().getByRole('grid').hover();
      const top = () =>
        pane()
          .getByRole('grid')
          .evaluate((grid) => (grid as { scrollTop: number }).scrollTop);
      const left = 2000;
      await web.page.mouse.wheel(0, left);
      await expect.poll(top).toBe(left);
      await row('song 80.flac').click();
      await tab('Photos').click();
      await row('Iceland').click();
      await tab('Music').click();
      await expect.poll(() => selected()).toEqual(['song 80.flac']);
      await expect.poll(top).toBe(left);
      await tab('Photos').click();
      await expect.poll(() => selected()).toEqual(['Iceland']);
    });

    it('are all in a menu when there are more than have room', async () => {
      for (let number = 0; number < 9; number++) await press('Alt+t');
      await expect.poll(async () => (await tabs()).length).toBe(11);
      await web.page.getByRole('button', { name: 'All tabs' }).click();
      await takeScreenshots(web.page, 'workspace-many-tabs');
      await menu('Music');
      await expect.poll(() => openTab()).toBe('Music');
      await tab('Music').click({ button: 'right' });
      await menu('Close other tabs');
      await expect.poll(() => pane().getByRole('tab').count()).toBe(0);
    });
  });

  describe('panes', () => {
    it('stand side by side, and the one that was pointed at is the one that is meant', async () => {
      await open('Photos');
      await row('Iceland').click();
      await web.page.getByRole('button', { name: 'Split view' }).click();
      await expect.poll(() => web.page.locator('[data-pane]').count()).toBe(2);
      await open('Papers');
      expect(await steps(inactive())).toEqual(['Stuff', 'Photos']);
      expect(await selected(inactive())).toEqual(['Iceland']);
      await press('F6');
      await expect.poll(() => steps()).toEqual(['Stuff', 'Photos']);
      await press('Enter');
      await row('geysir').waitFor();
      await press('Backspace');
      await row('Norway').waitFor();
      expect(await steps(inactive())).toEqual(['Stuff', 'Papers']);
      await takeScreenshots(web.page, 'workspace-split');
      expect(await accessibilityProblems(web.page)).toEqual([]);
    });

    it('give files to each other: by dragging, by the menu and by keys', async () => {
      await row('Iceland').click();
      await press('Enter');
      await row('geysir').click();
      await press('Shift+F5');
      await expect.poll(() => readdir(join(root, 'Papers'))).toContain('geysir.jpg');
      const up = row('Stuff', pane()).or(pane().locator('[data-step]').first());
      await row('geysir', inactive()).waitFor();
      await unhurried(web.page, () => row('geysir', inactive()).dragTo(up));
      await expect.poll(() => readdir(root)).toContain('geysir.jpg');
    });

    it('open folders beside each other', async () => {
      await press('F6');
      await open('Photos');
      await row('Norway').click({ button: 'right' });
      await menu('Open in the other pane');
      await expect.poll(() => steps(inactive())).toEqual(['Stuff', 'Photos', 'Norway']);
      expect(await steps()).toEqual(['Stuff', 'Photos']);
    });

    it('are as wide as one likes, and equally wide after a double click', async () => {
      const separator = web.page.getByRole('separator', { name: 'Resize the panes' });
      const widths = async () =>
        Promise.all((await web.page.locator('[data-pane]').all()).map(async (one) => Math.round((await one.boundingBox())?.width ?? 0)));
      const [before = 0] = await widths();
      await separator.focus();
      await press('ArrowLeft');
      await expect.poll(async () => (await widths())[0]).toBeLessThan(before);
      const { x = 0, y = 0 } = (await separator.boundingBox()) ?? {};
      await web.page.mouse.dblclick(x, y + 200);
      await expect
        .poll(async () => {
          const [left = 0, right = 0] = await widths();
          return Math.abs(left - right);
        })
        .toBeLessThanOrEqual(2);
    });

    it('take tabs from each other, and go with their last one', async () => {
      await press('Alt+t');
      await open('Music');
      await tab('Music').dragTo(inactive().getByRole('tab').first(), { targetPosition: { x: 8, y: 12 } });
      await expect.poll(() => tabs()).toEqual(['Music', 'Norway']);
      await expect.poll(() => tabs(inactive())).toEqual(['Photos']);
      await inactive().getByRole('tab').click({ button: 'right' });
      await menu('Move to the other pane');
      await expect.poll(() => web.page.locator('[data-pane]').count()).toBe(1);
      await expect.poll(() => tabs()).toEqual(['Music', 'Norway', 'Photos']);
    });

    it('open for a tab that is dropped on the right half, and take one that is dropped on what they show', async () => {
      // Pointing at a tab makes its pane the active one.
      const [left, right] = [web.page.locator('[data-pane]').first(), web.page.locator('[data-pane]').last()];
      const drop = async (name: string, x: number, from: Locator, to: Locator) => {
        const { width = 0 } = (await to.boundingBox()) ?? {};
        await tab(name, from).dragTo(to.locator('[data-pane-content]'), { targetPosition: { x: width * x, y: 200 } });
      };
      await drop('Music', 0.3, left, left);
      expect(await web.page.locator('[data-pane]').count()).toBe(1);
      const { x = 0, y = 0, width = 0 } = (await left.boundingBox()) ?? {};
      await tab('Music', left).hover();
      await web.page.mouse.down();
      await web.page.mouse.move(x + width * 0.8, y + 250, { steps: 5 });
      await web.page.locator('[data-tab-drop]').getByText('Show beside this').waitFor();
      await takeScreenshots(web.page, 'workspace-tab-drop');
      await web.page.mouse.up();
      await expect.poll(() => web.page.locator('[data-pane]').count()).toBe(2);
      await expect.poll(async () => [await tabs(left), await tabs(right)]).toEqual([['Norway', 'Photos'], ['Music']]);
      await drop('Norway', 0.3, left, right);
      await expect.poll(() => tabs(right)).toEqual(['Music', 'Norway']);
      await drop('Music', 0.6, right, left);
      await expect.poll(() => tabs(left)).toEqual(['Photos', 'Music']);
      await drop('Norway', 0.6, right, left);
      // As it was before: a pane goes with its last tab.
      await expect.poll(() => tabs()).toEqual(['Photos', 'Music', 'Norway']);
    });

    it('come back after a restart, with everything in them', async () => {
      await press('F3');
      await expect.poll(() => web.page.locator('[data-pane]').count()).toBe(2);
      await web.page.reload();
      await expect.poll(() => web.page.locator('[data-pane]').count()).toBe(2);
      await expect.poll(() => tabs(web.page.locator('[data-pane]').first())).toEqual(['Photos', 'Music', 'Norway']);
      // As a browser that was closed begins: without what only this window knew.
      const opened = web.page.context().waitForEvent('page');
      await web.page.evaluate("void window.open(location.pathname, '_blank', 'noopener')");
      const page = await opened;
      await expect.poll(() => page.getByRole('tab').allTextContents()).toEqual(['Photos', 'Music', 'Norway', 'Norway']);
      // An address that is opened goes to the open tab.
      await page.goto(`${web.page.url().replace(/#.*/, '')}#/history`);
      await page.reload();
      await page.getByRole('tab', { name: 'History' }).waitFor();
      await page.close();
      await web.page.getByRole('button', { name: 'Close the other pane' }).click();
      await expect.poll(() => web.page.locator('[data-pane]').count()).toBe(1);
    });
  });

  it('opens another window with one tab, which goes its own way', async () => {
    await open('Photos');
    const opened = web.page.context().waitForEvent('page');
    await press('Alt+n');
    const other = await opened;
    await other.getByRole('row', { name: /^Norway/ }).waitFor();
    expect(await other.getByRole('tab').count()).toBe(0);
    expect(other.url()).not.toContain('window=');
    await other.getByRole('button', { name: 'All drives' }).click();
    await other.getByRole('heading', { name: 'All drives' }).waitFor();
    await other.reload();
    await other.getByRole('heading', { name: 'All drives' }).waitFor();
    expect(await steps()).toEqual(['Stuff', 'Photos']);
    await other.close();
    // What the next start begins with is the first window's.
    await web.page.reload();
    await expect.poll(() => steps()).toEqual(['Stuff', 'Photos']);
  });

  it('says nothing to the console', () => expect(web.said).toEqual([]));
});
