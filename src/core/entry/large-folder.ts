/**
 * Rows of a folder with more children than this are in the indexes by size, time and extension (`entries.in_large_folder`). The children of
 * others are sorted when they are asked for, which takes a millisecond or two: almost all folders are small, and keeping three more indexes of
 * all entries would take as long as all the rest of a scan, and a third of the database.
 */
const LARGE_FOLDER = 1000;

/** @param childCount null where it is not known: then no listing is made of it */
export function isLargeFolder(childCount: number | null): boolean {
  return childCount !== null && childCount > LARGE_FOLDER;
}
