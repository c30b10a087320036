import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accessibilityProblems, takeScreenshots } from '#test/instruments/desktop-app/page-checks.ts';
import { chromiumAbility, loopMountAbility } from '#test/instruments/host-abilities.ts';
import { createDiskImage, type DiskImage } from '#test/instruments/loop-volume.ts';
import { WebPage } from '#test/instruments/web-page.ts';

const reason = chromiumAbility().reason ?? loopMountAbility().reason;

describe.skipIf(reason !== null)(`favourites (${reason ?? 'Chromium and real loop mounts'})`, () => {
  const label = `FAV-${process.pid}`;
  let web: WebPage;
  let drive: DiskImage;
  let root: string;

  beforeAll(async () => {
    drive = await createDiskImage({ fileSystem: 'ext4', sizeMb: 64, label });
    root = await drive.mount();
    for (const folder of ['Work/Photos', 'Work/Papers', 'Work/Music']) await mkdir(join(root, folder), { recursive: true });
    await writeFile(join(root, 'Work', 'Photos', 'boat.jpg'), 'boat');
    await writeFile(join(root, 'Work', 'note.txt'), 'note');
    web = await WebPage.open();
    await web.daemon.json(['system', 'config', 'set', 'volumes.prompt', 'false']);
    await web.daemon.json(['location', 'add', join(root, 'Work'), '--wait']);
    await web.page.locator('nav [data-location]').click();
    await web.row(/^Photos/).waitFor();
  });
  afterAll(async () => {
    await web?.[Symbol.asyncDispose]();
    await drive?.dispose();
  });

  const items = () => web.page.locator('[data-favourite]');
  const names = () => items().locator('bdi').allTextContents();
  const item = (name: string) => items().filter({ hasText: name }).getByRole('button');
  const menu = (name: string) => web.page.getByRole('menuitem', { name }).click();

  it('are added by the menu of a folder, and by dragging it there', async () => {
    await web.page.getByText('Drag folders here').waitFor();
    await web.row(/^Photos/).click({ button: 'right' });
    await menu('Add to favourites');
    await expect.poll(names).toEqual(['Photos']);
    await web.row(/^Papers/).dragTo(web.page.locator('[data-drop="favourites"] h2'));
    await expect.poll(names).toEqual(['Photos', 'Papers']);
    await web.row(/^Music/).click();
    await web.page.keyboard.press('Shift+F10');
    await menu('Add to favourites');
    await expect.poll(names).toEqual(['Photos', 'Papers', 'Music']);
    // A second time changes nothing.
    await web.row(/^Music/).click({ button: 'right' });
    await menu('Add to favourites');
    await expect.poll(names).toEqual(['Photos', 'Papers', 'Music']);
    await takeScreenshots(web.page, 'favourites');
    expect(await accessibilityProblems(web.page)).toEqual([]);
  });

  it('have the order that one gives them, by mouse and keyboard, also after a restart', async () => {
    await item('Music').dragTo(item('Photos'), { targetPosition: { x: 40, y: 3 } });
    await expect.poll(names).toEqual(['Music', 'Photos', 'Papers']);
    await item('Papers').focus();
    await web.page.keyboard.press('Alt+ArrowUp');
    await expect.poll(names).toEqual(['Music', 'Papers', 'Photos']);
    await item('Music').click({ button: 'right' });
    await menu('Move down');
    await expect.poll(names).toEqual(['Papers', 'Music', 'Photos']);
    await web.page.reload();
    await expect.poll(names).toEqual(['Papers', 'Music', 'Photos']);
  });

  it('open, here and in new tabs, and take files', async () => {
    await web.page.locator('nav [data-location]').click();
    await web.row(/^note\.txt/).dragTo(item('Papers'));
    await item('Papers').click();
    await web.row(/^note\.txt/).waitFor();
    await expect.poll(() => item('Papers').getAttribute('aria-current')).toBe('page');
    await item('Photos').click({ button: 'middle' });
    await expect.poll(() => web.page.getByRole('tab').allTextContents()).toEqual(['Papers', 'Photos']);
  });

  it('are reached by the arrows in the sidebar, and fold up', async () => {
    const title = web.page.getByRole('button', { name: 'Favourites', exact: true });
    await title.focus();
    await web.page.keyboard.press('ArrowDown');
    await expect.poll(() => web.page.evaluate('document.activeElement.textContent')).toContain('Papers');
    await web.page.keyboard.press('ArrowDown');
    await web.page.keyboard.press('ArrowDown');
    await web.page.keyboard.press('Enter');
    await web.row(/^boat\.jpg/).waitFor();
    await title.click();
    await expect.poll(() => items().count()).toBe(0);
    await title.press('Enter');
    await expect.poll(names).toEqual(['Papers', 'Music', 'Photos']);
  });

  it('follow their folders, and are known without their drive', async () => {
    await web.page.locator('nav [data-location]').click();
    await web.row(/^Photos/).waitFor();
    await rename(join(root, 'Work', 'Photos'), join(root, 'Work', 'Pictures'));
    await expect.poll(names).toEqual(['Papers', 'Music', 'Pictures']);
    await drive.unplug();
    await item('Pictures').getByText(`${label} is not plugged in`).waitFor();
    await item('Pictures').click();
    await web.row(/^boat\.jpg/).waitFor();
    await takeScreenshots(web.page, 'favourites-offline');
    expect(await accessibilityProblems(web.page)).toEqual([]);
  });

  it('are taken away by the menu and by Delete', async () => {
    await item('Papers').click({ button: 'right' });
    await menu('Remove from favourites');
    // Whoever goes on at once loses neither.
    await item('Music').focus();
    await web.page.keyboard.press('Delete');
    await expect.poll(names).toEqual(['Pictures']);
  });

  it('says nothing to the console', () => expect(web.said).toEqual([]));
});
