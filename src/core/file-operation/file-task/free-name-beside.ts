import { joinPath, type NativePath } from '#core/fs/native-path.ts';
import { factsIfExists } from '../file-facts.ts';
import { numberedName } from '../free-name.ts';

const MOST_NUMBERS = 10_000;

/** `name (2).ext` and so on: the first that nothing in the folder has. @throws an error of `node:fs` */
export function freeNameIn(folder: NativePath, name: NativePath): NativePath {
  for (let number = 2; number < MOST_NUMBERS; number++) {
    const proposed = numberedName(name, number);
    if (!factsIfExists(joinPath(folder, proposed))) return proposed;
  }
  return numberedName(name, Date.now());
}
