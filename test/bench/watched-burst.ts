import { execFile } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import Database from 'better-sqlite3';
import { connectToHost } from '#core/host/host-client.ts';
import { databasePath } from '#core/library/library-folder.ts';
import type { EngineClient } from '#shared/contract/contract.ts';
import { makeTestDir } from '#test/instruments/test-run.ts';
import { startBenchDaemon } from './bench-daemon.ts';
import type { BenchReport } from './bench-report.ts';

const FILES = 50_000;
const LOOK_MS = 5;
const run = promisify(execFile);

/**
 * Adds to a report how long after the last of many files it takes until all are in the index of a watched location: from the disk over the
 * watcher, its debounce, and the indexer of a daemon.
 */
export async function benchWatchedBurst(report: BenchReport): Promise<void> {
  for (const folders of [1, 100]) {
    const { writtenMs, afterMs } = await measureBurst(folders);
    const name = `${FILES} files in ${folders === 1 ? 'one watched folder' : `${folders} watched folders`}`;
    report.add({ what: `${name}: written in`, value: writtenMs, unit: 'ms' });
    report.add({ what: `${name}: all indexed after the last`, value: afterMs, unit: 'ms', goal: '≤ 5000' });
  }
}

async function measureBurst(folders: number): Promise<{ writtenMs: number; afterMs: number }> {
  const root = await makeTestDir('bench-burst');
  for (let folder = 0; folder < folders; folder++) mkdirSync(join(root, `folder ${folder}`));
  const daemon = await startBenchDaemon();
  const { client, close } = await connectToHost(daemon.socketPath);
  try {
    const { path } = await client.libraries.create({ name: 'Burst' });
    await client.locations.add({ path: root });
    while (!(await isWatching(client))) await delay(LOOK_MS);
    const database = new Database(databasePath(path), { readonly: true });
    const fileCount = database.prepare<[], number>('SELECT file_count FROM entries WHERE parent_id IS NULL AND kind = 0').pluck();
    const startMs = performance.now();
    await writeInOtherProcess(root, folders);
    const lastMs = performance.now();
    while (fileCount.get() !== FILES) await delay(LOOK_MS);
    database.close();
    return { writtenMs: lastMs - startMs, afterMs: performance.now() - lastMs };
  } finally {
    close();
    await daemon.stop();
  }
}

/** Watches are set after the first scan of a location; another one begins then. */
async function isWatching(client: EngineClient): Promise<boolean> {
  const [{ items }, jobs] = await Promise.all([client.locations.list({}), client.jobs.list({})]);
  const isWatched = items.every(({ watchState, scanState }) => watchState === 'watching' && scanState === 'complete');
  return isWatched && jobs.items.length > 1 && jobs.items.every(({ status }) => status === 'completed');
}

/** Folder by folder. Resolves when the last file is there, and the process that made it has ended. */
async function writeInOtherProcess(root: string, folders: number): Promise<void> {
  const script = `const fs = require('node:fs');
    for (let folder = 0; folder < ${folders}; folder++)
      for (let file = 0; file < ${FILES / folders}; file++) fs.writeFileSync(process.argv[1] + '/folder ' + folder + '/file ' + file, 'x');`;
  await run(process.execPath, ['-e', script, root]);
}
