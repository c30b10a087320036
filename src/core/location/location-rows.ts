import { eq } from 'drizzle-orm';
import { LocationRules } from '#shared/contract/location.ts';
import type { LibraryReader, LibraryWriter } from '../db/library-database.ts';
import { entries, locations } from '../db/schema.ts';

/** The part of an open library that locations need. */
export interface LocationLibrary {
  readonly id: string;
  read<T>(fn: (db: LibraryReader) => T): T;
  transact<T>(fn: (tx: LibraryWriter) => T): T;
}

/** A row of `locations`, with rules that it was written without filled in. */
export type LocationRow = typeof locations.$inferSelect;

/** Of a location as a whole: what its root entry says. */
export interface LocationTotals {
  fileCount: number;
  folderCount: number;
  bytes: number;
}

export function locationRows(library: Pick<LocationLibrary, 'read'>): LocationRow[] {
  return library.read((db) => db.select().from(locations).orderBy(locations.id).all()).map(withAllRules);
}

/** By its uuid, or by the number that entries know it by. */
export function locationRow(library: LocationLibrary, id: string | number): LocationRow | null {
  const condition = typeof id === 'number' ? eq(locations.id, id) : eq(locations.uuid, id);
  const row = library.read((db) => db.select().from(locations).where(condition).get());
  return row ? withAllRules(row) : null;
}

/** What has been indexed of it so far; nothing before its first scan. */
export function locationTotals(library: LocationLibrary, { rootEntryId }: Pick<LocationRow, 'rootEntryId'>): LocationTotals {
  const root =
    rootEntryId === null
      ? undefined
      : library.read((db) =>
          db
            .select({ fileCount: entries.fileCount, folderCount: entries.folderCount, bytes: entries.size })
            .from(entries)
            .where(eq(entries.id, rootEntryId))
            .get(),
        );
  return { fileCount: root?.fileCount ?? 0, folderCount: root?.folderCount ?? 0, bytes: root?.bytes ?? 0 };
}

/** @param check throws when it does not go with those that are there, in the same transaction */
export function insertLocation(
  library: LocationLibrary,
  values: typeof locations.$inferInsert,
  check: (rows: LocationRow[]) => void,
): LocationRow {
  return library.transact((tx) => {
    check(tx.select().from(locations).all());
    return tx.insert(locations).values(values).returning().get();
  });
}

type Changeable = Omit<typeof locations.$inferInsert, 'id' | 'uuid'>;
/** What is undefined stays as it is. */
export type LocationPatch = { [Column in keyof Changeable]?: Changeable[Column] | undefined };

export function updateLocation(library: LocationLibrary, id: number, patch: LocationPatch): void {
  // Drizzle leaves out what is undefined; with nothing left it refuses.
  if (Object.values(patch).every((value) => value === undefined)) return;
  library.transact((tx) => tx.update(locations).set(patch).where(eq(locations.id, id)).run());
}

/** Its entries are left to be removed by the indexer: see `removedLocationIds`. */
export function deleteLocation(library: LocationLibrary, id: number): void {
  library.transact((tx) => tx.delete(locations).where(eq(locations.id, id)).run());
}

/**
 * Numbers of locations that are gone while entries of theirs are left: their removal was cut off. A location's root entry goes last,
 * so looking at those is enough.
 */
export function removedLocationIds(library: LocationLibrary): number[] {
  return library
    .read((db) =>
      db.all<{ id: number }>(
        'SELECT DISTINCT location_id AS id FROM entries WHERE parent_id IS NULL AND location_id NOT IN (SELECT id FROM locations)',
      ),
    )
    .map(({ id }) => id);
}

function withAllRules(row: LocationRow): LocationRow {
  return { ...row, rules: LocationRules.parse(row.rules) };
}
