/**
 * @file `npm run bench -- index [--files 10000|100000|1000000] [--cold]`: a first index, and looking again, beside what others take for the
 * same tree. Each index is made by the built daemon, through its socket, as users make it.
 */
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { connectToHost } from '#core/host/host-client.ts';
import type { EngineClient } from '#shared/contract/contract.ts';
import type { Job } from '#shared/contract/job.ts';
import { makeSeededTree } from '#test/instruments/seeded-tree.ts';
import { makeTestDir, testRunDir } from '#test/instruments/test-run.ts';
import { startBenchDaemon } from './bench-daemon.ts';
import { BenchReport } from './bench-report.ts';
import { benchFolderPages } from './folder-pages.ts';
import { diskUsage, dropCaches, findIntoSqlite, findPrintf, listLong, updatedbAgain } from './index-peers.ts';
import { percentile, timeMs, timesMs } from './measure.ts';
import { WalkThreads } from './walk-threads.ts';

const FILES = numberAfter('--files') ?? 100_000;
const RUNS = FILES > 200_000 ? 1 : 3;
const LARGE_FOLDER = 100_000;
const PAGE = 200;
const IDLE_MS = 10_000;
/** The threads that indexed end after half a minute without work. */
const SETTLE_MS = 35_000;
const MIB = 1024 ** 2;
const report = new BenchReport('index');

type Daemon = Awaited<ReturnType<typeof startBenchDaemon>>;

const scratch = await makeTestDir('index-bench');
const tree = path.join(scratch, 'tree');
mkdirSync(tree);
try {
  report.add({ what: `making ${FILES} files`, value: (await timeMs(() => makeSeededTree(tree, { files: FILES }))) / 1000, unit: 's' });
  await findPrintf(tree);
  await benchWalk();
  await benchIndex(false);
  if (process.argv.includes('--cold')) await benchIndex(true);
  await benchPages();
  await benchFolderPages(report, path.join(scratch, 'pages.db'), LARGE_FOLDER);
} finally {
  await rm(testRunDir(), { recursive: true, force: true });
}
report.finish();

async function benchWalk(): Promise<void> {
  await using twoThreads = await WalkThreads.start(2);
  await using oneThread = await WalkThreads.start(1);
  const find: number[] = [];
  const [two, one]: [number[], number[]] = [[], []];
  for (let run = 0; run < RUNS + 1; run++) {
    find.push(await findPrintf(tree));
    two.push(await timeMs(() => twoThreads.walk(tree)));
    one.push(await timeMs(() => oneThread.walk(tree)));
  }
  const peer = { name: 'find -printf', value: percentile(find, 0.5) };
  report.add({ what: 'walk and stat, 2 threads', value: percentile(two, 0.5), unit: 'ms', peer, goal: '≤ 0.8 ×' });
  report.add({ what: 'walk and stat, 1 thread', value: percentile(one, 0.5), unit: 'ms', peer });
}

/** First index, then looking again, each beside its peers in the same state of the caches. */
async function benchIndex(isCold: boolean): Promise<void> {
  if (isCold && !(await dropCaches())) return console.log('Cold caches need root: left out.');
  const prepare = async () => void (isCold && (await dropCaches()));
  const state = isCold ? 'cold' : 'warm';
  const daemon = await startBenchDaemon();
  const { client, close } = await connectToHost(daemon.socketPath);
  try {
    await client.libraries.create({ name: 'Bench' });
    await prepare();
    const find = { name: 'find -printf', value: await findPrintf(tree) };
    await prepare();
    const latencies = watchLatency(client);
    const cpuBeforeMs = daemon.cpuMs();
    const first = await firstIndex(client);
    const cpuMs = daemon.cpuMs() - cpuBeforeMs;
    const delays = await latencies.stop();
    report.add({ what: `first index, ${state}`, value: first.ms, unit: 'ms', peer: find, goal: isCold ? '≤ 0.9 ×' : '≤ 1.6 ×' });
    report.add({ what: 'processor time of the daemon for it', value: cpuMs, unit: 'ms' });
    if (!isCold) {
      const pipeline = { name: 'find | sqlite3 .import', value: await findIntoSqlite(tree, scratch) };
      report.add({ what: 'the same', value: first.ms, unit: 'ms', peer: pipeline, goal: '≤ 0.6 ×' });
      report.add({ what: 'until the first rows can be listed', value: first.firstRowsMs, unit: 'ms', goal: '≤ 200' });
      report.add({ what: 'answers of the engine meanwhile, p99', value: percentile(delays, 0.99), unit: 'ms', goal: '≤ 50' });
      report.add({ what: 'most memory of the daemon (RSS)', value: peakRssBytes(daemon.pid) / MIB, unit: 'MiB', goal: '≤ 300 MB' });
      await benchSums(client);
    }
    for (const depth of ['full', 'quick'] as const) await benchAgain(client, depth, state, prepare);
    if (!isCold) await benchIdle(daemon, 'idle with this index');
  } finally {
    close();
    await daemon.stop();
  }
  if (!isCold) await benchIdleAgain(daemon.dataDir);
}

/** As a user meets it who has started Mooring: after it has looked for what changed meanwhile. */
async function benchIdleAgain(dataDir: string): Promise<void> {
  const daemon = await startBenchDaemon(dataDir);
  const { client, close } = await connectToHost(daemon.socketPath);
  try {
    for (const status of ['queued', 'running'] as const) {
      for (const job of (await client.jobs.list({ status })).items) await untilEnded(client, job);
    }
    await benchIdle(daemon, 'idle after a restart');
  } finally {
    close();
    await daemon.stop();
  }
}

