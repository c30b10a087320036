import { execFile } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { connectToHost } from '#core/host/host-client.ts';
import type { VerifyMode } from '#shared/contract/file.ts';
import { createDiskImage } from '#test/instruments/loop-volume.ts';
import { testRunDir } from '#test/instruments/test-run.ts';
import { startBenchDaemon } from './bench-daemon.ts';
import { BenchReport } from './bench-report.ts';
import { percentile, timeMs } from './measure.ts';

const run = promisify(execFile);
const RUNS = 3;
const LARGE_MIB = 1024;
const SMALL_FILES = 2000;
const report = new BenchReport('copy');

const source = await createDiskImage({ fileSystem: 'ext4', sizeMb: 1400 });
const target = await createDiskImage({ fileSystem: 'ext4', sizeMb: 1400 });
const daemon = await startBenchDaemon();
try {
  const from = await source.mount();
  const to = await target.mount();
  await run('bash', ['-c', 'head -c "$1"M /dev/urandom > "$2"', 'bash', String(LARGE_MIB), path.join(from, 'large')]);
  await mkdir(path.join(from, 'small'));
  for (let index = 0; index < SMALL_FILES; index++) await writeFile(path.join(from, 'small', `file ${index}`), Buffer.alloc(4096, index));
  await run('sync', ['-f', from]);
  await benchCopy(`one file of ${LARGE_MIB} MiB`, path.join(from, 'large'), to, '≤ 1.15 ×, with hash ≤ 1.5 ×');
  await benchCopy(`${SMALL_FILES} files of 4 KiB`, path.join(from, 'small'), to, '≤ 0.7 ×, with hash ≤ 0.9 ×');
} finally {
  await daemon.stop();
  await source.dispose();
  await target.dispose();
  await rm(testRunDir(), { recursive: true, force: true });
}
report.finish();

/** Ours and the peer take turns; each ends with the data on the disk. */
async function benchCopy(what: string, sourcePath: string, to: string, goal: string): Promise<void> {
  const copied = path.join(to, path.basename(sourcePath));
  const times = new Map<string, number[]>();
  const measure = async (name: string, work: () => Promise<unknown>) => {
    const ms = await timeMs(work);
    times.set(name, [...(times.get(name) ?? []), ms]);
    await rm(copied, { recursive: true });
    await run('sync', ['-f', to]);
  };
  for (let time = 0; time < RUNS; time++) {
    await measure('cp', () => run('bash', ['-c', 'cp -a -- "$1" "$2" && sync -f -- "$2"', 'bash', sourcePath, to]));
    for (const verify of ['none', 'hash'] as const) await measure(verify, () => copy(sourcePath, to, verify));
  }
  const median = (name: string) => percentile(times.get(name) ?? [], 0.5);
  const peer = { name: 'cp -a + sync', value: median('cp') };
  report.add({ what: `${what}, flushed`, value: median('none'), unit: 'ms', peer });
  report.add({ what: `${what}, flushed, re-read, compared`, value: median('hash'), unit: 'ms', peer, goal });
}

/** Through the daemon, as the command line does it. */
async function copy(sourcePath: string, to: string, verify: VerifyMode): Promise<void> {
  const { client, close } = await connectToHost(daemon.socketPath);
  const events = await client.events.subscribe({ types: ['JobCompleted', 'JobFailed'] });
  await client.actions.run({ action: { type: 'file.copy', sources: [sourcePath], destination: to, verify } });
  const { value, done } = await events.next();
  if (done || value.type !== 'JobCompleted' || value.job.problemCount > 0) throw new Error(`The copy failed: ${JSON.stringify(value)}`);
  close();
}
