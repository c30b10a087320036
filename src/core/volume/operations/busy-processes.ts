import { readdir, readFile, readlink } from 'node:fs/promises';
import { isInside } from './drive.ts';

/** A process that keeps a volume from being unmounted. */
export interface BusyProcess {
  pid: number;
  name: string;
}

/**
 * Processes that have something open below one of the mount points, work there, or run or map a file from there (proc(5)). Only
 * links are read, never the files behind them: nothing here can hang on a dead mount. Processes of other users are seen by root alone.
 */
export async function processesUsing(mountPoints: readonly string[], proc = '/proc'): Promise<BusyProcess[]> {
  const pids = (await readdir(proc)).filter((name) => /^\d+$/.test(name));
  const uses = (path: string) => mountPoints.some((mountPoint) => isInside(path, mountPoint));
  const found = await Promise.all(
    pids.map(async (pid) => {
      const isUser = (await usesByLink(`${proc}/${pid}`, uses)) || (await usesByMapping(`${proc}/${pid}`, uses));
      return isUser ? { pid: Number(pid), name: Number(pid) === process.pid ? 'Mooring' : await nameOf(`${proc}/${pid}`) } : null;
    }),
  );
  return found.filter((process) => process !== null).toSorted((a, b) => a.pid - b.pid);
}

async function usesByLink(folder: string, uses: (path: string) => boolean): Promise<boolean> {
  const files = await readdir(`${folder}/fd`).catch(() => []);
  const links = [`${folder}/cwd`, `${folder}/root`, `${folder}/exe`, ...files.map((file) => `${folder}/fd/${file}`)];
  const targets = await Promise.all(links.map((link) => readlink(link).catch(() => '')));
  return targets.some((target) => target !== '/' && uses(target));
}

async function usesByMapping(folder: string, uses: (path: string) => boolean): Promise<boolean> {
  const maps = await readFile(`${folder}/maps`, 'utf8').catch(() => '');
  return maps.split('\n').some((line) => {
    const path = line.indexOf('/');
    return path > 0 && uses(line.slice(path).replaceAll('\\012', '\n'));
  });
}

async function nameOf(folder: string): Promise<string> {
  const name = await readFile(`${folder}/comm`, 'utf8').catch(() => '');
  return name.trim() || 'unknown';
}
