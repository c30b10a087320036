import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Metrics } from '#shared/contract/system.ts';
import { accessibilityProblems, settled, takeScreenshots } from '#test/instruments/desktop-app/page-checks.ts';
import { chromiumAbility, loopMountAbility } from '#test/instruments/host-abilities.ts';
import { createDiskImage, type DiskImage } from '#test/instruments/loop-volume.ts';
import { WebPage } from '#test/instruments/web-page.ts';

const reason = chromiumAbility().reason ?? loopMountAbility().reason;

const MANY = 1200;
/** More than are counted, or loaded at once. */
const MORE_THAN_COUNTED = 10_050;
const WAIT = { timeout: 20_000, interval: 200 };
/**
 * Types these letters one after the other, faster than any answer can come: the page draws itself anew after each, and its calls are sent, but
 * nothing that arrives is looked at before the last.
 */
const typeAtOnce = (text: string) => `(async () => {
  const field = document.querySelector('[role="combobox"]');
  const setValue = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set;
  for (let end = 1; end <= ${text.length}; end++) {
    setValue.call(field, ${JSON.stringify(text)}.slice(0, end));
    field.dispatchEvent(new Event('input', { bubbles: true }));
    for (let step = 0; step < 100; step++) await null;
  }
})()`;

/** Notes whether the list of results was ever empty. */
const WATCH_LIST = `(() => {
  window.wasEmpty = false;
  const look = () => { window.wasEmpty ||= document.querySelector('[role="grid"] [aria-selected]') === null; };
  new MutationObserver(look).observe(document.querySelector('main'), { childList: true, subtree: true });
})()`;

