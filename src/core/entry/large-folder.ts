/**
 * Rows of a folder with more children than this are in the indexes by size, time and extension (`entries.in_large_folder`). The children of
 * others are sorted when they are asked for: almost all folders are small, and three more indexes of all entries would be a fifth of the writer's
 * work in a first scan, and a quarter of the database.
 */
const LARGE_FOLDER = 1000;

/** @param childCount null where it is not known: then no listing is made of it */
export function isLargeFolder(childCount: number | null): boolean {
  return childCount !== null && childCount > LARGE_FOLDER;
}
