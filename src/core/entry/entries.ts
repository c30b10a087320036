import { mountAt, mountsOf } from '#core/fs/mounts.ts';
import { baseName, fromBytes, type NativePath, samePath, toBytes } from '#core/fs/native-path.ts';
import type { Entry, EntrySort, SizeNode } from '#shared/contract/entry.ts';
import { MooringError } from '#shared/contract/error.ts';
import { parseSdPath } from '#shared/sd-path.ts';
import type { EntriesOptions } from './entries-options.ts';
import { Addresses, type EntryAddress } from './entry-address.ts';
import { type FolderPage, refuseUnresponsive } from './folder-views.ts';
import { FolderWorkerClient } from './folder-worker-client.ts';
import { IndexListing, listOf } from './index-listing.ts';
import { type FoundEntry, IndexedFolders } from './indexed-folders.ts';
import type { RowOrder } from './row-order.ts';
import type { SizeRest } from './size-tree.ts';
import { isListed, type StoredEntry } from './stored-entry.ts';

export interface ListInput {
  path: string;
  sort: EntrySort;
  order: 'asc' | 'desc';
  foldersFirst: boolean;
  showHidden: boolean;
  limit: number;
  cursor?: string | undefined;
  /** The number of its first entry, where no cursor tells where it begins. */
  from?: number | undefined;
}

/** Of an entry, or of the next from `start` on whose name begins with what somebody types, going round. */
export type FindInput = RowOrder & { path: string } & ({ entry: string } | { typed: string; start: number });

/** One page of a folder, and where it was found. */
export interface EntryPage extends FolderPage {
  source: 'disk' | 'index' | 'memory';
  isOffline: boolean;
  locationId: string | null;
}

/** What `entries.sizes` answers. */
export interface SizeMap {
  folder: Entry;
  nodes: SizeNode[];
  rest: SizeRest;
  source: 'index' | 'memory' | 'locations' | 'none';
  isOffline: boolean;
  locationId: string | null;
}

/** Files and folders, whatever their source: the index of the current library, an ephemeral one, or the disk. */
export class Entries {
  readonly #options: EntriesOptions;
  readonly #addresses: Addresses;
  readonly #worker: FolderWorkerClient;
  readonly #indexed = new IndexedFolders();

  constructor(options: EntriesOptions) {
    this.#options = options;
    this.#addresses = new Addresses(options);
    this.#worker = options.worker ?? new FolderWorkerClient();
  }

