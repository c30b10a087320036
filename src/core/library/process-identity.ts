import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';

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
  return { pid: process.pid, host: hostname(), bootId: readBootId(), processStart: readProcessStart(process.pid) };
}

/** Whether the process that a holder of this computer names is still running: the number alone may have been given to another one. */
export function isAlive({ pid, bootId, processStart }: Omit<ProcessIdentity, 'host'>): boolean {
  const presentBoot = readBootId();
  if (bootId && presentBoot && bootId !== presentBoot) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it runs, and belongs to someone else.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
  const presentStart = readProcessStart(pid);
  return !(processStart && presentStart && processStart !== presentStart);
}

function readBootId(): string | null {
  return readSystemFile('/proc/sys/kernel/random/boot_id')?.trim() ?? null;
}

/** Field 22 of `/proc/PID/stat`, clock ticks since boot; see proc(5). The command name before it may contain anything, so fields are counted from its closing parenthesis. */
function readProcessStart(pid: number): string | null {
  const stat = readSystemFile(`/proc/${pid}/stat`);
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
}

function readSystemFile(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // Only Linux has /proc: elsewhere the number of the process has to do.
    return null;
  }
}
