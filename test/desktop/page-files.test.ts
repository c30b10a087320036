import { mkdir, readdir, rename, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checksums } from '#test/instruments/checksums.ts';
import { accessibilityProblems, takeScreenshots } from '#test/instruments/desktop-app/page-checks.ts';
import { unhurried } from '#test/instruments/desktop-app/unhurried.ts';
import { chromiumAbility, loopMountAbility } from '#test/instruments/host-abilities.ts';
import { createDiskImage, type DiskImage } from '#test/instruments/loop-volume.ts';
import { typeFluently } from '#test/instruments/page-hands.ts';
import { WebPage } from '#test/instruments/web-page.ts';

const reason = chromiumAbility().reason ?? loopMountAbility().reason;

const MARKUP = '<img src=x onerror=alert(1)>';
const OVERRIDE = 'invoice\u202Egpj.exe';
const LINES = 'two\nlines';
const LONG = `${'a'.repeat(251)}.txt`;
const MANY = 3500;
const BIG_BYTES = 400 * 1024 * 1024;

describe.skipIf(reason !== null)(`files in the page (${reason ?? 'Chromium and real loop mounts'})`, () => {
  const [fromLabel, toLabel] = [`FROM-${process.pid}`, `ONTO-${process.pid}`];
  let web: WebPage;
  let source: DiskImage;
  let target: DiskImage;
  let from: string;
  let to: string;
  let dialogs = 0;

  beforeAll(async () => {
    source = await createDiskImage({ fileSystem: 'ext4', sizeMb: 600, label: fromLabel });
    target = await createDiskImage({ fileSystem: 'ext4', sizeMb: 600, label: toLabel });
    from = await source.mount();
    to = await target.mount();
    await mkdir(join(from, MARKUP, OVERRIDE), { recursive: true });
    await writeFile(join(from, MARKUP, OVERRIDE, LINES), 'inside');
    for (const name of [LINES, LONG, '&lt;b&gt;']) await writeFile(join(from, name), name);
    await writeFile(Buffer.concat([Buffer.from(`${from}/bytes-`), Buffer.from([0xff, 0xfe])]), 'not UTF-8');
    await mkdir(join(from, 'many'));
    for (let number = 0; number < MANY; number++) await writeFile(join(from, 'many', `IMG_${String(number).padStart(5, '0')}.jpg`), '');
    await writeFile(join(from, 'big.bin'), Buffer.alloc(BIG_BYTES, 'mooring'));
    await symlink('many', join(from, 'to-folder'));
    await symlink('big.bin', join(from, 'to-file'));
    await mkdir(join(to, 'deep', 'deeper'), { recursive: true });
    web = await WebPage.open({ prepare: async (page) => void page.on('dialog', () => dialogs++) });
    await web.daemon.json(['system', 'config', 'set', 'volumes.prompt', 'false']);
  });
  afterAll(async () => {
    await web?.[Symbol.asyncDispose]();
    await source?.dispose();
    await target?.dispose();
  });

  const jobs = async () => (await web.daemon.json<{ items: { status: string }[] }>(['job', 'list'])).items;
  const drag = async (what: Locator, where: Locator) => {
    await what.waitFor();
    await unhurried(web.page, () => what.dragTo(where));
  };
  const openRoot = async () => {
    await web.drive(fromLabel).click();
    await web.row(/^big\.bin/).waitFor();
  };

  it('opens a link as what it leads to', async () => {
    await openRoot();
    await web.row(/^to-file/).dblclick();
    // There is no program of the system that a browser could open it in.
    await web.page.getByRole('dialog', { name: 'to-file' }).waitFor();
    await web.page.keyboard.press('Escape');
    await web.row(/^to-folder/).dblclick();
    await web.row(/^IMG_00000\.jpg/).waitFor();
    expect(decodeURIComponent(web.page.url())).toContain('/to-folder');
  });

  it('shows hostile names as they are, everywhere, and runs none of them', async () => {
    await openRoot();
    await web.row(/^<img src=x onerror=alert\(1\)>/).waitFor();
    await web.row(/^two␊lines/).waitFor();
    await web.row(/^bytes-\uFFFD\uFFFD/).waitFor();
    await web.row(new RegExp(`^${LONG}`)).waitFor();
    await takeScreenshots(web.page, 'page-hostile-list');
    expect(await accessibilityProblems(web.page)).toEqual([]);

    await drag(web.row(/^<img src/), web.drive(toLabel));
    await web.corner.getByText('Copied <img src=x onerror=alert(1)> to').waitFor();
    expect(await checksums(join(to, MARKUP))).toEqual(await checksums(join(from, MARKUP)));
    await drag(web.row(/^<img src/), web.drive(toLabel));
    const question = web.page.getByRole('dialog', { name: /already taken in/ });
    await question.getByText('two␊lines').waitFor();
    await takeScreenshots(web.page, 'page-hostile-conflict');
    await question.getByRole('button', { name: 'Copy' }).click();
    await expect.poll(() => readdir(join(to, MARKUP, OVERRIDE))).toHaveLength(2);

    await web.page.getByRole('button', { name: /^Jobs/ }).click();
    await web.page.getByRole('dialog', { name: 'Jobs' }).getByText('Copied <img src=x onerror=alert(1)> to').first().waitFor();
    await web.page.keyboard.press('Escape');
    await web.row(/^<img src/).dblclick();
    await web.row(/^invoice⟨U\+202E⟩gpj\.exe/).dblclick();
    await web.row(/^two␊lines/).waitFor();
    const path = web.page.getByRole('navigation', { name: 'Path' });
    expect(await path.locator('[data-step]').allTextContents()).toEqual([fromLabel, MARKUP, 'invoice⟨U+202E⟩gpj.exe']);
    await takeScreenshots(web.page, 'page-hostile-breadcrumb');
    expect(dialogs).toBe(0);
    expect(await web.page.locator('img[src="x"]').count()).toBe(0);
  });

  it('copies into a folder of the breadcrumb', async () => {
    await web.drive(toLabel).click();
    await web.row(/^deep/).dblclick();
    await web.row(/^deeper/).waitFor();
    await writeFile(join(to, 'deep', 'deeper', 'note.txt'), 'breadcrumb');
    await web.row(/^deeper/).dblclick();
    const deep = web.page.getByRole('navigation', { name: 'Path' }).getByRole('button', { name: 'deep', exact: true });
    await drag(web.row(/^note\.txt/), deep);
    await expect.poll(() => readdir(join(to, 'deep'))).toContain('note.txt');
    await deep.click();
    await web.row(/^note\.txt/).waitFor();
  });

  it('ends a running copy when it is cancelled, and leaves nothing of it', async () => {
    // So slow that it is caught at work on any machine.
    await using _copying = web.daemon.spawn(['file', 'copy', join(from, 'big.bin'), to, '--limit-speed', '5MB']);
    await web.corner.getByRole('button', { name: 'Cancel this job' }).click();
    await expect.poll(async () => (await jobs())[0]?.status).toBe('cancelled');
    await web.corner.getByRole('button', { name: 'Cancel this job' }).waitFor({ state: 'hidden' });
    expect((await readdir(to)).filter((name) => name.includes('big') || name.startsWith('.'))).toEqual([]);
    await web.page.getByRole('button', { name: /^Notifications/ }).click();
    await web.page.getByText(/^Cancelled: Copy big\.bin to/).waitFor();
    await web.page.keyboard.press('Escape');
  });

  it('selects everything in a large folder, not only what is loaded, and reaches its end', async () => {
    await openRoot();
    await web.row(/^many/).dblclick();
    await web.row(/^IMG_00000/).click();
    await web.page.keyboard.press('Control+a');
    await web.page.getByText(`${MANY.toLocaleString('en')} selected`).waitFor();
    await web.page.keyboard.press('End');
    await web.row(`IMG_${String(MANY - 1).padStart(5, '0')}`).waitFor();
    await typeFluently(web.page, 'img_02345');
    // It is in sight a moment before, beside what the letters before the last one lead to.
    await expect.poll(() => web.row(/^IMG_02345/).getAttribute('aria-selected')).toBe('true');
  });

  it('says that the folder has gone, leads out of it, and shows it when it is back', async () => {
    const gone = join(from, 'gone');
    await mkdir(join(gone, 'inside'), { recursive: true });
    await openRoot();
    await web.page.getByRole('button', { name: 'Read again' }).click();
    await web.row(/^gone/).dblclick();
    await web.row(/^inside/).waitFor();
    await rename(gone, join(from, 'moved'));
    await web.page.getByRole('button', { name: 'Read again' }).click();
    const alert = web.page.getByRole('alert');
    await alert.getByText(/does not exist/).waitFor();
    await web.row(/^inside/).waitFor({ state: 'detached' });
    await takeScreenshots(web.page, 'page-folder-gone');
    expect(await accessibilityProblems(web.page)).toEqual([]);
    await rename(join(from, 'moved'), gone);
    await alert.getByRole('button', { name: 'Try again' }).click();
    await web.row(/^inside/).waitFor();
    await rename(gone, join(from, 'moved'));
    await web.page.getByRole('button', { name: 'Read again' }).click();
    await alert.getByRole('button', { name: 'Go up' }).click();
    await web.row(/^moved/).waitFor();
  });

  it('says nothing to the console', () => expect(web.said).toEqual([]));
});
