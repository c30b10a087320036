import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { hostPaths } from '#core/host/host-paths.ts';
import type { DaemonMessage } from '#core/host/start-daemon.ts';
import { makeTestDir } from '#test/instruments/test-run.ts';

const DAEMON = fileURLToPath(new URL('../../out/main/daemon.js', import.meta.url));
/** Linux counts processor time in hundredths of a second. */
const MS_PER_TICK = 10;

/** The built daemon with HTTP, in a data folder of its own where none is named. */
export async function startBenchDaemon(dataDir?: string) {
  const { baseDir } = hostPaths({ dataDir: dataDir ?? (await makeTestDir('bench')) }, {});
  const startMs = performance.now();
  const child = fork(DAEMON, ['--data-dir', baseDir, '--http', '0'], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'], execArgv: [] });
  const [message] = (await once(child, 'message')) as [DaemonMessage];
  const readyMs = performance.now() - startMs;
  if (message.type === 'failed') throw new Error(message.error.message);
  const exited = once(child, 'exit');
  return {
    ...message.info,
    readyMs,
    dataDir: baseDir,
    /** Processor time used so far. */
    cpuMs: () => cpuMsOf(message.info.pid),
    rssBytes: () => rssBytesOf(message.info.pid),
    /** How long the engine itself took, by its log. */
    engineStartMs: () => engineStartMs(baseDir),
    stop: async () => {
      child.kill('SIGTERM');
      await exited;
    },
  };
}

function cpuMsOf(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * MS_PER_TICK;
}

function rssBytesOf(pid: number): number {
  const kib = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kib) * 1024;
}

function engineStartMs(dataDir: string): number {
  const today = new Date().toISOString().slice(0, 10);
  const lines = readFileSync(`${dataDir}/logs/mooring-${today}.log`, 'utf8').trim().split('\n');
  const started = lines.map((line) => JSON.parse(line) as { msg?: string; durationMs?: number }).find(({ msg }) => msg === 'Started');
  return started?.durationMs ?? Number.NaN;
}
