import { dirname, isAbsolute, join } from 'node:path';
import { MooringError } from '#shared/contract/error.ts';
import type { LibraryBackup, Library as LibraryInfo } from '#shared/contract/library.ts';
import type { ConfigStore } from '../config/config-store.ts';
import type { Notices } from '../config/notices.ts';
import type { EventBus } from '../events/event-bus.ts';
import { toFsError } from '../fs/fs-error.ts';
import { createLibrary, removeDeadDrafts } from './create-library.ts';
import { KnownLibraries } from './known-libraries.ts';
import { Library, type LibraryContext } from './library.ts';
import { findBackup, listBackups, makeBackup } from './library-backups.ts';
import { LibraryCatalog } from './library-catalog.ts';
import { LibraryDirectory } from './library-directory.ts';
import { backupsPath, isPresent, makeFolder } from './library-folder.ts';
import { LibraryHooks } from './library-hooks.ts';
import { LibraryLock } from './library-lock.ts';
import type { LibrarySettingsPatch } from './library-manifest.ts';
import { libraryFolderName, parseLibraryName } from './library-name.ts';
import { LibraryOpener } from './library-opener.ts';
import { OpenLibraries } from './open-libraries.ts';
import { restoreDatabase } from './restore-library.ts';
import { moveToTrash } from './trash-library.ts';
import type { MountedVolumes } from './volume-place.ts';

export interface LibrariesOptions extends LibraryContext {
  config: ConfigStore;
  events: EventBus;
  notices: Notices;
}

/**
 * The libraries of this engine: which are open, and which one is current. Whatever opens, closes, moves or replaces one runs
 * one after the other.
 */
export class Libraries {
  #work: Promise<unknown> = Promise.resolve();
  #isClosing = false;
  #unsubscribe: (() => void)[] = [];
  readonly #open: OpenLibraries;
  readonly #catalog: LibraryCatalog;
  readonly #directory: LibraryDirectory;
  readonly #opener: LibraryOpener;
  readonly #hooks: LibraryHooks;
  readonly #options: LibrariesOptions;

  private constructor(catalog: LibraryCatalog, options: LibrariesOptions) {
    this.#catalog = catalog;
    this.#hooks = new LibraryHooks(options.log);
    this.#open = new OpenLibraries(catalog, this.#hooks, options);
    this.#directory = new LibraryDirectory(catalog, this.#open);
    this.#opener = new LibraryOpener(catalog, this.#open, this.#directory, options);
    this.#options = options;
  }

  /** Reads what is known of libraries; opens none. */
  static async load(options: LibrariesOptions): Promise<Libraries> {
    const log = options.log.child({ component: 'library' });
    const known = await KnownLibraries.load(options.dataDir, log);
    return new Libraries(new LibraryCatalog(known, options.config, options.dataDir), { ...options, log });
  }

  /**
   * Opens the libraries that were open last, and from now on closes and reopens those that lie on volumes which come and go.
   * A library that cannot be opened is listed with its problem, told to the user, and stops nothing else.
   */
  async openRemembered(mounts: MountedVolumes): Promise<void> {
    const { config, events, log } = this.#options;
    this.#catalog.follow(mounts);
    await removeDeadDrafts(this.#catalog.defaultFolder, log);
    const { open, current } = config.current.libraries;
    this.#open.prefer(this.#catalog.known.find(({ path }) => path === current)?.id ?? null);
    for (const path of open) await this.#exclusively(() => this.#opener.openWanted(path));
    const follow = () => {
      this.#exclusively(() => this.#opener.followVolumes()).catch((error) =>
        log.error({ err: error }, 'Libraries could not follow their volumes'),
      );
    };
    this.#unsubscribe = (['VolumeAdded', 'VolumeRemoved', 'VolumeMountChanged'] as const).map((type) => events.on(type, follow));
  }

  get opened(): readonly Library[] {
    return this.#open.all;
  }

  /** The one that the user works with: the chosen one while it is open, else the first that is. */
  get current(): Library | null {
    return this.#open.current;
  }

  /** As `LibraryDirectory.resolve`. */
  resolve(ref?: string): Library {
    return this.#directory.resolve(ref);
  }

