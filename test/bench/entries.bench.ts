/** @file A folder of 100,000 files as it is on disk, in no index: how long its pages take, and how long the engine's thread is held up. */
import { closeSync, mkdirSync, openSync, utimesSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Entries } from '#core/entry/entries.ts';
import type { EntrySort } from '#shared/contract/entry.ts';
import { createDiskImage } from '#test/instruments/loop-volume.ts';
import { testRunDir } from '#test/instruments/test-run.ts';
import { BenchReport } from './bench-report.ts';
import { timeMs } from './measure.ts';

const FILES = 100_000;
const PAGE = 200;
const report = new BenchReport('entries');

try {
  await using drive = await createDiskImage({ fileSystem: 'ext4', sizeMb: 2000 });
  const folder = path.join(await drive.mount(), 'large');
  mkdirSync(folder);
  for (let file = 0; file < FILES; file++) closeSync(openSync(path.join(folder, `IMG ${(file * 7919) % FILES}.jpg`), 'wx'));
  // A folder that has changed just now is read anew for each page.
  utimesSync(folder, 1, 1);
  await benchFolder(folder);
} finally {
  await rm(testRunDir(), { recursive: true, force: true });
}
report.finish();

async function benchFolder(folder: string): Promise<void> {
  const device = { id: '01890a5d-ac96-774b-bcce-b302099a8057' };
  const live = [{ mountPoints: [folder], fingerprint: 'a'.repeat(64), unresponsive: false }];
  const entries = new Entries({ volumes: { live }, device });
  const page = (sort: EntrySort, cursor?: string) =>
    entries.list({ path: folder, sort, order: 'asc', foldersFirst: true, showHidden: true, limit: PAGE, ...(cursor ? { cursor } : {}) });
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  let cursor: string | null = null;
  const firstMs = await timeMs(async () => {
    cursor = (await page('name')).nextCursor;
  });
  report.add({ what: `${FILES} files on disk: first page`, value: firstMs, unit: 'ms' });
  report.add({ what: `${FILES} files on disk: next page`, value: await timeMs(() => page('name', cursor ?? undefined)), unit: 'ms' });
  report.add({ what: `${FILES} files on disk: first page by size`, value: await timeMs(() => page('size')), unit: 'ms' });
  delay.disable();
  report.add({ what: 'event loop of the engine meanwhile, p99', value: delay.percentile(99) / 1e6, unit: 'ms', goal: '≤ 50' });
  await entries.close();
}
