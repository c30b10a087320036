/** @file The programs that indexing is compared with. Each returns the milliseconds that it took as a whole process. */
import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { findProgram } from '#test/instruments/host-abilities.ts';
import { timeMs } from './measure.ts';

const run = promisify(execFile);

export function findPrintf(root: string): Promise<number> {
  return shell('find "$1" -printf "%y %i %s %T@ %C@ %p\\n" > /dev/null', root);
}

export function diskUsage(root: string): Promise<number> {
  return shell('du -s --apparent-size -- "$1" > /dev/null', root);
}

export function listLong(folder: string): Promise<number> {
  return shell('ls -l -- "$1" > /dev/null', folder);
}

/** What anybody can do with two programs: the same columns, and indexes for the same questions. */
export async function findIntoSqlite(root: string, scratch: string): Promise<number> {
  const database = path.join(scratch, 'pipeline.db');
  const columns = '%h\\037%f\\037%y\\037%s\\037%T@\\037%i\\037%m\\036';
  const before = 'pragma journal_mode=wal; pragma synchronous=normal; create table e(parent, name, kind, size, time, inode, mode);';
  const indexes =
    'create unique index listing on e(parent, kind, name); create index inode on e(inode); create index size on e(parent, kind, size); create index time on e(parent, kind, time);';
  const script = 'find "$1" -printf "$3" | sqlite3 "$2" -cmd "$4" -cmd ".mode ascii" -cmd ".import /dev/stdin e" "$5" > /dev/null';
  const ms = await shell(script, root, database, columns, before, indexes);
  for (const end of ['', '-wal', '-shm']) await rm(database + end, { force: true });
  return ms;
}

/** Its second run, when nothing has changed; null where plocate is not installed (`apt install plocate`). */
export async function updatedbAgain(root: string, scratch: string): Promise<number | null> {
  if (findProgram('updatedb') === null) return null;
  const database = path.join(scratch, 'plocate.db');
  const update = () => shell('updatedb -l 0 -U "$1" -o "$2" --prunepaths "" --prunefs ""', root, database);
  await update();
  const ms = await update();
  await rm(database, { force: true });
  return ms;
}

/** Empties the page cache. False where that is not allowed. */
export async function dropCaches(): Promise<boolean> {
  return run('bash', ['-c', 'sync; echo 3 > /proc/sys/vm/drop_caches']).then(
    () => true,
    () => false,
  );
}

function shell(script: string, ...values: string[]): Promise<number> {
  return timeMs(() => run('bash', ['-c', script, 'bash', ...values]));
}
