import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { accessibilityProblems, takeScreenshots } from '#test/instruments/desktop-app/page-checks.ts';
import { chromiumAbility, loopMountAbility } from '#test/instruments/host-abilities.ts';
import { createDiskImage, type DiskImage } from '#test/instruments/loop-volume.ts';
import { typeFluently } from '#test/instruments/page-hands.ts';
import { samplePng } from '#test/instruments/sample-files.ts';
import { WebPage } from '#test/instruments/web-page.ts';

const reason = chromiumAbility().reason ?? loopMountAbility().reason;
const PICTURES = 40;

/** An element in the page. */
interface Seen {
  closest(selector: string): Seen | null;
  getBoundingClientRect(): { top: number; bottom: number };
}

describe.skipIf(reason !== null)(`views of a folder (${reason ?? 'Chromium and real loop mounts'})`, () => {
  const label = `VIEWS-${process.pid}`;
  let web: WebPage;
  let drive: DiskImage;
  let root: string;

  beforeAll(async () => {
    drive = await createDiskImage({ fileSystem: 'ext4', sizeMb: 64, label });
    root = await drive.mount();
    await mkdir(join(root, 'Pictures', 'Summer', 'Lake'), { recursive: true });
    await mkdir(join(root, 'Papers'));
    for (let number = 1; number <= PICTURES; number++) {
      await writeFile(join(root, 'Pictures', `IMG ${number}.png`), samplePng(120 + number, 90));
    }
    await writeFile(join(root, 'Pictures', 'Summer', 'Lake', 'swim.txt'), 'cold');
    await writeFile(join(root, 'Papers', 'letter.txt'), 'Dear Sir or Madam');
    await writeFile(join(root, 'notes.txt'), 'short', { mode: 0o600 });
    await writeFile(join(root, 'movie.bin'), Buffer.alloc(3_000_000));
    web = await WebPage.open();
    await web.daemon.json(['system', 'config', 'set', 'volumes.prompt', 'false']);
    await web.daemon.json(['location', 'add', root, '--wait']);
  });
  afterAll(async () => {
    await web?.[Symbol.asyncDispose]();
    await drive?.dispose();
  });
  /** Every test begins with the usual view, at the root of the drive. */
  beforeEach(async () => {
    await web.page.evaluate(`localStorage.removeItem('mooring-views')`);
    await web.page.reload();
    await web.drive(label).click();
    await web.row(/^notes\.txt/).waitFor();
  });

  const press = async (...keys: string[]) => {
    for (const key of keys) await web.page.keyboard.press(key);
  };
  const view = (name: string) => web.page.getByRole('radio', { name, exact: true });
  /** Until the list, whose rows have names like tiles, has gone. */
  const listGone = () => web.page.getByRole('columnheader').first().waitFor({ state: 'detached' });
  /** Chooses from the menu that is opening, by the keyboard, which it takes when it is drawn. */
  const choose = async (item: string) => {
    await expect.poll(() => web.page.evaluate<boolean>(`document.activeElement.closest('[role="menu"]') !== null`)).toBe(true);
    await web.page.getByRole('menuitem', { name: item }).focus();
    await press('Enter');
  };
  const tile = (name: string | RegExp) => web.page.getByRole('gridcell', { name });
  const isChosen = async (name: string | RegExp) => (await tile(name).getAttribute('aria-selected')) === 'true';
  const openPictures = async () => {
    await web.row(/^Pictures/).dblclick();
    await web.row(/^IMG 1\.png/).waitFor();
  };
  /** Of the list, from the top. */
  const names = async () => {
    const cells = await web.page.locator('[role=row][data-path] [role=gridcell]:first-child').allTextContents();
    return cells.map((cell) => cell.trim());
  };
  const headings = async () => (await web.page.getByRole('columnheader').allTextContents()).map((text) => text.trim());
  const drag = async (from: { x: number; y: number }, ...to: { x: number; y: number }[]) => {
    await web.page.mouse.move(from.x, from.y);
    await web.page.mouse.down();
    for (const { x, y } of to) await web.page.mouse.move(x, y, { steps: 6 });
  };
  const boxOf = async (name: string | RegExp) => {
    const box = await tile(name).boundingBox();
    if (!box) throw new Error(`${name} is not in sight`);
    return box;
  };

  it('list: is sorted, and has columns that are chosen, moved and made wider with the mouse, which it remembers for this folder', async () => {
    await web.page.getByRole('columnheader', { name: 'Size' }).getByRole('button').click();
    await expect.poll(names).toEqual(['Papers', 'Pictures', 'notes.txt', 'movie.bin']);
    await web.page.getByRole('columnheader', { name: 'Size' }).getByRole('button').click();
    await expect.poll(names).toEqual(['Pictures', 'Papers', 'movie.bin', 'notes.txt']);

    await web.page.getByRole('columnheader', { name: 'Name' }).getByRole('button').click({ button: 'right' });
    await web.page.getByRole('menuitem', { name: 'Permissions' }).click();
    await web.row(/^notes\.txt.*-rw-/).waitFor();
    await expect.poll(headings).toEqual(['Name', 'Size', 'Modified', 'Kind', 'Permissions']);
    await web.page.getByRole('columnheader', { name: 'Permissions' }).dragTo(web.page.getByRole('columnheader', { name: 'Size' }));
    await expect.poll(headings).toEqual(['Name', 'Permissions', 'Size', 'Modified', 'Kind']);

    const width = async () => (await web.page.getByRole('columnheader', { name: 'Permissions' }).boundingBox())?.width ?? 0;
    const before = await width();
    const edge = await web.page.locator('[data-width-of=permissions]').boundingBox();
    const at = { x: (edge?.x ?? 0) + 6, y: (edge?.y ?? 0) + 10 };
    await drag(at, { x: at.x - 60, y: at.y });
    await web.page.mouse.up();
    await expect.poll(width).toBe(before + 60);
    await takeScreenshots(web.page, 'view-list');
    expect(await accessibilityProblems(web.page)).toEqual([]);

    await openPictures();
    await expect.poll(headings).toEqual(['Name', 'Size', 'Modified', 'Kind']);
    await web.page.reload();
    await web.row(/^IMG 1\.png/).waitFor();
    await web.drive(label).click();
    await expect.poll(headings).toEqual(['Name', 'Permissions', 'Size', 'Modified', 'Kind']);
    await expect.poll(width).toBe(before + 60);
    await expect.poll(names).toEqual(['Pictures', 'Papers', 'movie.bin', 'notes.txt']);

    await web.page.getByRole('columnheader', { name: 'Permissions' }).getByRole('button').click();
    await expect.poll(names).toEqual(['Papers', 'Pictures', 'notes.txt', 'movie.bin']);
    await web.page.reload();
    await web.drive(label).click();
    await expect.poll(names).toEqual(['Papers', 'Pictures', 'notes.txt', 'movie.bin']);
  });

  it('list: has the same columns by the keyboard, and for all folders when that is wanted', async () => {
    const size = web.page.getByRole('columnheader', { name: 'Size' }).getByRole('button');
    await size.focus();
    await press('Shift+F10');
    await choose('Move to the right');
    await expect.poll(headings).toEqual(['Name', 'Modified', 'Size', 'Kind']);
    await size.focus();
    await press('Shift+F10');
    await choose('Hide this column');
    await expect.poll(headings).toEqual(['Name', 'Modified', 'Kind']);
    await web.page.getByRole('button', { name: 'View', exact: true }).focus();
    await press('Enter');
    await choose('Use this view for all folders');
    await openPictures();
    await expect.poll(headings).toEqual(['Name', 'Modified', 'Kind']);
  });

  it('grid: is worked in with the mouse', async () => {
    await openPictures();
    await view('Grid').click();
    await listGone();
    await tile(/^IMG 1\.png/).click();
    await tile(/^IMG 4\.png/).click({ modifiers: ['Shift'] });
    await tile(/^IMG 7\.png/).click({ modifiers: ['Control'] });
    await web.page.getByText(/^5 selected/).waitFor();
    expect(await isChosen(/^IMG 3\.png/)).toBe(true);
    expect(await isChosen(/^IMG 5\.png/)).toBe(false);
    await takeScreenshots(web.page, 'view-grid');
    expect(await accessibilityProblems(web.page)).toEqual([]);
    await tile(/^Summer/).dblclick();
    await web.page.getByRole('navigation', { name: 'Path' }).getByRole('button', { name: 'Summer', exact: true }).waitFor();
  });

  it('grid: is worked in with the keyboard', async () => {
    await openPictures();
    await press('Control+Shift+Digit2');
    await listGone();
    await tile(/^IMG 1\.png/).waitFor();
    const grid = web.page.getByRole('grid', { name: 'Files and folders' });
    await grid.focus();
    await press('Home');
    await expect.poll(() => isChosen(/^Summer/)).toBe(true);
    await press('ArrowRight');
    await expect.poll(() => isChosen(/^IMG 1\.png/)).toBe(true);
    const perRow = Number(await grid.getAttribute('aria-colcount'));
    expect(perRow).toBeGreaterThan(2);
    await press('ArrowDown');
    await expect.poll(() => isChosen(new RegExp(`^IMG ${1 + perRow}\\.png`))).toBe(true);
    await press('Shift+ArrowRight', 'Shift+ArrowRight');
    await web.page.getByText(/^3 selected/).waitFor();
    await press('End');
    await expect.poll(() => isChosen(/^IMG 40\.png/)).toBe(true);
    await typeFluently(web.page, 'img 23');
    await expect.poll(() => isChosen(/^IMG 23\.png/)).toBe(true);
    for (const name of ['renamed.png', 'IMG 23.png']) {
      await press('F2');
      const field = web.page.getByRole('textbox', { name: /^New name/ });
      await field.fill(name);
      await press('Enter');
      await field.waitFor({ state: 'hidden' });
      await expect.poll(() => tile(name).getAttribute('aria-selected')).toBe('true');
    }
    expect(await readdir(join(root, 'Pictures'))).not.toContain('renamed.png');
    await press('Home', 'Enter');
    await web.page.getByRole('navigation', { name: 'Path' }).getByRole('button', { name: 'Summer', exact: true }).waitFor();
  });

  it('grid: has a rectangle drawn around tiles, which adds to what is selected with Shift and scrolls by itself', async () => {
    await openPictures();
    await view('Grid').click();
    await listGone();
    const [first, second] = [await boxOf(/^IMG 1\.png/), await boxOf(/^IMG 2\.png/)];
    const start = { x: first.x - 3, y: first.y + first.height + 3 };
    await drag(start, { x: second.x + 20, y: second.y + 40 });
    await web.page.locator('[data-rubber-band]').waitFor();
    await web.page.mouse.up();
    await web.page.getByText(/^2 selected/).waitFor();
    expect([await isChosen(/^IMG 1\.png/), await isChosen(/^IMG 2\.png/)]).toEqual([true, true]);

    const third = await boxOf(/^IMG 3\.png/);
    await web.page.keyboard.down('Shift');
    await drag({ x: third.x - 3, y: third.y + third.height + 3 }, { x: third.x + 30, y: third.y + 20 });
    await web.page.mouse.up();
    await web.page.keyboard.up('Shift');
    await web.page.getByText(/^3 selected/).waitFor();

    const grid = await web.page.getByRole('grid', { name: 'Files and folders' }).boundingBox();
    const bottom = (grid?.y ?? 0) + (grid?.height ?? 0) - 4;
    const summer = await boxOf(/^Summer/);
    await drag({ x: summer.x - 4, y: summer.y - 3 }, { x: (grid?.x ?? 0) + (grid?.width ?? 0) - 30, y: bottom });
    // It goes on while the pointer rests at the edge.
    await web.page.getByText(/^41 selected/).waitFor();
    await web.page.mouse.up();
    expect(await isChosen(/^IMG 40\.png/)).toBe(true);
    await web.page.keyboard.press('Escape');
    await expect.poll(() => web.page.getByText(/selected/).count()).toBe(0);
  });

  it('columns: show the way to the open folder, and what is selected in it, with the mouse', async () => {
    await view('Columns').click();
    await listGone();
    await web.row(/^Pictures/).click();
    const beside = web.page.getByRole('region', { name: 'Folder Pictures' });
    await beside.getByRole('button', { name: /^Summer/ }).click();
    await web.row(/^Lake/).waitFor();
    await web.row(/^Lake/).dblclick();
    await web.row(/^swim\.txt/).click();
    await web.page.getByText('cold').waitFor();
    await takeScreenshots(web.page, 'view-columns');
    expect(await accessibilityProblems(web.page)).toEqual([]);
    await web.page.getByRole('region', { name: `Folder ${label}` }).waitFor();
    await web.page
      .getByRole('region', { name: 'Folder Pictures' })
      .getByRole('button', { name: /^IMG 1\.png/ })
      .click();
    await expect.poll(() => web.row(/^IMG 1\.png/).getAttribute('aria-selected')).toBe('true');
  });

  it('columns: are gone through with the arrows', async () => {
    await press('Control+Shift+Digit3');
    await listGone();
    const grid = web.page.getByRole('grid', { name: 'Files and folders' });
    await grid.waitFor();
    await grid.focus();
    // One word, also when the page is so busy that a letter is late.
    await typeFluently(web.page, 'pi', () =>
      web.page.evaluate(`{ const end = performance.now() + 1500; while (performance.now() < end); }`),
    );
    await expect.poll(() => web.row(/^Pictures/).getAttribute('aria-selected')).toBe('true');
    await press('ArrowRight');
    await expect.poll(() => web.row(/^Summer/).getAttribute('aria-selected')).toBe('true');
    await press('ArrowRight');
    await expect.poll(() => web.row(/^Lake/).getAttribute('aria-selected')).toBe('true');
    await press('ArrowLeft');
    await expect.poll(() => web.row(/^Summer/).getAttribute('aria-selected')).toBe('true');
    await press('ArrowDown');
    await expect.poll(() => web.row(/^IMG 1\.png/).getAttribute('aria-selected')).toBe('true');
    await web.page.locator('img[src*="content"]').first().waitFor();
    await press('ArrowLeft');
    await expect.poll(() => web.row(/^Pictures/).getAttribute('aria-selected')).toBe('true');
  });

  it('gallery: shows one large, and goes through all with the keyboard and with the mouse', async () => {
    await openPictures();
    await press('Control+Shift+Digit4');
    await listGone();
    const strip = web.page.getByRole('grid', { name: 'Files and folders' });
    await strip.focus();
    await press('Home', 'ArrowRight', 'ArrowRight');
    const caption = web.page.locator('figcaption');
    await caption.getByText('IMG 2.png').waitFor();
    await caption.getByText('3 of 41').waitFor();
    await takeScreenshots(web.page, 'view-gallery');
    expect(await accessibilityProblems(web.page)).toEqual([]);
    await tile(/^IMG 5\.png/).click();
    await caption.getByText('IMG 5.png').waitFor();
    await press('End');
    await caption.getByText('IMG 40.png').waitFor();
    await tile(/^IMG 40\.png/).waitFor();
    await tile(/^IMG 38\.png/).click({ modifiers: ['Shift'] });
    await web.page.getByText(/^3 selected/).waitFor();
  });

  it('shows in every view what was in sight in the one before, and what keys lead to, also when they have led there already', async () => {
    await openPictures();
    /** Looked at in one go: what is scrolled away is taken from the page. */
    const isInSight = (name: string | RegExp) =>
      tile(name).evaluateAll(([first]: Seen[]) => {
        const [box, seen] = [first?.getBoundingClientRect(), first?.closest('[role=grid]')?.getBoundingClientRect()];
        return box !== undefined && seen !== undefined && box.top >= seen.top && box.bottom <= seen.bottom;
      });
    await web.row(/^IMG 1\.png/).click();
    await press('End');
    await expect.poll(() => isInSight(/^IMG 40\.png/)).toBe(true);
    for (const name of ['Grid', 'List']) {
      await view(name).click();
      await expect.poll(() => isInSight(/^IMG 40\.png/)).toBe(true);
      await web.page.locator('[role=grid]').hover();
      await web.page.mouse.wheel(0, -9000);
      await expect.poll(() => isInSight('Summer')).toBe(true);
      expect(await isInSight(/^IMG 40\.png/)).toBe(false);
      await press('End');
      await expect.poll(() => isInSight(/^IMG 40\.png/)).toBe(true);
    }
  });

  it('goes on by the keyboard where an entry has gone', async () => {
    await openPictures();
    await web.row(/^IMG 5\.png/).click();
    await rm(join(root, 'Pictures', 'IMG 5.png'));
    await web.row(/^IMG 5\.png/).waitFor({ state: 'detached' });
    await web.page.getByText(/^1 selected/).waitFor({ state: 'detached' });
    await press('ArrowDown');
    await expect.poll(() => web.row(/^IMG 6\.png/).getAttribute('aria-selected')).toBe('true');
    await rm(join(root, 'Pictures', 'IMG 6.png'));
    await web.row(/^IMG 6\.png/).waitFor({ state: 'detached' });
    await web.page.getByText(/^1 selected/).waitFor({ state: 'detached' });
    await press('ArrowUp');
    await expect.poll(() => web.row(/^IMG 4\.png/).getAttribute('aria-selected')).toBe('true');
    for (const number of [5, 6]) await writeFile(join(root, 'Pictures', `IMG ${number}.png`), samplePng(120 + number, 90));
  });

  it('size map: takes files in its folders, also in what is drawn in them, and opens a folder that a drag rests on', async () => {
    for (const path of ['Box/inside.bin', 'Chest/gold.bin']) {
      await mkdir(join(root, path, '..'));
      await writeFile(join(root, path), Buffer.alloc(2_000_000));
    }
    await view('Size map').click();
    const part = (name: string) => web.page.getByRole('treeitem', { name: new RegExp(`^${name.replace('.', '\\.')} `) });
    // It has its shape when all of that is known.
    for (const name of ['Box', 'inside.bin', 'Chest', 'gold.bin'])
      await web.page.getByRole('treeitem', { name: new RegExp(`^${name} 2.MB`) }).waitFor();
    const middle = async (name: string) => {
      await part(name).waitFor();
      const { x, y, width, height } = (await part(name).boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
      return { x: x + width / 2, y: y + height / 2 };
    };
    const said = () => web.page.locator('[data-drag-label]').textContent();
    await drag(await middle('movie.bin'), await middle('inside.bin'));
    await expect.poll(said).toBe('Move movie.bin to Box');
    await takeScreenshots(web.page, 'view-size-map-drop');
    await web.page.mouse.up();
    await expect.poll(() => readdir(join(root, 'Box'))).toEqual(['inside.bin', 'movie.bin']);

    const moved = part('movie.bin').and(web.page.locator('[aria-level="2"]'));
    await moved.waitFor();
    // On its name: nothing is drawn there.
    const chest = await middle('Chest');
    await drag(await middle('movie.bin'), { ...chest, y: ((await part('Chest').boundingBox())?.y ?? 0) + 8 });
    await web.page.getByRole('navigation', { name: 'Zoomed in to' }).waitFor();
    // The map of all stays until that of the folder is there.
    await part('gold.bin').and(web.page.locator('[aria-level="1"]')).waitFor();
    const gold = await middle('gold.bin');
    await web.page.mouse.move(gold.x, gold.y, { steps: 4 });
    await expect.poll(said).toBe('Move movie.bin to Chest');
    await web.page.mouse.up();
    await expect.poll(() => readdir(join(root, 'Chest'))).toEqual(['gold.bin', 'movie.bin']);
    // What was dragged is gone from the page, and the drag with it: files of another program are known as such.
    await web.page.mouse.move(gold.x + 20, gold.y);
    await web.page.evaluate(`(() => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File(['x'], 'foreign.txt'));
      document.querySelector('nav').dispatchEvent(new DragEvent('dragenter', { dataTransfer, bubbles: true, cancelable: true }));
    })()`);
    await web.page.getByText('Drop a folder to add it').waitFor();
    await web.page.evaluate(`document.body.dispatchEvent(new DragEvent('dragleave', { bubbles: true }))`);
    await rename(join(root, 'Chest', 'movie.bin'), join(root, 'movie.bin'));
    for (const folder of ['Box', 'Chest']) await rm(join(root, folder), { recursive: true });
  });

  it('keeps selection, place and a name that is being written while another program changes the folder', async () => {
    await openPictures();
    const grid = web.page.getByRole('grid', { name: 'Files and folders' });
    await web.row(/^IMG 20\.png/).click();
    await web.row(/^IMG 24\.png/).click({ modifiers: ['Shift'] });
    await web.page.evaluate(`document.querySelector('[role=grid]').scrollTop = 300`);
    await expect.poll(() => web.page.evaluate(`document.querySelector('[role=grid]').scrollTop`)).toBe(300);
    const before = await web.row(/^IMG 20\.png/).boundingBox();
    for (let number = 0; number < 5; number++) await writeFile(join(root, 'Pictures', `A new ${number}.txt`), '');
    // Five rows have come above: what is in sight stays where it is.
    await expect.poll(() => grid.getAttribute('aria-rowcount')).toBe(String(PICTURES + 1 + 5 + 1));
    await expect.poll(async () => (await web.row(/^IMG 20\.png/).boundingBox())?.y).toBe(before?.y);
    await web.page.getByText(/^5 selected/).waitFor();
    await rm(join(root, 'Pictures', 'IMG 22.png'));
    await web.page.getByText(/^4 selected/).waitFor();

    await web.row(/^IMG 20\.png/).click();
    await press('F2');
    const field = web.page.getByRole('textbox', { name: /^New name/ });
    await field.fill('half a na');
    for (let number = 0; number < 5; number++) await rm(join(root, 'Pictures', `A new ${number}.txt`));
    await expect.poll(() => grid.getAttribute('aria-rowcount')).toBe(String(PICTURES + 1));
    expect(await field.inputValue()).toBe('half a na');
    expect(await web.page.evaluate(`document.activeElement.tagName`)).toBe('INPUT');
    await press('Escape');
    await writeFile(join(root, 'Pictures', 'IMG 22.png'), samplePng(142, 90));
    await web.row(/^IMG 22\.png/).waitFor();
  });

  it('shows nothing in place of a folder that is read at once', async () => {
    await web.page.evaluate(`(() => {
      window.seen = [];
      const look = (nodes) => nodes.forEach((node) => {
        const skeleton = node instanceof Element ? (node.matches('[data-skeleton]') ? node : node.querySelector('[data-skeleton]')) : null;
        if (skeleton) window.seen.push(getComputedStyle(skeleton).opacity);
      });
      new MutationObserver((changes) => changes.forEach(({ addedNodes }) => look(addedNodes))).observe(document.body, { childList: true, subtree: true });
    })()`);
    await openPictures();
    await web.row(/^Summer/).dblclick();
    await web.row(/^Lake/).waitFor();
    const seen = await web.page.evaluate<string[]>('window.seen');
    expect(seen.length).toBeGreaterThan(0);
    expect(new Set(seen)).toEqual(new Set(['0']));
  });

  it('selects what is not selected, and by name', async () => {
    await openPictures();
    await web.row(/^IMG 1\.png/).click();
    await press('Control+Alt+a');
    await web.page.getByText(/^40 selected/).waitFor();
    await press('Control+s');
    await web.page.getByRole('textbox', { name: 'Names like' }).fill('img 1?.*');
    await web.page.getByText('10 entries match').waitFor();
    await press('Enter');
    await web.page.getByText(/^10 selected/).waitFor();
    expect(await web.row(/^IMG 13\.png/).getAttribute('aria-selected')).toBe('true');
    expect(await web.row(/^IMG 2\.png/).getAttribute('aria-selected')).toBe('false');
  });

  it('opens by one click where that is wanted, and selects with a key held', async () => {
    // Where it is shown, the page knows of it.
    await web.page.getByRole('button', { name: 'Settings', exact: true }).click();
    const oneClick = web.page.getByRole('radiogroup', { name: 'Open with' }).getByRole('radio', { name: 'Click', exact: true });
    await oneClick.click();
    await oneClick.and(web.page.locator('[aria-checked="true"]')).waitFor();
    try {
      await web.drive(label).click();
      await web.row(/^notes\.txt/).click({ modifiers: ['Control'] });
      await web.page.getByText(/^1 selected/).waitFor();
      await web.row(/^Papers/).click();
      await web.row(/^letter\.txt/).waitFor();
    } finally {
      await web.daemon.json(['system', 'config', 'set', 'explorer.opensBy', 'double-click']);
    }
  });

  it('puts folders among the files where that is wanted', async () => {
    await web.page.getByRole('button', { name: 'View', exact: true }).click();
    await web.page.getByRole('menuitem', { name: 'Folders first' }).click();
    await expect.poll(names).toEqual(['movie.bin', 'notes.txt', 'Papers', 'Pictures']);
    await web.page.getByRole('button', { name: 'View', exact: true }).click();
    await web.page.getByRole('menuitem', { name: 'Folders first' }).click();
    await expect.poll(names).toEqual(['Papers', 'Pictures', 'movie.bin', 'notes.txt']);
  });

  it('says nothing to the console', () => expect(web.said).toEqual([]));
});
