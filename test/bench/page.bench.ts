/**
 * @file `npm run bench -- page [--files 10000]`: the built page in headless Chromium, served by the built daemon: its size, how soon it is there, how
 * soon folders of 10,000 and 100,000 files are, how evenly they scroll, and what that takes of memory. `--files`: of the largest folder.
 */
import { closeSync, mkdirSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { type Browser, type CDPSession, chromium, type Page } from 'playwright-core';
import { connectToHost } from '#core/host/host-client.ts';
import { findChromium } from '#test/instruments/host-abilities.ts';
import { createDiskImage } from '#test/instruments/loop-volume.ts';
import { testRunDir } from '#test/instruments/test-run.ts';
import { startBenchDaemon } from './bench-daemon.ts';
import { BenchReport } from './bench-report.ts';
import { percentile } from './measure.ts';

const LARGEST = numberAfter('--files') ?? 100_000;
const SMALLER = Math.min(10_000, LARGEST / 10);
const RUNS = 7;
const SCROLLED_FRAMES = 180;
const MIB = 1024 ** 2;
const LABEL = 'Bench';
/** Of the drive; ext4 has an inode for every 16 KiB of it. */
const SIZE_MB = Math.ceil(((LARGEST + SMALLER) * 20) / 1024) + 100;
const built = fileURLToPath(new URL('../../out/renderer/assets/', import.meta.url));
const report = new BenchReport('page');

try {
  benchBundle();
  await using drive = await createDiskImage({ fileSystem: 'ext4', sizeMb: SIZE_MB, label: LABEL });
  const root = await drive.mount();
  for (const files of [SMALLER, LARGEST]) fill(path.join(root, String(files)), files);
  await benchPage(root);
} finally {
  await rm(testRunDir(), { recursive: true, force: true });
}
report.finish();

/** What the browser has to fetch: all of it, and what is needed before anything is drawn. */
function benchBundle(): void {
  const sizeOf = (name: string) => gzipSync(readFileSync(path.join(built, name))).length;
  const names = readdirSync(built).filter((name) => /\.(js|css|mjs)$/.test(name));
  const page = readFileSync(path.join(built, '../index.html'), 'utf8');
  const sum = (some: readonly string[]) => some.reduce((total, name) => total + sizeOf(name), 0) / MIB;
  report.add({ what: 'scripts and styles in all, gzip', value: sum(names), unit: 'MB', goal: '< 1.5' });
  report.add({ what: 'of that before anything is drawn', value: sum(names.filter((name) => page.includes(name))), unit: 'MB' });
}

async function benchPage(root: string): Promise<void> {
  const daemon = await startBenchDaemon();
  const browser = await chromium.launch({ executablePath: findChromium() ?? 'chromium', args: ['--no-sandbox', '--disable-gpu'] });
  try {
    const { client, close } = await connectToHost(daemon.socketPath);
    await client.libraries.create({ name: 'Bench' });
    await client.config.update({ volumes: { prompt: false } });
    const { job } = await client.locations.add({ path: root });
    while ((await client.jobs.get({ id: job.id })).completedAt === null) await new Promise((resolve) => setTimeout(resolve, 100));
    close();
    const url = `${daemon.httpAddress}/?token=${daemon.token}`;
    await benchStart(browser, url);
    const page = await openPage(browser, url);
    const metrics = await page.context().newCDPSession(page);
    report.add({ what: 'memory of the page’s scripts, drives shown', value: await heapBytes(metrics), unit: 'MB' });
    for (const files of [SMALLER, LARGEST]) await benchFolder(page, files);
    report.add({ what: `the same after ${LARGEST} files were scrolled through`, value: await heapBytes(metrics), unit: 'MB' });
  } finally {
    await browser.close();
    await daemon.stop();
  }
}

/** With a warm cache: the daemon has run, the browser begins a new profile each time. */
async function benchStart(browser: Browser, url: string): Promise<void> {
  const [paints, lists]: [number[], number[]] = [[], []];
  for (let run = 0; run < RUNS; run++) {
    const page = await openPage(browser, url);
    paints.push(await page.evaluate<number>(`performance.getEntriesByName('first-contentful-paint')[0].startTime`));
    lists.push(await page.evaluate<number>('performance.now()'));
    await page.context().close();
  }
  report.add({ what: 'address to first paint, p50', value: percentile(paints, 0.5), unit: 'ms', goal: '≤ 1000' });
  report.add({ what: 'address to drives listed, p50', value: percentile(lists, 0.5), unit: 'ms', goal: '≤ 1500' });
}

/** A page that shows its drives. */
async function openPage(browser: Browser, url: string): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  await page.goto(url);
  await page.evaluate(whenThere(`document.querySelector('nav [data-volume]')`));
  return page;
}

