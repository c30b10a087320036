import { closeSync, existsSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { v7 } from 'uuid';
import { connectToHost } from '#core/host/host-client.ts';
import { makeSyntheticIndex } from '#test/instruments/synthetic-index.ts';
import { startBenchDaemon } from './bench-daemon.ts';

const MADE = 'made';
const LINES_AT_ONCE = 10_000;

/** Whether `makeSearchedLibrary` has made one in this folder. @throws when it did not come to its end */
export function hasSearchedLibrary(folder: string): boolean {
  if (existsSync(path.join(folder, MADE))) return true;
  if (existsSync(path.join(folder, 'data'))) throw new Error(`The library in ${folder} is not whole. Remove it.`);
  return false;
}

/** Makes, in a folder, the data folder of an engine with a library of so many entries, and a list of their paths. */
export async function makeSearchedLibrary(folder: string, files: number): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const daemon = await startBenchDaemon(path.join(folder, 'data'));
  const { client, close } = await connectToHost(daemon.socketPath);
  const library = await client.libraries.create({ name: 'Bench' });
  close();
  await daemon.stop();
  enterEntries(path.join(library.path, 'database.db'), path.join(folder, 'names.txt'), files);
  writeFileSync(path.join(folder, MADE), '');
}

/** What was made before, opened by the built daemon. */
export async function openSearchedLibrary(folder: string) {
  const daemon = await startBenchDaemon(path.join(folder, 'data'));
  const { client, close } = await connectToHost(daemon.socketPath);
  const [library] = (await client.libraries.list({})).items;
  if (!library) throw new Error(`There is no library in ${folder}.`);
  return {
    client,
    databasePath: path.join(library.path, 'database.db'),
    /** Of the list of paths. */
    names: path.join(folder, 'names.txt'),
    [Symbol.asyncDispose]: async () => {
      close();
      await daemon.stop();
    },
  };
}

function enterEntries(databasePath: string, list: string, count: number): void {
  const connection = new Database(databasePath);
  const device = connection.prepare<[], Buffer>('SELECT uuid FROM devices').pluck().get();
  const { lastInsertRowid } = connection
    .prepare(
      `INSERT INTO locations (uuid, device_id, volume_fingerprint, path, name, index_mode, rules, watch_enabled, is_paused, created_at)
       VALUES (?, ?, ?, '', 'Disk', 'shallow', '{}', 0, 1, 0)`,
    )
    .run(Buffer.from(v7().replaceAll('-', ''), 'hex'), device, 'ab'.repeat(32));
  connection.close();
  const file = openSync(list, 'w');
  let lines: string[] = [];
  const flush = () => {
    writeSync(file, lines.join(''));
    lines = [];
  };
  const onPath = (one: string) => {
    lines.push(`/disk${one}\n`);
    if (lines.length > LINES_AT_ONCE) flush();
  };
  makeSyntheticIndex(databasePath, { locationId: Number(lastInsertRowid), count, onPath });
  flush();
  closeSync(file);
}
