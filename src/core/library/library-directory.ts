import { isAbsolute } from 'node:path';
import { MooringError } from '#shared/contract/error.ts';
import type { Library as LibraryInfo } from '#shared/contract/library.ts';
import { findLibraries } from './find-libraries.ts';
import { describeManifest, type Library } from './library.ts';
import { closedInfo, type LibraryCatalog, pickLibrary } from './library-catalog.ts';
import type { OpenLibraries } from './open-libraries.ts';

/** Finds libraries, open and closed, by what users call them. Changes nothing. */
export class LibraryDirectory {
  readonly #catalog: LibraryCatalog;
  readonly #open: OpenLibraries;

  constructor(catalog: LibraryCatalog, open: OpenLibraries) {
    this.#catalog = catalog;
    this.#open = open;
  }

  /**
   * An open library by id, name or path; left out, the current one.
   * @throws MooringError `LIBRARY_NOT_OPEN`, `LIBRARY_NOT_FOUND`, `INVALID_INPUT` when several have the name
   */
  resolve(ref?: string): Library {
    if (ref === undefined) {
      if (this.#open.current) return this.#open.current;
      throw new MooringError('LIBRARY_NOT_OPEN', 'No library is open. Create one, or open one.');
    }
    const library = pickLibrary(this.#open.all, ref);
    if (library) return library;
    if (!pickLibrary(this.#catalog.known, ref)) throw notFound(ref);
    throw new MooringError('LIBRARY_NOT_OPEN', `The library “${ref}” is not open. Open it first.`);
  }

  /** Open libraries, those known from earlier, and those that lie in known folders; by name. */
  async list(): Promise<LibraryInfo[]> {
    return this.#withOpen(await this.#catalog.closed());
  }

  /** What `list` names, and what lies in the given folders and on mounted volumes. @throws MooringError `PATH_NOT_FOUND` for a path that is not there */
  async discover(paths: readonly string[]): Promise<LibraryInfo[]> {
    const folders = await Promise.all(paths.map((path) => this.#catalog.folder(path)));
    return this.#withOpen([...(await this.#catalog.discover(folders)), ...(await this.#catalog.closed())]);
  }

  /** One of those that `list` names, or any other by its path; left out, the current one. @throws MooringError `LIBRARY_NOT_FOUND`, `NOT_A_LIBRARY` */
  async get(ref?: string): Promise<LibraryInfo> {
    if (ref === undefined) return this.#open.infoOf(this.resolve());
    const library = pickLibrary(await this.list(), ref);
    if (library) return library;
    if (!isAbsolute(ref)) throw notFound(ref);
    const path = await this.#catalog.folder(ref);
    const listed = pickLibrary(await this.list(), path);
    if (listed) return listed;
    const found = (await findLibraries([path])).find((candidate) => candidate.path === path);
    if (found) return closedInfo(describeManifest(found.manifest, path));
    throw new MooringError('NOT_A_LIBRARY', `${path} is not a library. Choose a folder whose name ends in .sdlibrary.`);
  }

  /** As `get`, but only a library whose folder can be reached now. @throws MooringError `VOLUME_OFFLINE`, and as `get` */
  async reachable(ref: string | undefined): Promise<LibraryInfo> {
    const info = await this.get(ref);
    if (info.status !== 'offline') return info;
    throw new MooringError('VOLUME_OFFLINE', `The drive that holds “${info.name}” is not connected. Connect it and try again.`);
  }

  /** By name; an open library stands for every other trace of itself, except for copies of it. */
  #withOpen(others: LibraryInfo[]): LibraryInfo[] {
    const open = this.#open.all.map((library) => this.#open.infoOf(library));
    const paths = new Set(open.map(({ path }) => path));
    const ids = new Set(open.map(({ id }) => id));
    const rest = others.filter((info) => !paths.has(info.path) && !(ids.has(info.id) && info.status !== 'closed'));
    const unique = new Map([...rest, ...open].map((info) => [info.path, info])).values();
    return [...unique].toSorted((a, b) => a.name.localeCompare(b.name) || a.path.localeCompare(b.path));
  }
}

function notFound(ref: string): MooringError {
  return new MooringError(
    'LIBRARY_NOT_FOUND',
    `There is no library “${ref}”. List the libraries to see which there are, or open it by its path.`,
  );
}
