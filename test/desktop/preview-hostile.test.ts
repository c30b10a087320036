import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accessibilityProblems, takeScreenshots } from '#test/instruments/desktop-app/page-checks.ts';
import { chromiumAbility, loopMountAbility } from '#test/instruments/host-abilities.ts';
import { createDiskImage, type DiskImage } from '#test/instruments/loop-volume.ts';
import { samplePdf, samplePng, sampleWebm } from '#test/instruments/sample-files.ts';
import { WebPage } from '#test/instruments/web-page.ts';

const reason = chromiumAbility().reason ?? loopMountAbility().reason;

/** Whatever runs in the page leaves this behind, or asks something. */
const ATTACK = 'window.attacked = true; alert(1)';
const MARKUP_NAME = '<img src=x onerror=alert(1)>.png';
const OVERRIDE_NAME = 'invoice\u202Efdp.exe';
const LINES_NAME = 'two\nlines.txt';

const HTML = `<!doctype html><script>${ATTACK}</script><img src=x onerror="${ATTACK}"><iframe srcdoc="<script>parent.attacked = true</script>"></iframe>`;
const SVG = `<svg xmlns="http://www.w3.org/2000/svg" width="80" height="80" onload="${ATTACK}"><script>${ATTACK}</script><rect width="80" height="80" fill="#c60"/></svg>`;
const MARKDOWN = `# Title\n\n<script>${ATTACK}</script>\n[click](javascript:${encodeURI(ATTACK)})\n`;
const TROJAN = 'if (isAdmin) {\u202E } // \u2066 only for admins \u2069\n';

