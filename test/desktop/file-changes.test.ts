import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accessibilityProblems, takeScreenshots } from '#test/instruments/desktop-app/page-checks.ts';
import { chromiumAbility, loopMountAbility } from '#test/instruments/host-abilities.ts';
import { createDiskImage, type DiskImage } from '#test/instruments/loop-volume.ts';
import { WebPage } from '#test/instruments/web-page.ts';

const reason = chromiumAbility().reason ?? loopMountAbility().reason;

describe.skipIf(reason !== null)(`files changed in the page (${reason ?? 'Chromium and a real loop mount'})`, () => {
  const label = `CHANGE-${process.pid}`;
  let web: WebPage;
  let drive: DiskImage;
  let root: string;

  beforeAll(async () => {
    drive = await createDiskImage({ fileSystem: 'ext4', sizeMb: 64, label });
    root = await drive.mount();
    await writeFile(join(root, 'draft.notes.txt'), 'words');
    await writeFile(join(root, 'taken.txt'), 'taken');
    await mkdir(join(root, 'Album', 'deep'), { recursive: true });
    for (let number = 1; number <= 4; number++) await writeFile(join(root, 'Album', `IMG_000${number}.JPG`), `picture ${number}`);
    await writeFile(join(root, 'Album', 'deep', 'inside.bin'), Buffer.alloc(5000, 1));
    web = await WebPage.open();
    await web.daemon.json(['system', 'config', 'set', 'volumes.prompt', 'false']);
    await web.drive(label).click();
    await web.row(/^draft/).waitFor();
  });
  afterAll(async () => {
    await web?.[Symbol.asyncDispose]();
    await drive?.dispose();
  });

  const press = async (...keys: string[]) => {
    for (const key of keys) await web.page.keyboard.press(key);
  };
  const chosen = () => web.page.locator('[role="row"][aria-selected="true"]');
  const field = () => web.page.getByRole('textbox', { name: /^New name of/ });

  it('gives a file another name in its row, with the stem selected', async () => {
    await web.row(/^draft/).click();
    await press('F2');
    expect(await field().inputValue()).toBe('draft.notes.txt');
    await expect
      .poll(() =>
        web.page.evaluate<string | undefined>(
          'document.activeElement.value?.slice(document.activeElement.selectionStart, document.activeElement.selectionEnd)',
        ),
      )
      .toBe('draft.notes');
    await takeScreenshots(web.page, 'rename-inline');
    expect(await accessibilityProblems(web.page)).toEqual([]);
    await web.page.keyboard.type('diary');
    await press('Enter');
    await web.row(/^diary\.txt/).waitFor();
    await expect.poll(() => chosen().first().textContent()).toMatch(/^diary\.txt/);
    expect(await readFile(join(root, 'diary.txt'), 'utf8')).toBe('words');
    expect(await readdir(root)).not.toContain('draft.notes.txt');
  });

  it('says in the row that a name is taken, and leaves both files as they are', async () => {
    await press('F2');
    await field().fill('taken.txt');
    await press('Enter');
    await web.page
      .getByRole('alert')
      .getByText(/taken\.txt/)
      .waitFor();
    await takeScreenshots(web.page, 'rename-taken');
    expect(await accessibilityProblems(web.page)).toEqual([]);
    await press('Escape');
    await web.row(/^diary\.txt/).waitFor();
    expect(await readFile(join(root, 'taken.txt'), 'utf8')).toBe('taken');
  });

  it('takes a new name back by Ctrl+Z, and says what it took back', async () => {
    await press('Control+z');
    await web.corner.getByText('Undone: Renamed draft.notes.txt to diary.txt').waitFor();
    await web.row(/^draft\.notes\.txt/).waitFor();
    expect(await readFile(join(root, 'draft.notes.txt'), 'utf8')).toBe('words');
  });

  it('makes a folder under a name that is free, and selects it', async () => {
    await mkdir(join(root, 'New folder'));
    await web.page.getByRole('button', { name: 'Read again' }).click();
    await web.row(/^New folder/).waitFor();
    await press('Control+Shift+N');
    const dialog = web.page.getByRole('dialog', { name: 'New folder' });
    await dialog.waitFor();
    expect(await dialog.getByRole('textbox').inputValue()).toBe('New folder (2)');
    await takeScreenshots(web.page, 'new-folder');
    expect(await accessibilityProblems(web.page)).toEqual([]);
    await dialog.getByRole('textbox').fill('New folder');
    await press('Enter');
    await dialog.getByRole('alert').waitFor();
    await dialog.getByRole('textbox').fill('Summer');
    await press('Enter');
    await expect.poll(() => chosen().first().textContent()).toMatch(/^Summer/);
    expect(await readdir(root)).toContain('Summer');
  });

  it('names many files by a rule that shows what it does', async () => {
    await web.row(/^Album/).dblclick();
    await web.row(/^IMG_0001/).click();
    await web.row(/^IMG_0004/).click({ modifiers: ['Shift'] });
    await press('F2');
    const dialog = web.page.getByRole('dialog', { name: 'Rename 4 items' });
    await dialog.getByRole('textbox', { name: 'Find' }).fill('IMG_');
    await dialog.getByRole('textbox', { name: 'Pattern' }).fill('Sea {n:2}.{ext}');
    await dialog.getByRole('combobox', { name: 'Letters' }).selectOption({ label: 'lower case' });
    const names = dialog.getByRole('list', { name: 'New names' });
    await names.getByText('sea 04.jpg').waitFor();
    await dialog.getByText('4 of 4 get another name').waitFor();
    await takeScreenshots(web.page, 'rename-many');
    expect(await accessibilityProblems(web.page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Rename' }).click();
    await web.corner.getByText('Renamed 4 items').waitFor();
    await web.row(/^sea 01\.jpg/).waitFor();
    expect((await readdir(join(root, 'Album'))).sort()).toEqual(['deep', 'sea 01.jpg', 'sea 02.jpg', 'sea 03.jpg', 'sea 04.jpg']);
  });

  it('takes Enter for a rule whose names are not shown yet, and gives those when they are', async () => {
    await web.row(/^sea 01/).click();
    await web.row(/^sea 04/).click({ modifiers: ['Shift'] });
    await press('F2');
    await web.page
      .getByRole('dialog', { name: 'Rename 4 items' })
      .getByRole('textbox', { name: 'Find' })
      .evaluate((find: { dispatchEvent(event: Event): void }) => {
        const page = globalThis as unknown as { HTMLInputElement: { prototype: object }; KeyboardEvent: new (...args: unknown[]) => Event };
        const write = (field: object, text: string) => {
          Object.getOwnPropertyDescriptor(page.HTMLInputElement.prototype, 'value')?.set?.call(field, text);
          (field as typeof find).dispatchEvent(new Event('input', { bubbles: true }));
        };
        write(find, 'sea');
        // Both at once: no answer can come in between.
        find.dispatchEvent(new page.KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }));
      });
    await web.row(/^01\.jpg/).waitFor();
    expect((await readdir(join(root, 'Album'))).sort()).toEqual([' 01.jpg', ' 02.jpg', ' 03.jpg', ' 04.jpg', 'deep']);
    await web.page.getByRole('dialog').waitFor({ state: 'hidden' });
    await press('Control+z');
    await web.row(/^sea 01/).waitFor();
  });

  it('throws away by a key, gives it back by the message', async () => {
    await web.row(/^deep/).click();
    await press('Delete');
    const toast = web.corner.getByRole('status').filter({ hasText: 'Moved deep to the trash' });
    // What the pointer rests on stays: the message goes by itself, however long a picture takes.
    await toast.hover();
    await web.row(/^deep/).waitFor({ state: 'detached' });
    expect(await readdir(join(root, 'Album'))).not.toContain('deep');
    await takeScreenshots(web.page, 'toast-undo');
    await toast.getByRole('button', { name: 'Undo' }).click();
    await web.row(/^deep/).waitFor();
    expect(await readFile(join(root, 'Album', 'deep', 'inside.bin'))).toEqual(Buffer.alloc(5000, 1));
  });

  it('shows the trash, and restores from there', async () => {
    await web.row(/^sea 02/).click();
    await web.row(/^sea 02/).click({ button: 'right' });
    await takeScreenshots(web.page, 'file-menu');
    expect(await accessibilityProblems(web.page)).toEqual([]);
    await web.page.getByRole('menuitem', { name: 'Move to trash' }).click();
    await web.row(/^sea 02/).waitFor({ state: 'detached' });
    await web.page.getByRole('button', { name: 'Trash', exact: true }).click();
    const row = web.page.getByRole('row', { name: /sea 02\.jpg/ });
    await row.getByText(join(root, 'Album')).waitFor();
    await row.getByRole('checkbox').check();
    await takeScreenshots(web.page, 'trash');
    expect(await accessibilityProblems(web.page)).toEqual([]);
    await web.page.getByRole('button', { name: 'Restore', exact: true }).first().click();
    await row.waitFor({ state: 'detached' });
    expect(await readFile(join(root, 'Album', 'sea 02.jpg'), 'utf8')).toBe('picture 2');
  });

  it('asks before it deletes for good, and says what is lost', async () => {
    await web.drive(label).click();
    await web.row(/^Album/).click();
    await press('Shift+Delete');
    const dialog = web.page.getByRole('dialog', { name: 'Delete Album permanently?' });
    await dialog.getByText(/5 files, .*2 folders/).waitFor();
    await takeScreenshots(web.page, 'delete-asks');
    expect(await accessibilityProblems(web.page)).toEqual([]);
    // The button that has the focus does no harm.
    await press('Enter');
    await dialog.waitFor({ state: 'hidden' });
    expect(await readdir(root)).toContain('Album');
    await press('Shift+Delete');
    await dialog.getByRole('button', { name: 'Delete permanently' }).click();
    await web.row(/^Album/).waitFor({ state: 'detached' });
    await expect.poll(() => readdir(root)).not.toContain('Album');
  });

  it('tells in the history what was done, how it ended, and how it is taken back', async () => {
    await web.page.getByRole('button', { name: 'History', exact: true }).click();
    const deleted = web.page.getByRole('listitem').filter({ hasText: 'Deleted Album permanently' });
    await deleted.waitFor();
    await takeScreenshots(web.page, 'history');
    expect(await accessibilityProblems(web.page)).toEqual([]);
    await deleted.getByRole('button').first().click();
    await deleted
      .getByText(/cannot be undone|permanent|for good/i)
      .first()
      .waitFor();
    await web.page.getByRole('searchbox', { name: 'Search the history' }).fill('summer');
    const created = web.page.getByRole('listitem').filter({ hasText: 'Created the folder Summer' });
    await created.waitFor();
    await deleted.waitFor({ state: 'detached' });
    await created.getByRole('button', { name: 'Undo' }).click();
    const dialog = web.page.getByRole('dialog', { name: 'Undo this?' });
    await dialog.getByText('Created the folder Summer').waitFor();
    await takeScreenshots(web.page, 'undo-dialog');
    expect(await accessibilityProblems(web.page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Undo' }).click();
    await created.getByText('Undone', { exact: true }).waitFor();
    expect(await readdir(root)).not.toContain('Summer');
  });

  it('says why something cannot be taken back any more', async () => {
    await web.drive(label).click();
    await web.row(/^taken\.txt/).waitFor();
    await press('Control+Shift+N');
    await web.page.getByRole('dialog').getByRole('textbox').fill('Filled');
    await press('Enter');
    await web.row(/^Filled/).waitFor();
    await writeFile(join(root, 'Filled', 'since.txt'), 'put there since');
    await press('Control+z');
    const alert = web.corner.getByRole('alert').filter({ hasText: 'Not undone: Created the folder Filled' });
    await alert.waitFor();
    await takeScreenshots(web.page, 'undo-refused');
    expect(await accessibilityProblems(web.page)).toEqual([]);
    expect(await readFile(join(root, 'Filled', 'since.txt'), 'utf8')).toBe('put there since');
  });

  it('says nothing to the console', () => expect(web.said).toEqual([]));
});
