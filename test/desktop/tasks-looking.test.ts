import { readdirSync, readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { describeTasks, readTasks } from './task-world.ts';

it('has a test for each of the forty tasks', () => {
  const folder = new URL('.', import.meta.url);
  const sources = readdirSync(folder).flatMap((name) =>
    /^tasks-.*\.test\.ts$/.test(name) ? [readFileSync(new URL(name, folder), 'utf8')] : [],
  );
  const numbers = sources.flatMap((source) => [...source.matchAll(/^ {2}task\((\d+),/gm)].map(([, number]) => Number(number)));
  expect(numbers.toSorted((a, b) => a - b)).toEqual([...readTasks().keys()]);
  expect(numbers).toHaveLength(40);
});

const tabs = (page: Page) => page.getByRole('tablist', { name: 'Tabs' }).getByRole('tab');
const isTyping = (page: Page) => page.evaluate('document.activeElement instanceof HTMLInputElement');
const isSorted = async (page: Page, order: string) => {
  const heading = page.getByRole('columnheader', { name: 'Size' });
  await expect.poll(() => heading.getAttribute('aria-sort')).not.toBe('none');
  return (await heading.getAttribute('aria-sort')) === order;
};

const LONG = Object.fromEntries(Array.from({ length: 120 }, (_, index) => [`IMG_${String(index).padStart(4, '0')}.jpg`, '']));

describeTasks('looking around', (task) => {
  task(1, {
    files: { 'Album/Summer/sea.jpg': 'sea' },
    keys: async (keys, { web, driveName, name, row }) => {
      await web.page.evaluate('document.activeElement.blur(); location.hash = "#/"');
      await keys.tabTo(new RegExp(`^${driveName}`));
      await keys.press('Enter');
      await row(new RegExp(`^${name}`)).waitFor();
      await keys.tabTo(/^Files and folders$/);
      for (const folder of [name, 'Album', 'Summer']) {
        await keys.choose(new RegExp(`^${folder}`));
        await keys.press('Enter');
      }
    },
    mouse: async (mouse, { web, driveName, name, row }) => {
      await mouse.click(web.drive(driveName));
      for (const folder of [name, 'Album', 'Summer']) await mouse.double(row(new RegExp(`^${folder}`)));
    },
    done: ({ row }) => row(/^sea\.jpg/).waitFor(),
  });

  task(2, {
    files: { 'Album/sea.jpg': 'sea', 'Beach/sun.jpg': 'sun' },
    keys: async (keys, { row }) => {
      await keys.choose(/^Beach/);
      await keys.press('Enter');
      await row(/^sun\.jpg/).waitFor();
      await keys.press('Alt+ArrowUp');
    },
    mouse: async (mouse, { web, row }) => {
      await mouse.double(row(/^Beach/));
      await row(/^sun\.jpg/).waitFor();
      await mouse.click(web.page.getByRole('button', { name: /^Go up/ }));
    },
    done: async ({ chosen }) => expect.poll(() => chosen().allTextContents()).toEqual([expect.stringMatching(/^Beach/)]),
  });

  task(3, {
    files: { 'Album/sea.jpg': 'sea' },
    keys: async (keys, { row }) => {
      await keys.choose(/^Album/);
      await keys.press('Enter');
      await row(/^sea\.jpg/).waitFor();
      await keys.press('Alt+ArrowLeft');
      await row(/^Album/).waitFor();
      await keys.press('Alt+ArrowRight');
    },
    mouse: async (mouse, { web, row }) => {
      await mouse.double(row(/^Album/));
      await row(/^sea\.jpg/).waitFor();
      await mouse.click(web.page.getByRole('button', { name: /^Back/ }));
      await row(/^Album/).waitFor();
      await mouse.click(web.page.getByRole('button', { name: /^Forward/ }));
    },
    done: ({ row }) => row(/^sea\.jpg/).waitFor(),
  });

  task(4, {
    files: { 'one/two/three/deep.txt': 'deep' },
    keys: async (keys, { row }) => {
      for (const folder of ['one', 'two', 'three']) {
        await keys.choose(new RegExp(`^${folder}`));
        await keys.press('Enter');
      }
      await row(/^deep\.txt/).waitFor();
      await keys.tabTo(/^one$/, 'Shift+Tab');
      await keys.press('Enter');
    },
    mouse: async (mouse, { web, row }) => {
      for (const folder of ['one', 'two', 'three']) await mouse.double(row(new RegExp(`^${folder}`)));
      await row(/^deep\.txt/).waitFor();
      await mouse.click(web.page.getByRole('navigation', { name: 'Path' }).getByRole('button', { name: 'one', exact: true }));
    },
    done: ({ row }) => row(/^two/).waitFor(),
  });

  task(5, {
    files: { 'small.txt': 's', 'large.txt': 'l'.repeat(9000), 'middle.txt': 'm'.repeat(500) },
    keys: async (keys, { web }) => {
      await keys.tabTo(/^Size$/);
      await keys.press('Enter');
      if (!(await isSorted(web.page, 'ascending'))) return;
      await keys.press('Enter');
    },
    mouse: async (mouse, { web }) => {
      const heading = web.page.getByRole('columnheader', { name: 'Size' }).getByRole('button').first();
      await mouse.click(heading);
      if (await isSorted(web.page, 'ascending')) await mouse.click(heading);
    },
    done: async ({ web }) => {
      const names = () => web.page.locator('main [role="row"][data-path] [role="gridcell"]:first-child').allTextContents();
      await expect.poll(names).toEqual(['large.txt', 'middle.txt', 'small.txt']);
      // So that the next folders are in their usual order.
      await web.page.evaluate(
        `[...document.querySelectorAll('[role="columnheader"] button')].find((it) => it.textContent === 'Name').click()`,
      );
    },
  });

  task(6, {
    files: LONG,
    keys: async (keys) => keys.writeAhead('img_0097'),
    mouse: async (mouse, { row }) => {
      await row(/^IMG_0003/).hover();
      await mouse.wheel(2600);
      await mouse.click(row(/^IMG_0097/));
    },
    done: async ({ chosen }) => expect.poll(() => chosen().allTextContents()).toEqual([expect.stringMatching(/^IMG_0097/)]),
  });

  task(7, {
    files: { '.secret': 'hidden', 'plain.txt': 'plain' },
    keys: async (keys, { row }) => {
      await keys.tabTo(/^Show hidden files/, 'Shift+Tab');
      await keys.press('Enter');
      await row(/^\.secret/).waitFor();
      await keys.press('Enter');
    },
    mouse: async (mouse, { web, row }) => {
      await mouse.click(web.page.getByRole('button', { name: /^Show hidden files/ }));
      await row(/^\.secret/).waitFor();
      await mouse.click(web.page.getByRole('button', { name: /^Hide hidden files/ }));
    },
    done: ({ row }) => row(/^\.secret/).waitFor({ state: 'detached' }),
  });

  task(8, {
    files: { 'a.txt': 'x'.repeat(100), 'b.txt': 'x'.repeat(200), 'c.txt': 'x'.repeat(300), 'd.txt': 'x' },
    keys: async (keys) => {
      await keys.choose(/^a\.txt/);
      await keys.press('Shift+ArrowDown', 'Shift+ArrowDown');
    },
    mouse: async (mouse, { web, row }) => {
      await mouse.click(row(/^a\.txt/));
      await row(/^c\.txt/).click({ modifiers: ['Shift'] });
      await web.page.evaluate('window.usedHands.keys = window.usedHands.keys.filter((key) => key !== "Shift")');
    },
    done: async ({ web }) => {
      await web.page.getByText('3 selected').waitFor();
      await web.page
        .getByText(/600.?B/)
        .first()
        .waitFor();
    },
  });

  task(9, {
    files: { 'a.txt': 'a', 'b.txt': 'b', 'Album/': '' },
    keys: async (keys, { web }) => {
      await keys.press('Control+a');
      await web.page.getByText('3 selected').waitFor();
      await keys.press('Escape');
    },
    mouse: async (mouse, { web, row }) => {
      // A rubber band from beside the last entry over all of them.
      const [first, last] = [await row(/^Album/).boundingBox(), await row(/^b\.txt/).boundingBox()];
      if (!first || !last) throw new Error('The entries are not there');
      await web.page.mouse.move(last.x + last.width - 40, last.y + 200);
      await web.page.mouse.down();
      await web.page.mouse.move(last.x + last.width - 120, last.y + 20, { steps: 4 });
      await web.page.mouse.move(first.x + 60, first.y + 8, { steps: 6 });
      await web.page.mouse.up();
      await web.page.getByText('3 selected').waitFor();
      await mouse.beside();
    },
    done: async ({ chosen }) => expect.poll(() => chosen().count()).toBe(0),
  });

  task(10, {
    files: { 'letter.txt': 'words' },
    keys: async (keys) => {
      await keys.choose(/^letter/);
      await keys.menu(/^Copy path/);
    },
    mouse: async (mouse, { row }) => mouse.menu(row(/^letter/), /^Copy path/),
    done: async ({ web, folder }) => expect.poll(() => web.page.evaluate('navigator.clipboard.readText()')).toBe(`${folder}/letter.txt`),
  });

  task(11, {
    files: { 'Album/sea.jpg': 'sea', 'plan.txt': '' },
    keys: async (keys, { web, row }) => {
      await keys.choose(/^Album/);
      await keys.press('Control+Enter');
      await tabs(web.page).filter({ hasText: 'Album' }).waitFor();
      await keys.press('Alt+2');
      await row(/^sea\.jpg/).waitFor();
      await keys.press('Alt+1');
    },
    mouse: async (mouse, { web, row, name }) => {
      await mouse.menu(row(/^Album/), /^Open in new tab/);
      await mouse.click(tabs(web.page).filter({ hasText: 'Album' }));
      await row(/^sea\.jpg/).waitFor();
      await mouse.click(tabs(web.page).filter({ hasText: name }));
    },
    done: async ({ web, row }) => {
      await row(/^plan\.txt/).waitFor();
      await expect.poll(() => tabs(web.page).count()).toBe(2);
    },
    after: async ({ web }) => {
      await tabs(web.page).filter({ hasText: 'Album' }).click({ button: 'middle' });
      await tabs(web.page).first().waitFor({ state: 'detached' });
    },
  });

  task(12, {
    files: { 'Album/sea.jpg': 'sea', 'plan.txt': '' },
    keys: async (keys, { web, row }) => {
      await keys.press('F3');
      // The new pane has the keyboard when it is drawn; what is chosen before that is chosen in the other one.
      await web.page.getByRole('region', { name: 'Right pane' }).locator(':focus').waitFor();
      await keys.choose(/^Album/);
      await keys.press('Enter');
      await row(/^sea\.jpg/).waitFor();
    },
    mouse: async (mouse, { web }) => {
      await mouse.click(web.page.getByRole('button', { name: /^Split view/ }));
      const right = web.page.getByRole('region', { name: 'Right pane' });
      await mouse.double(right.getByRole('row', { name: /^Album/ }));
    },
    done: async ({ web }) => {
      const pane = (name: string) => web.page.getByRole('region', { name });
      await pane('Left pane')
        .or(pane('Right pane'))
        .getByRole('row', { name: /^sea\.jpg/ })
        .waitFor();
      await pane('Left pane')
        .or(pane('Right pane'))
        .getByRole('row', { name: /^plan\.txt/ })
        .waitFor();
    },
    after: async ({ web }) => {
      await web.page
        .getByRole('button', { name: /^Close the other pane/ })
        .first()
        .click();
      await web.page.getByRole('region', { name: 'Right pane' }).waitFor({ state: 'detached' });
    },
  });

  task(13, {
    files: { 'Album/Summer/sea.jpg': 'sea' },
    keys: async (keys, { web, folder }) => {
      await keys.press('Control+l');
      await expect.poll(() => isTyping(web.page)).toBe(true);
      await keys.press('Control+a');
      await keys.write(`${folder}/Alb`);
      await web.page.getByRole('option', { name: /Album/ }).waitFor();
      await keys.press('ArrowDown', 'Tab');
      await keys.write('Summer');
      await keys.press('Enter');
    },
    mouse: async (mouse, { web, folder }) => {
      const path = web.page.getByRole('main').getByRole('navigation', { name: 'Path' });
      const box = await path.boundingBox();
      if (!box) throw new Error('There is no path');
      await web.page.mouse.click(box.x + box.width - 8, box.y + box.height / 2);
      await expect.poll(() => isTyping(web.page)).toBe(true);
      await web.page.evaluate('document.activeElement.select()');
      await mouse.write(`${folder}/Album/Sum`);
      await mouse.click(web.page.getByRole('option', { name: /Summer/ }));
    },
    done: ({ row }) => row(/^sea\.jpg/).waitFor(),
  });

  task(14, {
    files: { 'sea.jpg': 'sea', 'sun.jpg': 'sun' },
    keys: (keys) => keys.press('Control+Shift+Digit2'),
    mouse: (mouse, { web }) => mouse.click(web.page.getByRole('radio', { name: 'Grid' })),
    done: async ({ web }) => {
      for (const name of ['sea.jpg', 'sun.jpg']) await web.page.getByRole('gridcell', { name }).waitFor();
      await expect.poll(() => web.page.getByRole('columnheader').count()).toBe(0);
    },
  });

  task(15, {
    files: { 'Films/long.mov': 'x'.repeat(900_000), 'Films/short.mov': 'x'.repeat(90_000), 'note.txt': 'words' },
    keys: async (keys, { web }) => {
      await keys.press('Control+Shift+Digit5');
      await web.page.getByRole('button', { name: 'Look through it' }).waitFor();
      await keys.tabTo(/^Look through it/);
      await keys.press('Enter');
      // With all that is in it.
      await web.page.getByRole('treeitem', { name: /^long\.mov 900.kB, 91%/ }).waitFor();
      await expect.poll(() => keys.focused()).toBe('Where the space went');
      await keys.press('ArrowDown', 'ArrowRight');
    },
    mouse: async (mouse, { web }) => {
      await mouse.click(web.page.getByRole('radio', { name: 'Size map' }));
      await mouse.click(web.page.getByRole('button', { name: 'Look through it' }));
      await mouse.click(web.page.getByRole('treeitem', { name: /^long\.mov/ }));
    },
    done: async ({ web }) => {
      const chosen = () => web.page.getByRole('treeitem', { selected: true }).getAttribute('aria-label');
      await expect.poll(chosen).toMatch(/^long\.mov 900.kB, 91%/);
      await web.page.getByRole('row', { name: /^long\.mov 900.kB 91%/ }).waitFor();
    },
  });

  task(16, {
    files: { 'letter.txt': 'Dear reader, all is well.', 'other.txt': '' },
    keys: async (keys, { dialog }) => {
      await keys.choose(/^letter/);
      await keys.press('Space');
      await dialog().getByText('Dear reader').waitFor();
      await keys.press('Escape');
    },
    mouse: async (mouse, { row, dialog }) => {
      await mouse.menu(row(/^letter/), /^Preview/);
      await dialog().getByText('Dear reader').waitFor();
      await mouse.click(dialog().getByRole('button', { name: /^Close/ }));
    },
    done: async ({ chosen, dialog }) => {
      await dialog().waitFor({ state: 'hidden' });
      await expect.poll(() => chosen().allTextContents()).toEqual([expect.stringMatching(/^letter/)]);
    },
  });

  task(17, {
    files: { 'letter.txt': 'x'.repeat(1234), 'other.txt': '' },
    keys: async (keys) => {
      await keys.choose(/^letter/);
      await keys.press('Control+i');
    },
    mouse: async (mouse, { web, row }) => {
      await mouse.click(row(/^letter/));
      await mouse.click(web.page.getByRole('button', { name: /^Show details/ }));
    },
    done: async ({ web, folder }) => {
      const details = web.page.getByRole('complementary', { name: 'Details' });
      await details.getByText('letter.txt').first().waitFor();
      await details.getByText(/1,234/).first().waitFor();
      await details.getByText(folder).first().waitFor();
    },
    after: async ({ web }) => {
      await web.page
        .getByRole('button', { name: /^Hide details/ })
        .first()
        .click();
      await web.page.getByRole('complementary', { name: 'Details' }).waitFor({ state: 'detached' });
    },
  });
});
