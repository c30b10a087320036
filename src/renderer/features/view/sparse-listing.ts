/** @file What is loaded of a long list: pages around what is in sight. Pure, so that scrolling and changes can be tested. */
import type { Entry } from '../../../shared/contract/entry.ts';

/** Entries of one page. The first pages of a folder come with one question each. */
export const PAGE_SIZE = 200;
/** So many rows are loaded beyond what is in sight. */
const AHEAD = 100;
/** Of more pages, those farthest from what is in sight are forgotten. */
const MOST_PAGES = 24;

/** What has been read of a folder at one time, and parts that were read since. */
export interface SparseListing {
  folder: Entry;
  totalCount: number;
  source: 'disk' | 'index' | 'memory';
  isOffline: boolean;
  locationId: string | null;
  /** By their numbers. */
  pages: ReadonlyMap<number, readonly Entry[]>;
  /** Another object for each reading. */
  version: object;
}

/** What a view has in sight, by index. */
export interface Sight {
  first: number;
  last: number;
  /** The entry at its top, by which it is found again when something has changed above it; null where nothing is above. */
  top: { path: string; index: number } | null;
}

/** Numbers of the pages that a view needs, those in sight first. */
export function pagesFor({ first, last }: Pick<Sight, 'first' | 'last'>, totalCount: number): number[] {
  const inSight = pagesBetween(first, last, totalCount);
  const around = pagesBetween(first - AHEAD, last + AHEAD, totalCount);
  return [...inSight, ...around.filter((page) => !inSight.includes(page))];
}

function pagesBetween(first: number, last: number, totalCount: number): number[] {
  const from = Math.floor(Math.max(0, first) / PAGE_SIZE);
  const to = Math.floor(Math.min(Math.max(last, 0), Math.max(0, totalCount - 1)) / PAGE_SIZE);
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, step) => from + step);
}

/** With one page more; those farthest from it are forgotten when there are too many. */
export function withPage(listing: SparseListing, page: number, entries: readonly Entry[]): SparseListing {
  const kept = [...listing.pages].filter(([number]) => number !== page);
  kept.sort(([a], [b]) => Math.abs(a - page) - Math.abs(b - page));
  return { ...listing, pages: new Map([[page, entries], ...kept.slice(0, MOST_PAGES - 1)]) };
}

export function entryAt({ pages }: SparseListing, index: number): Entry | undefined {
  return pages.get(Math.floor(index / PAGE_SIZE))?.[index % PAGE_SIZE];
}

/** What is loaded, in its order, and at which index each entry is. */
export function loadedOf({ pages }: SparseListing): { entries: Entry[]; indexes: ReadonlyMap<string, number> } {
  const entries: Entry[] = [];
  const indexes = new Map<string, number>();
  for (const [page, items] of [...pages].sort(([a], [b]) => a - b)) {
    for (const [place, entry] of items.entries()) {
      entries.push(entry);
      indexes.set(entry.path, page * PAGE_SIZE + place);
    }
  }
  return { entries, indexes };
}
