import { copyFile, mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { errorNumber, toFsError } from '../fs/fs-error.ts';

/** The value in a JSON file; undefined when there is no such file. @throws SyntaxError when it is not JSON; MooringError for what the system says */
export async function readJsonFile(path: string): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (errorNumber(error) === 'ENOENT') return undefined;
    throw toFsError(error, path);
  }
  return JSON.parse(text);
}

/**
 * Writes a JSON file so that a crash at any moment leaves either the old or the new content, flushed to disk.
 * @throws MooringError `NO_SPACE`, `READ_ONLY`, … as the system says
 */
export async function writeJsonFile(path: string, value: unknown): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFileAtomic(path, `${JSON.stringify(value, null, 2)}\n`, { fsync: true, mode: 0o600 });
  } catch (error) {
    throw toFsError(error, path);
  }
}

/** Keeps a copy of a damaged file beside it, as `NAME.bad-TIMESTAMP`. @returns the path of the copy */
export async function setAside(path: string): Promise<string> {
  const copy = `${path}.bad-${new Date().toISOString().replaceAll(':', '-')}`;
  await copyFile(path, copy);
  return copy;
}

/** Removes what killed writes of the given files have left beside them. Only for whoever alone writes in the folder. */
export async function removeTornWrites(folder: string, names: readonly string[]): Promise<void> {
  const isTorn = (entry: string) => names.some((name) => entry.startsWith(`${name}.`) && /^\d+$/.test(entry.slice(name.length + 1)));
  const torn = (await readdir(folder)).filter(isTorn);
  await Promise.all(torn.map((entry) => rm(join(folder, entry), { force: true })));
}