  /**
   * One page of a folder: from the index where it has been read, from the disk elsewhere. A symbolic link to a folder is opened; the links
   * inside are shown as links.
   *
   * @throws MooringError `INVALID_INPUT`, `NOT_SUPPORTED`, `PATH_NOT_FOUND`, `NOT_A_FOLDER`, `PERMISSION_DENIED`,
   *   `VOLUME_UNRESPONSIVE`, `VOLUME_OFFLINE`, `VOLUME_NOT_FOUND`, `CURSOR_INVALID`, `IO_ERROR`
   */
  async list({ path, ...query }: ListInput): Promise<EntryPage> {
    const address = this.#addresses.read(path);
    if (address.path === null || this.#isSilent(address.path)) return this.#remembered(address, query);
    const found = this.#find(address);
    if (found && isListed(found.entry)) {
      if (query.cursor === undefined && !query.from) this.#check(found, address.path);
      const page = this.#withLocations(this.#listing().page(found, address, query), address.path);
      return { ...page, source: 'index', isOffline: false, locationId: found.location.uuid };
    }
    const page = (await this.#inMemory(address, address.path, query)) ?? (await this.#fromDisk(address, address.path, query));
    return this.#withLocations(page, address.path);
  }

  /** One entry; a symbolic link is described, not followed. @throws MooringError as `list` does */
  async get(path: string): Promise<Entry> {
    const address = this.#addresses.read(path);
    if (address.path === null || this.#isSilent(address.path)) return this.#rememberedEntry(address);
    try {
      const entry = await this.#noticingSilence(this.#worker.entry(this.#queryFor(address.path)));
      const found = this.#find(address);
      return found ? this.#listing().enrichOne(found, entry, found.entry) : entry;
    } catch (error) {
      const before = this.#placeBefore(error, address.path);
      if (!before) throw error;
      return this.#rememberedEntry(before);
    }
  }

  /**
   * The number of an entry in the order of a folder, by which `list` gives the page that it is on. Null where there is none such, or it is not shown.
   *
   * @throws MooringError as `list` does
   */
  async find({ path, ...question }: FindInput): Promise<number | null> {
    const about = 'entry' in question ? { entry: this.#nameOf(question.entry) } : { typed: question.typed, start: question.start };
    return this.#ask(path, {
      inIndex: (found) =>
        'entry' in about
          ? this.#indexed.indexOf(found, question, about.entry)
          : this.#indexed.findTyped(found, question, about.typed, about.start),
      onDisk: (folder) => {
        const { sort, order, foldersFirst, showHidden } = question;
        return this.#worker.indexOf({ sort, order, foldersFirst, showHidden, ...folder, about });
      },
    });
  }

  /** Those of some addresses at which a folder has nothing any more. @throws MooringError as `list` does */
  async missing({ path, entries }: { path: string; entries: readonly string[] }): Promise<string[]> {
    const byName = new Map(entries.map((entry) => [toBytes(this.#nameOf(entry)).toString('latin1'), entry]));
    const names = [...byName.keys()].map((name) => fromBytes(Buffer.from(name, 'latin1')));
    const gone = await this.#ask(path, {
      inIndex: (found) => this.#indexed.missing(found, names),
      onDisk: (folder) => this.#worker.missing({ ...NAME_ORDER, ...folder, about: { names } }),
    });
    return gone.flatMap((name) => byName.get(toBytes(name).toString('latin1')) ?? []);
  }

  /** Asks whoever lists a folder: see `list`. */
  async #ask<T>(
    path: string,
    ask: { inIndex(found: FoundEntry): T; onDisk(folder: { path: NativePath; mounts: ReturnType<typeof mountsOf> }): Promise<T> },
  ): Promise<T> {
    const address = this.#addresses.read(path);
    const found = this.#find(address);
    if (found && isListed(found.entry)) return ask.inIndex(found);
    if (address.path === null || this.#isSilent(address.path)) throw this.#unreachable(address);
    const { mounts } = this.#queryFor(address.path);
    try {
      return await this.#noticingSilence(ask.onDisk({ path: address.path, mounts }));
    } catch (error) {
      const before = this.#placeBefore(error, address.path);
      const remembered = before && this.#find(before);
      if (!remembered) throw error;
      return ask.inIndex(remembered);
    }
  }

  /** The last name of an address, wherever it leads. */
  #nameOf(entry: string): NativePath {
    const { path, names } = this.#addresses.read(entry);
    return (path === null ? names.at(-1) : baseName(path)) ?? '';
  }

  /**
   * Where the space of a folder went, as far as an index knows it: a library's or an ephemeral one; else, what is known of locations that lie in it.
   *
   * @throws MooringError as `list` does
   */
  async sizes({ path, limit }: { path: string; limit: number }): Promise<SizeMap> {
    const address = this.#addresses.read(path);
    const isOffline = address.path === null || this.#isSilent(address.path);
    const inLibrary = this.#find(address);
    const found = inLibrary && isListed(inLibrary.entry) ? inLibrary : this.#findEphemeral(address);
    if (found && isListed(found.entry)) {
      const isInLibrary = found === inLibrary;
      const listing = this.#listing(isInLibrary);
      const tree = this.#indexed.sizes(found, limit);
      const where = isInLibrary
        ? { source: 'index' as const, locationId: found.location.uuid }
        : { source: 'memory' as const, locationId: null };
      return { folder: listing.entry(found, address), nodes: listing.sizes(found, address, tree), rest: tree.rest, isOffline, ...where };
    }
    return this.#sizesOfLocations(address, limit, isOffline) ?? this.#noSizes(path);
  }

  #sizesOfLocations(address: EntryAddress, limit: number, isOffline: boolean): SizeMap | null {
    const database = this.#options.libraries?.current;
    const below = database ? this.#indexed.sizesBelow(database, address, limit) : null;
    const first = below?.roots[0]?.found;
    if (!below || !first) return null;
    const listing = this.#listing();
    const wayTo = (entry: StoredEntry) => below.roots.find(({ found }) => found.entry.id === entry.id)?.names ?? [];
    const nodes = listing.sizes(first, address, below.tree, wayTo);
    const folder = listing.unknownFolder(
      address,
      below.roots.map(({ found }) => found.entry),
    );
    return { folder, nodes, rest: below.tree.rest, source: 'locations', isOffline, locationId: null };
  }

  async #noSizes(path: string): Promise<SizeMap> {
    const folder = await this.get(path);
    if (folder.kind === 'file' || folder.kind === 'other') throw new MooringError('NOT_A_FOLDER', 'This is not a folder.');
    return { folder, nodes: [], rest: { count: 0, sizeBytes: 0 }, source: 'none', isOffline: false, locationId: null };
  }

  close(): Promise<void> {
    return this.#worker.close();
  }

  /** A page of what was seen when the volume was there. */
  #remembered(address: EntryAddress, query: Omit<ListInput, 'path'>): EntryPage {
    const found = this.#find(address);
    if (!found) throw this.#unreachable(address);
    if (found.entry.kind !== 0) throw new MooringError('NOT_A_FOLDER', 'This is not a folder.');
    return { ...this.#listing().page(found, address, query), source: 'index', isOffline: true, locationId: found.location.uuid };
  }

  #rememberedEntry(address: EntryAddress): Entry {
    const found = this.#find(address);
    if (!found) throw this.#unreachable(address);
    return this.#listing().entry(found, address);
  }

