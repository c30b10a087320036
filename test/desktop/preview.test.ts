import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { accessibilityProblems, takeScreenshots } from '#test/instruments/desktop-app/page-checks.ts';
import { chromiumAbility, loopMountAbility } from '#test/instruments/host-abilities.ts';
import { createDiskImage, type DiskImage } from '#test/instruments/loop-volume.ts';
import { samplePdf, samplePng, sampleWav, sampleWebm } from '#test/instruments/sample-files.ts';
import { WebPage } from '#test/instruments/web-page.ts';

const reason = chromiumAbility().reason ?? loopMountAbility().reason;

const CODE = `import { readFile } from 'node:fs/promises';

/** Counts the words of a text. */
export async function countWords(path: string): Promise<number> {
  const text = await readFile(path, 'utf8');
  return text.split(/\\s+/).filter((word) => word !== '').length; // not the spaces
}
`;
const LINES = 20_000;

describe.skipIf(reason !== null)(`looking into files (${reason ?? 'Chromium and real loop mounts'})`, () => {
  const label = `SHOW-${process.pid}`;
  let web: WebPage;
  let drive: DiskImage;
  let root: string;
  let dialogs = 0;

  beforeAll(async () => {
    drive = await createDiskImage({ fileSystem: 'ext4', sizeMb: 160, label });
    root = await drive.mount();
    await writeFile(join(root, 'harbour.png'), samplePng(1600, 900));
    await writeFile(
      join(root, 'icon.svg'),
      '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><circle cx="5" cy="5" r="4" fill="teal"/></svg>',
    );
    await writeFile(join(root, 'broken.jpg'), 'no picture at all');
    await writeFile(join(root, 'tone.wav'), sampleWav(20));
    await writeFile(join(root, 'report.pdf'), samplePdf({ pages: 12 }));
    await writeFile(join(root, 'broken.pdf'), '%PDF-1.7 and nothing else');
    await writeFile(join(root, 'words.ts'), CODE);
    await writeFile(join(root, 'latin.txt'), Buffer.from('Grüße aus Köln', 'latin1'));
    await writeFile(join(root, 'wide.txt'), Buffer.from('\uFEFFBreite Grüße', 'utf16le'));
    await writeFile(join(root, 'long.log'), Array.from({ length: LINES }, (_, line) => `line ${line + 1} of the log\n`).join(''));
    await writeFile(join(root, 'program.bin'), Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 0, 0, 1, 2, 3]));
    await writeFile(join(root, 'empty.txt'), '');
    await symlink('harbour.png', join(root, 'newest'));
    await mkdir(join(root, 'Album'));
    for (let number = 1; number <= 11; number++) await writeFile(join(root, 'Album', `IMG_${number}.jpg`), 'x'.repeat(number * 1000));
    web = await WebPage.open({ prepare: async (page) => void page.on('dialog', () => dialogs++) });
    await writeFile(join(root, 'film.webm'), await sampleWebm(web.browser, 2));
    await web.daemon.json(['system', 'config', 'set', 'volumes.prompt', 'false']);
    await web.drive(label).click();
    await web.row(/^harbour\.png/).waitFor();
  });
  afterEach(async () => {
    if (await preview().isVisible()) await close();
  });
  afterAll(async () => {
    await web?.[Symbol.asyncDispose]();
    await drive?.dispose();
  });

  const preview = (): Locator => web.page.getByRole('dialog');
  const look = async (name: string) => {
    await web.row(new RegExp(`^${name.replaceAll('.', '\\.')}`)).click();
    await web.page.keyboard.press('Space');
    await preview().getByRole('heading', { name }).waitFor();
  };
  /** What an expression says of an element of the preview. */
  const ask = <T>(selector: string, expression: string) =>
    web.page.evaluate<T>(`((element) => ${expression})(document.querySelector('[role="dialog"] ${selector}'))`);
  const close = async () => {
    await web.page.keyboard.press('Escape');
    await preview().waitFor({ state: 'hidden' });
  };

  it('shows a picture as large as fits, and larger', async () => {
    await look('harbour.png');
    const picture = preview().getByRole('img', { name: 'harbour.png' });
    await preview().getByText('1,600 × 900 pixels').waitFor();
    await takeScreenshots(web.page, 'preview-image');
    expect(await accessibilityProblems(web.page)).toEqual([]);
    // While the window appears, it grows a little.
    await web.page.evaluate(`Promise.all(document.querySelector('[role="dialog"]').getAnimations().map(({ finished }) => finished))`);
    const fitted = await picture.boundingBox();
    await web.page.keyboard.press('+');
    await web.page.keyboard.press('+');
    await expect.poll(async () => (await picture.boundingBox())?.width).toBe(3200);
    await web.page.keyboard.press('0');
    await expect.poll(() => picture.boundingBox()).toEqual(fitted);
    await web.page.keyboard.press('f');
    await expect.poll(async () => (await preview().boundingBox())?.width).toBe(1280);
    await web.page.keyboard.press('f');
    await web.page.keyboard.press('Space');
    await preview().waitFor({ state: 'hidden' });
  });

  it('goes through the list by the arrows, and leaves the keyboard there', async () => {
    await look('broken.jpg');
    await preview().getByText('This image cannot be shown').waitFor();
    await web.page.keyboard.press('ArrowDown');
    await preview().getByRole('heading', { name: 'broken.pdf' }).waitFor();
    await preview().getByText('This document is damaged').waitFor();
    await preview().getByRole('button', { name: 'Previous item' }).click();
    await preview().getByRole('heading', { name: 'broken.jpg' }).waitFor();
    await close();
    // A moment after the preview has gone.
    await web.page.locator('[role="grid"]:focus').waitFor();
    await web.page.keyboard.press('ArrowDown');
    await expect.poll(() => web.row(/^broken\.pdf/).getAttribute('aria-selected')).toBe('true');
  });

  it('shows code in colours, as text', async () => {
    await look('words.ts');
    const text = preview().getByRole('document', { name: 'Text of the file' });
    await text.getByText('countWords').waitFor();
    expect((await text.locator('pre').allInnerTexts()).map((line) => line.trimEnd())).toEqual(CODE.trimEnd().split('\n'));
    const colors = await ask<string[]>('pre', "[...element.querySelectorAll('span')].map((span) => getComputedStyle(span).color)");
    expect(new Set(colors).size).toBeGreaterThan(2);
    await takeScreenshots(web.page, 'preview-code');
    expect(await accessibilityProblems(web.page)).toEqual([]);
    await close();
  });

  it.each([
    ['latin.txt', 'Grüße aus Köln'],
    ['wide.txt', 'Breite Grüße'],
    ['empty.txt', 'This file is empty.'],
    ['program.bin', 'There is no preview of this kind of file.'],
  ])('reads %s as it is written', async (name, text) => {
    await look(name);
    await preview().getByText(text, { exact: true }).waitFor();
    await close();
  });

  it('reads a long text as far as one looks', async () => {
    const asked: string[] = [];
    web.page.on('request', (request) => void (request.url().includes('long.log') && asked.push(request.headers().range ?? '')));
    await look('long.log');
    await preview().getByText('line 1 of the log', { exact: true }).waitFor();
    const last = preview().getByText(`line ${LINES} of the log`, { exact: true });
    await expect
      .poll(async () => {
        await ask('[role="document"]', 'element.scrollTo(0, element.scrollHeight)');
        return last.count();
      })
      .toBe(1);
    // All lines are there, each once, whatever the borders of the parts are.
    expect(await preview().locator('pre').count()).toBe(LINES);
    expect(asked.length).toBeGreaterThanOrEqual(3);
    await close();
  });

  it('shows the pages of a document', async () => {
    await look('report.pdf');
    const pages = preview().getByRole('document', { name: '12 pages' });
    const first = pages.getByRole('img', { name: 'Page 1', exact: true });
    await first.locator('canvas').waitFor();
    const ink = () =>
      ask<number>(
        'canvas',
        `{
          const { data } = element.getContext('2d').getImageData(0, 0, element.width, element.height);
          let dark = 0;
          for (let at = 0; at < data.length; at += 4) if (data[at + 3] > 0 && data[at] < 200) dark++;
          return dark / (data.length / 4);
        }`,
      );
    await expect.poll(ink).toBeGreaterThan(0.1);
    await takeScreenshots(web.page, 'preview-pdf');
    expect(await accessibilityProblems(web.page)).toEqual([]);
    const last = pages.getByRole('img', { name: 'Page 12' });
    expect(await last.locator('canvas').count()).toBe(0);
    await last.scrollIntoViewIfNeeded();
    await last.locator('canvas').waitFor();
    await first.locator('canvas').waitFor({ state: 'detached' });
    await close();
  });

  it('plays a film and a sound, and asks only for what is played', async () => {
    const asked: { range: string; status: number }[] = [];
    web.page.on('response', (response) => {
      if (/film\.webm|tone\.wav/.test(response.url()))
        asked.push({ range: response.request().headers().range ?? '', status: response.status() });
    });
    await web.page.getByRole('button', { name: 'Read again' }).click();
    await look('film.webm');
    await expect.poll(() => ask<number>('video', 'element?.currentTime ?? 0')).toBeGreaterThan(0);
    await takeScreenshots(web.page, 'preview-video');
    await close();
    await look('tone.wav');
    await expect.poll(() => ask<number>('audio', 'element?.duration ?? 0')).toBeCloseTo(20, 1);
    await ask('audio', 'new Promise((resolve) => { element.onseeked = resolve; element.currentTime = 15; })');
    expect(await ask<number>('audio', 'element.currentTime')).toBeGreaterThanOrEqual(15);
    await takeScreenshots(web.page, 'preview-audio');
    await close();
    expect(asked.every(({ range, status }) => range.startsWith('bytes=') && status === 206)).toBe(true);
  });

  it('tells what is in a folder', async () => {
    await look('Album');
    await preview().getByText('11 items').waitFor();
    await preview().getByText('and 3 more').waitFor();
    await takeScreenshots(web.page, 'preview-folder');
    expect(await accessibilityProblems(web.page)).toEqual([]);
    await close();
  });

  it('shows a drawing as a picture', async () => {
    await look('icon.svg');
    await preview().getByRole('img', { name: 'icon.svg' }).waitFor();
    await expect.poll(() => ask<boolean>('img', 'element.complete && element.naturalWidth > 0')).toBe(true);
    await close();
  });

  it('shows what a link leads to', async () => {
    await look('newest');
    await preview().getByText('1,600 × 900 pixels').waitFor();
    await close();
  });

  it('says nothing to the console, and asks nothing', () => {
    expect(web.said).toEqual([]);
    expect(dialogs).toBe(0);
  });
});
