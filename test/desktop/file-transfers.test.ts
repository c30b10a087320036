import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, readlink, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checksums } from '#test/instruments/checksums.ts';
import { accessibilityProblems, takeScreenshots } from '#test/instruments/desktop-app/page-checks.ts';
import { unhurried } from '#test/instruments/desktop-app/unhurried.ts';
import { chromiumAbility, loopMountAbility } from '#test/instruments/host-abilities.ts';
import { createDiskImage, type DiskImage } from '#test/instruments/loop-volume.ts';
import { samplePng } from '#test/instruments/sample-files.ts';
import { WebPage } from '#test/instruments/web-page.ts';

const reason = chromiumAbility().reason ?? loopMountAbility().reason;

const MANY = 1100;
const BIG_BYTES = 90 * 1024 * 1024;

describe.skipIf(reason !== null)(`files copied and moved in the page (${reason ?? 'Chromium and real loop mounts'})`, () => {
  const [fromLabel, toLabel] = [`FROM-${process.pid}`, `ONTO-${process.pid}`];
  let web: WebPage;
  let source: DiskImage;
  let target: DiskImage;
  let from: string;
  let to: string;

  beforeAll(async () => {
    source = await createDiskImage({ fileSystem: 'ext4', sizeMb: 600, label: fromLabel });
    target = await createDiskImage({ fileSystem: 'ext4', sizeMb: 200, label: toLabel });
    from = await source.mount();
    to = await target.mount();
    await mkdir(join(from, 'Trip', 'day one'), { recursive: true });
    for (const name of ['sea.jpg', 'sun.jpg', 'day one/notes.txt']) await writeFile(join(from, 'Trip', name), randomBytes(20_000));
    await mkdir(join(from, 'Letters'));
    await writeFile(join(from, 'Letters', 'one.txt'), 'dear one');
    await writeFile(join(from, 'loose.txt'), 'loose');
    await mkdir(join(from, 'Many'));
    for (let number = 0; number < MANY; number++) await writeFile(join(from, 'Many', `${number}.txt`), String(number));
    await writeFile(join(from, 'big.bin'), randomBytes(BIG_BYTES));
    await writeFile(join(from, 'huge.bin'), Buffer.alloc(260 * 1024 * 1024, 'mooring'));
    web = await WebPage.open({ browser: { acceptDownloads: true } });
    await web.daemon.json(['system', 'config', 'set', 'volumes.prompt', 'false']);
    await web.daemon.json(['volume', 'track', from]);
    await web.daemon.json(['volume', 'track', to]);
    await openSource();
  });
  afterAll(async () => {
    await web?.[Symbol.asyncDispose]();
    await source?.dispose();
    await target?.dispose();
  });

  const openSource = async () => {
    await web.drive(fromLabel).click();
    await web.row(/^loose\.txt/).waitFor();
  };
  /** Of the pictures that are drawn, in pixels of their own. */
  const widths = (pictures: unknown[]) =>
    pictures.map((picture) => (picture as { naturalWidth: number }).naturalWidth).filter((width) => width > 0);
  const chosen = (name?: RegExp) => web.page.getByRole('row', { selected: true, ...(name && { name }) });
  const question = () => web.page.getByRole('dialog');
  const label = () => web.page.locator('[data-drag-label]');
  /** Drags slowly enough that what is said on the way can be seen. A key counts when it is held at the end: with Shift no drag begins. */
  const drag = (what: Locator, where: Locator, { key, says, picture }: { key?: string; says?: string; picture?: string } = {}) =>
    unhurried(web.page, async () => {
      // Other drives of the computer may have pushed it out of sight.
      await where.scrollIntoViewIfNeeded();
      await what.hover({ position: { x: 60, y: 12 } });
      await web.page.mouse.down();
      try {
        const box = await where.boundingBox();
        if (!box) throw new Error('There is nothing to drop on');
        const [x, y] = [box.x + 60, box.y + box.height / 2];
        await web.page.mouse.move(x - 30, y, { steps: 4 });
        if (key !== undefined) await web.page.keyboard.down(key);
        await web.page.mouse.move(x, y, { steps: 3 });
        if (says !== undefined) await label().getByText(says).waitFor();
        if (picture !== undefined) await takeScreenshots(web.page, picture);
      } finally {
        await web.page.mouse.up();
        if (key !== undefined) await web.page.keyboard.up(key);
      }
    });
  const toast = (text: string | RegExp) => web.corner.getByRole('status').filter({ hasText: text });

  it('copies a folder that is dragged to another drive, and says so at the pointer', async () => {
    await drag(web.row(/^Trip/), web.drive(toLabel), { says: `Copy Trip to ${toLabel}` });
    // What the pointer rests on stays: the message goes by itself, however long the next step takes.
    await toast(`Copied Trip to ${toLabel}`).hover();
    expect(await checksums(join(to, 'Trip'))).toEqual(await checksums(join(from, 'Trip')));
    await label().waitFor({ state: 'detached' });
  });

  it('takes the copy back by the button of its message', async () => {
    await toast(`Copied Trip to ${toLabel}`).getByRole('button', { name: 'Undo' }).click();
    await toast(`Undone: Copied Trip to ${toLabel}`).waitFor();
    expect(await readdir(to)).not.toContain('Trip');
    expect(await readdir(join(from, 'Trip'))).toHaveLength(3);
  });

  it('moves to another drive while Shift is held, and takes it back by Ctrl+Z', async () => {
    const before = await checksums(join(from, 'Trip'));
    await drag(web.row(/^Trip/), web.drive(toLabel), { key: 'Shift', says: `Move Trip to ${toLabel}` });
    await toast(`Moved Trip to ${toLabel}`).waitFor();
    expect(await checksums(join(to, 'Trip'))).toEqual(before);
    expect(existsSync(join(from, 'Trip'))).toBe(false);
    await web.row(/^Trip/).waitFor({ state: 'detached' });
    await web.page.keyboard.press('Control+z');
    await toast(`Undone: Moved Trip to ${toLabel}`).waitFor();
    expect(await checksums(join(from, 'Trip'))).toEqual(before);
    expect(existsSync(join(to, 'Trip'))).toBe(false);
    await web.row(/^Trip/).waitFor();
  });

  it('moves within a drive, and makes a link with Alt', async () => {
    await drag(web.row(/^loose\.txt/), web.row(/^Letters/), { says: 'Move loose.txt to Letters', picture: 'drag-label' });
    await toast('Moved loose.txt to Letters').waitFor();
    expect((await readdir(join(from, 'Letters'))).sort()).toEqual(['loose.txt', 'one.txt']);
    await web.page.keyboard.press('Control+z');
    await toast('Undone: Moved loose.txt to Letters').waitFor();
    await web.row(/^loose\.txt/).waitFor();
    await drag(web.row(/^loose\.txt/), web.row(/^Letters/), { key: 'Alt', says: 'Link to loose.txt in Letters' });
    await toast('Created the link loose.txt').waitFor();
    expect(await readFile(join(from, 'Letters', 'loose.txt'), 'utf8')).toBe('loose');
    await web.page.keyboard.press('Control+z');
    await expect.poll(() => readdir(join(from, 'Letters'))).toEqual(['one.txt']);
  });

  it('shows both sides of names that are taken, and does with each what was answered', async () => {
    await mkdir(join(to, 'Trip'));
    await writeFile(join(to, 'Trip', 'sea.jpg'), 'an old picture');
    await writeFile(join(to, 'Trip', 'sun.jpg'), samplePng(90, 120));
    const past = new Date('2020-05-01T12:00:00Z');
    await utimes(join(to, 'Trip', 'sea.jpg'), past, past);
    await drag(web.row(/^Trip/), web.drive(toLabel));
    const dialog = web.page.getByRole('dialog', { name: /^2 names are already taken/ });
    const sea = dialog.getByRole('listitem').filter({ hasText: 'sea.jpg' });
    await sea.getByText('newer', { exact: true }).waitFor();
    await sea.getByText('larger', { exact: true }).waitFor();
    // A picture of each side that is one; the others are no pictures, whatever they are called.
    const sun = dialog.getByRole('listitem').filter({ hasText: 'sun.jpg' });
    await expect.poll(() => sun.locator('img').evaluateAll(widths)).toEqual([90]);
    await expect.poll(() => sea.locator('img').count()).toBe(0);
    await sea.getByRole('radio', { name: 'Replace' }).click();
    await takeScreenshots(web.page, 'transfer-conflicts');
    expect(await accessibilityProblems(web.page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Copy' }).click();
    await question().waitFor({ state: 'hidden' });
    await toast(`Copied Trip to ${toLabel}`).waitFor();
    expect((await readdir(join(to, 'Trip'))).sort()).toEqual(['day one', 'sea.jpg', 'sun (2).jpg', 'sun.jpg']);
    expect(await readFile(join(to, 'Trip', 'sea.jpg'))).toEqual(await readFile(join(from, 'Trip', 'sea.jpg')));
    expect(await readFile(join(to, 'Trip', 'sun.jpg'))).toEqual(samplePng(90, 120));
  });

  it('takes back nothing else in place of a copy that has replaced something, and says why', async () => {
    await web.page.keyboard.press('Control+z');
    await web.corner.getByText(`Not undone: Copied Trip to ${toLabel}`).waitFor();
    expect(await readFile(join(to, 'Trip', 'sea.jpg'))).toEqual(await readFile(join(from, 'Trip', 'sea.jpg')));
    expect(existsSync(join(to, 'Trip', 'sun (2).jpg'))).toBe(true);
  });

  it('copies and cuts by keys, dims what was cut, and pastes it elsewhere', async () => {
    await web.row(/^loose\.txt/).click();
    await web.page.keyboard.press('Control+c');
    await web.page.keyboard.press('Control+v');
    // What was pasted is selected: it may be meant for the next step.
    await chosen(/^loose \(2\)\.txt/).waitFor();
    expect(await chosen().count()).toBe(1);
    await web.page.keyboard.press('Control+x');
    await expect
      .poll(() => web.row(/^loose \(2\)\.txt/).evaluate((row) => (row as unknown as { className: string }).className))
      .toContain('opacity-50');
    await web.row(/^Letters/).dblclick();
    await web.row(/^one\.txt/).waitFor();
    await web.page.keyboard.press('Control+v');
    await chosen(/^loose \(2\)\.txt/).waitFor();
    expect((await readdir(join(from, 'Letters'))).sort()).toEqual(['loose (2).txt', 'one.txt']);
    expect(existsSync(join(from, 'loose (2).txt'))).toBe(false);
    await openSource();
  });

  it('pastes links to what was copied, by keys and by the menu of the folder', async () => {
    await web.row(/^loose\.txt/).click();
    await web.page.keyboard.press('Control+c');
    await web.row(/^Letters/).dblclick();
    await web.row(/^one\.txt/).waitFor();
    await web.page.keyboard.press('Control+Shift+V');
    await web.row(/^loose\.txt/).waitFor();
    expect(await readlink(join(from, 'Letters', 'loose.txt'))).toMatch(/loose\.txt$/);
    expect(await readFile(join(from, 'Letters', 'loose.txt'), 'utf8')).toBe('loose');
    await web.page.keyboard.press('Control+z');
    await web.row(/^loose\.txt/).waitFor({ state: 'detached' });
    const { x = 0, y = 0, height = 0 } = (await web.page.getByRole('grid', { name: 'Files and folders' }).boundingBox()) ?? {};
    await web.page.mouse.click(x + 200, y + height - 20, { button: 'right' });
    await web.page.getByRole('menuitem', { name: /^Paste as link/ }).click();
    await web.row(/^loose\.txt/).waitFor();
    expect(await readFile(join(from, 'Letters', 'loose.txt'), 'utf8')).toBe('loose');
    await web.page.keyboard.press('Control+z');
    await web.row(/^loose\.txt/).waitFor({ state: 'detached' });
    await openSource();
  });

  it('shows what a large copy would do before it does it', async () => {
    await drag(web.row(/^Many/), web.drive(toLabel));
    const dialog = web.page.getByRole('dialog', { name: `Copy to “${toLabel}”?` });
    await dialog
      .getByText(/1,100 files/)
      .first()
      .waitFor();
    await dialog.getByText('There is room for it').waitFor();
    await dialog.getByRole('list', { name: 'How' }).getByText('read and written').waitFor();
    await takeScreenshots(web.page, 'transfer-large');
    expect(await accessibilityProblems(web.page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Copy' }).click();
    await toast(`Copied Many to ${toLabel}`).waitFor();
    expect(await readdir(join(to, 'Many'))).toHaveLength(MANY);
  });

  it('does not begin what would not fit', async () => {
    await drag(web.row(/^huge\.bin/), web.drive(toLabel));
    const dialog = web.page.getByRole('dialog', { name: `Copy to “${toLabel}”?` });
    await dialog.getByText(/It does not fit: .* more are needed/).waitFor();
    await takeScreenshots(web.page, 'transfer-no-room');
    expect(await accessibilityProblems(web.page)).toEqual([]);
    expect(await dialog.getByRole('button', { name: 'Copy' }).isDisabled()).toBe(true);
    await web.page.keyboard.press('Escape');
    await question().waitFor({ state: 'hidden' });
  });

  it('shows how fast a copy is, slows it down, pauses it, lets it go on, and saves a report of it', async () => {
    // Slow from its first byte on, so that it is caught at work on any machine.
    await using copying = web.daemon.spawn(['file', 'copy', join(from, 'big.bin'), to, '--limit-speed', '2MB', '--verify', 'hash']);
    await web.corner.getByRole('button', { name: 'Details' }).click();
    const dialog = web.page.getByRole('dialog', { name: `Copy big.bin to ${toLabel}` });
    await dialog.getByRole('combobox', { name: 'Speed limit' }).selectOption({ label: '1\u00a0MB/s' });
    await dialog.getByRole('img', { name: /^Speed over the last minute/ }).waitFor();
    await takeScreenshots(web.page, 'job-speed');
    expect(await accessibilityProblems(web.page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Pause this job' }).click();
    await dialog
      .getByText(/Paused/)
      .first()
      .waitFor();
    await dialog.getByRole('combobox', { name: 'Speed limit' }).selectOption({ label: 'As fast as it goes' });
    await dialog.getByRole('button', { name: 'Resume this job' }).click();
    expect(await copying.ended).toBe(0);
    const done = web.page.getByRole('dialog', { name: `Copied big.bin to ${toLabel}` });
    await done.getByText('Every file with its checksum').waitFor();
    await takeScreenshots(web.page, 'job-report');
    expect(await accessibilityProblems(web.page)).toEqual([]);
    const [download] = await Promise.all([
      web.page.waitForEvent('download'),
      done.getByRole('button', { name: 'Save the report as CSV' }).click(),
    ]);
    const report = await readFile(await download.path(), 'utf8');
    expect(report).toContain(`${join(from, 'big.bin')},${join(to, 'big.bin')},${BIG_BYTES},`);
    const [json] = await Promise.all([
      web.page.waitForEvent('download'),
      done.getByRole('button', { name: 'Save the report as JSON' }).click(),
    ]);
    expect(json.suggestedFilename()).toMatch(/^mooring-.*\.json$/);
    const digest = (await checksums(to)).find((line) => line.endsWith(' ./big.bin'))?.split(' ')[0];
    expect(JSON.parse(await readFile(await json.path(), 'utf8'))).toEqual([
      { source: join(from, 'big.bin'), target: join(to, 'big.bin'), bytes: BIG_BYTES, digest, state: 'verified' },
    ]);
    expect((await readFile(join(to, 'big.bin'))).equals(await readFile(join(from, 'big.bin')))).toBe(true);
    await web.page.keyboard.press('Escape');
  });

  it('shows what waits in its order, and lets it be changed', async () => {
    await rm(join(to, 'big.bin'));
    await mkdir(join(to, 'Queue'));
    const copy = (name: string, ...options: string[]) =>
      web.daemon.spawn(['file', 'copy', join(from, name), join(to, 'Queue'), ...options]);
    await using commands = new AsyncDisposableStack();
    const first = commands.use(copy('big.bin', '--limit-speed', '1MB'));
    await web.corner.getByText('Copy big.bin to Queue').first().waitFor();
    const jobs = async () => (await web.daemon.json<{ items: { status: string }[] }>(['job', 'list'])).items;
    const rest: Promise<number | null>[] = [];
    // One at a time writes to a drive: the others wait.
    for (const name of ['Letters', 'loose.txt', 'Trip']) {
      rest.push(commands.use(copy(name)).ended);
      await expect.poll(async () => (await jobs()).filter(({ status }) => status === 'queued').length).toBe(rest.length);
    }
    await web.page.getByRole('button', { name: /^Jobs/ }).click();
    const panel = web.page.getByRole('dialog', { name: 'Jobs' });
    const cards = panel.getByRole('region', { name: 'In progress' }).getByRole('listitem');
    const titles = async () =>
      (await cards.locator('p.font-medium > bdi').allTextContents()).map((title) => title.replace(/^Copy (.*) to Queue$/, '$1'));
    await expect.poll(titles).toEqual(['big.bin', 'Letters', 'loose.txt', 'Trip']);
    const card = (name: string) => cards.filter({ hasText: `Copy ${name} to` });
    expect(await card('Letters').getByRole('button', { name: 'Earlier in the queue' }).count()).toBe(0);
    expect(await card('Trip').getByRole('button', { name: 'Later in the queue' }).count()).toBe(0);
    await card('Trip').getByRole('button', { name: 'Earlier in the queue' }).click();
    await expect.poll(titles).toEqual(['big.bin', 'Letters', 'Trip', 'loose.txt']);
    await card('Letters').getByRole('button', { name: 'Later in the queue' }).click();
    await expect.poll(titles).toEqual(['big.bin', 'Trip', 'Letters', 'loose.txt']);
    await takeScreenshots(web.page, 'jobs-queue');
    expect(await accessibilityProblems(web.page)).toEqual([]);
    await card('big.bin').getByRole('button', { name: 'Cancel this job' }).click();
    await first.ended;
    expect(await Promise.all(rest)).toEqual([0, 0, 0]);
    const ended = async () =>
      (await panel.getByRole('region', { name: 'Finished' }).locator('li p.font-medium > bdi').allTextContents()).filter((title) =>
        title.includes('Queue'),
      );
    await expect.poll(async () => (await ended()).length).toBe(4);
    const started = (await web.daemon.json<{ items: { startedAt: string; input: { sources: string[] } }[] }>(['job', 'list'])).items.slice(
      0,
      4,
    );
    const order = started.sort((a, b) => a.startedAt.localeCompare(b.startedAt)).map(({ input }) => input.sources[0]?.split('/').at(-1));
    expect(order).toEqual(['big.bin', 'Trip', 'Letters', 'loose.txt']);
    await web.page.keyboard.press('Escape');
  });

  it('queues a copy to a drive that is not plugged in, and carries it out when the drive is back', async () => {
    await target.unplug();
    await web
      .drive(toLabel)
      .getByText(/Last seen/)
      .waitFor();
    await drag(web.row(/^Letters/), web.drive(toLabel), { says: `Copy Letters to ${toLabel}` });
    const dialog = web.page.getByRole('dialog', { name: `Copy to “${toLabel}”?` });
    await dialog.getByText(`“${toLabel}” is not plugged in`).waitFor();
    await takeScreenshots(web.page, 'transfer-waits');
    expect(await accessibilityProblems(web.page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Do it when the drive is here' }).click();
    await web.corner.getByText(`Waiting for “${toLabel}”: plug it in, and it goes on by itself.`).waitFor();
    await takeScreenshots(web.page, 'job-waits');
    to = await target.mount();
    await toast(`Copied Letters to ${toLabel}`).waitFor();
    expect(await checksums(join(to, 'Letters'))).toEqual(await checksums(join(from, 'Letters')));
  });

  it('says nothing to the console', () => expect(web.said).toEqual([]));
});
