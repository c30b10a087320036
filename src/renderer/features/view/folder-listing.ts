/** @file Reads what views of folders have in sight. */
import type { QueryClient } from '@tanstack/react-query';
import type { EntrySort } from '../../../shared/contract/entry.ts';
import { engine, query } from '../../app/engine.ts';
import { PAGE_SIZE, pagesFor, type Sight, type SparseListing, withPage } from './sparse-listing.ts';

/** Which folder is listed, and how. */
export interface FolderOrder {
  path: string;
  sort: EntrySort;
  order: 'asc' | 'desc';
  foldersFirst: boolean;
  showHidden: boolean;
}

/** So many pages are asked for at a time: what was in sight a moment ago is not waited for. */
const MOST_AT_ONCE = 3;

/** Of all listings of folders; they are read anew with everything that is known of entries. */
export const FOLDER_LISTINGS = [...query.entries.key(), 'listing'] as const;

export type FolderListingKey = readonly [...typeof FOLDER_LISTINGS, FolderOrder];

export const folderListingKey = (order: FolderOrder): FolderListingKey => [...FOLDER_LISTINGS, order];

/** What is in sight of each listing, in one view or several. */
const sights = new Map<string, Set<Sight>>();

/** As long as it is registered, it is read whenever the listing is. */
export function registerSight(order: FolderOrder, sight: Sight): () => void {
  const key = JSON.stringify(order);
  const all = sights.get(key) ?? new Set();
  sights.set(key, all.add(sight));
  return () => {
    all.delete(sight);
    if (all.size === 0) sights.delete(key);
  };
}

/** What is in sight, as it is now: its top row is found again, wherever it is by now. */
export async function readListing(order: FolderOrder, signal: AbortSignal): Promise<SparseListing> {
  const inSight = await Promise.all([...(sights.get(JSON.stringify(order)) ?? [])].map((sight) => followed(order, sight, signal)));
  const wanted = new Set(inSight.flatMap((range) => pagesFor(range, Number.POSITIVE_INFINITY)));
  if (wanted.size === 0) wanted.add(0);
  const read = await Promise.all([...wanted].map(async (page) => ({ page, answer: await readPage(order, page, signal) })));
  const [first] = read;
  if (!first) throw new Error('A listing has at least one page.');
  const { folder, totalCount, source, isOffline, locationId } = first.answer;
  const pages = new Map(read.filter(({ answer }) => answer.items.length > 0).map(({ page, answer }) => [page, answer.items]));
  return { folder, totalCount, source, isOffline, locationId, pages, version: {} };
}

async function followed(order: FolderOrder, { first, last, top }: Sight, signal: AbortSignal): Promise<{ first: number; last: number }> {
  if (top === null || top.index === 0) return { first, last };
  const { index } = await engine.entries.find({ ...order, entry: top.path }, { signal });
  const shift = (index ?? top.index) - top.index;
  return { first: first + shift, last: last + shift };
}

const readPage = (order: FolderOrder, page: number, signal: AbortSignal) =>
  engine.entries.list({ ...order, from: page * PAGE_SIZE, limit: PAGE_SIZE }, { signal });

/** Loads pages of a listing as they come into sight. */
export class PageLoader {
  readonly #client: QueryClient;
  readonly #order: FolderOrder;
  readonly #sight: Sight;
  readonly #onError: (error: unknown) => void;
  readonly #loading = new Set<number>();
  readonly #aborting = new AbortController();

  constructor(client: QueryClient, order: FolderOrder, sight: Sight, onError: (error: unknown) => void) {
    this.#client = client;
    this.#order = order;
    this.#sight = sight;
    this.#onError = onError;
  }

  /** Asks for what is in sight and not loaded, a few pages at a time, and goes on with what is in sight when they are there. */
  load(): void {
    const listing = this.#client.getQueryData<SparseListing>(folderListingKey(this.#order));
    if (!listing || this.#aborting.signal.aborted) return;
    const wanted = pagesFor(this.#sight, listing.totalCount);
    for (const page of wanted) {
      if (this.#loading.size >= MOST_AT_ONCE) return;
      if (!listing.pages.has(page) && !this.#loading.has(page)) void this.#read(page, listing.version);
    }
  }

  close(): void {
    this.#aborting.abort();
  }

  async #read(page: number, version: object): Promise<void> {
    const key = folderListingKey(this.#order);
    this.#loading.add(page);
    try {
      const { items, totalCount } = await readPage(this.#order, page, this.#aborting.signal);
      this.#loading.delete(page);
      const now = this.#client.getQueryData<SparseListing>(key);
      // What was read anew meanwhile may be in another order by now.
      if (now?.version === version) this.#client.setQueryData(key, withPage(now, page, items));
      if (now && now.totalCount !== totalCount) void this.#client.invalidateQueries({ queryKey: key, exact: true });
      this.load();
    } catch (error) {
      this.#loading.delete(page);
      if (!this.#aborting.signal.aborted) this.#onError(error);
    }
  }
}
