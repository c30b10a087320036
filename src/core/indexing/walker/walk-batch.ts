/** @file The columns of a `WalkBatch`: filled by a walker, read by the writer. No object is made per entry on either side. */
import { KIND_RANK } from '#core/entry/row-order.ts';
import type { NativePath } from '#core/fs/native-path.ts';
import { COLUMN, WALK_COLUMNS, type WalkBatch, type WalkedFolder } from '../walk-messages.ts';
import type { EntryRows } from './entry-rows.ts';

const SEPARATOR = '/';
/** No name holds a NUL: it begins those that are bytes, which follow as Latin-1. */
const BYTES = '\0';
const EMPTY_KEY = '\0';
const SYMLINK = KIND_RANK.symlink;

/** A name as a text that crosses threads without loss. */
export function encodeName(name: NativePath): string {
  return typeof name === 'string' ? name : BYTES + name.toString('latin1');
}

export function decodeName(text: string): NativePath {
  return text.startsWith(BYTES) ? Buffer.from(text.slice(1), 'latin1') : text;
}

/** Collects folders until they are enough for a batch. */
export class WalkBatchBuilder {
  readonly #requestId: number;
  #folders: WalkedFolder[] = [];
  #names: string[] = [];
  #sortKeys: string[] = [];
  #numbers = new Float64Array(0);
  #inodes = new BigInt64Array(0);
  #linkTargets: string[] = [];
  #problems: [row: number, code: string][] = [];

  constructor(requestId: number) {
    this.#requestId = requestId;
  }

  get rowCount(): number {
    return this.#names.length;
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
      names: this.#names.join(SEPARATOR),
      sortKeys: this.#sortKeys.join(SEPARATOR),
      numbers: this.#numbers.slice(0, count * WALK_COLUMNS),
      inodes: this.#inodes.slice(0, count),
      linkTargets: this.#linkTargets,
      problems: this.#problems,
    };
    this.#folders = [];
    this.#names = [];
    this.#sortKeys = [];
    this.#linkTargets = [];
    this.#problems = [];
    return batch;
  }

  #addRow(rows: EntryRows, row: number): void {
    const at = this.#names.length;
    const name = rows.names[row] ?? '';
    const sortKey = rows.sortKeys[row] ?? '';
    this.#names.push(name);
    this.#sortKeys.push(sortKey === name ? '' : sortKey || EMPTY_KEY);
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

/** Reads the rows of a batch by their numbers. Those of a folder follow those of the folder before it. */
export class WalkBatchReader {
  readonly count: number;
  readonly #numbers: Float64Array;
  readonly #inodes: BigInt64Array;
  readonly #names: string[];
  readonly #sortKeys: string[];
  readonly #linkTargets = new Map<number, string>();
  readonly #problems: Map<number, string>;

  constructor(batch: WalkBatch) {
    this.count = batch.inodes.length;
    this.#numbers = batch.numbers;
    this.#inodes = batch.inodes;
    this.#names = this.count === 0 ? [] : batch.names.split(SEPARATOR);
    this.#sortKeys = this.count === 0 ? [] : batch.sortKeys.split(SEPARATOR);
    this.#problems = new Map(batch.problems);
    this.#placeLinkTargets(batch.linkTargets);
  }

  name(row: number): NativePath {
    return decodeName(this.#names[row] ?? '');
  }

  sortKey(row: number): string {
    const key = this.#sortKeys[row] || (this.#names[row] ?? '');
    return key === EMPTY_KEY ? '' : key;
  }

  /** 0 folder, 1 file, 2 symlink, 3 other */
  kind(row: number): number {
    return this.#number(row, COLUMN.kind);
  }

  /** Bytes of a file or symlink; 0 for others. */
  size(row: number): number {
    return this.#number(row, COLUMN.size);
  }

  modifiedMs(row: number): number {
    return this.#number(row, COLUMN.modifiedMs);
  }

  modifiedNs(row: number): number {
    return this.#number(row, COLUMN.modifiedNs);
  }

  /** Null where the file system keeps none. */
  bornMs(row: number): number | null {
    return numberOrNull(this.#number(row, COLUMN.bornMs));
  }

  /** Null where there are no permission bits. */
  mode(row: number): number | null {
    return numberOrNull(this.#number(row, COLUMN.mode));
  }

  /** 0 where there is none that lasts. */
  inode(row: number): bigint {
    return this.#inodes[row] ?? 0n;
  }

  /** Null for what is no symlink, or could not be read. */
  linkTarget(row: number): NativePath | null {
    const target = this.#linkTargets.get(row);
    return target ? decodeName(target) : null;
  }

  /** A code of the contract, when the entry could not be looked at: then nothing but its name and kind is known. */
  problem(row: number): string | null {
    return this.#problems.get(row) ?? null;
  }

  #number(row: number, column: number): number {
    return this.#numbers[row * WALK_COLUMNS + column] ?? 0;
  }

  #placeLinkTargets(targets: string[]): void {
    let row = 0;
    for (const target of targets) {
      while (this.kind(row) !== SYMLINK) row++;
      this.#linkTargets.set(row++, target);
    }
  }
}

function numberOrNull(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}
