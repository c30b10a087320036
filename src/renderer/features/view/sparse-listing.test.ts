import { describe, expect, it } from 'vitest';
import type { Entry } from '../../../shared/contract/entry.ts';
import { entryAt, loadedOf, PAGE_SIZE, pagesFor, type SparseListing, withPage } from './sparse-listing.ts';

const page = (number: number): Entry[] =>
  Array.from({ length: PAGE_SIZE }, (_, place) => ({ path: `sd://d/${number * PAGE_SIZE + place}` }) as Entry);
const empty: SparseListing = {
  folder: { path: 'sd://d' } as Entry,
  totalCount: 1_000_000,
  source: 'index',
  isOffline: false,
  locationId: null,
  pages: new Map(),
  version: {},
};

describe('a listing of which parts are loaded', () => {
  it('needs the pages in sight, then those around', () => {
    expect(pagesFor({ first: 0, last: 30 }, 1_000_000)).toEqual([0]);
    expect(pagesFor({ first: 390, last: 420 }, 1_000_000)).toEqual([1, 2]);
    expect(pagesFor({ first: 410, last: 440 }, 1_000_000)).toEqual([2, 1]);
    expect(pagesFor({ first: 999_980, last: 1_000_050 }, 1_000_000)).toEqual([4999]);
    expect(pagesFor({ first: 0, last: 30 }, 0)).toEqual([0]);
  });

  it('knows what is where', () => {
    const listing = withPage(withPage(empty, 7, page(7)), 2, page(2));
    expect(entryAt(listing, 2 * PAGE_SIZE + 5)?.path).toBe(`sd://d/${2 * PAGE_SIZE + 5}`);
    expect(entryAt(listing, 5)).toBeUndefined();
    expect(entryAt(listing, -1)).toBeUndefined();
    const { entries, indexes } = loadedOf(listing);
    expect(entries).toHaveLength(2 * PAGE_SIZE);
    expect(indexes.get(entries[PAGE_SIZE]?.path ?? '')).toBe(7 * PAGE_SIZE);
  });

  it('forgets what is far away, however far one goes', () => {
    let listing = empty;
    for (let number = 0; number < 300; number++) listing = withPage(listing, number, page(number));
    expect(listing.pages.size).toBeLessThanOrEqual(24);
    expect(listing.pages.has(299)).toBe(true);
    expect(listing.pages.has(298)).toBe(true);
    expect(listing.pages.has(0)).toBe(false);
    listing = withPage(listing, 3, page(3));
    expect(listing.pages.has(3)).toBe(true);
  });
});
