import { mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accessibilityProblems, takeScreenshots } from '#test/instruments/desktop-app/page-checks.ts';
import { chromiumAbility, loopMountAbility } from '#test/instruments/host-abilities.ts';
import { createDiskImage, type DiskImage } from '#test/instruments/loop-volume.ts';
import { WebPage } from '#test/instruments/web-page.ts';

const reason = chromiumAbility().reason ?? loopMountAbility().reason;

interface Listed {
  id: string;
  name: string;
  scanState: string;
  isOnline: boolean;
}

describe.skipIf(reason !== null)(`locations in the page (${reason ?? 'Chromium and real loop mounts'})`, () => {
  const label = `PLACES-${process.pid}`;
  let web: WebPage;
  let drive: DiskImage;
  let root: string;

  beforeAll(async () => {
    drive = await createDiskImage({ fileSystem: 'ext4', sizeMb: 120, label });
    root = await drive.mount();
    await mkdir(join(root, 'Photos', 'Iceland', 'Day 1'), { recursive: true });
    await mkdir(join(root, 'Photos', 'Iceland', '100% sure?&#'), { recursive: true });
    await mkdir(join(root, 'Music'));
    for (let number = 0; number < 40; number++) {
      await writeFile(join(root, 'Photos', 'Iceland', 'Day 1', `IMG_${number}.jpg`), Buffer.alloc(1000 + number));
    }
    await writeFile(join(root, 'Photos', 'Iceland', '100% sure?&#', 'two\nlines.txt'), 'twelve bytes');
    await writeFile(join(root, 'Photos', 'notes.md'), 'sea');
    await writeFile(join(root, 'Music', 'song.flac'), Buffer.alloc(5000));
    web = await WebPage.open();
    await web.daemon.json(['system', 'config', 'set', 'volumes.prompt', 'false']);
    await web.drive(label).waitFor();
  });
  afterAll(async () => {
    await web?.[Symbol.asyncDispose]();
    await drive?.dispose();
  });

  const place = (name: string) => web.page.locator('nav [data-location]').filter({ hasText: name });
  const dialog = () => web.page.getByRole('dialog');
  const main = () => web.page.getByRole('main');
  const locations = async () => (await web.daemon.json<{ items: Listed[] }>(['location', 'list'])).items;
  const isScanned = async (name: string) => {
    await expect.poll(async () => (await locations()).find((location) => location.name === name)?.scanState).toBe('complete');
  };
  const menuItem = async (item: string) => {
    await main().getByRole('button', { name: 'More' }).first().click();
    await web.page.getByRole('menuitem', { name: item }).click();
  };

  it('adds a folder that is chosen in the page, and shows it with the sizes of its folders', async () => {
    await web.page.getByRole('button', { name: 'Add a folder, or drop one here' }).click();
    await dialog().getByRole('button', { name: 'Choose…' }).click();
    await dialog().getByRole('button', { name: label }).click();
    await dialog().getByRole('button', { name: 'Photos' }).click();
    await expect.poll(() => dialog().getByRole('textbox', { name: 'Folder' }).inputValue()).toBe(join(root, 'Photos'));
    await takeScreenshots(web.page, 'location-add');
    expect(await accessibilityProblems(web.page)).toEqual([]);
    await dialog().getByRole('button', { name: 'Add location' }).click();
    await dialog().waitFor({ state: 'hidden' });
    await isScanned('Photos');
    await web.page.getByRole('heading', { name: 'Photos', level: 1 }).waitFor();
    // 1,000 to 1,039 bytes each, and “twelve bytes”.
    await web.row(/^Iceland 40\.8 kB .* Folder · 41 files/).waitFor();
    await main().getByText('42 files · 3 folders').waitFor();
    await place('Photos').getByText('42 files').waitFor();
    await takeScreenshots(web.page, 'location');
    expect(await accessibilityProblems(web.page)).toEqual([]);
  });

  it('asks before a location overlaps another, and says what else cannot be one', async () => {
    const field = dialog().getByRole('textbox', { name: 'Folder' });
    const add = dialog().getByRole('button', { name: 'Add location' });
    await web.page.getByRole('button', { name: 'Add location…' }).first().click();
    await field.fill(join(root, 'Photos', 'notes.md'));
    await add.click();
    await dialog()
      .getByRole('alert')
      .getByText(/folder/i)
      .waitFor();
    await field.fill(join(root, 'nowhere'));
    await add.click();
    await dialog()
      .getByRole('alert')
      .getByText(/nowhere/)
      .waitFor();
    await field.fill(root);
    await add.click();
    await dialog().getByRole('button', { name: 'Add anyway' }).waitFor();
    await takeScreenshots(web.page, 'location-overlap');
    expect(await accessibilityProblems(web.page)).toEqual([]);
    await dialog().getByRole('button', { name: 'Cancel' }).click();
    expect(await locations()).toHaveLength(1);
  });

  it('adds a folder that is dragged from the list to the locations', async () => {
    await web.drive(label).click();
    await web.row(/^Music/).dragTo(web.page.locator('[data-drop="locations"] h2'));
    expect(await dialog().getByRole('textbox', { name: 'Folder' }).inputValue()).toBe(join(root, 'Music'));
    await dialog().getByRole('textbox', { name: 'Name' }).fill('Sound & <b>vision</b>');
    await dialog().getByRole('button', { name: 'Add location' }).click();
    await place('Sound & <b>vision</b>').waitFor();
    await isScanned('Sound & <b>vision</b>');
  });

  it('shows at once what other programs change in a folder under watch', async () => {
    await place('Photos').click();
    await web.row(/^Iceland/).waitFor();
    await web.row(/^notes\.md/).click();
    await writeFile(join(root, 'Photos', 'late.txt'), 'late');
    await web.row(/^late\.txt 4 B/).waitFor();
    // What is selected stays so.
    expect(await web.row(/^notes\.md/).getAttribute('aria-selected')).toBe('true');
    // A change far below shows in the sizes above.
    await writeFile(join(root, 'Photos', 'Iceland', 'Day 1', 'film.mov'), Buffer.alloc(1_000_000));
    await web.row(/^Iceland 1\.04 MB .* 42 files/).waitFor();
    await rename(join(root, 'Photos', 'late.txt'), join(root, 'Photos', 'renamed.txt'));
    await web.row(/^renamed\.txt/).waitFor();
    await web.row(/^late\.txt/).waitFor({ state: 'detached' });
    await rm(join(root, 'Photos', 'renamed.txt'));
    await web.row(/^renamed\.txt/).waitFor({ state: 'detached' });
  });

  it('follows the open folder when it is renamed, and says so when it is deleted', async () => {
    await mkdir(join(root, 'Photos', 'Norway', 'Fjord'), { recursive: true });
    await writeFile(join(root, 'Photos', 'Norway', 'Fjord', 'boat.jpg'), 'boat');
    await place('Photos').click();
    await web.row(/^Norway/).dblclick();
    await web.row(/^Fjord/).dblclick();
    await web.row(/^boat\.jpg/).waitFor();
    await rename(join(root, 'Photos', 'Norway'), join(root, 'Photos', '50% Norway'));
    const steps = web.page.getByRole('navigation', { name: 'Path' }).locator('[data-step]');
    await expect.poll(() => steps.allTextContents()).toEqual(['Photos', '50% Norway', 'Fjord']);
    await web.row(/^boat\.jpg/).waitFor();
    await rm(join(root, 'Photos', '50% Norway'), { recursive: true });
    await main().getByText('This folder is not here any more').waitFor();
    await takeScreenshots(web.page, 'location-folder-deleted');
    await web.page.goBack();
    await web.page.goBack();
    await web.row(/^Iceland/).waitFor();
    await web.row(/^50% Norway/).waitFor({ state: 'detached' });
  });

  it('opens the menu of the active row by the keyboard, at that row', async () => {
    await web.row(/^notes\.md/).click();
    await web.page.keyboard.press('Shift+F10');
    await web.page.getByRole('menuitem', { name: 'Copy path' }).waitFor();
    // It is drawn out of sight first, to be measured.
    const distance = async () => {
      const row = await web.row(/^notes\.md/).boundingBox();
      const menu = await web.page.getByRole('menu').boundingBox();
      return row && menu ? Math.abs(menu.y - row.y) : Number.POSITIVE_INFINITY;
    };
    await expect.poll(distance).toBeLessThan(60);
    await web.page.keyboard.press('Escape');
    await web.page.getByRole('menu').waitFor({ state: 'detached' });
    // The keyboard goes on where it was, a moment after the menu is gone. Above the first row there is none to go to.
    const goUp = async () => {
      await web.page.keyboard.press('ArrowUp');
      return web.row(/^Iceland/).getAttribute('aria-selected');
    };
    await expect.poll(goUp).toBe('true');
  });

  it('stays browsable while its drive is unplugged, and goes on wherever that is plugged in', async () => {
    await place('Photos').click();
    await web.row(/^Iceland/).dblclick();
    await web.row(/^Day 1/).waitFor();
    await drive.unplug();
    await main().getByText(`Plug in “${label}” to open its files`).waitFor();
    await web.row(/^100% sure/).dblclick();
    await web.row(/^two␊lines\.txt 12 B/).waitFor();
    const steps = web.page.getByRole('navigation', { name: 'Path' }).locator('[data-step]');
    expect(await steps.allTextContents()).toEqual(['Photos', 'Iceland', '100% sure?&#']);
    await main().getByText(`From the index: “${label}” is not plugged in`).waitFor();
    await web.row(/^two␊lines/).click({ button: 'right' });
    // A copy waits for the drive; what takes it here and now cannot be asked for.
    expect(await web.page.getByRole('menuitem', { name: /^Copy to/ }).getAttribute('aria-disabled')).toBeNull();
    expect(await web.page.getByRole('menuitem', { name: /^Rename/ }).getAttribute('aria-disabled')).toBe('true');
    await web.page
      .getByRole('menuitem', { name: /^Rename/ })
      .getByText('Not plugged in')
      .waitFor();
    await web.page.keyboard.press('Escape');
    await takeScreenshots(web.page, 'location-offline');
    expect(await accessibilityProblems(web.page)).toEqual([]);
    await web.drive(label).click();
    await main()
      .getByRole('button', { name: /^Photos/ })
      .click();
    await web.row(/^Iceland/).dblclick();
    await web.row(/^Day 1/).waitFor();

    root = await drive.mount();
    await main().getByText('Plug in').waitFor({ state: 'hidden' });
    // The same folder, now at another mount point.
    await writeFile(join(root, 'Photos', 'Iceland', 'back.txt'), 'here');
    await web.row(/^back\.txt/).waitFor();
    expect(await steps.allTextContents()).toEqual(['Photos', 'Iceland']);
  });

  it('keeps what is selected, the active entry and how far one has scrolled while its drive goes and comes back', async () => {
    for (let number = 40; number < 80; number++) await writeFile(join(root, 'Photos', 'Iceland', 'Day 1', `IMG_${number}.jpg`), 'x');
    await web.row(/^Day 1/).dblclick();
    await web.row(/^IMG_2\.jpg/).click();
    await web.row(/^IMG_4\.jpg/).click({ modifiers: ['Control'] });
    const grid = web.page.getByRole('grid', { name: 'Files and folders' });
    await expect.poll(() => grid.getAttribute('aria-rowcount')).toBe('82');
    const scroll = (top: number) => web.page.evaluate(`void (document.querySelector('[role=grid]').scrollTop = ${top})`);
    const scrolled = () => web.page.evaluate(`document.querySelector('[role=grid]').scrollTop`);
    const goAndCome = [
      async () => {
        await drive.unplug();
        await main().getByText(`From the index: “${label}” is not plugged in`).waitFor();
      },
      async () => {
        root = await drive.mount();
        await main().getByText('From the index').waitFor({ state: 'hidden' });
      },
    ];
    for (const change of goAndCome) {
      await scroll(900);
      await web.row(/^IMG_40\.jpg/).waitFor();
      const before = await web.row(/^IMG_40\.jpg/).getAttribute('data-path');
      await change();
      // Its address is another one when the list is the other one.
      await expect.poll(() => web.row(/^IMG_40\.jpg/).getAttribute('data-path')).not.toBe(before);
      await web.page.getByText(/^2 selected/).waitFor();
      await expect.poll(scrolled).toBe(900);
      await scroll(0);
      for (const name of [/^IMG_2\.jpg/, /^IMG_4\.jpg/]) await expect.poll(() => web.row(name).getAttribute('aria-selected')).toBe('true');
    }
    await grid.focus();
    await web.page.keyboard.press('ArrowDown');
    await expect.poll(() => web.row(/^IMG_5\.jpg/).getAttribute('aria-selected')).toBe('true');
  });

  it('pauses, resumes, follows other rules, and is removed without touching a file', async () => {
    await place('Photos').click();
    await writeFile(join(root, 'Photos', '.hidden'), 'x');
    await web.page.getByRole('button', { name: 'Show hidden files' }).click();
    await web.row(/^\.hidden/).waitFor();
    await menuItem('Edit…');
    await dialog().getByText('What to leave out').click();
    await dialog().getByRole('switch', { name: 'Hidden files' }).click();
    await dialog().getByRole('textbox', { name: 'Leave out smaller than' }).fill('big');
    await dialog().getByText('A size such as 10 MB.').waitFor();
    expect(await dialog().getByRole('button', { name: 'Save' }).isDisabled()).toBe(true);
    await dialog().getByRole('textbox', { name: 'Leave out smaller than' }).fill('');
    await takeScreenshots(web.page, 'location-edit');
    expect(await accessibilityProblems(web.page)).toEqual([]);
    await dialog().getByRole('button', { name: 'Save' }).click();
    await dialog().waitFor({ state: 'hidden' });
    await web.row(/^\.hidden/).waitFor({ state: 'detached' });

    await menuItem('Pause');
    await main().getByText('Paused: it is neither scanned nor watched until you resume it.').waitFor();
    await main().getByRole('button', { name: 'Resume' }).click();
    await main()
      .getByText(/^Scanned/)
      .waitFor();

    const before = await readdir(join(root, 'Photos'));
    await menuItem('Remove…');
    await dialog().getByText('Files are not touched.', { exact: false }).waitFor();
    await dialog().getByRole('button', { name: 'Remove location' }).click();
    await place('Photos').waitFor({ state: 'detached' });
    await web.page.getByRole('button', { name: 'All drives' }).waitFor();
    expect(await readdir(join(root, 'Photos'))).toEqual(before);
  });

  it('says by itself that its folder has gone, and what can be done, until it is back', async () => {
    await place('Sound').click();
    await web.row(/^song\.flac/).waitFor();
    await rename(join(root, 'Music'), join(root, 'Moved'));
    await main().getByText('does not exist any more', { exact: false }).first().waitFor();
    await takeScreenshots(web.page, 'location-gone');
    await main().getByRole('button', { name: 'Try again' }).first().click();
    await expect.poll(async () => (await locations())[0]?.scanState).toBe('error');
    await rename(join(root, 'Moved'), join(root, 'Music'));
    await main().getByText('Watching for changes').waitFor();
    await web.row(/^song\.flac/).waitFor();
  });

  it('shows a drive all of which is indexed, also while it is away', async () => {
    await web.drive(label).click();
    await main().getByRole('button', { name: 'Index this drive' }).click();
    await dialog().getByRole('button', { name: 'Add location' }).click();
    await dialog().getByRole('button', { name: 'Add anyway' }).click();
    // The others name the drive, too, in a line of their own.
    await web.page.locator('nav [data-location]', { has: web.page.getByText(label, { exact: true }) }).waitFor();
    await isScanned(label);
    expect((await stat(join(root, 'Photos', 'notes.md'))).size).toBe(3);
    await web.drive(label).click();
    await web.row(/^Photos/).dblclick();
    await web.row(/^Iceland/).waitFor();
    await drive.unplug();
    await main().getByText(`From the index: “${label}” is not plugged in`).waitFor();
    await web.row(/^Iceland/).dblclick();
    await web.row(/^Day 1/).waitFor();
    await takeScreenshots(web.page, 'volume-offline-indexed');
  });

  it('says nothing to the console', () => expect(web.said).toEqual([]));
});
