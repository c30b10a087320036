import { access, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { describeTasks } from './task-world.ts';

const TEN = Array.from({ length: 10 }, (_, index) => `DSC_${index + 1}.jpg`);
const isThere = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  );

describeTasks('changing files', (task) => {
  task(18, {
    keys: async (keys, { dialog }) => {
      await keys.press('Control+Shift+N');
      await dialog().waitFor();
      await keys.field();
      await keys.press('Control+a');
      await keys.write('Summer');
      await keys.press('Enter');
    },
    mouse: async (mouse, { web, dialog }) => {
      await mouse.click(web.page.getByRole('main').getByRole('button', { name: /^New folder/ }));
      await dialog().getByRole('textbox').click({ clickCount: 3 });
      await mouse.write('Summer');
      await mouse.click(dialog().getByRole('button', { name: 'Create' }));
    },
    done: async ({ folder, row }) => {
      await row(/^Summer/).waitFor();
      await expect.poll(() => readdir(folder)).toContain('Summer');
    },
  });

  task(19, {
    files: { 'draft.txt': 'words' },
    keys: async (keys, { web }) => {
      await keys.choose(/^draft/);
      await keys.press('F2');
      await web.page.getByRole('textbox', { name: /^New name of/ }).waitFor();
      await keys.write('diary');
      await keys.press('Enter');
    },
    mouse: async (mouse, { web, row }) => {
      await mouse.menu(row(/^draft/), /^Rename/);
      // The menu is gone, and the field has the keyboard.
      await web.page.locator('input:focus[aria-label^="New name of"]').waitFor();
      await mouse.write('diary');
      await mouse.beside();
    },
    done: async ({ folder, row }) => {
      await expect.poll(() => readdir(folder)).toEqual(['diary.txt']);
      await row(/^diary\.txt/).waitFor();
    },
  });

  task(20, {
    files: Object.fromEntries(TEN.map((name) => [name, name])),
    keys: async (keys, { dialog }) => {
      await keys.press('Control+a', 'F2');
      await dialog().waitFor();
      await keys.tabTo(/^Pattern/);
      await keys.write('Sea {n:2}.{ext}');
      // For the whole pattern, and not still for its beginning.
      await dialog().getByText('Sea 10.jpg').waitFor();
      await keys.press('Enter');
    },
    mouse: async (mouse, { web, row, dialog }) => {
      // From beside the first row over all of them.
      await mouse.click(row(/^DSC_1\.jpg/));
      await row(/^DSC_10\.jpg/).click({ modifiers: ['Shift'] });
      await web.page.evaluate('window.usedHands.keys = window.usedHands.keys.filter((key) => key !== "Shift")');
      await mouse.menu(row(/^DSC_2\.jpg/), /^Rename/);
      await mouse.click(dialog().getByRole('textbox', { name: 'Pattern' }));
      await mouse.write('Sea {n:2}.{ext}');
      // For the whole pattern, and not still for its beginning.
      await dialog().getByText('Sea 10.jpg').waitFor();
      await mouse.click(dialog().getByRole('button', { name: 'Rename' }));
    },
    done: async ({ folder, row }) => {
      await row(/^Sea 10\.jpg/).waitFor();
      const names = TEN.map((_, index) => `Sea ${String(index + 1).padStart(2, '0')}.jpg`);
      await expect.poll(async () => (await readdir(folder)).toSorted()).toEqual(names);
    },
  });

  task(21, {
    files: { 'letter.txt': 'words', 'Kept/': '' },
    keys: async (keys, { web, row }) => {
      await keys.choose(/^letter/);
      await keys.press('Control+c');
      await keys.choose(/^Kept/);
      await keys.press('Enter');
      await web.page.getByText('This folder is empty').waitFor();
      await keys.press('Control+v');
      await row(/^letter/).waitFor();
    },
    mouse: async (mouse, { row }) => {
      await mouse.menu(row(/^letter/), /^Copy (Ctrl\+C|$)/);
      await mouse.menu(row(/^Kept/), /^Paste/);
    },
    done: async ({ folder }) => {
      await expect.poll(() => readdir(join(folder, 'Kept'))).toEqual(['letter.txt']);
      expect(await readdir(folder)).toContain('letter.txt');
    },
  });

  task(22, {
    files: { 'a.txt': 'a', 'b.txt': 'b', 'Kept/': '' },
    keys: async (keys, { web, row }) => {
      await keys.choose(/^a\.txt/);
      await keys.press('Shift+ArrowDown', 'Control+x');
      await keys.choose(/^Kept/);
      await keys.press('Enter');
      await web.page.getByText('This folder is empty').waitFor();
      await keys.press('Control+v');
      await row(/^b\.txt/).waitFor();
    },
    mouse: async (mouse, { row }) => {
      for (const name of [/^a\.txt/, /^b\.txt/]) {
        await mouse.drag(row(name), row(/^Kept/));
        await row(name).waitFor({ state: 'detached' });
      }
    },
    done: async ({ folder }) => {
      await expect.poll(async () => (await readdir(join(folder, 'Kept'))).toSorted()).toEqual(['a.txt', 'b.txt']);
      await expect.poll(() => readdir(folder)).toEqual(['Kept']);
    },
  });

  task(23, {
    files: { 'plan.txt': 'plan' },
    keys: async (keys) => {
      await keys.choose(/^plan/);
      await keys.press('Control+d');
    },
    mouse: async (mouse, { row }) => mouse.menu(row(/^plan/), /^Duplicate/),
    done: async ({ folder }) => expect.poll(async () => (await readdir(folder)).length).toBe(2),
  });

  task(24, {
    files: { 'wrong.txt': 'still needed', 'other.txt': '' },
    keys: async (keys, { row, said }) => {
      await keys.choose(/^wrong/);
      await keys.press('Delete');
      await row(/^wrong/).waitFor({ state: 'detached' });
      // What is still being done cannot be undone yet, and its folder may tell of it before.
      await said(/^Moved wrong\.txt to the trash/);
      await keys.press('Control+z');
    },
    mouse: async (mouse, { web, row }) => {
      await mouse.menu(row(/^wrong/), /^Move to trash/);
      await row(/^wrong/).waitFor({ state: 'detached' });
      // Another one says that it was undone before.
      const told = web.corner.getByRole('status').filter({ hasText: /^Moved wrong\.txt to the trash/ });
      await mouse.click(told.getByRole('button', { name: 'Undo' }));
    },
    done: async ({ folder, row }) => {
      await row(/^wrong/).waitFor();
      expect(await readFile(join(folder, 'wrong.txt'), 'utf8')).toBe('still needed');
    },
  });

  task(25, {
    files: { 'lost.txt': 'found', 'other.txt': '' },
    keys: async (keys, { row, name }) => {
      await keys.choose(/^lost/);
      await keys.press('Delete');
      await row(/^lost/).waitFor({ state: 'detached' });
      await keys.tabTo(/^Trash/, 'Shift+Tab');
      await keys.press('Enter');
      await row(new RegExp(`lost\\.txt.*${name}`)).waitFor();
      await keys.tabTo(/^Restore lost\.txt/);
      await keys.press('Enter');
    },
    mouse: async (mouse, { web, row, name }) => {
      await mouse.menu(row(/^lost/), /^Move to trash/);
      await row(/^lost/).waitFor({ state: 'detached' });
      await mouse.click(web.page.getByRole('button', { name: 'Trash', exact: true }));
      const thrown = row(new RegExp(`lost\\.txt.*${name}`));
      await mouse.click(thrown.getByRole('button', { name: /^Restore lost/ }));
    },
    done: async ({ folder }) => expect.poll(() => isThere(join(folder, 'lost.txt'))).toBe(true),
  });

  task(26, {
    files: { 'secret.txt': 'gone', 'other.txt': '' },
    keys: async (keys, { dialog }) => {
      await keys.choose(/^secret/);
      await keys.press('Shift+Delete');
      await dialog().waitFor();
      await keys.tabTo(/^Delete permanently/);
      await keys.press('Enter');
    },
    mouse: async (mouse, { row, dialog }) => {
      await mouse.menu(row(/^secret/), /^Delete permanently/);
      await mouse.click(dialog().getByRole('button', { name: 'Delete permanently' }));
    },
    done: ({ folder }) => expect.poll(() => readdir(folder)).toEqual(['other.txt']),
  });

  task(27, {
    files: { 'report.txt': 'new', 'Kept/report.txt': 'old' },
    keys: async (keys, { row, dialog }) => {
      await keys.choose(/^report/);
      await keys.press('Control+c');
      await keys.choose(/^Kept/);
      await keys.press('Enter');
      await row(/^Kept/).waitFor({ state: 'detached' });
      await row(/^report/).waitFor();
      await keys.press('Control+v');
      await dialog().getByRole('button', { name: 'Copy', exact: true, disabled: false }).waitFor();
      await keys.tabTo(/^Copy$/);
      await keys.press('Enter');
    },
    mouse: async (mouse, { row, dialog }) => {
      await mouse.menu(row(/^report/), /^Copy (Ctrl\+C|$)/);
      await mouse.menu(row(/^Kept/), /^Paste/);
      await mouse.click(dialog().getByRole('radio', { name: 'Keep both' }).first());
      await mouse.click(dialog().getByRole('button', { name: 'Copy' }));
    },
    done: async ({ folder }) => {
      await expect.poll(async () => (await readdir(join(folder, 'Kept'))).toSorted()).toEqual(['report (2).txt', 'report.txt']);
      expect(await readFile(join(folder, 'Kept', 'report.txt'), 'utf8')).toBe('old');
      expect(await readFile(join(folder, 'Kept', 'report (2).txt'), 'utf8')).toBe('new');
    },
  });

  task(28, {
    files: { 'sheet.txt': '1, 2, 3' },
    before: async ({ web, folder, name }) => {
      await web.daemon.json(['file', 'rename', join(folder, 'sheet.txt'), `${name}.csv`]);
    },
    keys: async (keys, { web, name, dialog }) => {
      await keys.tabTo(/^History/, 'Shift+Tab');
      await keys.press('Enter');
      await keys.tabTo(/^Search the history/);
      await keys.write(`${name}.csv`);
      const renamed = web.page.getByRole('listitem').filter({ hasText: `to ${name}.csv` });
      await renamed.waitFor();
      await expect.poll(() => web.page.getByRole('listitem').filter({ hasText: 'sheet.txt' }).count()).toBe(1);
      await keys.tabTo(/^Undo/);
      await keys.press('Enter');
      // It can be pressed when it is known what would be undone.
      await dialog().getByRole('button', { name: 'Undo', disabled: false }).waitFor();
      await keys.tabTo(/^Undo$/);
      await keys.press('Enter');
    },
    mouse: async (mouse, { web, name, dialog }) => {
      await mouse.click(web.page.getByRole('button', { name: 'History', exact: true }));
      const renamed = web.page.getByRole('listitem').filter({ hasText: `to ${name}.csv` });
      await mouse.click(renamed.getByRole('button', { name: 'Undo' }));
      await mouse.click(dialog().getByRole('button', { name: 'Undo' }));
    },
    done: async ({ folder }) => expect.poll(() => readdir(folder)).toEqual(['sheet.txt']),
  });
});
