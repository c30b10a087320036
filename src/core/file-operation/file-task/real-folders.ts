import { realpathSync } from 'node:fs';
import { fromBytes, type NativePath, samePath, toBytes } from '#core/fs/native-path.ts';
import { namesIn } from '#core/fs/read-folder.ts';

/** What is asked again and again of the folders of a batch, asked of the disk once. */
export class RealFolders {
  readonly #real = new Map<string, NativePath>();
  readonly #names = new Map<string, ReadonlySet<string>>();

  /** The folder without symbolic links on the way. @throws an error of `node:fs` */
  of(folder: NativePath): NativePath {
    const key = pathKey(folder);
    const known = this.#real.get(key);
    if (known !== undefined) return known;
    const real = fromBytes(realpathSync.native(folder, 'buffer'));
    this.#real.set(key, samePath(real, folder) ? folder : real);
    return real;
  }

  /** Whether a folder lists a name in this very spelling. @throws an error of `node:fs` */
  lists(folder: NativePath, name: NativePath): boolean {
    const key = pathKey(folder);
    let names = this.#names.get(key);
    if (!names) {
      names = new Set(Array.from(namesIn(folder), pathKey));
      this.#names.set(key, names);
    }
    return names.has(pathKey(name));
  }
}

/** Tells paths apart as keys of maps. */
export function pathKey(path: NativePath): string {
  return toBytes(path).toString('latin1');
}
