import type { Job } from '#shared/contract/job.ts';
import { itemsText } from './action-title.ts';
import { shownPath } from './address.ts';
import type { Places } from './places.ts';
import { safeText } from './safe-text.ts';

/** Of locations, by their id: jobs know no more of them. */
export type LocationNames = ReadonlyMap<string, string>;

/** What a job does, in the words of the page: “Index Photos”, “Copy 3 items to /media/stick”. A kind that is not known by its name. */
export function jobTitle({ name, input }: Pick<Job, 'name' | 'input'>, locations: LocationNames, at: Places = shownPath): string {
  if (name === 'location-scan') {
    const location = locations.get(String(input.locationId));
    if (location === undefined) return 'Index a location';
    return input.depth === 'catch-up' ? `Check ${safeText(location)} for changes` : `Index ${safeText(location)}`;
  }
  if (name === 'ephemeral-scan' && typeof input.path === 'string') return `Look through ${shownPath(input.path)}`;
  if (name === 'file-transfer' && Array.isArray(input.sources)) {
    const what = itemsText(input, at);
    if (typeof input.destination !== 'string') return `Duplicate ${what}`;
    return `${input.kind === 'move' ? 'Move' : 'Copy'} ${what} to ${at(input.destination)}`;
  }
  if (name === 'file-transfer-undo') return 'Undo a copy or move';
  if (name === 'file-delete') return `Delete ${itemsText(input, at)} for good`;
  if (name === 'search-rebuild') return 'Make the search index anew';
  return safeText(name);
}
