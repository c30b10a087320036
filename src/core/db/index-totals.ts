import { eq } from 'drizzle-orm';
import { isWithin, joinPath, type NativePath } from '../fs/native-path.ts';
import type { LibraryReader } from './library-database.ts';
import { entries, locations } from './schema.ts';

/** What a library's index knows of one volume, as the root entries of its locations tell it. */
export interface IndexTotals {
  fingerprint: string;
  locations: number;
  /** All that are not folders. */
  files: number;
  folders: number;
  bytes: number;
}

/** By volume. What lies in several locations, because one is inside of another, is counted once. Reads one row for each location. */
export function indexTotals(db: LibraryReader): IndexTotals[] {
  const rows = db
    .select({
      fingerprint: locations.volumeFingerprint,
      path: locations.path,
      files: entries.fileCount,
      folders: entries.folderCount,
      bytes: entries.size,
    })
    .from(locations)
    .leftJoin(entries, eq(entries.id, locations.rootEntryId))
    .all();
  return [...Map.groupBy(rows, ({ fingerprint }) => fingerprint)].map(([fingerprint, onVolume]) => {
    // A location that has not been scanned yet hides nothing.
    const outer = onVolume.filter(({ path }) => !onVolume.some((other) => other.files !== null && isBelow(path, other.path)));
    const sum = (amountOf: (row: (typeof rows)[number]) => number | null) => outer.reduce((total, row) => total + (amountOf(row) ?? 0), 0);
    return {
      fingerprint,
      locations: onVolume.length,
      files: sum(({ files }) => files),
      folders: sum(({ folders }) => folders),
      bytes: sum(({ bytes }) => bytes),
    };
  });
}

/** Paths within one volume. */
function isBelow(path: NativePath, other: NativePath): boolean {
  return path.length > other.length && (other.length === 0 || isWithin(joinPath('/', path), joinPath('/', other)));
}
