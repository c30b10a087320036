import type { NativePath } from '#core/fs/native-path.ts';
import { factsIfExists } from '../file-facts.ts';
import { numberedName } from '../free-name.ts';
import { type FolderPair, targetIn } from './folder-pair.ts';

/** The name, or the first of `name (2).ext` and so on, that nothing has in the target. */
export function freeName(folder: FolderPair, name: NativePath): NativePath {
  if (!factsIfExists(targetIn(folder, name))) return name;
  for (let number = 2; ; number++) {
    const numbered = numberedName(name, number);
    if (!factsIfExists(targetIn(folder, numbered))) return numbered;
  }
}
