import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { describeTasks, type TaskPlace } from './task-world.ts';

interface Volumes {
  items: { name: string; tracking: object | null }[];
}

const stickIn = async ({ web, stickName }: TaskPlace) =>
  (await web.daemon.json<Volumes>(['volume', 'list'])).items.find(({ name }) => name.includes(stickName));
const stickFolder = ({ stick }: TaskPlace) => stick.mountPoint ?? '';
const untrackStick = async (at: TaskPlace) => {
  if ((await stickIn(at))?.tracking) await at.web.daemon.json(['volume', 'untrack', at.stickName]);
};
const trackStick = async (at: TaskPlace) => {
  if (!(await stickIn(at))?.tracking) await at.web.daemon.json(['volume', 'track', at.stickName]);
};

/** Plugged in again, and with nothing on it. */
const emptyStick = async ({ stick }: TaskPlace) => {
  const root = stick.mountPoint ?? (await stick.mount());
  for (const name of await readdir(root)) if (name !== 'lost+found') await rm(join(root, name), { recursive: true });
};

/** And nobody reads or writes the stick any more. */
const isCopied = async (at: TaskPlace) => {
  await at.said(`Copied Trip ${at.name} to ${at.stickName}`);
};

describeTasks('drives', (task) => {
  task(29, {
    before: untrackStick,
    keys: async (keys, { stickName }) => {
      await keys.tabTo(new RegExp(`^${stickName}`), 'Shift+Tab');
      await keys.menu(/^Track/);
    },
    mouse: async (mouse, { web, stickName }) => {
      await mouse.click(web.drive(stickName));
      await mouse.click(web.page.getByRole('main').getByRole('button', { name: 'Track', exact: true }));
    },
    done: async (at) => {
      await at.said(`“${at.stickName}” is tracked now`);
      await expect.poll(async () => (await stickIn(at))?.tracking).toEqual(expect.anything());
    },
  });

  task(30, {
    before: trackStick,
    keys: async (keys, { stickName, name, dialog }) => {
      await keys.tabTo(new RegExp(`^${stickName}`), 'Shift+Tab');
      await keys.menu(/^Rename/);
      await dialog().waitFor();
      await keys.field();
      await keys.press('Control+a');
      await keys.write(`${stickName} ${name}`);
      await keys.press('Enter');
    },
    mouse: async (mouse, { web, stickName, name, dialog }) => {
      await mouse.menu(web.drive(stickName), /^Rename/);
      await dialog().getByRole('textbox').click({ clickCount: 3 });
      await mouse.write(`${stickName} ${name}`);
      await mouse.click(dialog().getByRole('button', { name: 'Rename' }));
    },
    done: async ({ web, stickName, name }) => {
      await web.drive(`${stickName} ${name}`).waitFor();
      await web.daemon.json(['volume', 'set', `${stickName} ${name}`, '--name', stickName]);
      await expect.poll(() => web.drive(stickName).textContent()).not.toContain(name);
    },
  });

  task(31, {
    keys: async (keys, { stickName }) => {
      await keys.tabTo(new RegExp(`^${stickName}`), 'Shift+Tab');
      await keys.menu(/^Properties/);
    },
    mouse: async (mouse, { web, stickName }) => {
      await mouse.click(web.drive(stickName));
      await mouse.click(web.page.getByRole('tab', { name: 'Details' }));
    },
    done: async ({ web }) => {
      const main = web.page.getByRole('main');
      await main.getByText('File system').first().waitFor();
      await main.getByText('ext4').first().waitFor();
    },
  });

  task(32, {
    files: (name) => ({ [`Trip ${name}/sea.jpg`]: 'sea', [`Trip ${name}/sun.jpg`]: 'sun' }),
    before: trackStick,
    keys: async (keys, at) => {
      await keys.choose(/^Trip/);
      await keys.press('Control+Shift+C');
      await at.dialog().waitFor();
      await expect.poll(() => keys.focused()).toMatch(/free/);
      await keys.goTo(new RegExp(`^${at.stickName}`));
      await keys.press('Enter');
      await isCopied(at);
      await keys.tabTo(new RegExp(`^${at.stickName}`), 'Shift+Tab');
      await keys.menu(/^Eject/);
    },
    mouse: async (mouse, at) => {
      await mouse.drag(at.row(/^Trip/), at.web.drive(at.stickName));
      await isCopied(at);
      await mouse.menu(at.web.drive(at.stickName), /^Eject/);
    },
    done: async (at) => {
      await at.said(`“${at.stickName}” can be unplugged`);
      await at.web
        .drive(at.stickName)
        .getByText(/Last seen/)
        .waitFor();
      // Ejecting took the device along.
      Object.assign(at.stick, { mountPoint: null, device: null });
      await at.stick.mount();
      expect((await readdir(join(stickFolder(at), `Trip ${at.name}`))).toSorted()).toEqual(['sea.jpg', 'sun.jpg']);
      await at.web.drive(at.stickName).getByText(/free/).waitFor();
    },
    after: emptyStick,
  });

  task(33, {
    files: (name) => ({ [`Letters ${name}/one.txt`]: 'one' }),
    before: async (at) => {
      await trackStick(at);
      await at.stick.unplug();
      await at.web
        .drive(at.stickName)
        .getByText(/Last seen/)
        .waitFor();
    },
    keys: async (keys, { stickName, dialog, web }) => {
      await keys.choose(/^Letters/);
      await keys.press('Control+Shift+C');
      await dialog().waitFor();
      await expect.poll(() => keys.focused()).toMatch(/free/);
      await keys.goTo(new RegExp(`^${stickName}`));
      await keys.press('Enter');
      await web.page
        .getByRole('dialog', { name: /^Copy to/ })
        .getByText('is not plugged in')
        .waitFor();
      await dialog().getByRole('button', { name: 'Do it when the drive is here', disabled: false }).waitFor();
      await keys.tabTo(/^Do it when the drive is here/);
      await keys.press('Enter');
    },
    mouse: async (mouse, { web, row, stickName, dialog }) => {
      await mouse.drag(row(/^Letters/), web.drive(stickName));
      await mouse.click(dialog().getByRole('button', { name: 'Do it when the drive is here' }));
    },
    done: async (at) => {
      await at.said(`Waiting for “${at.stickName}”: plug it in, and it goes on by itself.`);
      await at.stick.mount();
      await at.said(`Copied Letters ${at.name} to ${at.stickName}`);
      expect(await readdir(join(stickFolder(at), `Letters ${at.name}`))).toEqual(['one.txt']);
    },
    after: emptyStick,
  });

  task(34, {
    files: { 'Photos/sea.jpg': 'sea' },
    keys: async (keys, { dialog }) => {
      await keys.choose(/^Photos/);
      await keys.menu(/^Add location/);
      await dialog().waitFor();
      await keys.tabTo(/^Name/);
      await keys.press('Enter');
    },
    mouse: async (mouse, { row, dialog }) => {
      await mouse.menu(row(/^Photos/), /^Add location/);
      await mouse.click(dialog().getByRole('button', { name: /^Add/ }));
    },
    done: async ({ web }) => {
      const location = web.page.locator('nav [data-location]').filter({ hasText: 'Photos' });
      await location.getByText(/1 file/).waitFor();
    },
    after: async ({ web }) => {
      const { items } = await web.daemon.json<{ items: { id: string }[] }>(['location', 'list']);
      for (const { id } of items) await web.daemon.json(['location', 'remove', id, '--yes']);
      await web.page.locator('nav [data-location]').waitFor({ state: 'detached' });
    },
  });
});