async function benchFolder(page: Page, files: number): Promise<void> {
  const opened: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    await page.locator('nav [data-volume]').filter({ hasText: LABEL }).click();
    await page.getByRole('row', { name: new RegExp(`^${files} `) }).waitFor();
    // The first time nothing is cached; later ones are what people do.
    opened.push(await page.evaluate<number>(openFolder(String(files))));
  }
  const what = `${files} files: double click to first rows`;
  report.add({ what: `${what}, first time`, value: opened[0] ?? Number.NaN, unit: 'ms', goal: files > SMALLER ? '≤ 150' : '≤ 100' });
  report.add({ what: `${what}, p50`, value: percentile(opened, 0.5), unit: 'ms' });
  for (const { name, step } of [
    { name: 'by the wheel', step: 120 },
    { name: 'by the scroll bar', step: Math.floor((files * 30) / SCROLLED_FRAMES) },
  ]) {
    const frames = await page.evaluate<number[]>(scroll(step, SCROLLED_FRAMES));
    report.add({ what: `${files} files: frame while scrolled ${name}, p50`, value: percentile(frames, 0.5), unit: 'ms' });
    report.add({ what: `${files} files: frame while scrolled ${name}, p95`, value: percentile(frames, 0.95), unit: 'ms', goal: '≤ 33' });
  }
}

/** In the page: opens a folder as a double click does, and waits until its first row has been drawn. @returns code that gives milliseconds */
function openFolder(name: string): string {
  return `(async () => {
    const row = [...document.querySelectorAll('main [role="row"][data-path]')].find((each) => each.dataset.path.endsWith('/${name}'));
    const startedAt = performance.now();
    row.dispatchEvent(new MouseEvent('dblclick', { bubbles: true, cancelable: true }));
    await ${whenThere(`document.querySelector('main [role="row"][data-path*="/${name}/"]')`)};
    return performance.now() - startedAt;
  })()`;
}

/** In the page: scrolls the list a step each frame, back up from the end, and notes how long each frame took. */
function scroll(step: number, frames: number): string {
  return `(async () => {
    const list = document.querySelector('main [role="grid"]');
    list.scrollTop = 0;
    const times = [];
    let before = await new Promise(requestAnimationFrame);
    let way = ${step};
    for (let frame = 0; frame < ${frames}; frame++) {
      if (list.scrollTop + list.clientHeight >= list.scrollHeight - 1) way = -${step};
      list.scrollTop += way;
      const now = await new Promise(requestAnimationFrame);
      times.push(now - before);
      before = now;
    }
    return times;
  })()`;
}

/** In the page: waits until something is there and has been drawn. */
function whenThere(what: string): string {
  return `new Promise((resolve) => {
    const look = () => requestAnimationFrame(() => (${what}) ? requestAnimationFrame(() => resolve(true)) : look());
    look();
  })`;
}

async function heapBytes(session: CDPSession): Promise<number> {
  await session.send('Performance.enable');
  await session.send('HeapProfiler.collectGarbage');
  const { metrics } = await session.send('Performance.getMetrics');
  return (metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? Number.NaN) / MIB;
}

function fill(folder: string, files: number): void {
  mkdirSync(folder);
  for (let file = 0; file < files; file++) closeSync(openSync(path.join(folder, `IMG ${(file * 7919) % files}.jpg`), 'wx'));
}

function numberAfter(flag: string): number | null {
  const at = process.argv.indexOf(flag);
  return at < 0 ? null : Number(process.argv[at + 1]);
}
