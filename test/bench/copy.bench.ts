/**
 * @file `npm run bench -- copy [--ext4] [--btrfs] [--xfs] [--large] [--small] [--tree]`: copies through the daemon, as the command line has them made, beside `cp` and
 * `rsync`, between two loop-mounted ext4 volumes and within btrfs and xfs. Ours always end with the data on the disk and the names in place;
 * peers are measured with and without a `sync` behind them.
 */
import { execFile } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { connectToHost } from '#core/host/host-client.ts';
import type { VerifyChoice } from '#shared/contract/file.ts';
import { findProgram } from '#test/instruments/host-abilities.ts';
import { createDiskImage, type ImageFileSystem } from '#test/instruments/loop-volume.ts';
import { testRunDir } from '#test/instruments/test-run.ts';
import { startBenchDaemon } from './bench-daemon.ts';
import { BenchReport } from './bench-report.ts';
import { percentile, timeMs } from './measure.ts';

const run = promisify(execFile);
const RUNS = 3;
const LARGE_MIB = 2048;
const SMALL_FILES = 10_000;
/** So many times this repository's own sources. */
const SOURCE_TREES = 4;
const ROOT = path.join(import.meta.dirname, '..', '..');
const report = new BenchReport('copy');

const SUBJECTS = [
  { name: 'large', what: `one file of ${LARGE_MIB} MiB`, goals: { none: '≤ 1.15 ×', hash: '≤ 1.5 ×' } },
  { name: 'small', what: `${SMALL_FILES} files of 4 KiB`, goals: { none: '≤ 0.7 ×', hash: '≤ 0.9 ×' } },
  { name: 'tree', what: 'a source tree', goals: { none: undefined, hash: undefined } },
];

const FILE_SYSTEMS = ['ext4', 'btrfs', 'xfs'] as const;
const fileSystems = FILE_SYSTEMS.filter((fileSystem) => process.argv.includes(`--${fileSystem}`));
const subjects = SUBJECTS.filter(({ name }) => process.argv.includes(`--${name}`));
const daemon = await startBenchDaemon();
try {
  for (const fileSystem of fileSystems.length > 0 ? fileSystems : FILE_SYSTEMS) await benchFileSystem(fileSystem);
} finally {
  await daemon.stop();
  await rm(testRunDir(), { recursive: true, force: true });
}
report.finish();

async function benchFileSystem(fileSystem: ImageFileSystem): Promise<void> {
  const isAcross = fileSystem === 'ext4';
  await using source = await createDiskImage({ fileSystem, sizeMb: isAcross ? 2600 : 5200 });
  await using second = await createDiskImage({ fileSystem, sizeMb: isAcross ? 2600 : 400 });
  const from = await source.mount();
  const to = isAcross ? await second.mount() : path.join(from, 'copies');
  await mkdir(to, { recursive: true });
  await fill(from);
  for (const { name, what, goals } of subjects.length > 0 ? subjects : SUBJECTS) {
    await benchCopy(`${isAcross ? 'ext4 to ext4' : `within ${fileSystem}`}, ${what}`, path.join(from, name), to, goals);
  }
}

async function fill(from: string): Promise<void> {
  await run('bash', ['-c', 'head -c "$1"M /dev/urandom > "$2"', 'bash', String(LARGE_MIB), path.join(from, 'large')]);
  await mkdir(path.join(from, 'small'));
  for (let index = 0; index < SMALL_FILES; index++) await writeFile(path.join(from, 'small', `file ${index}`), Buffer.alloc(4096, index));
  for (let tree = 0; tree < SOURCE_TREES; tree++) {
    const folder = path.join(from, 'tree', String(tree));
    await mkdir(folder, { recursive: true });
    await run('cp', ['-a', '--', ...['src', 'test', 'docs'].map((name) => path.join(ROOT, name)), folder]);
  }
  await run('sync', ['-f', from]);
}

/** Ours and the peers take turns; what was copied is removed, and that on the disk, before the next. */
async function benchCopy(
  what: string,
  source: string,
  to: string,
  goals: { none: string | undefined; hash: string | undefined },
): Promise<void> {
  const copied = path.join(to, path.basename(source));
  const times = new Map<string, number[]>();
  const measure = async (name: string, work: () => Promise<unknown>) => {
    const ms = await timeMs(work);
    times.set(name, [...(times.get(name) ?? []), ms]);
    await rm(copied, { recursive: true });
    await run('sync', ['-f', to]);
  };
  const peers = ['cp -a', 'cp -a + sync', ...(findProgram('rsync') ? ['rsync -a + sync'] : [])];
  for (let time = 0; time < RUNS; time++) {
    for (const peer of peers) await measure(peer, () => copyByPeer(peer, source, to));
    for (const verify of ['none', 'hash'] as const) await measure(verify, () => copy(source, to, verify));
  }
  const median = (name: string) => percentile(times.get(name) ?? [], 0.5);
  for (const verify of ['none', 'hash'] as const) {
    for (const peer of peers) {
      const line = {
        what: `${what}, ${verify === 'none' ? 'flushed' : 'flushed, re-read, compared'}`,
        value: median(verify),
        unit: 'ms' as const,
      };
      const goal = peer === 'cp -a + sync' ? goals[verify] : undefined;
      report.add({ ...line, peer: { name: peer, value: median(peer) }, ...(goal ? { goal } : {}) });
    }
  }
}

/** `cp -a` shares blocks where the file system can (`--reflink=auto` is what it does unasked). */
async function copyByPeer(peer: string, source: string, to: string): Promise<void> {
  if (peer.startsWith('rsync')) await run('rsync', ['-a', '--', source, to]);
  else await run('cp', ['-a', '--reflink=auto', '--', source, to]);
  if (peer.endsWith('sync')) await run('sync', ['-f', '--', to]);
}

/** Through the daemon, as the command line does it. */
async function copy(source: string, to: string, verify: VerifyChoice): Promise<void> {
  const { client, close } = await connectToHost(daemon.socketPath);
  const events = await client.events.subscribe({ types: ['JobCompleted', 'JobFailed'] });
  await client.actions.run({ action: { type: 'file.copy', sources: [source], destination: to, verify } });
  const { value, done } = await events.next();
  if (done || value.type !== 'JobCompleted' || value.job.problemCount > 0) throw new Error(`The copy failed: ${JSON.stringify(value)}`);
  close();
}
