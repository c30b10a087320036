import type { Job } from '#shared/contract/job.ts';
import { shownPath } from './address.ts';
import { formatCount } from './figures.ts';
import { safeText } from './safe-text.ts';

/** Of locations, by their id: jobs know no more of them. */
export type LocationNames = ReadonlyMap<string, string>;

/** What a job does, in the words of the page: “Index Photos”, “Copy 3 items to /media/stick”. A kind that is not known by its name. */
export function jobTitle({ name, input }: Pick<Job, 'name' | 'input'>, locations: LocationNames): string {
  if (name === 'location-scan') {
    const location = locations.get(String(input.locationId));
    if (location === undefined) return 'Index a location';
    return input.depth === 'catch-up' ? `Check ${safeText(location)} for changes` : `Index ${safeText(location)}`;
  }
  if (name === 'ephemeral-scan' && typeof input.path === 'string') return `Look through ${shownPath(input.path)}`;
  if (name === 'file-copy' && Array.isArray(input.sources) && typeof input.destination === 'string') {
    const [first] = input.sources;
    const what = input.sources.length === 1 && typeof first === 'string' ? shownPath(first) : formatCount(input.sources.length, 'item');
    return `Copy ${what} to ${shownPath(input.destination)}`;
  }
  if (name === 'search-rebuild') return 'Make the search index anew';
  return safeText(name);
}
