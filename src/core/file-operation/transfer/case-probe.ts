import { displayName, joinPath, type NativePath } from '#core/fs/native-path.ts';
import { namesIn } from '#core/fs/read-folder.ts';
import { factsIfExists, isSameFile } from '../file-facts.ts';

/** Names that are looked at until one has letters to change. */
const TRIED = 64;

/**
 * Whether a folder takes names for one that differ in case alone: found out by what is in it, without writing anything. Null where nothing in
 * it tells.
 */
export function takesOneForAnother(folder: NativePath): boolean | null {
  let tried = 0;
  for (const name of namesIn(folder)) {
    if (++tried > TRIED) return null;
    const other = withOtherCase(name);
    if (other === null) continue;
    const [facts, found] = [factsIfExists(joinPath(folder, name)), factsIfExists(joinPath(folder, other))];
    if (!facts) continue;
    if (!found) return false;
    if (isSameFile(facts, found) && (facts.nlink === 1n || facts.isDirectory())) return true;
    // A file may have both names, and there are file systems whose numbers of files do not last: then the list of names tells.
    return !isListed(folder, other);
  }
  return null;
}

function isListed(folder: NativePath, wanted: string): boolean {
  for (const name of namesIn(folder)) if (name === wanted) return true;
  return false;
}

function withOtherCase(name: NativePath): string | null {
  const text = displayName(name);
  if (typeof name !== 'string') return null;
  const other = [...text].map((letter) => (letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase())).join('');
  return /[a-z]/i.test(text) && other !== text ? other : null;
}
