import { MooringError, toMooringError } from '#shared/contract/error.ts';
import { toFsError } from '../fs/fs-error.ts';
import type { LibrariesOptions } from './libraries.ts';
import { Library } from './library.ts';
import { listBackups } from './library-backups.ts';
import { type LibraryCatalog, pickLibrary } from './library-catalog.ts';
import type { LibraryDirectory } from './library-directory.ts';
import { backupsPath, databasePath, isPresent } from './library-folder.ts';
import { mendManifest } from './library-manifest.ts';
import type { OpenLibraries } from './open-libraries.ts';

/** Opens libraries: as the user asks, as the configuration wants it, and as their volumes come and go. One call at a time. */
export class LibraryOpener {
  readonly #catalog: LibraryCatalog;
  readonly #open: OpenLibraries;
  readonly #directory: LibraryDirectory;
  readonly #options: LibrariesOptions;

  constructor(catalog: LibraryCatalog, open: OpenLibraries, directory: LibraryDirectory, options: LibrariesOptions) {
    this.#catalog = catalog;
    this.#open = open;
    this.#directory = directory;
    this.#options = options;
  }

  /**
   * Opens a library and takes it in; one that is open already is only preferred, when that is wanted.
   *
   * @throws MooringError as `Library.open` does, `LIBRARY_ALREADY_OPEN` for a copy of an open one, and as `LibraryDirectory.reachable`
   */
  async open(ref: string, { takeOver, prefer }: { takeOver: boolean; prefer: boolean }): Promise<Library> {
    const present = pickLibrary(this.#open.all, ref);
    if (present) return this.#open.enter(present, { prefer });
    const { id, path } = await this.#directory.reachable(ref);
    const same = this.#open.get(id);
    if (same && same.path === path) return this.#open.enter(same, { prefer });
    if (same)
      throw new MooringError(
        'LIBRARY_ALREADY_OPEN',
        `${path} is a copy of the library “${same.name}”, which is open at ${same.path}. Close that one first.`,
      );
    await this.mendManifest(path);
    const library = await Library.open(path, this.#options, { takeOver }).catch(async (error: unknown) => {
      throw await this.#withBackups(toFsError(error, path), path);
    });
    return this.#open.enter(library, { prefer });
  }

  /** A library from the configuration, at start or when its volume returns. */
  async openWanted(path: string): Promise<void> {
    const known = this.#catalog.known.find((library) => library.path === path);
    if (known && this.#open.has(known.id)) return;
    if (known && this.#catalog.isOffline(known)) return;
    const place = (known && (await this.#catalog.placesOf(known))[0]) ?? path;
    try {
      await this.open(place, { takeOver: false, prefer: false });
      if (place !== path) await this.#open.saveWithout(path);
    } catch (error) {
      const { code, message } = toMooringError(error);
      this.#options.log.warn({ err: error, library: known?.id ?? path }, 'A library could not be opened');
      if (known) this.#catalog.setProblem(known.id, { code, message });
      this.#options.notices.add(code, known ? `The library “${known.name}” could not be opened: ${message}` : message);
    }
  }

  /** Closes what lies on volumes that have gone, and opens what should be open on those that have come. */
  async followVolumes(): Promise<void> {
    for (const library of this.#open.all) {
      if (!(await this.#catalog.isReachable(library))) await this.#open.leave(library, 'volume-offline');
    }
    for (const path of this.#options.config.current.libraries.open) {
      const known = this.#catalog.known.find((library) => library.path === path);
      if (known?.volume && !this.#catalog.hasProblem(known.id)) await this.openWanted(path);
    }
  }

  /** The database is what matters of a library: a `library.json` that was lost or damaged is written again. */
  async mendManifest(path: string): Promise<void> {
    const known = this.#catalog.known.find((library) => library.path === path);
    if (!known || !(await isPresent(databasePath(path))) || !(await mendManifest(path, known))) return;
    const message = `The description of the library “${known.name}” (library.json) was damaged or missing, and was written again.`;
    this.#options.log.warn({ library: known.id }, message);
    this.#options.notices.add('LIBRARY_MENDED', message);
  }

  async #withBackups(error: MooringError, path: string): Promise<MooringError> {
    if (error.code !== 'LIBRARY_DAMAGED') return error;
    const backups = await listBackups(backupsPath(path)).catch(() => []);
    const choice = backups.length === 1 ? 'its backup' : `one of its ${backups.length} backups`;
    const remedy = backups.length > 0 ? `Restore it from ${choice}.` : 'There is no backup of it.';
    return new MooringError(error.code, `${error.message.replace(/ Restore it from a backup\.$/, '')} ${remedy}`, {
      details: { backups },
      cause: error,
    });
  }
}
