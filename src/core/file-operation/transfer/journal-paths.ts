import { joinPath, type NativePath, parentOf } from '#core/fs/native-path.ts';
import { decodeName, type FolderLine } from './transfer-journal.ts';
import type { TransferItem } from './transfer-messages.ts';

/** Where the folders of a journal are on this computer now, by their ids. */
export class JournalPaths {
  readonly #items: readonly TransferItem[];
  readonly #lines = new Map<number, FolderLine>();
  readonly #sources = new Map<number, NativePath>();
  readonly #targets = new Map<number, NativePath>();

  /** @param items of the journal's header, as they are on this computer now */
  constructor(items: readonly TransferItem[], lines: Iterable<FolderLine>) {
    this.#items = items;
    for (const line of lines) this.#lines.set(line.id, line);
  }

  get(id: number): FolderLine | undefined {
    return this.#lines.get(id);
  }

  /** Null where the journal knows no such folder. */
  source(id: number): NativePath | null {
    return this.#path(id, this.#sources, 'from', ({ source }) => parentOf(source));
  }

  target(id: number): NativePath | null {
    return this.#path(id, this.#targets, 'to', ({ destination }) => destination);
  }

  #path(id: number, known: Map<number, NativePath>, side: 'from' | 'to', root: (item: TransferItem) => NativePath): NativePath | null {
    const found = known.get(id);
    if (found !== undefined) return found;
    const line = this.#lines.get(id);
    if (!line) return null;
    const item = this.#items[line.item];
    const above = line.in === null ? (item ? root(item) : null) : this.#path(line.in, known, side, root);
    if (above === null) return null;
    const path = line.in === null ? above : joinPath(above, decodeName(line[side]));
    known.set(id, path);
    return path;
  }
}
