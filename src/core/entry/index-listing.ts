import type { Mount, mountsOf } from '#core/fs/mounts.ts';
import { baseName, displayName, joinPath, type NativePath, parentOf, samePath, toSdPath } from '#core/fs/native-path.ts';
import { joinVolumePath } from '#core/fs/path-names.ts';
import type { Entry, SizeNode } from '#shared/contract/entry.ts';
import { formatVolumePath, joinAddress } from '#shared/sd-path.ts';
import type { EntryAddress } from './entry-address.ts';
import { entryUuids } from './entry-uuid.ts';
import type { FolderPage } from './folder-views.ts';
import type { FoundEntry, IndexedFolders } from './indexed-folders.ts';
import { readRowCursor, writeRowCursor } from './row-cursor.ts';
import { KIND_RANK, type RowOrder } from './row-order.ts';
import type { SizeTree } from './size-tree.ts';
import { rowOf, type StoredEntry, sizesOf, toEntry } from './stored-entry.ts';

export interface IndexQuery extends RowOrder {
  limit: number;
  cursor?: string | undefined;
  from?: number | undefined;
}

export interface ListingContext {
  deviceId: string;
  /** Longest path first. */
  mounts: ReturnType<typeof mountsOf>;
  /** What a volume is called, for the entry of its root while it is not there. */
  volumeName(fingerprint: string): string | null;
}

/** Makes of what an index has what clients see. */
export class IndexListing {
  readonly #folders: IndexedFolders;
  readonly #context: ListingContext;
  /** Entries of an ephemeral index have no uuid: nothing outlasts it that could be known by one. */
  readonly #hasUuids: boolean;

  constructor(folders: IndexedFolders, context: ListingContext, { hasUuids }: { hasUuids: boolean }) {
    this.#folders = folders;
    this.#context = context;
    this.#hasUuids = hasUuids;
  }

  /** @throws MooringError `CURSOR_INVALID` */
  page(found: FoundEntry, address: EntryAddress, query: IndexQuery): FolderPage {
    const list = listOf(address);
    const { cursor, from = 0 } = query;
    const start = cursor === undefined ? from : readRowCursor(cursor, list, query);
    const { entries, totalCount } = this.#folders.page(found, query, start, query.limit);
    const page = entries.slice(0, query.limit);
    const last = page.at(-1);
    return {
      folder: this.entry(found, address),
      items: this.#children(found, address, page),
      nextCursor: entries.length > page.length && last ? writeRowCursor(rowOf(last, query.sort), list, query) : null,
      totalCount,
    };
  }

  entry(found: FoundEntry, address: EntryAddress): Entry {
    return this.#described(found.entry, address, this.#uuidsOf(found)(found.entry));
  }

