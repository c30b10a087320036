import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumAbility, loopMountAbility } from '#test/instruments/host-abilities.ts';
import { createDiskImage, type DiskImage } from '#test/instruments/loop-volume.ts';
import { WebPage } from '#test/instruments/web-page.ts';

const reason = chromiumAbility().reason ?? loopMountAbility().reason;
/** More than one message can name. */
const FILES = 12_000;
const SLOW_MS = 60_000;

describe.skipIf(reason !== null)(`everything in a large folder, selected (${reason ?? 'Chromium and real loop mounts'})`, () => {
  const labels = { from: `MANY-${process.pid}`, to: `COPY-${process.pid}` };
  let web: WebPage;
  let drives: DiskImage[];
  let many: string;
  let target: string;

  beforeAll(async () => {
    drives = await Promise.all(Object.values(labels).map((label) => createDiskImage({ fileSystem: 'ext4', sizeMb: 160, label })));
    const [from = '', to = ''] = await Promise.all(drives.map((drive) => drive.mount()));
    [many, target] = [join(from, 'Many'), to];
    await mkdir(many);
    const numbers = Array.from({ length: FILES }, (_, number) => number);
    await Promise.all(numbers.map((number) => writeFile(join(many, `file ${number}.txt`), `${number % 10}`)));
    web = await WebPage.open();
    web.page.setDefaultTimeout(SLOW_MS);
    await web.daemon.json(['system', 'config', 'set', 'volumes.prompt', 'false']);
    await web.daemon.json(['location', 'add', from, '--wait']);
    await web.drive(labels.from).click();
    await web.row(/^Many/).dblclick();
    await web.row(/^file 0\.txt/).waitFor();
  });
  afterAll(async () => {
    await web?.[Symbol.asyncDispose]();
    for (const drive of drives ?? []) await drive.dispose();
  });

  const press = async (...keys: string[]) => {
    for (const key of keys) await web.page.keyboard.press(key);
  };
  const foot = (text: string) => web.page.locator('footer').getByText(text);
  const message = (text: string) => web.corner.getByRole('status').filter({ hasText: text });
  const inMany = async () => (await readdir(many)).length;

  it('is thrown away by a key, but not what has appeared since, and comes back', async () => {
    await web.row(/^file 0\.txt/).click();
    await press('Control+a');
    await foot('12,000 selected').waitFor();
    await writeFile(join(many, '0 new.txt'), 'not seen');
    await web.row(/^0 new\.txt/).waitFor();
    expect(await web.row(/^0 new\.txt/).getAttribute('aria-selected')).toBe('false');
    await foot('12,000 selected').waitFor();

    await press('Delete');
    // It stays as long as it is pointed at.
    await message('Moved 12000 items to the trash').hover();
    expect(await readdir(many)).toEqual(['0 new.txt']);
    await web.row(/^file 0\.txt/).waitFor({ state: 'detached' });
    await message('Moved 12000 items to the trash').getByRole('button', { name: 'Undo' }).click();
    await web.row(/^file 0\.txt/).waitFor();
    await expect.poll(inMany, { timeout: SLOW_MS }).toBe(FILES + 1);
    await foot('12,001 items').waitFor();
  });

  it('is copied to another drive, which is said beforehand', async () => {
    await web.row(/^file 0\.txt/).click();
    await press('Control+a');
    await foot('12,001 selected').waitFor();
    await web.row(/^0 new\.txt/).click({ modifiers: ['Control'] });
    await foot('12,000 selected').waitFor();
    await press('Control+c');
    await web.drive(labels.to).click();
    await web.row(/^lost\+found/).waitFor();
    await press('Control+v');
    const dialog = web.page.getByRole('dialog', { name: `Copy to “${labels.to}”?` });
    await dialog
      .getByText(/^12,000 files · 12\skB$/)
      .first()
      .waitFor();
    await dialog.getByRole('button', { name: 'Copy' }).click();
    await message(`Copied 12000 items to ${labels.to}`).waitFor();
    expect((await readdir(target)).filter((name) => name.startsWith('file '))).toHaveLength(FILES);
    expect(await readdir(target)).not.toContain('0 new.txt');
  });
});
