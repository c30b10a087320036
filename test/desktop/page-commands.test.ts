import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Config } from '#shared/contract/config.ts';
import { accessibilityProblems, takeScreenshots } from '#test/instruments/desktop-app/page-checks.ts';
import { chromiumAbility, loopMountAbility } from '#test/instruments/host-abilities.ts';
import { createDiskImage, type DiskImage } from '#test/instruments/loop-volume.ts';
import { WebPage } from '#test/instruments/web-page.ts';

const reason = chromiumAbility().reason ?? loopMountAbility().reason;

describe.skipIf(reason !== null)(`what the page can do, and by which keys (${reason ?? 'Chromium and real loop mounts'})`, () => {
  const label = `DECK-${process.pid}`;
  let web: WebPage;
  let stick: DiskImage;

  beforeAll(async () => {
    stick = await createDiskImage({ fileSystem: 'ext4', sizeMb: 24, label });
    const root = await stick.mount();
    await mkdir(join(root, 'Photos', 'Sweden'), { recursive: true });
    for (const name of ['boat.jpg', 'notes.txt', '<img src=x onerror=alert(1)>.txt']) await writeFile(join(root, 'Photos', name), name);
    web = await WebPage.open();
    await web.drive(label).click();
    await web.row(/^Photos/).dblclick();
    await web.row(/^boat/).waitFor();
    await web.page.getByRole('button', { name: 'Not now' }).click();
  });
  afterAll(async () => {
    await web?.[Symbol.asyncDispose]();
    await stick?.dispose();
  });

  const press = (keys: string) => web.page.keyboard.press(keys);
  const type = (text: string) => web.page.keyboard.type(text);
  const palette = () => web.page.getByRole('dialog', { name: 'Command palette' });
  const option = (name: string | RegExp) => palette().getByRole('option', { name });
  const dialog = (name: string | RegExp) => web.page.getByRole('dialog', { name });
  const focused = () => web.page.evaluate<string | null>(`document.activeElement.getAttribute('aria-label')`);
  /** Of the palette that is open: what is typed next is typed into it. */
  const takesLetters = () =>
    expect
      .poll(() => web.page.evaluate(`document.activeElement.closest('[role="dialog"]') !== null && document.activeElement.role`))
      .toBe('combobox');
  const openPalette = async (keys = 'Control+K') => {
    await press(keys);
    await takesLetters();
  };
  /** Closes what is in front of everything, and waits until the keyboard is where it was before. */
  const leave = async (front: Locator, keys = 'Escape') => {
    await press(keys);
    await front.waitFor({ state: 'hidden' });
    // It is given back by a timer, which was set before this one.
    await web.page.evaluate('new Promise((resolve) => setTimeout(resolve))');
  };
  const config = () => web.daemon.json<Config>(['system', 'config', 'get']);
  const html = (name: string) => web.page.evaluate<string | undefined>(`document.documentElement.dataset.${name}`);
  const line = (command: string) => web.page.locator(`[data-command="${command}"]`);
  const openPhotos = async () => {
    await web.drive(label).click();
    await web.row(/^Photos/).dblclick();
    await web.row(/^boat/).waitFor();
  };

  describe('the palette', () => {
    it('lists what can be done here, each with its keys, and goes by Escape', async () => {
      await web.row(/^boat/).click();
      await openPalette();
      await option(/^Rename/).waitFor();
      expect(await option(/^New folder…/).textContent()).toContain('AltShiftN');
      await takeScreenshots(web.page, 'page-palette');
      expect(await accessibilityProblems(web.page)).toEqual([]);
      await leave(palette());
      await expect.poll(focused).toBe('Files and folders');
    });

    it('does by a few letters what is meant, where the keyboard was', async () => {
      await web.row(/^boat/).click();
      await openPalette('Control+Shift+P');
      await type('ren');
      await expect.poll(() => option(/./).first().textContent()).toMatch(/^Rename/);
      await expect
        .poll(() =>
          option(/^Rename/)
            .first()
            .getAttribute('aria-selected'),
        )
        .toBe('true');
      await press('Enter');
      await web.page.getByRole('textbox', { name: /^New name of boat/ }).waitFor();
      await press('Escape');
      await expect.poll(focused).toBe('Files and folders');
    });

    it('leaves out what cannot be done, and says when nothing fits', async () => {
      await press('Escape');
      await openPalette();
      await type('duplicate');
      await option(/^Duplicate tab/).waitFor();
      expect(await option(/^DuplicateFiles/).count()).toBe(0);
      await web.page.getByRole('combobox').last().fill('qqqq');
      await palette().getByText('Nothing fits').waitFor();
      await takeScreenshots(web.page, 'page-palette-nothing');
      await leave(palette());
    });

    it('opens drives, folders that were open, pages and settings, by mouse as well', async () => {
      await openPalette();
      await type(label.toLowerCase());
      await option(new RegExp(`^${label}`)).click();
      await web.row(/^Photos/).waitFor();
      await openPalette();
      await type('photos');
      await option(/^Photos/)
        .first()
        .click();
      await web.row(/^boat/).waitFor();
      await openPalette();
      await type('density');
      await option(/^Density/).click();
      await web.page.getByRole('heading', { name: 'Settings' }).waitFor();
      await expect.poll(() => web.page.evaluate(`document.activeElement.textContent`)).toBe('Comfortable');
    });

    it('finds files wherever they are, and shows what they are called', async () => {
      await openPhotos();
      await web.daemon.json(['location', 'add', join(stick.mountPoint ?? '', 'Photos'), '--wait']);
      await openPalette();
      await type('onerror');
      await option(/<img src=x onerror=alert\(1\)>\.txt/).waitFor();
      await takeScreenshots(web.page, 'page-palette-files');
      await expect
        .poll(() =>
          option(/<img src=x/)
            .first()
            .getAttribute('aria-selected'),
        )
        .toBe('true');
      await press('Enter');
      await expect.poll(() => web.row(/^<img src=x/).getAttribute('aria-selected')).toBe('true');
      expect(web.said).toEqual([]);
    });

    it('opens from the help menu, and learns what is used', async () => {
      await web.page.getByRole('button', { name: 'Help', exact: true }).click();
      await web.page.getByRole('menuitem', { name: /^Command palette/ }).click();
      await takesLetters();
      await type('about');
      await option(/^About Mooring/).click();
      await dialog('About Mooring')
        .getByText(/^Made with the work of \d+ packages$/)
        .click();
      await dialog('About Mooring')
        .getByText(/^better-sqlite3/)
        .waitFor();
      await takeScreenshots(web.page, 'page-about');
      expect(await accessibilityProblems(web.page)).toEqual([]);
      await leave(dialog('About Mooring'));
      await openPalette();
      await expect.poll(() => option(/./).first().textContent()).toMatch(/^About Mooring/);
      await leave(palette(), 'Control+K');
    });
  });

  describe('keys', () => {
    it('mean their commands only where these are meant', async () => {
      await openPhotos();
      await web.row(/^notes/).click();
      const search = web.page.getByRole('combobox', { name: 'Search' });
      await search.click();
      for (const keys of ['Delete', 'F2', 'Backspace', '?', '/']) await press(keys);
      await expect.poll(() => search.inputValue()).toBe('?/');
      await search.fill('');
      await press('Escape');
      await openPhotos();
      await web.row(/^notes/).click();
      await web.page.getByRole('button', { name: 'Settings', exact: true }).focus();
      await press('Delete');
      await press('F2');
      expect(await web.page.getByRole('textbox', { name: /^New name/ }).count()).toBe(0);
      await web.row(/^notes/).waitFor();
    });

    it('are shown in menus', async () => {
      await web.row(/^notes/).click({ button: 'right' });
      expect(await web.page.getByRole('menuitem', { name: /^Rename/ }).textContent()).toContain('F2');
      await press('Escape');
      await web.page.getByRole('menu').waitFor({ state: 'hidden' });
    });

    it('are all on one sheet, which is searched', async () => {
      await web.row(/^notes/).click();
      await press('F1');
      const sheet = dialog('Keyboard shortcuts');
      await sheet.getByText('Rename').waitFor();
      await takeScreenshots(web.page, 'page-shortcuts');
      expect(await accessibilityProblems(web.page)).toEqual([]);
      await type('alt+shift+n');
      await expect.poll(() => sheet.getByText('Rename').count()).toBe(0);
      await sheet.getByText('New folder…').waitFor();
      await sheet.getByRole('button', { name: 'Change keys…' }).click();
      await web.page.getByRole('heading', { name: 'Keyboard', exact: true }).waitFor();
    });

    it('are changed by pressing others, and mean that at once', async () => {
      await web.page.getByRole('button', { name: 'Change the keys of Rename', exact: true }).click();
      await press('F8');
      await line('file.rename').getByText('F8').waitFor();
      await expect.poll(async () => (await config()).explorer.shortcuts).toEqual({ 'file.rename': 'F8' });
      await openPhotos();
      await web.row(/^notes/).click();
      await press('F2');
      expect(await web.page.getByRole('textbox', { name: /^New name/ }).count()).toBe(0);
      await press('F8');
      await web.page.getByRole('textbox', { name: /^New name of notes/ }).waitFor();
      await press('Escape');
    });

    it('that the browser keeps for itself are marked, and stand behind others', async () => {
      await press('Control+,');
      await web.page.getByText('Marked keys belong to the browser', { exact: false }).waitFor();
      const kept = line('tab.new').getByRole('img', { name: 'The browser keeps these keys for itself' });
      await expect.poll(() => kept.count()).toBe(1);
      expect(await line('tab.new').locator('kbd > kbd').allTextContents()).toEqual(['Alt', 'T', 'Ctrl', 'T']);
      expect(await line('file.rename').getByRole('img').count()).toBe(0);
      await openPhotos();
    });

    it('that mean something already are named, and taken only when the user says so', async () => {
      await press('Control+,');
      await web.page.getByRole('button', { name: 'Change the keys of Rename', exact: true }).click();
      await press('Control+d');
      await line('file.rename').getByText('Ctrl+D means “Duplicate” already.').waitFor();
      await takeScreenshots(web.page, 'page-keys');
      expect(await accessibilityProblems(web.page)).toEqual([]);
      await press('Escape');
      expect((await config()).explorer.shortcuts).toEqual({ 'file.rename': 'F8' });
      await web.page.getByRole('button', { name: 'Change the keys of Rename', exact: true }).click();
      await press('Control+d');
      await web.page.getByRole('button', { name: 'Use it here' }).click();
      await expect.poll(async () => (await config()).explorer.shortcuts).toEqual({ 'file.rename': 'mod+d', 'file.duplicate': null });
      await line('file.duplicate').getByText('None').waitFor();
    });

    it('that lists or the clipboard need are refused with the reason', async () => {
      await web.page.getByRole('button', { name: 'Change the keys of Duplicate', exact: true }).click();
      const status = line('file.duplicate').getByRole('status');
      await press('g');
      await expect.poll(() => status.textContent()).toMatch(/single letter/);
      await press('Control+c');
      await expect.poll(() => status.textContent()).toBe('These keys belong to “Copy” everywhere.');
      await press('ArrowDown');
      await expect.poll(() => status.textContent()).toMatch(/Lists and dialogs/);
      await press('Escape');
      await expect.poll(async () => (await config()).explorer.shortcuts).toEqual({ 'file.rename': 'mod+d', 'file.duplicate': null });
    });

    it('are all as usual again by one button, and that is taken back by another', async () => {
      await web.page.getByRole('button', { name: 'Reset all keys' }).click();
      const undo = web.corner.getByRole('button', { name: 'Undo' });
      // The message stays for as long as one points at it.
      await undo.hover();
      await expect.poll(async () => (await config()).explorer.shortcuts).toEqual({});
      await line('file.duplicate').getByText('Ctrl', { exact: true }).waitFor();
      await undo.click();
      await expect.poll(async () => (await config()).explorer.shortcuts).toEqual({ 'file.rename': 'mod+d', 'file.duplicate': null });
      await web.page.getByRole('button', { name: 'Give Duplicate its usual keys' }).click();
      await expect.poll(async () => (await config()).explorer.shortcuts).toEqual({ 'file.rename': null });
      await web.page.getByRole('button', { name: 'Reset all keys' }).click();
      await expect.poll(async () => (await config()).explorer.shortcuts).toEqual({});
    });
  });

  describe('the settings', () => {
    it('are found by what they are about, and led to section by section', async () => {
      const field = web.page.getByRole('searchbox', { name: 'Search the settings' });
      await field.fill('umlaut');
      await web.page.getByText('No setting of that kind').waitFor();
      await field.fill('network');
      await web.page.getByRole('combobox', { name: 'Look at network drives every' }).selectOption({ label: '5 minutes' });
      await expect.poll(async () => (await config()).indexing.networkPollMs).toBe(300_000);
      await expect.poll(() => web.page.getByRole('switch', { name: 'Folders first' }).count()).toBe(0);
      await field.fill('');
      await web.page.getByRole('navigation', { name: 'Sections' }).getByRole('button', { name: 'Advanced' }).click();
      await web.page.getByRole('combobox', { name: 'Log', exact: true }).selectOption({ label: 'Detailed' });
      await expect.poll(async () => (await config()).log.level).toBe('debug');
      await web.page.getByRole('button', { name: 'Add folder…' }).click();
      await web.page.getByRole('textbox', { name: 'Folder' }).fill('relative');
      await expect.poll(() => web.page.getByRole('button', { name: 'Add', exact: true }).isDisabled()).toBe(true);
      await web.page.getByRole('textbox', { name: 'Folder' }).fill('/srv/libraries');
      await press('Enter');
      await web.page.getByRole('button', { name: 'Remove /srv/libraries' }).waitFor();
      await expect.poll(async () => (await config()).libraries.folders).toEqual(['/srv/libraries']);
      await takeScreenshots(web.page, 'page-settings-advanced');
      expect(await accessibilityProblems(web.page)).toEqual([]);
    });

    it('say how copies are checked where nobody says otherwise', async () => {
      await web.page.getByRole('combobox', { name: 'Check copies' }).selectOption('hash');
      await expect.poll(async () => (await config()).copying.verify).toBe('hash');
      await openPhotos();
      await web.row(/^notes/).click();
      await press('Control+c');
      await press('Backspace');
      await web.row(/^Photos/).waitFor();
      await press('Control+v');
      await web.row(/^notes/).waitFor();
      await expect
        .poll(async () => {
          const { items } = await web.daemon.json<{ items: { type: string; input: { verify?: string } }[] }>(['action', 'list']);
          return items.find((action) => action.type === 'file.copy')?.input.verify;
        })
        .toBe('hash');
      await press('Control+,');
    });

    it('make the page denser, and let nothing move', async () => {
      const height = async () => (await web.page.getByRole('button', { name: 'Settings', exact: true }).boundingBox())?.height ?? 0;
      const before = await height();
      await web.page.getByRole('radio', { name: 'Compact' }).click();
      await expect.poll(() => html('density')).toBe('compact');
      await expect.poll(height).toBeLessThan(before);
      await web.page.getByRole('radio', { name: 'Reduced' }).click();
      await expect.poll(() => html('motion')).toBe('reduced');
      await openPalette();
      const moving = `document.getAnimations().filter((one) => one.effect.getComputedTiming().endTime > 10).length`;
      expect(await web.page.evaluate(moving)).toBe(0);
      await leave(palette());
      await openPhotos();
      await takeScreenshots(web.page, 'page-compact');
      expect(await accessibilityProblems(web.page)).toEqual([]);
      await press('Control+,');
      await web.page.getByRole('radio', { name: 'Comfortable' }).click();
      await expect.poll(() => html('density')).toBe('comfortable');
    });
  });

  describe('the help', () => {
    it('is opened from its menu, topic by topic, and keeps its place in the address', async () => {
      await web.page.getByRole('button', { name: 'Help', exact: true }).click();
      await web.page.getByRole('menuitem', { name: 'Help' }).click();
      await web.page.getByRole('heading', { name: 'Help', level: 1 }).waitFor();
      await takeScreenshots(web.page, 'page-help');
      expect(await accessibilityProblems(web.page)).toEqual([]);
      await web.page.getByRole('navigation', { name: 'Topics' }).getByRole('button', { name: 'Copies you can trust' }).click();
      await web.page.getByRole('heading', { name: 'Interrupted' }).waitFor();
      await takeScreenshots(web.page, 'page-help-topic');
      await web.page.reload();
      await web.page.getByRole('heading', { name: 'Interrupted' }).waitFor();
      await press('Alt+ArrowLeft');
      await web.page.getByRole('heading', { name: 'Help', level: 1 }).waitFor();
    });

    it('leads through the first steps, which say how far they are done', async () => {
      await web.page.getByRole('button', { name: 'Getting started' }).click();
      const steps = web.page.getByRole('region', { name: 'Getting started' });
      await steps.getByText(/of 3 done/).waitFor();
      await takeScreenshots(web.page, 'page-getting-started');
      expect(await accessibilityProblems(web.page)).toEqual([]);
      await steps.getByRole('button', { name: 'Open the palette' }).click();
      await palette().waitFor();
      await leave(palette());
      await steps.getByRole('button', { name: 'Open the palette' }).waitFor({ state: 'hidden' });
      await steps.getByRole('button', { name: 'Hide the first steps' }).click();
      await steps.waitFor({ state: 'hidden' });
    });
  });

  it('speaks German: names of commands and of keys', async () => {
    await press('Control+,');
    await web.page.getByRole('radio', { name: 'Deutsch' }).click();
    await web.page.getByRole('heading', { name: 'Einstellungen' }).waitFor();
    await takeScreenshots(web.page, 'page-german-settings-all');
    await press('Control+K');
    await takesLetters();
    await type('neuer ordner');
    await leave(web.page.getByRole('dialog'));
    await press('F1');
    await dialog('Tastenkürzel').getByText('Umschalt').first().waitFor();
    await takeScreenshots(web.page, 'page-german-shortcuts');
    await leave(dialog('Tastenkürzel'));
    await web.page.getByRole('radio', { name: 'English' }).click();
  });

  it('says nothing to the console', () => expect(web.said).toEqual([]));
});
