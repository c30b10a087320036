import { parentOf } from '#core/fs/native-path.ts';
import { pathKey } from '../file-task/real-folders.ts';
import type { Source } from '../file-task/source-finder.ts';
import type { TrashFolder, TrashSystem } from './trash-folder.ts';

interface Known {
  found: TrashFolder[];
  more: Generator<TrashFolder, never>;
}

/** Where the things of one batch could go: asked once for all that lie in one folder, of which there may be very many. */
export class TrashFolders {
  readonly #system: TrashSystem;
  readonly #known = new Map<string, Known>();

  constructor(system: TrashSystem) {
    this.#system = system;
  }

  /** Best first. @throws as `TrashSystem.foldersFor` */
  *of(source: Source): Generator<TrashFolder, never> {
    const key = `${source.facts.dev} ${pathKey(parentOf(source.path))}`;
    const known = this.#known.get(key) ?? { found: [], more: this.#system.foldersFor(source) };
    this.#known.set(key, known);
    for (let index = 0; ; index++) {
      const folder = known.found[index] ?? this.#next(key, known);
      known.found[index] = folder;
      yield folder;
    }
  }

  /** What has thrown gives nothing more: whoever asks next begins anew. */
  #next(key: string, { more }: Known): TrashFolder {
    try {
      return more.next().value;
    } catch (error) {
      this.#known.delete(key);
      throw error;
    }
  }
}
