import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { MooringError } from '#shared/contract/error.ts';
import type { Library as LibraryInfo } from '#shared/contract/library.ts';
import type { ConfigStore } from '../config/config-store.ts';
import { findLibraries } from './find-libraries.ts';
import type { KnownLibraries, KnownLibrary } from './known-libraries.ts';
import { describeManifest, type Library } from './library.ts';
import { existingFolder } from './library-folder.ts';
import { assertAnswers, type MountedVolumes, pathsOfPlace, placeOnVolume } from './volume-place.ts';

export type LibraryProblem = NonNullable<LibraryInfo['problem']>;

/** The libraries that are not open, as far as they are known: from earlier, or because they lie where libraries are looked for. */
export class LibraryCatalog {
  /** Why a library that should be open is not. */
  #problems = new Map<string, LibraryProblem>();
  #mounts: MountedVolumes = { live: [] };
  readonly #known: KnownLibraries;
  readonly #config: ConfigStore;
  readonly defaultFolder: string;

  constructor(known: KnownLibraries, config: ConfigStore, dataDir: string) {
    this.#known = known;
    this.#config = config;
    this.defaultFolder = join(dataDir, 'libraries');
  }

  follow(mounts: MountedVolumes): void {
    this.#mounts = mounts;
  }

  /**
   * The real path of a folder that a user names. A volume that hangs is not touched.
   * @throws MooringError `VOLUME_UNRESPONSIVE`, and as `existingFolder` does
   */
  async folder(path: string): Promise<string> {
    assertAnswers(resolve(path), this.#mounts);
    const real = await existingFolder(path);
    assertAnswers(real, this.#mounts);
    return real;
  }

  get known(): readonly KnownLibrary[] {
    return this.#known.all;
  }

  async remember(library: Library): Promise<void> {
    this.#problems.delete(library.id);
    const { status: _status, isCurrent: _isCurrent, problem: _problem, ...info } = library.info(false);
    await this.#known.remember({ ...info, volume: placeOnVolume(library.path, this.#mounts) });
  }

  async forget(id: string): Promise<void> {
    this.#problems.delete(id);
    await this.#known.forget(id);
  }

  setProblem(id: string, problem: LibraryProblem): void {
    this.#problems.set(id, problem);
  }

  hasProblem(id: string): boolean {
    return this.#problems.has(id);
  }

  clearProblem(id: string): void {
    this.#problems.delete(id);
  }

  /** Whether the library lies on a volume that is not there now. */
  isOffline({ volume }: KnownLibrary): boolean {
    return volume !== null && pathsOfPlace(volume, this.#mounts).length === 0;
  }

  /** Where a library may be now: where it was last, wherever its volume is mounted, and under another name in the same folder. */
  async placesOf({ id, path, volume }: KnownLibrary): Promise<string[]> {
    const paths = [...(volume ? pathsOfPlace(volume, this.#mounts) : []), path];
    const found = await findLibraries([...paths, ...paths.map((place) => join(place, '..'))]);
    return found.filter(({ manifest }) => manifest.id === id).map((library) => library.path);
  }

  /**
   * Whether an open library can still be reached where it was opened. Asks the mounts first, so that a drive which hangs is
   * not touched; a volume may also have got another identity while it is mounted.
   */
  async isReachable(library: Library): Promise<boolean> {
    const before = this.#known.get(library.id)?.volume ?? null;
    const place = placeOnVolume(library.path, this.#mounts);
    if (before === null || place?.fingerprint === before.fingerprint) return true;
    const [found] = await findLibraries([library.path]);
    if (found?.manifest.id !== library.id) return false;
    await this.remember(library);
    return true;
  }

  /** Everything known that is not open. */
  async closed(): Promise<LibraryInfo[]> {
    const found = await findLibraries([this.defaultFolder, ...this.#config.current.libraries.folders]);
    const known = await Promise.all(this.known.map((library) => this.#describe(library)));
    const libraries = [
      ...found.map(({ path, manifest }) => closedInfo(describeManifest(manifest, path))),
      ...known.filter((info) => info !== null),
    ];
    return [...new Map(libraries.map((info) => [info.id, info])).values()];
  }

  /** Libraries in the given folders and on all mounted volumes, besides those that are known. */
  async discover(folders: readonly string[]): Promise<LibraryInfo[]> {
    const mountPoints = this.#mounts.live.filter(({ unresponsive }) => !unresponsive).flatMap((volume) => volume.mountPoints);
    const found = await findLibraries([...folders, ...mountPoints]);
    return found.map(({ path, manifest }) => closedInfo(describeManifest(manifest, path)));
  }

  /** Null for one that is gone and that nobody expects to be opened. */
  async #describe(library: KnownLibrary): Promise<LibraryInfo | null> {
    const { volume: _volume, ...info } = library;
    if (this.isOffline(library)) {
      return {
        ...info,
        status: 'offline',
        isCurrent: false,
        problem: { code: 'VOLUME_OFFLINE', message: `The drive that holds “${info.name}” is not connected.` },
      };
    }
    const problem = this.#problems.get(info.id) ?? null;
    if (problem) return { ...info, status: 'failed', isCurrent: false, problem };
    const isThere = await stat(info.path).then(
      () => true,
      () => false,
    );
    return isThere ? closedInfo(info) : null;
  }
}

/** Of several libraries the one that is meant by an id, a name or a path. @throws MooringError `INVALID_INPUT` when several have the name */
export function pickLibrary<T extends { id: string; name: string; path: string }>(libraries: readonly T[], ref: string): T | null {
  const path = ref.length > 1 ? ref.replace(/[/\\]+$/, '') : ref;
  const exact = libraries.find((library) => library.id === ref.toLowerCase() || library.path === path);
  const named = libraries.filter((library) => library.name === ref.normalize('NFC'));
  if (exact || named.length < 2) return exact ?? named[0] ?? null;
  throw new MooringError(
    'INVALID_INPUT',
    `Several libraries are called “${ref}”. Name the one you mean by its id or path: ${named.map((library) => library.path).join(', ')}`,
    {
      details: { field: 'library', candidates: named.map(({ id, path: place }) => ({ id, path: place })) },
    },
  );
}

export function closedInfo(info: Omit<LibraryInfo, 'status' | 'isCurrent' | 'problem'>): LibraryInfo {
  return { ...info, status: 'closed', isCurrent: false, problem: null };
}
