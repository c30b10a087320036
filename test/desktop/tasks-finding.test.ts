import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { expect } from 'vitest';
import { describeTasks, type TaskPlace } from './task-world.ts';

interface Locations {
  items: { id: string; name: string; scanState: string }[];
}

const locations = async ({ web }: TaskPlace) => (await web.daemon.json<Locations>(['location', 'list'])).items;
/** Has the folder of the task indexed. */
const know = async (at: TaskPlace) => {
  await at.web.daemon.json(['location', 'add', at.folder]);
  await settled(at);
};
const forget = async (at: TaskPlace) => {
  for (const { id } of await locations(at)) await at.web.daemon.json(['location', 'remove', id, '--yes']);
};
const settled = (at: TaskPlace) => expect.poll(async () => (await locations(at)).map(({ scanState }) => scanState)).toEqual(['complete']);
/** In the sidebar. */
const kept = ({ web, name }: TaskPlace) => web.page.locator('nav [data-search]').filter({ hasText: `All of ${name}` });
const favourite = ({ web }: TaskPlace) => web.page.getByRole('list', { name: 'Favourites' }).getByRole('button', { name: /^Album/ });
const field = ({ web }: TaskPlace) => web.page.getByRole('combobox').first();

/** What was found of this time's: what the same words found before is shown until there is an answer. */
const hit = ({ row, name }: TaskPlace, file: string) => row(new RegExp(`^${file.replaceAll('.', '\\.')}.*${name}`));

/** The row is there for the whole word, and not still for its beginning. */
const found = (row: Locator, word: string) => expect.poll(() => row.locator('mark').first().textContent()).toBe(word);

