import { type FileFacts, identityOf } from '../file-facts.ts';
import { linkIdOf } from './folder-pair.ts';
import type { PlaceLine } from './transfer-journal.ts';

/** Files with several names of which one was met. */
export class LinkSets {
  /** How many further names there may be, by the file's identity, and what it was like. */
  readonly #sets = new Map<string, { names: number; size: bigint; mtimeNs: bigint }>();

  /** @param placed by an earlier run */
  constructor(placed: Iterable<PlaceLine>) {
    for (const { link, source } of placed) {
      const like = { size: BigInt(source.size), mtimeNs: BigInt(source.mtimeNs) };
      if (link !== null) this.#sets.set(link, { names: Number.POSITIVE_INFINITY, ...like });
    }
  }

  /**
   * The identity of a file that was met by another name; null for every other. In a move the names that were met are gone, so how many a file has
   * still does not tell; and when all were met its number may be that of a new file.
   */
  further(facts: FileFacts): string | null {
    if (!facts.isFile() || (facts.nlink === 1n && this.#sets.size === 0)) return null;
    const id = identityOf(facts);
    const known = this.#sets.get(id);
    if (known && known.names > 0 && known.size === facts.size && known.mtimeNs === facts.mtimeNs) {
      known.names--;
      return id;
    }
    if (linkIdOf(facts) !== null) this.#sets.set(id, { names: Number(facts.nlink) - 1, size: facts.size, mtimeNs: facts.mtimeNs });
    return null;
  }
}
