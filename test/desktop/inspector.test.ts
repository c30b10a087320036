import { chmod, mkdir, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accessibilityProblems, takeScreenshots } from '#test/instruments/desktop-app/page-checks.ts';
import { chromiumAbility, loopMountAbility } from '#test/instruments/host-abilities.ts';
import { createDiskImage, type DiskImage } from '#test/instruments/loop-volume.ts';
import { samplePng } from '#test/instruments/sample-files.ts';
import { WebPage } from '#test/instruments/web-page.ts';

const reason = chromiumAbility().reason ?? loopMountAbility().reason;

describe.skipIf(reason !== null)(`the details of files (${reason ?? 'Chromium and real loop mounts'})`, () => {
  const label = `TOLD-${process.pid}`;
  let web: WebPage;
  let drive: DiskImage;
  let root: string;

  beforeAll(async () => {
    drive = await createDiskImage({ fileSystem: 'ext4', sizeMb: 64, label });
    root = await drive.mount();
    await mkdir(join(root, 'Trip', 'day one'), { recursive: true });
    await writeFile(join(root, 'Trip', 'harbour.png'), samplePng(640, 360));
    await chmod(join(root, 'Trip', 'harbour.png'), 0o640);
    await utimes(join(root, 'Trip', 'harbour.png'), new Date(), new Date('2021-06-05T10:00:00Z'));
    await writeFile(join(root, 'Trip', 'notes.txt'), 'Notes of a trip.\n'.repeat(60));
    await writeFile(join(root, 'Trip', 'day one', 'a.txt'), '12345');
    await symlink('harbour.png', join(root, 'Trip', 'link'));
    web = await WebPage.open();
    await web.daemon.json(['system', 'config', 'set', 'volumes.prompt', 'false']);
    await web.daemon.json(['location', 'add', join(root, 'Trip'), '--wait']);
    await web.drive(label).click();
    await web.row(/^Trip/).dblclick();
    await web.row(/^harbour\.png/).waitFor();
  });
  afterAll(async () => {
    await web?.[Symbol.asyncDispose]();
    await drive?.dispose();
  });

  const panel = (): Locator => web.page.getByRole('complementary', { name: 'Details' });
  const fact = (name: string): Locator => panel().locator(`dt:has-text("${name}") + dd`);

  it('comes and goes by keys and by its button', async () => {
    await web.row(/^notes\.txt/).click();
    await web.page.keyboard.press('Control+i');
    await panel().getByRole('heading', { name: 'notes.txt' }).waitFor();
    await web.page.keyboard.press('Alt+Enter');
    await panel().waitFor({ state: 'hidden' });
    await web.page.getByRole('button', { name: 'Show details' }).click();
    await panel().getByText('Notes of a trip.').first().waitFor();
  });

  it('tells of a file what it is, where, since when, and whose', async () => {
    await web.row(/^harbour\.png/).click();
    await panel().getByRole('heading', { name: 'harbour.png' }).waitFor();
    await panel().getByRole('img', { name: 'harbour.png' }).waitFor();
    await fact('Dimensions').getByText('640 × 360 pixels').waitFor();
    const texts: [name: string, text: unknown][] = [
      ['Kind', 'Image (PNG)'],
      ['Path', join(root, 'Trip', 'harbour.png')],
      ['Drive', expect.stringContaining(label)],
      ['Modified', expect.stringContaining('5 Jun 2021')],
      ['Owner', 'root'],
      ['Inode', expect.stringMatching(/^\d+$/)],
    ];
    for (const [name, text] of texts) await expect.poll(() => fact(name).textContent(), { message: name }).toEqual(text);
    await fact('Opened').waitFor();
    await expect.poll(() => panel().locator('dd', { hasText: 'rw-r-----' }).textContent()).toBe('rw-r----- (640)');
    await panel().getByText('Nothing has been done to it with Mooring.').waitFor();
    await takeScreenshots(web.page, 'inspector-file');
    expect(await accessibilityProblems(web.page)).toEqual([]);
  });

  it('tells of a folder what is in it, and of a link where it leads', async () => {
    await web.row(/^day one/).click();
    await panel().getByRole('heading', { name: 'day one' }).waitFor();
    await expect.poll(() => fact('Contains').textContent()).toBe('1 file, 0 folders');
    await expect.poll(() => fact('Size').textContent()).toBe('5\u00A0B');
    await web.row(/^link/).click();
    await expect.poll(() => fact('Leads to').textContent()).toBe('harbour.png');
  });

  it('adds up what several are together', async () => {
    await web.row(/^harbour\.png/).click();
    await web.page.keyboard.press('Control+a');
    await panel().getByRole('heading', { name: '4 items selected' }).waitFor();
    await expect
      .poll(() => fact('Kinds').locator('li').allTextContents())
      .toEqual(expect.arrayContaining(['1 × Folder', '1 × Image', '1 × Document', '1 × Link']));
    await takeScreenshots(web.page, 'inspector-several');
    expect(await accessibilityProblems(web.page)).toEqual([]);
  });

  it('tells what was done to it', async () => {
    await web.row(/^notes\.txt/).click();
    await web.page.keyboard.press('F2');
    await web.page.getByRole('textbox', { name: /^New name of notes/ }).waitFor();
    await web.page.keyboard.press('Control+a');
    await web.page.keyboard.type('diary.txt');
    await web.page.keyboard.press('Enter');
    await web.row(/^diary\.txt/).click();
    await panel().getByRole('heading', { name: 'diary.txt' }).waitFor();
    await panel().getByText('Renamed notes.txt to diary.txt').waitFor();
    await web.row(/^harbour\.png/).click();
    await panel().getByText('Nothing has been done to it with Mooring.').waitFor();
  });

  it('tells what is remembered of it while its drive is away, and which drive that is', async () => {
    await drive.unplug();
    // The path has a step of the same name until then.
    await web.page.getByRole('main').getByText('This drive is not plugged in').waitFor();
    await web.page.getByRole('main').getByRole('button', { name: /^Trip/ }).click();
    await web.row(/^harbour\.png/).click();
    await panel().getByText(`Plug in “${label}” to open or change it.`).waitFor();
    await panel().getByText(`Plug in “${label}” to see what is in it.`).waitFor();
    await expect.poll(() => fact('Drive').textContent()).toContain('Not plugged in');
    await expect.poll(() => fact('Modified').textContent()).toContain('5 Jun 2021');
    await takeScreenshots(web.page, 'inspector-offline');
    expect(await accessibilityProblems(web.page)).toEqual([]);
  });

  it('says nothing to the console', () => expect(web.said).toEqual([]));
});
