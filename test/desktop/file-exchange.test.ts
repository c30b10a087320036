import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HostConnection } from '#core/host/host-client.ts';
import { engineOf } from '#test/instruments/desktop-app/engine-of.ts';
import { StandInApp } from '#test/instruments/desktop-app/stand-in-app.ts';
import { chromiumAbility, loopMountAbility } from '#test/instruments/host-abilities.ts';
import { createDiskImage, type DiskImage } from '#test/instruments/loop-volume.ts';
import { makeTestDir } from '#test/instruments/test-run.ts';

const reason = chromiumAbility().reason ?? loopMountAbility().reason;
const GNOME = 'electron application/osclipboard;format="x-special/gnome-copied-files"';

describe.skipIf(reason !== null)(`files exchanged with other programs (${reason ?? 'the built app and a real loop mount'})`, () => {
  const label = `SWAP-${process.pid}`;
  let app: StandInApp;
  let engine: HostConnection;
  let drive: DiskImage;
  let root: string;
  let elsewhere: string;

  beforeAll(async () => {
    elsewhere = await makeTestDir('exchange');
    await mkdir(join(elsewhere, 'From outside'));
    await writeFile(join(elsewhere, 'From outside', 'letter.txt'), 'dear');
    await writeFile(join(elsewhere, 'pasted & more.txt'), 'pasted');
    drive = await createDiskImage({ fileSystem: 'ext4', sizeMb: 32, label });
    root = await drive.mount();
    await mkdir(join(root, 'Inbox'));
    await writeFile(join(root, 'ours.txt'), 'ours');
    const dataDir = await makeTestDir('desktop');
    app = await StandInApp.start({ dataDir });
    engine = await engineOf(dataDir);
    await engine.client.libraries.create({ name: 'Exchange' });
    await engine.client.config.update({ volumes: { prompt: false } });
    await app.page.locator('nav [data-volume]').filter({ hasText: label }).click();
    await row(/^ours\.txt/).waitFor();
  });
  afterAll(async () => {
    engine?.close();
    await app?.dispose();
    await drive?.dispose();
  });

  const row = (name: RegExp) => app.page.getByRole('row', { name });
  const middleOf = async (name: RegExp) => {
    const box = await row(name).boundingBox();
    if (!box) throw new Error(`There is no row ${name}`);
    return { x: box.x + 80, y: box.y + box.height / 2 };
  };

  it('copies into the folder what another program drops on it', async () => {
    await app.dropFiles([join(elsewhere, 'From outside')], await middleOf(/^Inbox/));
    await app.page.getByText('Copied From outside to Inbox').waitFor();
    expect(await readFile(join(root, 'Inbox', 'From outside', 'letter.txt'), 'utf8')).toBe('dear');
    expect(await readdir(join(elsewhere, 'From outside'))).toEqual(['letter.txt']);
  });

  it('copies into the open folder what is dropped beside its rows', async () => {
    await app.dropFiles([join(elsewhere, 'pasted & more.txt')]);
    await row(/^pasted & more\.txt/).waitFor();
    expect(await readFile(join(root, 'pasted & more.txt'), 'utf8')).toBe('pasted');
  });

  it('puts copied files into the system’s clipboard as file managers expect them', async () => {
    await row(/^ours\.txt/).click();
    await app.page.keyboard.press('Control+c');
    const address = pathToFileURL(join(root, 'ours.txt')).href;
    await expect.poll(() => app.clipboard()).toMatchObject({ [GNOME]: `copy\n${address}`, 'text/plain': join(root, 'ours.txt') });
    await app.page.keyboard.press('Control+x');
    await expect.poll(() => app.clipboard()).toMatchObject({ [GNOME]: `cut\n${address}` });
  });

  it('pastes what another program has copied, or cut, since', async () => {
    const address = pathToFileURL(join(elsewhere, 'pasted & more.txt')).href;
    await row(/^Inbox/).dblclick();
    await row(/^From outside/).waitFor();
    await app.setClipboard({ [GNOME]: `copy\n${address}` });
    await app.page.keyboard.press('Control+v');
    await row(/^pasted & more\.txt/).waitFor();
    expect(await readFile(join(root, 'Inbox', 'pasted & more.txt'), 'utf8')).toBe('pasted');
    await writeFile(join(elsewhere, 'to move.txt'), 'moved');
    await app.setClipboard({ [GNOME]: `cut\n${pathToFileURL(join(elsewhere, 'to move.txt')).href}` });
    await app.page.keyboard.press('Control+v');
    await row(/^to move\.txt/).waitFor();
    await expect.poll(() => readdir(elsewhere)).not.toContain('to move.txt');
  });

  it('hands files to the system to be dragged to another program', async () => {
    await row(/^to move\.txt/).click();
    const handle = app.page.getByRole('img', { name: 'Drag from here to other programs' });
    await handle.hover();
    await app.page.mouse.down();
    await app.page.mouse.move(400, 400, { steps: 4 });
    await app.page.mouse.up();
    await expect.poll(async () => (await app.record()).dragged).toEqual([[join(root, 'Inbox', 'to move.txt')]]);
  });

  it('hands over all that is chosen, but no name that other programs cannot read, and has nothing to hold where nothing is chosen', async () => {
    const dragged = async () => (await app.record()).dragged.length;
    const dragOut = async () => {
      await app.page.getByRole('img', { name: 'Drag from here to other programs' }).hover();
      await app.page.mouse.down();
      await app.page.mouse.move(400, 400, { steps: 4 });
      await app.page.mouse.up();
    };
    const strange = Buffer.concat([Buffer.from(`${join(root, 'Inbox')}/caf`), Buffer.from([0xe9])]);
    await writeFile(strange, 'latin');
    await app.page.keyboard.press('F5');
    await row(/^caf/).click();
    await dragOut();
    await app.page.getByText('One of these names cannot be read by other programs').waitFor();
    await rm(strange);
    await app.page.keyboard.press('F5');
    await row(/^caf/).waitFor({ state: 'detached' });
    await app.page.getByRole('img', { name: 'Drag from here to other programs' }).waitFor({ state: 'detached' });
    expect(await dragged()).toBe(1);
    await row(/^pasted & more\.txt/).click();
    await row(/^to move\.txt/).click({ modifiers: ['Control'] });
    await dragOut();
    await expect.poll(dragged).toBe(2);
    expect((await app.record()).dragged[1]?.sort()).toEqual([join(root, 'Inbox', 'pasted & more.txt'), join(root, 'Inbox', 'to move.txt')]);
  });

  it('acts on what is chosen from the system’s menu bar', async () => {
    await row(/^to move\.txt/).click();
    await app.clickMenu(['File', 'Rename']);
    const field = app.page.getByRole('textbox', { name: /^New name of/ });
    await field.fill('has moved.txt');
    await app.page.keyboard.press('Enter');
    // While there is a field, “Undo” is about its text.
    await field.waitFor({ state: 'detached' });
    await row(/^has moved\.txt/).waitFor();
    await app.clickMenu(['Edit', 'Undo']);
    await row(/^to move\.txt/).waitFor();
    await app.clickMenu(['File', 'New Folder']);
    await app.page.getByRole('dialog', { name: 'New folder' }).getByRole('textbox').fill('By menu');
    await app.page.keyboard.press('Enter');
    await row(/^By menu/).waitFor();
    await app.clickMenu(['View', 'History']);
    await app.page.getByRole('heading', { name: 'History' }).waitFor();
    await app.page.getByText('Created the folder By menu').first().waitFor();
  });
});