  /** From an ephemeral index, while the folder is as it was then: nothing else keeps that true. */
  async #inMemory(address: EntryAddress, path: NativePath, query: Omit<ListInput, 'path'>): Promise<EntryPage | null> {
    const found = this.#findEphemeral(address);
    if (!found || !isListed(found.entry)) return null;
    const listing = this.#listing(false);
    if (query.cursor === undefined) {
      const { modifiedAt } = await this.#noticingSilence(this.#worker.entry(this.#queryFor(path)));
      if (modifiedAt !== listing.entry(found, address).modifiedAt) return null;
    }
    return { ...listing.page(found, address, query), source: 'memory', isOffline: false, locationId: null };
  }

  #findEphemeral(address: EntryAddress): FoundEntry | null {
    const database = this.#options.ephemeral?.covering(address);
    return database ? this.#indexed.find(database, address) : null;
  }

  async #fromDisk(address: EntryAddress, path: NativePath, query: Omit<ListInput, 'path'>): Promise<EntryPage> {
    try {
      const page = await this.#noticingSilence(this.#worker.page({ ...query, ...this.#queryFor(path), list: listOf(address) }));
      return { ...this.#enriched(page, address), source: 'disk', isOffline: false };
    } catch (error) {
      const before = this.#placeBefore(error, path);
      if (!before) throw error;
      return this.#remembered(before, query);
    }
  }

  /** Read from the disk, with what the index knows of it already. */
  #enriched(page: FolderPage, address: EntryAddress): FolderPage & { locationId: string | null } {
    const database = this.#options.libraries?.current;
    const location = database ? this.#indexed.locationOf(database, address) : null;
    const found = location ? this.#find(address) : this.#findEphemeral(address);
    if (!found) return { ...page, locationId: location?.uuid ?? null };
    const listing = this.#listing(location !== null);
    const names = page.items.map(({ path }) => nameIn(path));
    const folder = listing.enrichOne(found, page.folder, found.entry);
    return { ...page, folder, items: listing.enrich(found, page.items, names), locationId: location?.uuid ?? null };
  }

  /** Folders that are locations of their own are known better from there. */
  #withLocations<Page extends FolderPage>(page: Page, folder: NativePath): Page {
    const database = this.#options.libraries?.current;
    const roots = database ? this.#indexed.rootsIn(database, folder, this.#context.mounts) : [];
    if (roots.length === 0) return page;
    const listing = this.#listing();
    const items = page.items.map((entry) => {
      if (entry.kind !== 'folder' || (entry.uuid !== null && entry.childCount !== null)) return entry;
      const root = roots.find(({ name }) => samePath(name, nameIn(entry.path)));
      return root ? listing.enrichOne(root.found, entry, root.found.entry) : entry;
    });
    return { ...page, items };
  }

  /** Where something lay that is not there any more, if its drive has been unplugged and the index knows it. */
  #placeBefore(error: unknown, path: NativePath): EntryAddress | null {
    if (!(error instanceof MooringError) || error.code !== 'PATH_NOT_FOUND') return null;
    const address = this.#addresses.remembered(path);
    return address && this.#find(address) ? address : null;
  }

  #find(address: EntryAddress): FoundEntry | null {
    const database = this.#options.libraries?.current;
    return database ? this.#indexed.find(database, address) : null;
  }

  /** What is not watched may have changed. */
  #check({ database, location, entry }: FoundEntry, path: NativePath): void {
    const { checks } = this.#options;
    if (!checks || checks.isWatched(database.id, location.uuid)) return;
    checks.checkFolder({ libraryId: database.id, locationId: location.uuid, path, childCount: entry.childCount ?? 0 });
  }

  /** What to tell of what cannot be reached and is in no index. */
  #unreachable(address: EntryAddress): MooringError {
    if (address.path !== null) refuseUnresponsive(address.path, mountsOf(this.#options.volumes.live));
    return this.#addresses.offline(address);
  }

  #isSilent(path: NativePath): boolean {
    return mountAt(path, mountsOf(this.#options.volumes.live))?.unresponsive ?? false;
  }

  /** What was found silent here is shown as silent everywhere, at once and not only after the next round. */
  async #noticingSilence<T>(answer: Promise<T>): Promise<T> {
    try {
      return await answer;
    } catch (error) {
      if (error instanceof MooringError && error.code === 'VOLUME_UNRESPONSIVE') void this.#options.volumes.refresh?.();
      throw error;
    }
  }

  #listing(hasUuids = true): IndexListing {
    return new IndexListing(this.#indexed, this.#context, { hasUuids });
  }

  get #context() {
    const { volumes, device } = this.#options;
    const volumeName = (fingerprint: string) => volumes.find?.(fingerprint).name ?? null;
    return { deviceId: device.id, mounts: mountsOf(volumes.live), volumeName };
  }

  #queryFor(path: NativePath) {
    const { volumes, device } = this.#options;
    return { path, deviceId: device.id, mounts: mountsOf(volumes.live) };
  }
}

/** Of names alone: no entry has to be looked at. */
const NAME_ORDER: RowOrder = { sort: 'name', order: 'asc', foldersFirst: true, showHidden: true };

/** The name in the address of an entry that was read from the disk. */
function nameIn(address: string): NativePath {
  const parsed = parseSdPath(address);
  const path = parsed?.type === 'physical' ? Buffer.from(parsed.path) : Buffer.alloc(0);
  return fromBytes(path.subarray(path.lastIndexOf(0x2f) + 1));
}