describe.skipIf(reason !== null)(`hostile files (${reason ?? 'Chromium and real loop mounts'})`, () => {
  const label = `EVIL-${process.pid}`;
  let web: WebPage;
  let drive: DiskImage;
  let root: string;
  let dialogs = 0;

  beforeAll(async () => {
    drive = await createDiskImage({ fileSystem: 'ext4', sizeMb: 96, label });
    root = await drive.mount();
    const files: [string, string | Buffer][] = [
      ['page.html', HTML],
      ['page.xhtml', `<html xmlns="http://www.w3.org/1999/xhtml"><script>${ATTACK}</script></html>`],
      ['drawing.svg', SVG],
      ['readme.md', MARKDOWN],
      ['attack.js', ATTACK],
      ['style.css', 'body { display: none }'],
      ['trojan.ts', TROJAN],
      ['scripted.pdf', samplePdf({ pages: 1, script: 'app.alert\\(1\\)' })],
      ['one-line.json', `[${'{"a":"b"},'.repeat(60_000)}0]`],
      ['not-a-picture.png', HTML],
      [MARKUP_NAME, samplePng(40, 40)],
      [OVERRIDE_NAME, 'MZ, and no invoice'],
      [LINES_NAME, 'inside'],
    ];
    for (const [name, content] of files) await writeFile(join(root, name), content);
    const watch = (page: Page) =>
      page.on('dialog', (dialog) => {
        dialogs++;
        void dialog.dismiss();
      });
    web = await WebPage.open({ prepare: async (page) => void watch(page) });
    await writeFile(join(root, 'film.webm'), await sampleWebm(web.browser, 1));
    await web.daemon.json(['system', 'config', 'set', 'volumes.prompt', 'false']);
    await web.drive(label).click();
    await web.row(/^page\.html/).waitFor();
  });
  afterAll(async () => {
    await web?.[Symbol.asyncDispose]();
    await drive?.dispose();
  });

  const preview = (): Locator => web.page.getByRole('dialog');
  const look = async (row: RegExp, shown: string) => {
    await web.row(row).click();
    await web.page.keyboard.press('Space');
    await preview().getByRole('heading', { name: shown }).waitFor();
  };
  const close = async () => {
    await web.page.keyboard.press('Escape');
    await preview().waitFor({ state: 'hidden' });
  };
  const isAttacked = () => web.page.evaluate<boolean>('window.attacked === true');
  const contentUrl = (name: string) => new URL(`/content?path=${encodeURIComponent(join(root, name))}`, web.url).href;

  it.each([
    ['page.html', 'srcdoc'],
    ['readme.md', 'javascript:'],
    ['page.xhtml', 'xmlns'],
  ])('are shown as the text that they are: %s', async (name, text) => {
    await look(new RegExp(`^${name.replace('.', '\\.')}`), name);
    await preview().getByRole('document', { name: 'Text of the file' }).getByText(text).first().waitFor();
    expect(await preview().locator('script, iframe, img, a').count()).toBe(0);
    await close();
    expect(await isAttacked()).toBe(false);
  });

  it('are pictures and no more: drawings with scripts', async () => {
    await look(/^drawing\.svg/, 'drawing.svg');
    await preview().getByText('80 × 80 pixels').waitFor();
    expect(await preview().locator('svg script').count()).toBe(0);
    await close();
    expect(await isAttacked()).toBe(false);
  });

  it('run nothing when they are opened as pages of their own', async () => {
    const context = await web.browser.newContext();
    const tab = await context.newPage();
    tab.on('dialog', () => dialogs++);
    await tab.goto(web.url);
    for (const name of ['page.html', 'page.xhtml', 'drawing.svg', 'scripted.pdf']) {
      // A browser without a viewer of its own loads a document down; that is no page either.
      const answer = await tab.goto(contentUrl(name)).catch(() => null);
      expect(answer?.headers()['content-type'] ?? 'application/pdf', name).toMatch(/^(text\/plain|application\/pdf)/);
      expect(await tab.evaluate<boolean>('window.attacked === true'), name).toBe(false);
      expect(await tab.evaluate<number>("document.querySelectorAll('script').length"), name).toBe(0);
    }
    await context.close();
  });

  it('are no scripts, styles, frames or workers of the page, whoever asks for them', async () => {
    const outcome = await web.page.evaluate<Record<string, string>>(`(async () => {
      const load = (tag, attributes) => new Promise((resolve) => {
        const element = Object.assign(document.createElement(tag), attributes);
        const end = (outcome) => { element.remove(); resolve(outcome); };
        Object.assign(element, { onload: () => end('loaded'), onerror: () => end('refused') });
        document.head.append(element);
      });
      const script = await load('script', { src: ${JSON.stringify(contentUrl('attack.js'))} });
      const module = await load('script', { type: 'module', src: ${JSON.stringify(contentUrl('attack.js'))} });
      const style = await load('link', { rel: 'stylesheet', href: ${JSON.stringify(contentUrl('style.css'))} });
      const worker = await new Promise((resolve) => {
        try {
          new Worker(${JSON.stringify(contentUrl('attack.js'))}).onerror = () => resolve('refused');
        } catch { resolve('refused'); }
      });
      const frame = Object.assign(document.createElement('iframe'), { src: ${JSON.stringify(contentUrl('page.html'))} });
      document.body.append(frame);
      await new Promise((resolve) => { frame.onload = resolve; });
      let inside = 'refused';
      try { inside = frame.contentDocument.body.textContent.includes('srcdoc') ? 'loaded' : 'refused'; } catch { /* Another origin: refused. */ }
      frame.remove();
      return { script, module, style, worker, frame: inside };
    })()`);
    expect(outcome).toEqual({ script: 'refused', module: 'refused', style: 'refused', worker: 'refused', frame: 'refused' });
    expect(await isAttacked()).toBe(false);
    // What was refused just now is told there: of both scripts, the style and the frame, the last by another process of the browser.
    await expect.poll(() => web.said.length).toBeGreaterThanOrEqual(4);
    web.said.length = 0;
  });

  it('are drawn without their scripts: documents', async () => {
    await look(/^scripted\.pdf/, 'scripted.pdf');
    await preview().getByRole('img', { name: 'Page 1', exact: true }).locator('canvas').waitFor();
    await close();
  });

  it('show what turns their text around, and names that would be something else', async () => {
    await look(/^trojan\.ts/, 'trojan.ts');
    await preview().getByText('⟨U+202E⟩').waitFor();
    await preview().getByText('⟨U+2066⟩').waitFor();
    await takeScreenshots(web.page, 'preview-trojan');
    expect(await accessibilityProblems(web.page)).toEqual([]);
    await close();
    await look(/^<img src/, MARKUP_NAME);
    await preview().getByRole('img', { name: MARKUP_NAME }).waitFor();
    await preview().getByText('40 × 40 pixels').waitFor();
    await close();
    await look(/^invoice/, 'invoice⟨U+202E⟩fdp.exe');
    await preview().getByText('MZ, and no invoice').waitFor();
    await close();
    await web.row(/^two/).click();
    await web.page.keyboard.press('Control+i');
    const panel = web.page.getByRole('complementary', { name: 'Details' });
    await panel.getByRole('heading', { name: 'two␊lines.txt' }).waitFor();
    await web.row(/^<img src/).click();
    await panel.getByRole('heading', { name: MARKUP_NAME }).waitFor();
    await takeScreenshots(web.page, 'inspector-hostile');
    await web.page.keyboard.press('Control+i');
    expect(await web.page.locator('img[src="x"]').count()).toBe(0);
  });

  it('do not keep the page busy: a line of half a megabyte, a page that says it is a picture', async () => {
    await look(/^one-line\.json/, 'one-line.json');
    await preview().getByText('{"a":"b"}').first().waitFor();
    await close();
    await look(/^not-a-picture\.png/, 'not-a-picture.png');
    await preview().getByText('This image cannot be shown').waitFor();
    await close();
  });

  it('do not keep their drive: it is unmounted while a film of it is shown', async () => {
    await look(/^film\.webm/, 'film.webm');
    await expect.poll(() => web.page.evaluate<number>("document.querySelector('video')?.currentTime ?? 0")).toBeGreaterThan(0);
    await expect.poll(() => drive.unmount().then(() => 'unmounted', String)).toBe('unmounted');
    await preview().waitFor({ state: 'hidden' });
  });

  it('have asked nothing', () => {
    expect(dialogs).toBe(0);
    // Chromium itself tells of what of the film it could not get any more.
    expect(web.said.filter((line) => !line.startsWith('Failed to load resource'))).toEqual([]);
  });
});