describe.skipIf(reason !== null)(`search in the page (${reason ?? 'Chromium and real loop mounts'})`, () => {
  const [hereLabel, awayLabel, targetLabel] = [`HERE-${process.pid}`, `AWAY-${process.pid}`, `DROP-${process.pid}`];
  let web: WebPage;
  let here: DiskImage;
  let away: DiskImage;
  let root: string;
  let awayRoot: string;

  beforeAll(async () => {
    here = await createDiskImage({ fileSystem: 'ext4', sizeMb: 64, label: hereLabel });
    away = await createDiskImage({ fileSystem: 'ext4', sizeMb: 24, label: awayLabel });
    root = await here.mount();
    awayRoot = await away.mount();
    await mkdir(join(root, 'Photos', 'Iceland', 'Day 1'), { recursive: true });
    await mkdir(join(root, 'Photos', 'many'));
    for (const name of [
      'Glacier walk.mov',
      'glacier map.pdf',
      'IMG_0017.jpg',
      'Glaçier á la carte.txt',
      '.glacier-cache',
      `${'a'.repeat(40)}!`,
      '<b>glacier\u202E.txt',
    ]) {
      await writeFile(join(root, 'Photos', 'Iceland', 'Day 1', name), Buffer.alloc(2000));
    }
    for (let number = 0; number < MANY; number++) await writeFile(join(root, 'Photos', 'many', `frame ${number}.png`), '');
    await mkdir(join(root, 'Notes', 'Minutes'), { recursive: true });
    for (let number = 0; number < MORE_THAN_COUNTED; number++) await writeFile(join(root, 'Notes', 'Minutes', `minute ${number}.md`), '');
    await mkdir(join(awayRoot, 'Reports', '2019'), { recursive: true });
    await writeFile(join(awayRoot, 'Reports', '2019', 'Glacier survey.pdf'), Buffer.alloc(5000));
    await writeFile(join(awayRoot, 'Reports', '2019', 'budget.xlsx'), Buffer.alloc(700));
    web = await WebPage.open();
    await web.daemon.json(['system', 'config', 'set', 'volumes.prompt', 'false']);
    for (const path of [join(root, 'Photos'), join(root, 'Notes'), join(awayRoot, 'Reports')]) {
      await web.daemon.json(['location', 'add', path, '--wait']);
    }
    await away.unplug();
    await vi.waitFor(async () => expect(await online()).toEqual([true, true, false]), WAIT);
  });
  afterAll(async () => {
    await web?.[Symbol.asyncDispose]();
    await here?.dispose();
    await away?.dispose();
  });

  const locations = async () => (await web.daemon.json<{ items: { name: string; isOnline: boolean }[] }>(['location', 'list'])).items;
  const online = async () => (await locations()).sort((a, b) => a.name.localeCompare(b.name)).map(({ isOnline }) => isOnline);
  const calls = async (procedure: string) => {
    const { byProcedure } = (await web.daemon.json<Metrics>(['system', 'metrics'])).calls;
    return byProcedure.find((entry) => entry.procedure === procedure)?.total ?? 0;
  };
  const box = () => web.page.getByRole('combobox', { name: 'Search' });
  const main = () => web.page.getByRole('main');
  const heading = () => main().getByRole('heading', { level: 1 });
  /** Of the list for what is written now. */
  const option = (name: string | RegExp) => web.page.locator('[role="listbox"]:not([aria-busy])').getByRole('option', { name });
  const marksOf = (name: RegExp) => web.row(name).locator('mark').allTextContents();
  /** The order is that of the rows on screen, not only the one that is asked for. */
  const sortedByName = (order: 'ascending' | 'descending') =>
    expect.poll(() => web.page.getByRole('columnheader', { name: 'Name' }).getAttribute('aria-sort')).toBe(order);
  const chips = () => main().getByRole('list', { name: 'Filters' }).getByRole('listitem');
  const place = (name: string) => web.page.locator('nav [data-location]').filter({ hasText: name });
  const middleOf = async (target: Locator) => {
    const { x = 0, y = 0, width = 0, height = 0 } = (await target.boundingBox()) ?? {};
    return { x: x + width / 2, y: y + height / 2 };
  };
  const openIceland = async () => {
    await place('Photos').click();
    await web.row(/^Iceland/).dblclick();
    await web.row(/^Day 1/).waitFor();
  };

  it('finds while one types, says where, marks what was looked for, and gives the folder back', async () => {
    await openIceland();
    await web.page.keyboard.press('/');
    await web.page.keyboard.type('glacier');
    await web.row(/^Glacier survey\.pdf/).waitFor();
    await expect.poll(() => heading().textContent()).toBe('6 results');
    await web.row(/^Glacier walk\.mov Photos › Iceland › Day 1 .* 2 kB/).waitFor();
    await web.row(/^Glaçier á la carte\.txt/).waitFor();
    // Fewer letters find the same.
    await expect.poll(() => marksOf(/^glacier map\.pdf/)).toEqual(['glacier']);
    await expect.poll(() => marksOf(/^Glaçier/)).toEqual(['Glaçier']);
    await expect.poll(() => marksOf(/^<b>glacier⟨U\+202E⟩\.txt/)).toEqual(['glacier']);
    await takeScreenshots(web.page, 'search');
    expect(await accessibilityProblems(web.page)).toEqual([]);
    await web.page.keyboard.press('Escape');
    await web.row(/^Day 1/).waitFor();
    await expect.poll(() => box().inputValue()).toBe('');
    const steps = web.page.getByRole('navigation', { name: 'Path' }).locator('[data-step]');
    await expect.poll(() => steps.allTextContents()).toEqual(['Photos', 'Iceland']);
  });

  it('asks twice at most for ten letters that come at once: the first, and the newest', async () => {
    await place('Photos').click();
    await web.page.keyboard.press('Control+f');
    const before = [await calls('search.query'), await calls('search.complete')];
    await web.page.evaluate(typeAtOnce('glacier ma'));
    await web.row(/^glacier map\.pdf/).waitFor();
    await expect.poll(() => heading().textContent()).toBe('1 result');
    const after = [await calls('search.query'), await calls('search.complete')];
    for (const [index, count] of after.entries()) expect(count - (before[index] ?? 0)).toBeLessThanOrEqual(2);
  });

  it('keeps what was found until something newer is', async () => {
    await box().fill('glacier');
    await web.row(/^Glacier walk\.mov/).waitFor();
    // The list is never taken away between two answers.
    await web.page.evaluate(WATCH_LIST);
    await web.page.keyboard.type(' w');
    await expect.poll(() => heading().textContent()).toBe('1 result');
    await web.page.keyboard.press('Backspace');
    await expect.poll(() => heading().textContent()).toBe('6 results');
    expect(await web.page.evaluate('window.wasEmpty')).toBe(false);
  });

  it('shows filters as chips that can be taken out and written anew, and what is wrong where it is', async () => {
    await box().fill('glacier -walk ext:pdf size:>abc tag:Work');
    await web.page.locator('[data-problem="mistake"]').waitFor();
    expect(await web.page.locator('[data-problem="mistake"]').textContent()).toBe('>abc');
    expect(await web.page.locator('[data-problem="unknown-yet"]').textContent()).toContain('Work');
    await main().getByText('Tags are not known yet', { exact: false }).waitFor();
    expect(await box().getAttribute('aria-invalid')).toBe('true');
    await expect.poll(() => heading().textContent()).toBe('2 results');
    await takeScreenshots(web.page, 'search-chips');
    expect(await accessibilityProblems(web.page)).toEqual([]);

    await main()
      .getByRole('button', { name: /size:|>abc/ })
      .click();
    expect(await web.page.evaluate('getSelection().toString()')).toBe('>abc');
    // One after the other, also before the engine has answered.
    await chips().getByRole('button', { name: 'Remove tag:Work' }).click();
    await main().getByRole('button', { name: 'Remove ext:pdf' }).click();
    await expect.poll(() => box().inputValue()).toBe('glacier -walk size:>abc');
    await chips().filter({ hasText: 'walk' }).getByRole('button').first().click();
    await expect.poll(() => web.page.evaluate('getSelection().toString()')).toBe('-walk');
    await web.page.keyboard.type('survey');
    await expect.poll(() => box().inputValue()).toBe('glacier survey size:>abc');
    await web.row(/^Glacier survey\.pdf/).waitFor();
  });

  it('has menus of the filters that one wants most', async () => {
    await box().fill('glacier OR budget');
    await expect.poll(() => heading().textContent()).toBe('7 results');
    const choose = async (menu: string, choice: string) => {
      await main().getByRole('button', { name: menu, exact: true }).click();
      await web.page.getByRole('menuitem', { name: choice, exact: true }).click();
    };
    await choose('Drive', 'Not plugged in');
    await expect.poll(() => box().inputValue()).toBe('(glacier OR budget) is:offline');
    await expect.poll(() => heading().textContent()).toBe('2 results');
    await choose('Kind', 'Tables');
    await expect.poll(() => heading().textContent()).toBe('1 result');
    await web.row(/^budget\.xlsx/).waitFor();
    await choose('Kind', 'Documents');
    await expect.poll(() => box().inputValue()).toBe('(glacier OR budget) is:offline kind:document');
    await choose('Drive', 'Any drive');
    await expect.poll(() => box().inputValue()).toBe('(glacier OR budget) kind:document');
  });

  it('proposes what could be written, by keyboard and mouse', async () => {
    await box().fill('');
    await web.page.keyboard.type('glacier ki');
    await option(/^kind:/)
      .first()
      .waitFor();
    await takeScreenshots(web.page, 'search-completion');
    expect(await accessibilityProblems(web.page)).toEqual([]);
    await web.page.keyboard.press('ArrowDown');
    const active = await box().getAttribute('aria-activedescendant');
    expect(await web.page.locator(`[id="${active}"]`).getAttribute('aria-selected')).toBe('true');
    await web.page.keyboard.press('Enter');
    await expect.poll(() => box().inputValue()).toBe('glacier kind:');
    await option('image').waitFor();
    await web.page.keyboard.type('vid');
    await option('video').click();
    await expect.poll(() => box().inputValue()).toBe('glacier kind:video');
    await web.page.getByRole('listbox').waitFor({ state: 'detached' });
    await web.row(/^Glacier walk\.mov/).waitFor();
    expect(await web.page.evaluate('document.activeElement.getAttribute("role")')).toBe('combobox');
    await web.page.keyboard.type(' in:rep');
    await option(/^Reports/).waitFor();
    await web.page.keyboard.press('Escape');
    await web.page.getByRole('listbox').waitFor({ state: 'detached' });
    expect(await box().inputValue()).toBe('glacier kind:video in:rep');
  });

  it('goes from the field into the list, opens the folder of a hit with it selected, and comes back to the search', async () => {
    await box().fill('glacier map');
    await web.row(/^glacier map\.pdf/).waitFor();
    await box().press('ArrowDown');
    await expect.poll(() => web.row(/^glacier map\.pdf/).getAttribute('aria-selected')).toBe('true');
    await web.page.keyboard.press('Enter');
    await web.page.getByRole('navigation', { name: 'Path' }).getByRole('button', { name: 'Day 1' }).waitFor();
    await expect.poll(() => web.row(/^glacier map\.pdf/).getAttribute('aria-selected')).toBe('true');
    await web.page.goBack();
    await expect.poll(() => box().inputValue()).toBe('glacier map');
    await web.row(/^glacier map\.pdf/).waitFor();
    await web.page.goForward();
    await web.row(/^IMG_0017\.jpg/).waitFor();
    // A hidden file is shown as well when it is what was looked for.
    await box().fill('glacier-cache');
    await web.row(/^\.glacier-cache/).dblclick();
    await expect.poll(() => web.row(/^\.glacier-cache/).getAttribute('aria-selected')).toBe('true');
    await web.page.getByRole('button', { name: 'Hide hidden files' }).click();
  });

  it('is a place of its own: its address leads to the same results in the same order', async () => {
    await box().fill('frame kind:image');
    await main().getByRole('button', { name: 'Best match' }).click();
    await web.page.getByRole('menuitem', { name: 'Name', exact: true }).click();
    await sortedByName('ascending');
    await web.row(/^frame 0\.png/).waitFor();
    await web.page.getByRole('columnheader', { name: 'Name' }).getByRole('button').click();
    await sortedByName('descending');
    await web.row(/^frame 1199\.png/).waitFor();
    await web.page.reload();
    await web.row(/^frame 1199\.png/).waitFor();
    await sortedByName('descending');
    await expect.poll(() => box().inputValue()).toBe('frame kind:image');
    await expect.poll(() => heading().textContent()).toBe(`${MANY.toLocaleString('en')} results`);
  });

  it('reaches the last of many results, and selects all of them', async () => {
    await web.row(/^frame 1199\.png/).click();
    await web.page.keyboard.press('End');
    await expect.poll(() => web.row(/^frame 0\.png/).getAttribute('aria-selected')).toBe('true');
    await web.page.keyboard.press('Control+a');
    await web.page.getByText(`${MANY.toLocaleString('en')} selected`).waitFor();
    await web.page.keyboard.press('Escape');
    await web.page.getByText(`${MANY.toLocaleString('en')} selected`).waitFor({ state: 'detached' });
    // With nothing selected any more, it is the search that one wants to be rid of.
    await web.page.keyboard.press('Escape');
    await expect.poll(() => box().inputValue()).toBe('');
    await web.row(/^IMG_0017\.jpg/).waitFor();
  });

  it('says which drive to plug in, and where it was last seen, and opens the folder all the same', async () => {
    await box().fill('survey');
    await web.row(/^Glacier survey\.pdf Reports › 2019 /).click();
    await web
      .row(/^Glacier survey\.pdf/)
      .getByLabel('Not plugged in')
      .last()
      .waitFor();
    const notice = main()
      .getByRole('status')
      .filter({ hasText: `“Glacier survey.pdf” is on “${awayLabel}”` });
    await notice.getByText(`at ${awayRoot}, this computer`, { exact: false }).waitFor();
    await takeScreenshots(web.page, 'search-offline');
    expect(await accessibilityProblems(web.page)).toEqual([]);
    await web.row(/^Glacier survey\.pdf/).dblclick();
    await main().getByText(`Plug in “${awayLabel}” to open its files`).waitFor();
    await expect.poll(() => web.row(/^Glacier survey\.pdf/).getAttribute('aria-selected')).toBe('true');
    await web.row(/^budget\.xlsx/).waitFor();
  });

  it('keeps what a menu is about in the list until the menu is closed, whatever has been found since', async () => {
    await box().fill('glacier');
    await web.row(/^glacier map\.pdf/).waitFor();
    // At once: no answer can come in between.
    await web.page.evaluate(`(() => {
      const field = document.querySelector('[role="combobox"]');
      Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(field, 'frame');
      field.dispatchEvent(new Event('input', { bubbles: true }));
      const row = [...document.querySelectorAll('[role="row"]')].find((row) => row.textContent.includes('glacier map'));
      const { left, top } = row.getBoundingClientRect();
      row.dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, cancelable: true, clientX: left + 60, clientY: top + 8 }));
    })()`);
    await expect.poll(() => heading().textContent()).toBe(`${MANY.toLocaleString('en')} results`);
    await web.row(/^glacier map\.pdf/).waitFor();
    await web.page.getByRole('menuitem', { name: /^Copy path/ }).waitFor();
    await web.page.keyboard.press('Escape');
    await web
      .row(/^frame \d+\.png/)
      .first()
      .waitFor();
  });

  it('says in the field what is wrong in the search of the pane that one is in', async () => {
    await box().fill('glacier size:much');
    await expect.poll(() => box().getAttribute('aria-invalid')).toBe('true');
    await web.page.getByRole('button', { name: 'Split view' }).click();
    await expect.poll(() => web.page.locator('[data-pane]').count()).toBe(2);
    await box().fill('frame');
    await web
      .row(/^frame \d+\.png/)
      .first()
      .waitFor();
    expect(await box().getAttribute('aria-invalid')).toBeNull();
    await web.page.keyboard.press('F6');
    await expect.poll(() => box().inputValue()).toBe('glacier size:much');
    await expect.poll(() => box().getAttribute('aria-invalid')).toBe('true');
    await web.page.locator('[data-problem="mistake"]').waitFor();
    expect(await accessibilityProblems(web.page)).toEqual([]);
    await web.page.getByRole('button', { name: 'Close the other pane' }).click();
    await expect.poll(() => web.page.locator('[data-pane]').count()).toBe(1);
  });

  it('finds at once what appears while its results are shown', async () => {
    await box().fill('moraine');
    await main().getByText('Nothing found').waitFor();
    await writeFile(join(root, 'Photos', 'Iceland', 'Moraine.jpg'), 'x');
    await web.row(/^Moraine\.jpg/).waitFor();
    await away.mount();
    await box().fill('survey');
    await web.row(/^Glacier survey\.pdf/).waitFor();
    await expect
      .poll(() =>
        web
          .row(/^Glacier survey\.pdf/)
          .getByLabel('Not plugged in')
          .count(),
      )
      .toBe(0);
    await away.unplug();
    await web
      .row(/^Glacier survey\.pdf/)
      .getByLabel('Not plugged in')
      .last()
      .waitFor();
  });

  it('says what can be written before anything is, and what to do when nothing is found', async () => {
    await box().fill('');
    await main().getByRole('button', { name: 'is:offline' }).waitFor();
    await takeScreenshots(web.page, 'search-intro');
    expect(await accessibilityProblems(web.page)).toEqual([]);
    await main()
      .getByRole('button', { name: /^is:offline/ })
      .click();
    await web.row(/^budget\.xlsx/).waitFor();
    await box().fill('survey kind:audio');
    await main().getByText('Nothing matches all of the filters.').waitFor();
    await main().getByRole('button', { name: 'Search without filters' }).click();
    await web.row(/^Glacier survey\.pdf/).waitFor();
  });

  it('gives up a search that would never end, and answers the next one', async () => {
    await box().fill('name:/^(a+)+$/');
    await main().getByRole('alert').getByText('The search was stopped').waitFor();
    await takeScreenshots(web.page, 'search-too-slow');
    expect(await accessibilityProblems(web.page)).toEqual([]);
    await box().fill('glacier map');
    await web.row(/^glacier map\.pdf/).waitFor();
  });

  it('marks what was looked for also in the names of folders, and what an expression has found', async () => {
    await box().fill('iceland walk');
    const row = web.row(/^Glacier walk\.mov/);
    await row.waitFor();
    await expect.poll(() => row.locator('mark').allTextContents()).toEqual(['walk', 'Iceland']);
    await takeScreenshots(web.page, 'search-folder-marks');
    expect(await accessibilityProblems(web.page)).toEqual([]);
    await box().fill('name:/\\d+/ ext:jpg');
    await expect
      .poll(() =>
        web
          .row(/^IMG_0017\.jpg/)
          .locator('mark')
          .allTextContents(),
      )
      .toEqual(['0017']);
  });

  const grid = () => main().getByRole('grid');
  /** The row that is selected, and how far the list is scrolled. */
  const standing = () =>
    web.page.evaluate<{ top: number; selected: string[] }>(`({
      top: document.querySelector('main [role="grid"]')?.scrollTop,
      selected: [...document.querySelectorAll('[role="row"][aria-selected="true"]')].map((row) => row.dataset.path),
    })`);

  it('is found as it was left when one comes back to it: at the same rows, with the same one selected', async () => {
    await box().fill('frame kind:image');
    await main().getByRole('button', { name: 'Best match' }).click();
    await web.page.getByRole('menuitem', { name: 'Name', exact: true }).click();
    await sortedByName('ascending');
    // Only then is the list as long as all that was found.
    await expect.poll(() => grid().getAttribute('aria-rowcount')).toBe(String(MANY + 1));
    await web.row(/^frame 0\.png/).click();
    await grid().hover();
    await web.page.mouse.wheel(0, 21_000);
    await expect.poll(async () => (await standing()).top).toBe(21_000);
    await web.row(/^frame 705\.png/).click();
    const left = await standing();
    await web.row(/^frame 705\.png/).dblclick();
    await expect.poll(() => grid().getAttribute('aria-label')).toBe('Files and folders');
    await expect.poll(() => web.row(/^frame 705\.png/).getAttribute('aria-selected')).toBe('true');
    await settled(web.page);
    const inFolder = await standing();
    await web.page.goBack();
    await expect.poll(standing).toEqual(left);
    await web.row(/^frame 705\.png/).waitFor();
    await web.page.goForward();
    await expect.poll(standing).toEqual(inFolder);
    await web.page.goBack();
    await expect.poll(standing).toEqual(left);
    // Nothing is loaded then: the list is read again as far as it was.
    await web.page.reload();
    await web.row(/^frame 705\.png/).waitFor();
    await expect.poll(standing).toEqual(left);
    // Another query begins anew.
    await box().fill('frame 1');
    await web.row(/^frame 1\.png/).waitFor();
    await expect.poll(standing).toEqual({ top: 0, selected: [] });
  });

  it('counts anew what has changed while another place was open', async () => {
    const count = (number: number) => expect.poll(() => heading().textContent()).toBe(`${number.toLocaleString('en')} results`);
    const found = async () => (await web.daemon.json<{ items: unknown[] }>(['search', 'frame extra'])).items.length;
    const extra = join(root, 'Photos', 'many', 'frame extra.png');
    await box().fill('frame');
    await count(MANY);
    await web.page.getByRole('button', { name: 'All drives' }).click();
    await writeFile(extra, '');
    await expect.poll(found).toBe(1);
    await web.page.goBack();
    await count(MANY + 1);
    await rm(extra);
    await count(MANY);
  });

  it('says that there are more than it counts, and goes on beyond all the same', async () => {
    await box().fill('minute ext:md');
    await expect.poll(() => heading().textContent()).toBe('Over 10,000 results');
    await takeScreenshots(web.page, 'search-over');
    await web.daemon.json(['saved-search', 'add', 'All minutes', 'minute ext:md']);
    await web.page.locator('nav [data-search]').getByText('10,000+', { exact: true }).waitFor();
    await takeScreenshots(web.page, 'search-over');
    expect(await accessibilityProblems(web.page)).toEqual([]);
    await web
      .row(/^minute/)
      .first()
      .click();
    await web.page.keyboard.press('Control+a');
    await web.page.getByText('Too many results to select all').waitFor();
    expect(await web.page.locator('[role="row"][aria-selected="true"]').count()).toBe(1);
    // As one goes on, the list grows to its end, which lies beyond what was counted.
    const length = () => grid().getAttribute('aria-rowcount');
    for (let before = await length(); before !== String(MORE_THAN_COUNTED + 1); before = await length()) {
      await web.page.keyboard.press('End');
      await expect.poll(length).not.toBe(before);
    }
    await web.page.keyboard.press('End');
    await web.page.locator(`[role="row"][aria-rowindex="${MORE_THAN_COUNTED + 1}"][aria-selected="true"]`).waitFor();
  });

  it('copies a hit that is dragged onto a drive, and on into a folder of that', async () => {
    const target = await createDiskImage({ fileSystem: 'ext4', sizeMb: 24, label: targetLabel });
    try {
      const targetRoot = await target.mount();
      await mkdir(join(targetRoot, 'Inbox'));
      await box().fill('glacier map');
      await web.row(/^glacier map\.pdf/).dragTo(web.drive(targetLabel));
      const copied = Buffer.alloc(2000);
      await vi.waitFor(async () => expect(await readFile(join(targetRoot, 'glacier map.pdf'))).toEqual(copied), WAIT);
      expect(await readFile(join(root, 'Photos', 'Iceland', 'Day 1', 'glacier map.pdf'))).toEqual(copied);
      // Resting on the drive opens it, and one goes on into a folder of it.
      await web.row(/^glacier map\.pdf/).hover();
      await web.page.mouse.down();
      await web.drive(targetLabel).hover();
      await web.drive(targetLabel).hover({ position: { x: 20, y: 12 } });
      // Nothing is looked for any more then: it springs open as well when the drop comes late, and takes it all the same.
      const { x, y } = await middleOf(web.row(/^Inbox/));
      await web.page.mouse.move(x, y);
      await web.page.mouse.move(x + 8, y);
      await web.page.mouse.up();
      await vi.waitFor(async () => expect(await readFile(join(targetRoot, 'Inbox', 'glacier map.pdf'))).toEqual(copied), WAIT);
      await box().fill('glacier map');
      await web.row(/^glacier map\.pdf Photos/).waitFor();
    } finally {
      await target.dispose();
    }
  });

  it('offers with a hit what can be done with a file in its folder', async () => {
    await web.row(/^glacier map\.pdf/).click({ button: 'right' });
    await web.page.getByRole('menuitem', { name: /^Copy to/ }).waitFor();
    await web.page.getByRole('menuitem', { name: 'Show in its folder' }).click();
    await web.page.getByRole('navigation', { name: 'Path' }).getByRole('button', { name: 'Day 1' }).waitFor();
    await expect.poll(() => web.row(/^glacier map\.pdf/).getAttribute('aria-selected')).toBe('true');
    await web.page.goBack();
    await expect.poll(() => box().inputValue()).toBe('glacier map');
    await box().fill('iceland kind:folder');
    await web.row(/^Iceland Photos/).dblclick();
    await web.row(/^Day 1/).waitFor();
  });

  it('opens a folder that was found in a tab behind, with the middle button', async () => {
    await box().fill('iceland kind:folder');
    await web
      .row(/^Iceland/)
      .first()
      .click({ button: 'middle' });
    await expect.poll(() => web.page.getByRole('tab').allTextContents()).toEqual([expect.stringContaining('iceland'), 'Iceland']);
    await web.page.getByRole('tab', { name: 'Iceland', exact: true }).click();
    await expect.poll(() => web.page.getByRole('navigation', { name: 'Path' }).locator('[data-step]').last().textContent()).toBe('Iceland');
  });

  it('says nothing to the console', () => expect(web.said).toEqual([]));
});
