import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checksums } from '#test/instruments/checksums.ts';
import { accessibilityProblems, takeScreenshots } from '#test/instruments/desktop-app/page-checks.ts';
import { unhurried } from '#test/instruments/desktop-app/unhurried.ts';
import { chromiumAbility, findChromium, loopMountAbility } from '#test/instruments/host-abilities.ts';
import { createDiskImage, type DiskImage } from '#test/instruments/loop-volume.ts';
import { makeTestDaemon, type TestDaemon } from '#test/instruments/test-daemon.ts';

const mounts = loopMountAbility();
const reason = chromiumAbility().reason ?? mounts.reason;

describe.skipIf(reason !== null)(`the web page of the daemon (${reason ?? 'Chromium and real loop mounts'})`, () => {
  const fromLabel = `FROM-${process.pid}`;
  const toLabel = `TO-${process.pid}`;
  let daemon: TestDaemon;
  let browser: Browser;
  let page: Page;
  let url: string;
  let source: DiskImage;
  let target: DiskImage;
  const said: string[] = [];

  beforeAll(async () => {
    daemon = await makeTestDaemon();
    ({ url } = await daemon.json<{ url: string }>(['start', '--http', '0']));
    source = await createDiskImage({ fileSystem: 'ext4', sizeMb: 24, label: fromLabel });
    target = await createDiskImage({ fileSystem: 'ext4', sizeMb: 24, label: toLabel });
    const from = await source.mount();
    await mkdir(join(from, 'Holiday', 'day one'), { recursive: true });
    await writeFile(join(from, 'Holiday', 'day one', 'film.bin'), Buffer.alloc(3_000_000, 'mooring'));
    await writeFile(join(from, 'Holiday', 'notes — ü.txt'), 'sea');
    await writeFile(join(from, 'Holiday', 'empty'), '');
    await target.mount();
    browser = await chromium.launch({
      executablePath: findChromium() ?? 'chromium',
      args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
    });
    page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    page.on('console', (message) => said.push(message.text()));
  });
  afterAll(async () => {
    await browser?.close();
    await source?.dispose();
    await target?.dispose();
    await daemon?.[Symbol.asyncDispose]();
  });

  it('lets nobody in without the token', async () => {
    const stranger = await browser.newContext();
    const response = await (await stranger.newPage()).goto(new URL('/', url).href);
    expect([401, 403]).toContain(response?.status());
    await stranger.close();
  });

  it('opens with the address that `mooring start` prints, and takes the token out of it', async () => {
    await page.goto(url);
    await page.getByRole('heading', { name: 'Welcome to Mooring' }).waitFor();
    expect(page.url()).not.toContain('token');
    await page.getByRole('textbox', { name: 'Name' }).fill('From the web');
    await page.getByRole('button', { name: 'Create library' }).click();
    await page.getByRole('button', { name: 'All drives' }).waitFor();
    expect(await daemon.json(['library', 'current'])).toMatchObject({ name: 'From the web' });
    await takeScreenshots(page, 'web-home');
    expect(await accessibilityProblems(page)).toEqual([]);
  });

  it('copies a folder that is dragged from one drive to another, byte for byte', async () => {
    const drive = (label: string) =>
      page.getByRole('navigation', { name: 'Drives and pages' }).getByRole('button', { name: new RegExp(`^${label}`) });
    await drive(fromLabel).click();
    const row = page.getByRole('row', { name: /^Holiday/ });
    await row.waitFor();
    await unhurried(page, () => row.dragTo(drive(toLabel)));
    const jobs = () => daemon.json<{ items: { status: string }[] }>(['job', 'list']);
    await expect.poll(async () => (await jobs()).items[0]?.status, { timeout: 20_000 }).toBe('completed');
    const copied = await checksums(join(target.mountPoint ?? '', 'Holiday'));
    expect(copied).toHaveLength(3);
    expect(copied).toEqual(await checksums(join(source.mountPoint ?? '', 'Holiday')));
  });

  it('says nothing to the console', () => {
    expect(said).toEqual([]);
  });
});
