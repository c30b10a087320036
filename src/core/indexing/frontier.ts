/**
 * Folders that wait to be read. In the order in which they were found, their rows' ids grow, and so does `parent_id` of the rows found in
 * them: SQLite then adds to the end of its indexes, which is less work, and takes less room, than adding in their middle. But a whole level
 * of a large tree may wait at once; when so many do, those that were found last are next, and what waits stays few.
 */
export class Frontier<Item> {
  readonly #most: number;
  #items: Item[] = [];
  /** Those before it are taken. */
  #first = 0;

  /** @param most how many may wait before depth goes before breadth. 0 where heads have to move: folders in one lie near it */
  constructor(most: number) {
    this.#most = most;
  }

  get length(): number {
    return this.#items.length - this.#first;
  }

  /** Adds some that are to be taken in their order. */
  push(items: readonly Item[]): void {
    const isByDepth = this.length + items.length > this.#most;
    for (const item of isByDepth ? items.toReversed() : items) this.#items.push(item);
  }

  /** The next one; undefined when none waits. */
  take(): Item | undefined {
    if (this.length > this.#most) return this.#items.pop();
    const item = this.#items[this.#first];
    if (item !== undefined) this.#first += 1;
    if (this.#first > this.length) this.#dropTaken();
    return item;
  }

  *[Symbol.iterator](): Generator<Item> {
    for (let at = this.#first; at < this.#items.length; at++) {
      const item = this.#items[at];
      if (item !== undefined) yield item;
    }
  }

  #dropTaken(): void {
    this.#items = this.#items.slice(this.#first);
    this.#first = 0;
  }
}
