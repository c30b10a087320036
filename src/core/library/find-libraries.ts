import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { type LibraryManifest, readManifest } from './library-manifest.ts';
import { LIBRARY_SUFFIX } from './library-name.ts';

export interface FoundLibrary {
  path: string;
  manifest: LibraryManifest;
}

/** How long a folder may take to answer: a dead network share must not hold up a search. */
const ANSWER_TIMEOUT_MS = 2000;

/** The libraries that lie directly in the given folders, or are one of them. A folder that cannot be read has none. */
export async function findLibraries(folders: readonly string[]): Promise<FoundLibrary[]> {
  const found = await Promise.all([...new Set(folders)].map((folder) => within(ANSWER_TIMEOUT_MS, findInFolder(folder), [])));
  return [...new Map(found.flat().map((library) => [library.path, library])).values()];
}

async function findInFolder(folder: string): Promise<FoundLibrary[]> {
  if (basename(folder).endsWith(LIBRARY_SUFFIX)) return readLibraries([folder]);
  const names = await readdir(folder).catch(() => []);
  return readLibraries(names.filter((name) => name.endsWith(LIBRARY_SUFFIX)).map((name) => join(folder, name)));
}

async function readLibraries(paths: string[]): Promise<FoundLibrary[]> {
  const read = await Promise.all(
    paths.map((path) =>
      readManifest(path).then(
        (manifest) => ({ path, manifest }),
        () => null,
      ),
    ),
  );
  return read.filter((library) => library !== null);
}

async function within<T>(timeoutMs: number, work: Promise<T>, otherwise: T): Promise<T> {
  const { promise, resolve } = Promise.withResolvers<T>();
  const timer = setTimeout(() => resolve(otherwise), timeoutMs);
  try {
    return await Promise.race([work, promise]);
  } finally {
    clearTimeout(timer);
  }
}
