import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { errorNumber } from '../fs/fs-error.ts';

/** Tells one process from any other that ever had or will have its number. */
export interface ProcessIdentity {
  pid: number;
  host: string;
  /** Differs between two starts of the system; null where it is not told. */
  bootId: string | null;
  /** When the process started, in the system's own unit; null where it is not told. */
  processStart: string | null;
}

export function ownProcessIdentity(): ProcessIdentity {
  return { pid: process.pid, host: hostname(), bootId: readBootId(), processStart: readProcessStat(process.pid)?.start ?? null };
}

/** Whether the process that a holder of this computer names is still running: the number alone may have been given to another one. */
export function isAlive({ pid, bootId, processStart }: Omit<ProcessIdentity, 'host'>): boolean {
  const presentBoot = readBootId();
  if (bootId && presentBoot && bootId !== presentBoot) return false;
  if (!respondsToSignals(pid)) return false;
  const present = readProcessStat(pid);
  // A zombie has ended and holds nothing; it waits for its parent to take notice.
  if (present?.state === 'Z') return false;
  return !(processStart && present && processStart !== present.start);
}

function respondsToSignals(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it runs, and belongs to someone else.
    return errorNumber(error) === 'EPERM';
  }
}

function readBootId(): string | null {
  return readSystemFile('/proc/sys/kernel/random/boot_id')?.trim() ?? null;
}

/**
 * Fields 3 and 22 of `/proc/PID/stat`: state, and start in clock ticks since boot; see proc(5). The command name before them
 * may contain anything, so fields are counted from its closing parenthesis.
 */
function readProcessStat(pid: number): { state: string; start: string } | null {
  const stat = readSystemFile(`/proc/${pid}/stat`);
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields?.[0] && fields[19] ? { state: fields[0], start: fields[19] } : null;
}

function readSystemFile(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // Only Linux has /proc: elsewhere the number of the process has to do.
    return null;
  }
}
