import { KIND_RANK } from '#core/entry/row-order.ts';
import { COLUMN, WALK_COLUMNS, type WalkBatch, type WalkedFolder } from '../walk-messages.ts';
import type { EntryRows } from './entry-rows.ts';

const SEPARATOR = '/';
const EMPTY_KEY = '\0';
const SYMLINK = KIND_RANK.symlink;

/** Collects folders until they are enough for a batch, one after the other. `walked-rows.ts` reads what it makes. */
export class WalkBatchBuilder {
  #requestId = 0;
  #folders: WalkedFolder[] = [];
  #count = 0;
  #names = '';
  #sortKeys = '';
  #numbers = new Float64Array(0);
  #inodes = new BigInt64Array(0);
  #linkTargets: string[] = [];
  #problems: [row: number, code: string][] = [];

  /** What follows answers this request; what an earlier one has left is dropped. */
  begin(requestId: number): void {
    this.#requestId = requestId;
    this.#clear();
  }

  get rowCount(): number {
    return this.#count;
  }

  get isEmpty(): boolean {
    return this.#folders.length === 0;
  }

  /** Appends a folder with those of its rows that `order` names from `from` to before `to`. */
  add(
    folder: Omit<WalkedFolder, 'count'>,
    rows: EntryRows | null = null,
    order: readonly number[] = [],
    from = 0,
    to = order.length,
  ): void {
    this.#folders.push({ ...folder, count: to - from });
    if (!rows || to === from) return;
    this.#reserve(this.rowCount + to - from);
    for (let index = from; index < to; index++) {
      const row = order[index];
      if (row !== undefined) this.#addRow(rows, row);
    }
  }

  /** The batch; the builder is empty again. */
  take(): WalkBatch {
    const count = this.rowCount;
    const batch: WalkBatch = {
      requestId: this.#requestId,
      folders: this.#folders,
      names: this.#names,
      sortKeys: this.#sortKeys,
      numbers: this.#numbers.slice(0, count * WALK_COLUMNS),
      inodes: this.#inodes.slice(0, count),
      linkTargets: this.#linkTargets,
      problems: this.#problems,
    };
    this.#clear();
    return batch;
  }

  #clear(): void {
    this.#folders = [];
    this.#count = 0;
    this.#names = '';
    this.#sortKeys = '';
    this.#linkTargets = [];
    this.#problems = [];
  }

  #addRow(rows: EntryRows, row: number): void {
    const at = this.#count++;
    const separator = at === 0 ? '' : SEPARATOR;
    const name = rows.names[row] ?? '';
    const sortKey = rows.sortKeys[row] ?? '';
    this.#names += separator + name;
    this.#sortKeys += sortKey === name ? separator : separator + (sortKey || EMPTY_KEY);
    const from = row * WALK_COLUMNS;
    for (let column = 0; column < WALK_COLUMNS; column++) this.#numbers[at * WALK_COLUMNS + column] = rows.numbers[from + column] ?? 0;
    this.#inodes[at] = rows.inodes[row] ?? 0n;
    if (rows.numbers[from + COLUMN.kind] === SYMLINK) this.#linkTargets.push(rows.linkTargets.get(row) ?? '');
    const problem = rows.problems.get(row);
    if (problem !== undefined) this.#problems.push([at, problem]);
  }

  #reserve(count: number): void {
    if (this.#inodes.length >= count) return;
    const capacity = Math.max(count, this.#inodes.length * 2, 1024);
    const numbers = new Float64Array(capacity * WALK_COLUMNS);
    numbers.set(this.#numbers);
    this.#numbers = numbers;
    const inodes = new BigInt64Array(capacity);
    inodes.set(this.#inodes);
    this.#inodes = inodes;
  }
}