  /**
   * Calls `listener` before the database of an open library is closed: because the library is closed, renamed, restored, deleted, or its volume
   * is gone. It is waited for, for some seconds: afterwards nothing may use the database. Returns what ends it.
   */
  beforeRelease(listener: (library: Library) => Promise<void>): () => void {
    return this.#hooks.beforeRelease(listener);
  }

  /** Calls `listener` when a library can be used (again): it was opened, or has been renamed. Returns what ends it. */
  afterReturn(listener: (library: Library) => void): () => void {
    return this.#hooks.afterReturn(listener);
  }

  info(library: Library): LibraryInfo {
    return this.#open.infoOf(library);
  }

  /** As `LibraryDirectory.list`. */
  list(): Promise<LibraryInfo[]> {
    return this.#directory.list();
  }

  /** As `LibraryDirectory.discover`. */
  discover(paths: readonly string[]): Promise<LibraryInfo[]> {
    return this.#directory.discover(paths);
  }

  /** As `LibraryDirectory.get`. */
  get(ref?: string): Promise<LibraryInfo> {
    return this.#directory.get(ref);
  }

  /** Makes a library, opens it, and makes it current. @param parent the folder to put it in; left out, `libraries/` in the data folder */
  create({
    name: input,
    description = '',
    parent,
  }: {
    name: string;
    description?: string | undefined;
    parent?: string | undefined;
  }): Promise<Library> {
    return this.#exclusively(async () => {
      const name = parseLibraryName(input);
      const { defaultFolder } = this.#catalog;
      const folder = parent === undefined ? await makeFolder(defaultFolder) : await this.#catalog.folder(parent);
      await removeDeadDrafts(folder, this.#options.log);
      const { path, lock } = await createLibrary(folder, { name, description }, this.#options).catch((error: unknown) => {
        throw toFsError(error, join(folder, libraryFolderName(name)));
      });
      const library = await Library.open(path, this.#options, { lock });
      this.#options.events.publish({ type: 'LibraryCreated', libraryId: library.id, library: library.info(true) });
      await this.#open.enter(library, { prefer: true });
      return library;
    });
  }

  /** Opens a library; one that is open already is returned. @throws MooringError as `Library.open` does, `LIBRARY_ALREADY_OPEN` for a copy of an open one */
  open(ref: string, { takeOver = false } = {}): Promise<Library> {
    return this.#exclusively(() => this.#opener.open(ref, { takeOver, prefer: false }));
  }

  /** Makes a library current, opening it when needed. */
  switch(ref: string): Promise<Library> {
    return this.#exclusively(() => this.#opener.open(ref, { takeOver: false, prefer: true }));
  }

  /** Closes a library, or gives up opening one that failed or is offline. The next start does not open it. */
  close(ref?: string): Promise<LibraryInfo> {
    return this.#exclusively(async () => {
      const info = await this.get(ref);
      const library = this.#open.get(info.id);
      if (library) await this.#open.leave(library, 'user');
      this.#catalog.clearProblem(info.id);
      await this.#open.saveWithout(info.path);
      return { ...info, isCurrent: false, ...(library ? { status: 'closed' as const } : {}) };
    });
  }

  /** Renames an open library, and its folder with it. @throws MooringError `INVALID_INPUT`, `LIBRARY_ALREADY_EXISTS` */
  rename(ref: string | undefined, input: string): Promise<Library> {
    return this.#exclusively(async () => {
      const library = this.resolve(ref);
      const name = parseLibraryName(input);
      const from = library.path;
      const path = join(dirname(from), libraryFolderName(name));
      if (path !== from) {
        if (await isPresent(path))
          throw new MooringError('LIBRARY_ALREADY_EXISTS', `${path} exists already. Choose another name.`, { details: { path } });
        await this.#hooks.release(library);
        try {
          await library.moveTo(path);
        } catch (error) {
          throw toFsError(error, path);
        } finally {
          this.#hooks.returned(library);
        }
      }
      await library.update({ name });
      await this.#catalog.remember(library);
      await this.#open.saveWithout(from);
      this.#options.events.publish({ type: 'LibraryRenamed', libraryId: library.id, library: this.info(library) });
      return library;
    });
  }

  /** Changes the description or the settings of an open library. */
  update(
    ref: string | undefined,
    change: { description?: string | undefined; settings?: LibrarySettingsPatch | undefined },
  ): Promise<Library> {
    return this.#exclusively(async () => {
      const library = this.resolve(ref);
      await library.update(change);
      await this.#catalog.remember(library);
      this.#options.events.publish({ type: 'LibraryUpdated', libraryId: library.id, library: this.info(library) });
      return library;
    });
  }

  /** Moves a library to the trash. @throws MooringError `LIBRARY_LOCKED` when another process has it open, `NO_TRASH` where there is none */
  delete(ref: string): Promise<{ id: string; name: string }> {
    return this.#exclusively(async () => {
      const { id, name, path } = await this.#directory.reachable(ref);
      const library = this.#open.get(id);
      if (library) await this.#open.leave(library, 'user');
      try {
        const lock = await LibraryLock.acquire(path, this.#options);
        await lock.release(path);
        await moveToTrash(path);
      } catch (error) {
        if (library) await this.#opener.open(path, { takeOver: false, prefer: false });
        throw error;
      }
      await this.#catalog.forget(id);
      await this.#open.saveWithout(path);
      this.#options.events.publish({ type: 'LibraryDeleted', libraryId: id, name });
      return { id, name };
    });
  }

  /** Backs an open library up while it stays in use. @param destination a folder; left out, `backups/` in the library */
  backUp(ref: string | undefined, destination?: string): Promise<LibraryBackup> {
    return this.#exclusively(async () => {
      const library = this.resolve(ref);
      const folder = destination === undefined ? backupsPath(library.path) : await this.#catalog.folder(destination);
      return makeBackup(folder, 'manual', (path) => library.copyDatabaseTo(path)).catch((error: unknown) => {
        throw toFsError(error, folder);
      });
    });
  }

  /** The backups of a library, newest first, also of one that cannot be opened. */
  async backups(ref?: string): Promise<LibraryBackup[]> {
    return listBackups(backupsPath((await this.#directory.reachable(ref)).path));
  }

  /**
   * Replaces the database of a library by a backup; the present one is kept as a backup first. Works also on a library that
   * is closed or damaged, and leaves it open.
   * @param wanted a name from `backups`, or an absolute path; left out, the newest
   */
  restore(ref: string | undefined, wanted?: string): Promise<Library> {
    return this.#exclusively(async () => {
      const { id, path } = await this.#directory.reachable(ref);
      if (wanted !== undefined && isAbsolute(wanted)) await this.#catalog.folder(dirname(wanted));
      const backup = await findBackup(backupsPath(path), wanted);
      const isCurrent = this.current?.id === id;
      const library = this.#open.get(id);
      if (library) await this.#open.leave(library, 'user');
      await this.#opener.mendManifest(path);
      const lock = await LibraryLock.acquire(path, this.#options);
      try {
        await restoreDatabase(path, backup, this.#options.migrations);
      } catch (error) {
        await lock.release(path);
        if (library) await this.#opener.open(path, { takeOver: false, prefer: isCurrent });
        throw toFsError(error, path);
      }
      const restored = await Library.open(path, this.#options, { lock });
      await this.#open.enter(restored, { prefer: isCurrent });
      return restored;
    });
  }

  /** Closes all, because the engine stops: the next start opens them again. Waits at most `timeoutMs` for work that is under way. */
  async closeAll(timeoutMs: number): Promise<void> {
    this.#isClosing = true;
    for (const unsubscribe of this.#unsubscribe.splice(0)) unsubscribe();
    const { promise: patience, resolve: loseIt } = Promise.withResolvers<void>();
    const timer = setTimeout(loseIt, timeoutMs);
    await Promise.race([this.#work, patience]);
    clearTimeout(timer);
    for (const library of this.opened) await this.#open.leave(library, 'shutdown');
  }

  #exclusively<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#work.then(() => {
      if (this.#isClosing) throw new MooringError('ENGINE_STOPPING', 'Mooring is shutting down.');
      return work();
    });
    this.#work = result.catch(() => undefined);
    return result;
  }
}
