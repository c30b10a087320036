import { mkdir, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accessibilityProblems, takeScreenshots } from '#test/instruments/desktop-app/page-checks.ts';
import { chromiumAbility, loopMountAbility } from '#test/instruments/host-abilities.ts';
import { createDiskImage, type DiskImage } from '#test/instruments/loop-volume.ts';
import { WebPage } from '#test/instruments/web-page.ts';

const reason = chromiumAbility().reason ?? loopMountAbility().reason;

/** Screens that no other test looks at. Those which a test of their own opens are held against the same rules there. */
describe.skipIf(reason !== null)(`screens and dialogs for everybody (${reason ?? 'Chromium and a real loop mount'})`, () => {
  const label = `ALL-${process.pid}`;
  let web: WebPage;
  let drive: DiskImage;

  beforeAll(async () => {
    drive = await createDiskImage({ fileSystem: 'ext4', sizeMb: 400, label });
    const root = await drive.mount();
    const make = async (path: string, bytes: number) => {
      await mkdir(join(root, path, '..'), { recursive: true });
      await writeFile(join(root, path), '');
      await truncate(join(root, path), bytes);
    };
    for (let number = 0; number < 40; number++) await make(`Photos/Trip ${number % 4}/IMG_${number}.jpg`, (number + 1) * 90_000);
    await make('Films/<img src=x onerror=alert(1)>.mov', 70_000_000);
    await make('Films/invoice\u202Egpj.exe', 20_000_000);
    await make('Films/two\nlines.mp3', 9_000_000);
    await make('Papers/thesis.pdf', 12_000_000);
    await make('Papers/table.csv', 3_000_000);
    await make('code.zip', 30_000_000);
    web = await WebPage.open();
    await web.daemon.json(['system', 'config', 'set', 'volumes.prompt', 'false']);
    await web.drive(label).click();
    await web.row(/^Photos/).waitFor();
  });
  afterAll(async () => {
    await web?.[Symbol.asyncDispose]();
    await drive?.dispose();
  });

  const press = async (...keys: string[]) => {
    for (const key of keys) await web.page.keyboard.press(key);
  };
  const isForEverybody = async (name: string) => {
    await takeScreenshots(web.page, `all-${name}`);
    expect(await accessibilityProblems(web.page)).toEqual([]);
  };
  const dialog = () => web.page.getByRole('dialog');
  const inDialog = async (name: string, open: () => Promise<void>) => {
    await open();
    await dialog().waitFor();
    await isForEverybody(name);
    await press('Escape');
    await dialog().waitFor({ state: 'hidden' });
  };
  const menu = async (what: 'drive' | 'row', item: RegExp) => {
    await (what === 'drive' ? web.drive(label) : web.row(/^Photos/)).click({ button: 'right' });
    await web.page.getByRole('menuitem', { name: item }).click();
  };
  const view = (name: string) => web.page.getByRole('radio', { name, exact: true });

  it('says of a size map that nobody has looked yet', async () => {
    await view('Size map').click();
    await web.page.getByRole('button', { name: 'Look through it' }).waitFor();
    await isForEverybody('size-map-unknown');
  });

  it('draws a size map by kind and by age, and reads its tiles and rows out', async () => {
    await web.page.getByRole('button', { name: 'Look through it' }).click();
    const tile = web.page.getByRole('treeitem', { name: /^<img src=x onerror=alert\(1\)>\.mov 70.MB/ });
    await tile.waitFor();
    await web.page.getByRole('treeitem', { name: /^invoice⟨U\+202E⟩gpj\.exe/ }).waitFor();
    await web.page.getByRole('treeitem', { name: /^two␊lines\.mp3/ }).waitFor();
    await tile.click();
    await web.row(/^<img src=x onerror=alert\(1\)>\.mov/).waitFor();
    expect(await web.page.locator('img[src="x"]').count()).toBe(0);
    await isForEverybody('size-map-kind');
    await web.page.getByRole('radio', { name: 'By age' }).click();
    await web.page.getByRole('radio', { name: 'Largest files' }).click();
    await isForEverybody('size-map-age');
    await web.page.getByRole('radio', { name: 'By kind' }).click();
  });

  it('goes through the size map by keys, and into a folder and out of it', async () => {
    await web.page.getByRole('tree').focus();
    await press('Home');
    const active = () => web.page.getByRole('treeitem', { selected: true }).first().getAttribute('aria-label');
    await press('ArrowLeft', 'Home');
    await expect.poll(active).toMatch(/^Films/);
    await press('ArrowRight');
    await expect.poll(active).toMatch(/^<img/);
    await press('ArrowDown');
    await expect.poll(active).toMatch(/^invoice/);
    await press('ArrowLeft', 'Enter');
    const zoom = web.page.getByRole('navigation', { name: 'Zoomed in to' });
    await zoom.getByRole('button', { name: 'Films' }).waitFor();
    await web.page.getByRole('treeitem', { name: /^Photos/ }).waitFor({ state: 'detached' });
    await web.page.getByRole('treeitem', { name: /^two␊lines/ }).waitFor();
    await isForEverybody('size-map-zoomed');
    await press('Alt+ArrowUp');
    await zoom.waitFor({ state: 'detached' });
    await web.page.getByRole('treeitem', { name: /^Photos/ }).waitFor();
    await view('List').click();
    await web.row(/^Photos/).waitFor();
  });

  it('offers the menu of an entry, of a drive and of a view', async () => {
    for (const [name, open] of [
      ['menu-entry', () => web.row(/^Photos/).click({ button: 'right' })],
      ['menu-drive', () => web.drive(label).click({ button: 'right' })],
      ['menu-view', () => web.page.getByRole('button', { name: 'View', exact: true }).click()],
    ] as const) {
      await open();
      await web.page.getByRole('menu').waitFor();
      await isForEverybody(name);
      await press('Escape');
      await web.page.getByRole('menu').waitFor({ state: 'hidden' });
    }
  });

  it('asks where to copy, for a pattern, for a link, for a name', async () => {
    await web.row(/^Photos/).click();
    await inDialog('copy-to', () => press('Control+Shift+C'));
    await inDialog('select-by-name', () => press('Control+s'));
    await inDialog('make-link', () => menu('row', /^Make link/));
    await inDialog('new-file', () => press('Control+Alt+n'));
  });

  it('asks about drives and locations', async () => {
    await web.daemon.json(['volume', 'track', label]);
    await expect.poll(() => web.drive(label).textContent()).toContain('Tracked');
    await inDialog('rename-drive', () => menu('drive', /^Rename/));
    await inDialog('untrack', () => menu('drive', /^Stop tracking/));
    await inDialog('index-drive', () => menu('drive', /^Index/));
  });

  it('writes a path, and shows the folders beside a step of it', async () => {
    await press('Control+l');
    await web.page.getByRole('combobox', { name: 'Path' }).waitFor();
    await isForEverybody('path-field');
    await press('Escape');
  });

  it('says nothing to the console', () => expect(web.said).toEqual([]));
});