  /** A folder that is in no index, by what is known of locations in it. */
  unknownFolder(address: EntryAddress, roots: readonly StoredEntry[]): Entry {
    const sum = (count: (root: StoredEntry) => number | null) => roots.reduce((total, root) => total + (count(root) ?? 0), 0);
    const known = {
      childCount: roots.length,
      fileCount: sum((root) => root.fileCount),
      folderCount: sum((root) => 1 + (root.folderCount ?? 0)),
    };
    const unknown = { id: 0, name: '', modifiedMs: 0, bornMs: null, mode: null, extension: null, linkTarget: null, problem: null };
    const folder: StoredEntry = { ...unknown, ...known, kind: KIND_RANK.folder, size: sum(({ size }) => size) };
    return { ...this.#described(folder, address, null), modifiedAt: null };
  }

  /** The nodes of a tree of sizes. @param wayTo to one that is not below another node, the names that lead from the address */
  sizes(found: FoundEntry, address: EntryAddress, { nodes }: SizeTree, wayTo = wayByName): SizeNode[] {
    const { deviceId, mounts } = this.#context;
    const volumes = new Map(mounts.map(({ mountPoint, fingerprint }) => [toSdPath(mountPoint, deviceId), fingerprint]));
    const folder = { path: addressOf(address, deviceId), volumeFingerprint: address.fingerprint };
    const uuidOf = this.#uuidsOf(found);
    const shown: SizeNode[] = [];
    for (const { entry, parent, rest } of nodes) {
      const holder = (parent === null ? null : shown[parent]?.entry) ?? folder;
      const way = parent === null ? wayTo(entry) : wayByName(entry);
      const path = way.reduce<string>((above, name) => joinAddress(above, name), holder.path);
      const volumeFingerprint = volumes.get(path) ?? holder.volumeFingerprint;
      shown.push({
        entry: toEntry(entry, { uuid: uuidOf(entry), path, name: displayName(joinVolumePath(way)), volumeFingerprint }),
        parent,
        rest,
      });
    }
    return shown;
  }

  /** What the index knows of entries that were read from the disk: uuids, and sizes of folders. */
  enrich(folder: FoundEntry, entries: readonly Entry[], names: readonly NativePath[]): Entry[] {
    const wanted = entries.map(({ kind }, index) => ({ name: names[index] ?? '', kind: KIND_RANK[kind] }));
    const stored = this.#folders.children(folder, wanted);
    return entries.map((entry, index) => this.enrichOne(folder, entry, stored[index] ?? null));
  }

  enrichOne(found: FoundEntry, entry: Entry, stored: StoredEntry | null): Entry {
    if (!stored || stored.kind !== KIND_RANK[entry.kind]) return entry;
    const uuid = this.#uuidsOf(found)(stored);
    return entry.kind === 'folder' ? { ...entry, uuid, ...sizesOf(stored) } : { ...entry, uuid };
  }

  #described(entry: StoredEntry, address: EntryAddress, uuid: string | null): Entry {
    const name = address.names.at(-1) ?? '';
    const shown = displayName(address.path === null ? name : baseName(address.path) || address.path);
    return toEntry(entry, {
      uuid,
      path: addressOf(address, this.#context.deviceId),
      name: shown || (this.#context.volumeName(address.fingerprint ?? '') ?? ''),
      volumeFingerprint: address.fingerprint,
    });
  }

  #children(found: FoundEntry, address: EntryAddress, entries: readonly StoredEntry[]): Entry[] {
    const { deviceId, mounts } = this.#context;
    const prefix = addressOf(address, deviceId);
    const within = mountsWithin(address.path, mounts);
    const uuidOf = this.#uuidsOf(found);
    return entries.map((entry) => {
      const mount = within.length === 0 ? null : mountOn(address.path, entry.name, within);
      return toEntry(entry, {
        uuid: uuidOf(entry),
        path: joinAddress(prefix, entry.name),
        volumeFingerprint: mount?.fingerprint ?? address.fingerprint,
      });
    });
  }

  #uuidsOf({ database }: FoundEntry): (entry: StoredEntry) => string | null {
    if (!this.#hasUuids) return () => null;
    const uuidOf = entryUuids(database.id);
    return ({ id }) => uuidOf(id);
  }
}

function wayByName({ name }: StoredEntry): readonly NativePath[] {
  return [name];
}

/** What names a folder in its cursors: the same whether it is read from disk or from an index, here or at another mount point. */
export function listOf({ fingerprint, names }: EntryAddress): string {
  return formatVolumePath(fingerprint ?? '', joinVolumePath(names));
}

function addressOf({ path, fingerprint, names }: EntryAddress, deviceId: string): string {
  return path === null ? formatVolumePath(fingerprint ?? '', joinVolumePath(names)) : toSdPath(path, deviceId);
}

/** What is mounted directly in a folder. */
function mountsWithin(folder: NativePath | null, mounts: readonly Mount[]): Mount[] {
  if (folder === null) return [];
  return mounts.filter(({ mountPoint }) => mountPoint !== folder && samePath(parentOf(mountPoint), folder));
}

function mountOn(folder: NativePath | null, name: NativePath, mounts: readonly Mount[]): Mount | null {
  if (folder === null) return null;
  const path = joinPath(folder, name);
  return mounts.find(({ mountPoint }) => samePath(mountPoint, path)) ?? null;
}
