import { joinPath, type NativePath } from '#core/fs/native-path.ts';
import { namesIn } from '#core/fs/read-folder.ts';
import { factsOf } from '../file-facts.ts';

/** Some hundredths of a second. */
const MOST_ENTRIES = 10_000;

/** The bytes of all files below a folder; null when there are too many to count them in passing, or some cannot be looked at. */
export function sizeBelow(folder: NativePath): bigint | null {
  let bytes = 0n;
  let left = MOST_ENTRIES;
  const folders = [folder];
  try {
    for (let current = folders.pop(); current !== undefined; current = folders.pop()) {
      for (const name of namesIn(current)) {
        if (left-- === 0) return null;
        const facts = factsOf(joinPath(current, name));
        if (facts.isDirectory()) folders.push(joinPath(current, name));
        else if (facts.isFile()) bytes += facts.size;
      }
    }
  } catch {
    return null; // What cannot be counted is not told.
  }
  return bytes;
}