/** From the request until the job has ended, and until the first page of the location is not empty. */
async function firstIndex(client: EngineClient): Promise<{ ms: number; firstRowsMs: number }> {
  const startMs = performance.now();
  const { job } = await client.locations.add({ path: tree, watch: false });
  let firstRowsMs = Number.NaN;
  const rows = (async () => {
    while (Number.isNaN(firstRowsMs)) {
      const { items, source } = await client.entries.list({ path: tree, limit: 1 });
      if (items.length > 0 && source === 'index') firstRowsMs = performance.now() - startMs;
      else await delay(5);
    }
  })();
  await untilEnded(client, job);
  const ms = performance.now() - startMs;
  await rows;
  return { ms, firstRowsMs };
}

async function benchAgain(client: EngineClient, depth: 'full' | 'quick', state: string, prepare: () => Promise<void>): Promise<void> {
  await prepare();
  const peer = depth === 'full' ? await findPrintf(tree) : await updatedbAgain(tree, scratch);
  await prepare();
  const ms = await timeMs(async () => untilEnded(client, (await client.locations.rescan({ location: tree, depth })).job));
  const what = depth === 'full' ? `looking again, every entry, ${state}` : `looking again, folder times, ${state}`;
  const name = depth === 'full' ? 'find -printf' : 'updatedb, again';
  if (peer === null) console.log('updatedb is missing: install plocate (apt install plocate) to compare with it.');
  const compared = peer === null ? {} : { peer: { name, value: peer } };
  report.add({ what, value: ms, unit: 'ms', ...compared, goal: depth === 'full' ? '≤ 0.8 ×' : '≤ 0.25 ×' });
}

async function benchSums(client: EngineClient): Promise<void> {
  const times = await timesMs(20, () => client.entries.get({ path: tree }));
  const peer = { name: 'du -s', value: await diskUsage(tree) };
  report.add({ what: 'size and counts of the whole tree', value: percentile(times, 0.5), unit: 'ms', peer });
}

async function benchIdle(daemon: Daemon, what: string): Promise<void> {
  await delay(SETTLE_MS);
  const before = daemon.cpuMs();
  await delay(IDLE_MS);
  report.add({ what: `${what}, processor`, value: ((daemon.cpuMs() - before) / IDLE_MS) * 100, unit: '% of 1', goal: '0' });
  report.add({ what: `${what}, memory (RSS)`, value: daemon.rssBytes() / MIB, unit: 'MiB', goal: '≤ 150 MB' });
}

/** A folder of 100,000 files, page by page through the socket. */
async function benchPages(): Promise<void> {
  const folder = path.join(scratch, 'large');
  mkdirSync(folder);
  for (let index = 0; index < LARGE_FOLDER; index++)
    closeSync(openSync(path.join(folder, `IMG ${(index * 7919) % LARGE_FOLDER}.jpg`), 'wx'));
  const daemon = await startBenchDaemon();
  const { client, close } = await connectToHost(daemon.socketPath);
  try {
    await client.libraries.create({ name: 'Pages' });
    await untilEnded(client, (await client.locations.add({ path: folder, watch: false })).job);
    const peer = { name: 'ls -l', value: await listLong(folder) };
    for (const sort of ['name', 'size', 'modified', 'kind'] as const) {
      let cursor: string | undefined;
      const times = await timesMs(40, async () => {
        const page = await client.entries.list({ path: folder, sort, limit: PAGE, cursor });
        if (page.source !== 'index') throw new Error('The page did not come from the index');
        cursor = page.nextCursor ?? undefined;
      });
      const what = `${PAGE} of ${LARGE_FOLDER} by ${sort}, through the API, p95`;
      report.add({ what, value: percentile(times.slice(3), 0.95), unit: 'ms', peer, goal: '≤ 8' });
    }
  } finally {
    close();
    await daemon.stop();
  }
}

/** Asks the engine for something trivial all the time: how long it takes is how long anybody waits for it. */
function watchLatency(client: EngineClient): { stop(): Promise<number[]> } {
  const times: number[] = [];
  let isStopped = false;
  const asking = (async () => {
    while (!isStopped) {
      times.push(await timeMs(() => client.config.get()));
      await delay(5);
    }
  })();
  return {
    stop: async () => {
      isStopped = true;
      await asking;
      return times;
    },
  };
}

async function untilEnded(client: EngineClient, { id }: Job): Promise<void> {
  const events = await client.events.subscribe({ types: ['JobCompleted', 'JobFailed', 'JobCancelled'] });
  try {
    for (let job = await client.jobs.get({ id }); job.status !== 'completed'; job = await client.jobs.get({ id })) {
      if (job.status === 'failed' || job.status === 'cancelled') throw new Error(`The scan ended: ${JSON.stringify(job.error)}`);
      await events.next();
    }
  } finally {
    await events.return?.(undefined);
  }
}

function peakRssBytes(pid: number): number {
  const kib = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kib) * 1024;
}

function numberAfter(flag: string): number | null {
  const at = process.argv.indexOf(flag);
  const value = at < 0 ? Number.NaN : Number(process.argv[at + 1]);
  return Number.isInteger(value) && value > 0 ? value : null;
}