describeTasks('finding', (task) => {
  task(35, {
    files: { 'Papers/Taxes/invoice 7.pdf': 'paper', 'note.txt': '' },
    before: know,
    keys: async (keys, at) => {
      await keys.press('Control+f');
      await keys.write('invoice');
      await found(hit(at, 'invoice 7.pdf'), 'invoice');
      await keys.press('Enter');
      await keys.goTo(/^invoice 7\.pdf/);
      await keys.menu(/^Show in its folder/);
    },
    mouse: async (mouse, at) => {
      await mouse.click(field(at));
      await mouse.write('invoice');
      await mouse.menu(hit(at, 'invoice 7.pdf'), /^Show in its folder/);
    },
    done: async (at) => {
      await expect.poll(() => decodeURIComponent(at.web.page.url())).toContain('Papers/Taxes');
      await expect.poll(() => at.chosen().allTextContents()).toEqual([expect.stringMatching(/^invoice 7/)]);
    },
    after: forget,
  });

  task(36, {
    files: { 'note.txt': '' },
    before: async (at) => {
      const reports = join(at.stick.mountPoint ?? '', `Reports ${at.name}`);
      await mkdir(reports);
      await writeFile(join(reports, 'glacier.pdf'), 'paper');
      await at.web.daemon.json(['location', 'add', reports]);
      await settled(at);
      await at.stick.unplug();
      await at.web
        .drive(at.stickName)
        .getByText(/Last seen/)
        .waitFor();
    },
    keys: async (keys, at) => {
      await keys.press('Control+f');
      await keys.write('glacier');
      await found(hit(at, 'glacier.pdf'), 'glacier');
      await keys.press('Enter');
      await keys.goTo(/^glacier\.pdf/);
    },
    mouse: async (mouse, at) => {
      await mouse.click(field(at));
      await mouse.write('glacier');
      await mouse.click(hit(at, 'glacier.pdf'));
    },
    done: async (at) => {
      const notice = at.web.page.getByRole('main').getByRole('status');
      await notice.filter({ hasText: `“glacier.pdf” is on “${at.stickName}”` }).waitFor();
    },
    after: async (at) => {
      await at.stick.mount();
      await forget(at);
      // Next time it is away anew, and not still.
      await at.web.drive(at.stickName).getByText(/free/).waitFor();
    },
  });

  task(37, {
    files: { 'harbour.jpg': 'picture', 'harbour.txt': 'words', 'harbour.mp3': 'waves' },
    before: know,
    keys: async (keys, at) => {
      await keys.press('Control+f');
      await keys.write('harbour kind:im');
      // For the whole word, and not still for its beginning, of which other kinds come first.
      await at.web.page.locator('[role="listbox"]:not([aria-busy])').getByRole('option', { name: /image/ }).waitFor();
      await keys.press('ArrowDown', 'Tab');
    },
    mouse: async (mouse, at) => {
      await mouse.click(field(at));
      await mouse.write('harbour');
      await hit(at, 'harbour.txt').waitFor();
      await mouse.click(at.web.page.getByRole('main').getByRole('button', { name: 'Kind', exact: true }));
      await mouse.click(at.web.page.getByRole('menuitem', { name: 'Images' }));
    },
    done: async (at) => {
      await at.row(/^harbour\.txt/).waitFor({ state: 'detached' });
      await hit(at, 'harbour.jpg').waitFor();
    },
    after: forget,
  });

  task(38, {
    files: { 'recipe 1.md': 'soup', 'recipe 2.md': 'cake' },
    before: know,
    keys: async (keys, at) => {
      await keys.press('Control+f');
      await keys.write('recipe');
      await hit(at, 'recipe 1.md').waitFor();
      await keys.tabTo(/^Save search/);
      await keys.press('Enter');
      await at.dialog().waitFor();
      await keys.field();
      await keys.press('Control+a');
      await keys.write(`All of ${at.name}`);
      await keys.press('Enter');
      await kept(at).waitFor();
      await at.dialog().waitFor({ state: 'hidden' });
      await keys.tabTo(/^All drives/, 'Shift+Tab');
      await keys.press('Enter');
      await at.row(/^recipe 1/).waitFor({ state: 'detached' });
      await keys.tabTo(new RegExp(`^All of ${at.name}`));
      await keys.press('Enter');
    },
    mouse: async (mouse, at) => {
      await mouse.click(field(at));
      await mouse.write('recipe');
      await mouse.click(at.web.page.getByRole('main').getByRole('button', { name: 'Save search' }));
      await at.dialog().getByRole('textbox').click({ clickCount: 3 });
      await mouse.write(`All of ${at.name}`);
      await mouse.click(at.dialog().getByRole('button', { name: 'Save' }));
      await kept(at).waitFor();
      await mouse.click(at.web.page.getByRole('button', { name: 'All drives' }));
      await at.row(/^recipe 1/).waitFor({ state: 'detached' });
      await mouse.click(kept(at));
    },
    done: async (at) => {
      await hit(at, 'recipe 1.md').waitFor();
      await hit(at, 'recipe 2.md').waitFor();
    },
    after: forget,
  });

  task(39, {
    keys: async (keys, { web }) => {
      await keys.press('Control+,');
      await web.page.getByRole('radiogroup', { name: 'Theme' }).waitFor();
      await keys.tabTo(/^Theme: /);
      await keys.goTo(/^Theme: Dark$/, 'ArrowRight');
      await keys.press('Space');
    },
    mouse: async (mouse, { web }) => {
      await mouse.click(web.page.getByRole('button', { name: 'Settings', exact: true }));
      await mouse.click(web.page.getByRole('radio', { name: 'Dark' }));
    },
    done: async ({ web }) => {
      await expect.poll(() => web.page.evaluate('document.documentElement.className')).toContain('dark');
    },
    after: async ({ web }) => {
      await web.daemon.json(['system', 'config', 'set', 'appearance.theme', 'system']);
      await expect.poll(() => web.page.evaluate('document.documentElement.className')).not.toContain('dark');
    },
  });

  task(40, {
    files: { 'Album/sea.jpg': 'sea' },
    keys: async (keys, at) => {
      await keys.choose(/^Album/);
      await keys.menu(/^Add to favourites/);
      await favourite(at).waitFor();
      await keys.tabTo(/^All drives/, 'Shift+Tab');
      await keys.press('Enter');
      await keys.tabTo(/^Album/);
      await keys.press('Enter');
    },
    mouse: async (mouse, at) => {
      await mouse.menu(at.row(/^Album/), /^Add to favourites/);
      await mouse.click(at.web.page.getByRole('button', { name: 'All drives' }));
      await mouse.click(favourite(at));
    },
    done: ({ row }) => row(/^sea\.jpg/).waitFor(),
    after: async (at) => {
      await favourite(at).click({ button: 'right' });
      await at.web.page.getByRole('menuitem', { name: 'Remove from favourites' }).click();
      await favourite(at).waitFor({ state: 'detached' });
    },
  });
});
