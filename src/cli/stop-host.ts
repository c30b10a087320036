import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { readPidFile } from '#core/host/pid-file.ts';
import { MooringError } from '#shared/contract/error.ts';
import type { Session } from './session.ts';

/** A host ends by itself within five seconds. */
const STOP_TIMEOUT_MS = 7000;
const KILL_TIMEOUT_MS = 2000;

/**
 * Stops whatever serves the session's data folder, and waits until it is gone.
 * @param options.force also the desktop app, and by SIGKILL when nothing else helps
 * @returns whether anything ran
 * @throws TIMEOUT when it did not end
 */
export async function stopHost(session: Session, { force }: { force: boolean }): Promise<boolean> {
  const { paths } = session;
  const engine = await session.runningEngine().catch(nullWhenHung);
  if (engine) {
    const { pid } = await engine.system.info();
    await engine.system.shutdown({ force });
    await session.close();
    return waitForEnd(pid, force);
  }
  // Nobody answers, but somebody may hold the folder: starting, stopping or hung.
  const { isDataFolderLocked } = await import('#core/host/data-folder-lock.ts');
  const holder = readPidFile(paths.pidPath);
  if (!holder || holder.dataDir !== paths.dataDir || !isDataFolderLocked(paths.dataDir, paths.pidPath)) return false;
  process.kill(holder.pid, 'SIGTERM');
  return waitForEnd(holder.pid, force);
}

/** One that does not answer is ended by a signal instead. */
function nullWhenHung(error: unknown): null {
  if (error instanceof MooringError && error.code === 'TIMEOUT') return null;
  throw error;
}

async function waitForEnd(pid: number, force: boolean): Promise<true> {
  if (await hasEnded(pid, STOP_TIMEOUT_MS)) return true;
  if (force) {
    process.kill(pid, 'SIGKILL');
    if (await hasEnded(pid, KILL_TIMEOUT_MS)) return true;
  }
  throw new MooringError('TIMEOUT', `Process ${pid} has not ended. Try \`mooring stop --force\`.`, { details: { pid } });
}

async function hasEnded(pid: number, timeoutMs: number): Promise<boolean> {
  const deadline = Date.now() + timeoutMs;
  while (isAlive(pid)) {
    if (Date.now() > deadline) return false;
    await delay(20);
  }
  return true;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !isZombie(pid);
  } catch {
    // No such process.
    return false;
  }
}

/** A process that has ended and released everything, whose parent has not asked for its exit code yet (proc(5), field 3). */
function isZombie(pid: number): boolean {
  if (process.platform !== 'linux') return false;
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
  return stat.slice(stat.lastIndexOf(')') + 2).startsWith('Z');
}
