/**
 * @file Reads again what changed while it is on screen: soon, but never so often that a busy folder keeps the page busy.
 */
import { matchQuery, type Query, type QueryClient, type QueryKey } from '@tanstack/react-query';
import type { Entry } from '../../shared/contract/entry.ts';
import { FOLDER_LISTINGS } from '../features/view/folder-listing.ts';
import { pathBelow } from '../lib/entry-path.ts';
import { query } from './engine.ts';

/** Between two readings of one folder. */
const LEAST_PAUSE_MS = 300;
/** Between two counts of what a saved search finds: nobody waits for them. */
const COUNT_PAUSE_MS = 1500;
/** Between two readings of where the space of a folder went: a scan changes it all the time. */
const SIZES_PAUSE_MS = 1000;
/** A folder that took long to read is left alone for so many times as long. */
const REST = 3;

/** What has changed, as the index tells it. */
export interface StaleFolders {
  /** Addresses of folders whose own entries have changed; of those above them, sizes and counts have. */
  folders: readonly string[];
  /** Further folders of this location have changed as well. */
  alsoIn?: string | null;
  /** Something has left one of the folders: what was in it may have gone with it. */
  hasLeft?: boolean;
}

interface Listing {
  folder: Entry;
  locationId: string | null;
}

export class ListingRefresh {
  readonly #client: QueryClient;
  readonly #waiting = new Set<string>();
  readonly #restUntil = new Map<string, number>();

  constructor(client: QueryClient) {
    this.#client = client;
  }

  /** Has every listing on screen that the change concerns read again. Others are read when they are opened. */
  markStale(stale: StaleFolders): void {
    const folders = stale.folders.map((folder) => folder.replace(/\/+$/, ''));
    for (const found of this.#client.getQueryCache().findAll({ queryKey: FOLDER_LISTINGS, type: 'active' })) {
      if (concerns(found, folders, stale)) this.#schedule(found);
    }
    for (const found of this.#client.getQueryCache().findAll({ queryKey: query.entries.sizes.key(), type: 'active' })) {
      if (concernsSizes(found, folders, stale)) this.#schedule(found, SIZES_PAUSE_MS);
    }
  }

  /** Has what a query shows read again, if anybody looks at it. */
  markQueryStale(queryKey: QueryKey): void {
    const found = this.#client.getQueryCache().find({ queryKey });
    if (found?.isActive()) this.#schedule(found);
  }

  /**
   * Has what searches have found looked for again: the one that is open soon, the counts of the others when there is time, and those that nobody
   * looks at when somebody does.
   */
  markSearchesStale(): void {
    void this.#client.invalidateQueries({ queryKey: query.search.query.key(), type: 'inactive', refetchType: 'none' });
    const open = query.search.query.key({ type: 'infinite' });
    for (const found of this.#client.getQueryCache().findAll({ queryKey: query.search.query.key(), type: 'active' })) {
      this.#schedule(found, matchQuery({ queryKey: open }, found) ? LEAST_PAUSE_MS : COUNT_PAUSE_MS);
    }
  }

  #schedule(listing: Query, leastPauseMs = LEAST_PAUSE_MS): void {
    const hash = listing.queryHash;
    if (this.#waiting.has(hash)) return;
    this.#waiting.add(hash);
    const wait = Math.max(leastPauseMs, (this.#restUntil.get(hash) ?? 0) - performance.now());
    setTimeout(() => void this.#refresh(listing), wait);
  }

  async #refresh(listing: Query): Promise<void> {
    const hash = listing.queryHash;
    this.#waiting.delete(hash);
    if (!listing.isActive()) {
      this.#restUntil.delete(hash);
      return;
    }
    // What is being fetched may have missed the change; starting over each time would never end.
    if (listing.state.fetchStatus !== 'idle') return this.#schedule(listing);
    const startedAt = performance.now();
    await this.#client.refetchQueries({ queryKey: listing.queryKey, exact: true });
    const now = performance.now();
    this.#restUntil.set(hash, now + (now - startedAt) * REST);
  }
}

function concerns(listing: Query, changed: readonly string[], { alsoIn = null, hasLeft = false }: StaleFolders): boolean {
  const first = listing.state.data as Listing | undefined;
  // Still being read for the first time: it may have been read before the change.
  if (!first) return true;
  if (alsoIn !== null && first.locationId === alsoIn) return true;
  const listed = first.folder.path;
  return changed.some((folder) => pathBelow(listed, folder) !== null || (hasLeft && pathBelow(folder, listed) !== null));
}

/** Whatever lies below a folder counts in its sizes; of a location that holds it, further changes may be anywhere. */
function concernsSizes(found: Query, changed: readonly string[], { alsoIn = null }: StaleFolders): boolean {
  const map = found.state.data as Listing | undefined;
  if (!map || alsoIn !== null) return true;
  return changed.some((folder) => pathBelow(map.folder.path, folder) !== null || pathBelow(folder, map.folder.path) !== null);
}
