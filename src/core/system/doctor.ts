import { readFile, rm, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { EngineServices } from '#core/engine.ts';
import type { DoctorReport } from '#shared/contract/system.ts';
import { CommandError, runCommand } from '../volume/run-command.ts';

type Check = DoctorReport['checks'][number];

const LOW_SPACE_BYTES = 500 * 1000 ** 2;
const FEW_WATCHES = 65_536;

/** Checks everything that Mooring depends on, and says what to do about what is wrong. */
export async function examineSystem(services: EngineServices): Promise<DoctorReport> {
  const checks = await Promise.all([
    dataFolderCheck(services.options.dataDir),
    diskSpaceCheck(services.options.dataDir),
    ...libraryChecks(services),
    failedLibrariesCheck(services),
    monitorCheck(services),
    ...(process.platform === 'linux' ? linuxChecks() : []),
  ]);
  return { ok: checks.every(({ status }) => status !== 'failed'), checks };
}

async function dataFolderCheck(dataDir: string): Promise<Check> {
  const name = 'data folder';
  const probe = join(dataDir, `.doctor-${process.pid}`);
  try {
    await writeFile(probe, '');
    await rm(probe);
    return ok(name, `${dataDir} can be written.`);
  } catch (error) {
    return failed(
      name,
      `${dataDir} cannot be written (${messageOf(error)}).`,
      'Check the permissions of the folder, or choose another one with --data-dir.',
    );
  }
}

async function diskSpaceCheck(dataDir: string): Promise<Check> {
  const name = 'disk space';
  const { bavail, bsize } = await statfs(dataDir);
  const freeBytes = bavail * bsize;
  const message = `${Math.floor(freeBytes / 1000 ** 2)} MB are free where Mooring keeps its data.`;
  return freeBytes >= LOW_SPACE_BYTES ? ok(name, message) : warning(name, message, 'Free some space: libraries grow while they are used.');
}

function libraryChecks({ libraries }: EngineServices): Check[] {
  return libraries.opened.map((library) => {
    const name = `library ${library.name}`;
    const problems = library.quickCheck();
    if (problems.length === 0) return ok(name, 'Its database is sound.');
    return failed(name, `Its database is damaged: ${problems[0]}`, 'Restore it from a backup (mooring library restore).');
  });
}

async function failedLibrariesCheck({ libraries }: EngineServices): Promise<Check> {
  const name = 'libraries';
  const broken = (await libraries.list()).filter(({ status }) => status === 'failed');
  if (broken.length === 0) return ok(name, 'Every library that should be open is open, or its drive is not connected.');
  return failed(
    name,
    broken.map((info) => `${info.name}: ${info.problem?.message}`).join(' '),
    'Open it again once that is solved, restore it from a backup, or close it.',
  );
}

async function monitorCheck({ volumes }: EngineServices): Promise<Check> {
  const name = 'volume monitor';
  const { status, message } = volumes.health();
  if (status === 'ok') return ok(name, message ?? 'The system reports mounts by itself.');
  return warning(name, message ?? 'The system does not report mounts; Mooring looks every few seconds.', null);
}

function linuxChecks(): Promise<Check>[] {
  return [
    programCheck('findmnt', 'Without it mounts are noticed a little later.', 'Install util-linux.'),
    programCheck('blkid', 'Without it some drives cannot be recognised again.', 'Install util-linux.'),
    programCheck('udisksctl', 'Without it drives can be ejected by root alone.', 'Install udisks2.'),
    inotifyCheck(),
  ];
}

async function programCheck(program: string, consequence: string, remedy: string): Promise<Check> {
  try {
    await runCommand(program, ['--version'], { timeoutMs: 3000 });
    return ok(program, 'It is installed.');
  } catch (error) {
    const isMissing = error instanceof CommandError && error.failure === 'missing';
    // udisksctl knows no --version; that it answers at all is what counts.
    return isMissing ? warning(program, `It is not installed. ${consequence}`, remedy) : ok(program, 'It is installed.');
  }
}

async function inotifyCheck(): Promise<Check> {
  const name = 'inotify watches';
  const text = await readFile('/proc/sys/fs/inotify/max_user_watches', 'utf8').catch(() => null);
  if (text === null) return warning(name, 'Their number cannot be read.', null);
  const watches = Number(text);
  const message = `Up to ${watches} folders can be watched.`;
  return watches >= FEW_WATCHES
    ? ok(name, message)
    : warning(name, message, 'Raise fs.inotify.max_user_watches to 524288 in /etc/sysctl.d.');
}

function ok(name: string, message: string): Check {
  return { name, status: 'ok', message, remedy: null };
}

function warning(name: string, message: string, remedy: string | null): Check {
  return { name, status: 'warning', message, remedy };
}

function failed(name: string, message: string, remedy: string): Check {
  return { name, status: 'failed', message, remedy };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
