import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { checkDatabaseFile, mergeAndCheckDatabase } from '../db/library-database.ts';
import type { Migration } from '../db/migrations.ts';
import { copyDatabaseFiles, flushFile, makeBackup } from './library-backups.ts';
import { backupsPath, databasePath, flushFolder, removeWriteAheadLog } from './library-folder.ts';

/**
 * Replaces the database of a library that is not open, and whose lock is held, by a backup. The present one is kept as a
 * backup first, whatever its state. Until the last step, a rename, the present database stays in its place.
 * @throws MooringError when the backup is damaged, not a library's database, or too new; nothing has changed then
 */
export async function restoreDatabase(folder: string, backup: string, migrations: readonly Migration[]): Promise<void> {
  const database = databasePath(folder);
  const incoming = `${database}.restoring`;
  checkDatabaseFile(backup, migrations);
  try {
    await removeDatabase(incoming);
    await copyDatabaseFiles(backup, incoming);
    mergeAndCheckDatabase(incoming, migrations);
    await flushFile(incoming);
    if (existsSync(database)) await makeBackup(backupsPath(folder), 'restore', (path) => copyDatabaseFiles(database, path));
    // A log of the old database beside the new one would be merged into it.
    await removeWriteAheadLog(database);
    await rename(incoming, database);
    await flushFolder(folder);
  } finally {
    await removeDatabase(incoming);
  }
}

async function removeDatabase(path: string): Promise<void> {
  await rm(path, { force: true });
  await removeWriteAheadLog(path);
}
