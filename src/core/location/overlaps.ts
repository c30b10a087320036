import { MooringError } from '#shared/contract/error.ts';
import { displayName, type NativePath, toBytes } from '../fs/native-path.ts';
import { splitVolumePath } from '../fs/path-names.ts';
import type { LocationRow } from './location-rows.ts';

export interface Candidate {
  volumeFingerprint: string;
  path: NativePath;
  /** Whether names that differ in upper and lower case are two. Null: not known. */
  caseSensitive: boolean | null;
}

/**
 * Refuses a second location at one place, and one in or around another unless the user wants that.
 *
 * @throws MooringError `LOCATION_ALREADY_EXISTS`, `LOCATION_OVERLAPS`
 */
export function refuseOverlaps(candidate: Candidate, rows: readonly LocationRow[], allowOverlap: boolean): void {
  const names = comparableNames(candidate.path, candidate.caseSensitive);
  const others = rows
    .filter(({ volumeFingerprint }) => volumeFingerprint === candidate.volumeFingerprint)
    .map((row) => ({ row, names: comparableNames(row.path, candidate.caseSensitive) }));
  const same = others.find((other) => other.names.length === names.length && startsWith(names, other.names));
  if (same) {
    throw new MooringError('LOCATION_ALREADY_EXISTS', `This folder is the location “${same.row.name}” already.`, {
      details: { locationId: same.row.uuid },
    });
  }
  const overlapping = others.filter((other) => startsWith(names, other.names) || startsWith(other.names, names)).map(({ row }) => row);
  const [first] = overlapping;
  if (!first || allowOverlap) return;
  const isInside = startsWith(names, comparableNames(first.path, candidate.caseSensitive));
  throw new MooringError(
    'LOCATION_OVERLAPS',
    `This folder lies ${isInside ? 'in' : 'around'} the location “${first.name}” (${displayName(first.path) || 'the whole volume'}). What they share would be indexed twice. Choose another folder, or confirm that the two may overlap.`,
    { details: { locationIds: overlapping.map(({ uuid }) => uuid) } },
  );
}

function startsWith(names: readonly string[], beginning: readonly string[]): boolean {
  return beginning.every((name, index) => name === names[index]);
}

/** Latin-1 tells any bytes apart. */
function comparableNames(path: NativePath, caseSensitive: boolean | null): string[] {
  return splitVolumePath(path).map((name) =>
    caseSensitive === false && typeof name === 'string' ? name.normalize('NFC').toLowerCase() : toBytes(name).toString('latin1'),
  );
}
