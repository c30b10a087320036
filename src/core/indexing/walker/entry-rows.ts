import type { BigIntStats } from 'node:fs';
import { naturalSortKey } from '#core/entry/natural-sort-key.ts';
import { comparableKey, KIND_RANK } from '#core/entry/row-order.ts';
import { displayName, type NativePath } from '#core/fs/native-path.ts';
import { COLUMN, type FolderSelf, WALK_COLUMNS } from '../walk-messages.ts';
import { nameToWire } from '../walked-rows.ts';

const FORMAT = 0o170000;
const FOLDER_FORMAT = 0o040000;
const FILE_FORMAT = 0o100000;
const SYMLINK_FORMAT = 0o120000;
const PERMISSIONS = 0o7777;
const HAS_PERMISSIONS = process.platform !== 'win32';
const NS_PER_MS = 1_000_000n;
/** Columns grow to what a folder needs; those of a huge folder are not kept for the next one. */
const ROWS_KEPT = 65_536;

/** The entries of one folder, in columns, in the order in which they were found. */
export class EntryRows {
  names: string[] = [];
  sortKeys: string[] = [];
  numbers = new Float64Array(1024 * WALK_COLUMNS);
  inodes = new BigInt64Array(1024);
  /** By row; names are written as in a `WalkBatch`. */
  linkTargets = new Map<number, string>();
  problems = new Map<number, string>();

  get count(): number {
    return this.names.length;
  }

  clear(): void {
    this.names = [];
    this.sortKeys = [];
    if (this.linkTargets.size > 0) this.linkTargets = new Map();
    if (this.problems.size > 0) this.problems = new Map();
    if (this.inodes.length > ROWS_KEPT) {
      this.numbers = new Float64Array(1024 * WALK_COLUMNS);
      this.inodes = new BigInt64Array(1024);
    }
  }

  /** @param kind from the stats; @param inode 0 where it does not last. @returns the row */
  add(name: NativePath, kind: number, stats: BigIntStats, inode: bigint): number {
    const row = this.#addName(name);
    const at = row * WALK_COLUMNS;
    const numbers = this.numbers;
    numbers[at + COLUMN.kind] = kind;
    numbers[at + COLUMN.size] = kind === KIND_RANK.folder ? 0 : Number(stats.size);
    const restNs = modifiedRestNs(stats);
    numbers[at + COLUMN.modifiedMs] = modifiedMs(stats, restNs);
    numbers[at + COLUMN.modifiedNs] = restNs;
    numbers[at + COLUMN.bornMs] = bornMs(stats) ?? Number.NaN;
    numbers[at + COLUMN.mode] = HAS_PERMISSIONS ? Number(stats.mode) & PERMISSIONS : Number.NaN;
    this.inodes[row] = inode;
    return row;
  }

  /** An entry of which nothing but name and kind is known. @param problem a code of the contract, or null when it is not to be touched */
  addUnknown(name: NativePath, kind: number, problem: string | null): void {
    const row = this.#addName(name);
    this.numbers.fill(0, row * WALK_COLUMNS, (row + 1) * WALK_COLUMNS);
    this.numbers[row * WALK_COLUMNS + COLUMN.kind] = kind;
    this.numbers[row * WALK_COLUMNS + COLUMN.bornMs] = Number.NaN;
    this.numbers[row * WALK_COLUMNS + COLUMN.mode] = Number.NaN;
    this.inodes[row] = 0n;
    if (problem !== null) this.problems.set(row, problem);
  }

  /** Rows in the order of `entries_listing`. */
  sorted(): number[] {
    const { names, numbers, count } = this;
    const order: number[] = [];
    for (let row = 0; row < count; row++) order.push(row);
    if (count < 2) return order;
    const keys = this.sortKeys.some((key) => SURROGATES.test(key)) ? this.sortKeys.map(comparableKey) : this.sortKeys;
    const ranks = new Float64Array(count);
    for (let row = 0; row < count; row++) ranks[row] = rank(numbers[row * WALK_COLUMNS + COLUMN.kind] ?? 0, keys[row] ?? '');
    return order.sort((a, b) => {
      const ranked = (ranks[a] ?? 0) - (ranks[b] ?? 0);
      if (ranked !== 0) return ranked;
      const keyA = keys[a] ?? '';
      const keyB = keys[b] ?? '';
      if (keyA < keyB) return -1;
      if (keyB < keyA) return 1;
      return comparable(names[a] ?? '') < comparable(names[b] ?? '') ? -1 : 1;
    });
  }

  #addName(name: NativePath): number {
    const row = this.names.length;
    if (row === this.inodes.length) this.#grow();
    this.names.push(nameToWire(name));
    this.sortKeys.push(naturalSortKey(displayName(name)));
    return row;
  }

  #grow(): void {
    const capacity = this.inodes.length * 2;
    const numbers = new Float64Array(capacity * WALK_COLUMNS);
    numbers.set(this.numbers);
    this.numbers = numbers;
    const inodes = new BigInt64Array(capacity);
    inodes.set(this.inodes);
    this.inodes = inodes;
  }
}

/** Kind and the first three units of the key in one number: most entries of a folder differ there, and numbers compare many times faster. */
function rank(kind: number, key: string): number {
  const [first, second, third] = [unitAt(key, 0), unitAt(key, 1), unitAt(key, 2)];
  return kind * 2 ** 48 + first * 2 ** 32 + second * 2 ** 16 + third;
}

/** 0, which is in no name, beyond the end. */
function unitAt(key: string, index: number): number {
  return index < key.length ? key.charCodeAt(index) : 0;
}

/** Only where there are some does the order of UTF-16 units differ from that of UTF-8 bytes. */
const SURROGATES = /[\ud800-\udfff]/;

/** SQLite puts names that are text before those that are bytes. */
function comparable(encodedName: string): string {
  return encodedName.startsWith('\0') ? `\uffff${encodedName}` : comparableKey(encodedName);
}

export function kindOfStats(stats: BigIntStats): number {
  const format = Number(stats.mode) & FORMAT;
  if (format === FILE_FORMAT) return KIND_RANK.file;
  if (format === FOLDER_FORMAT) return KIND_RANK.folder;
  return format === SYMLINK_FORMAT ? KIND_RANK.symlink : KIND_RANK.other;
}

export function selfOf(stats: BigIntStats, inode: bigint): FolderSelf {
  const restNs = modifiedRestNs(stats);
  return {
    modifiedMs: modifiedMs(stats, restNs),
    modifiedNs: restNs,
    bornMs: bornMs(stats),
    inode: BigInt.asIntN(64, inode),
    mode: HAS_PERMISSIONS ? Number(stats.mode) & PERMISSIONS : null,
  };
}

/** What the modification time is beyond whole milliseconds, from 0 on. */
function modifiedRestNs(stats: BigIntStats): number {
  const rest = Number(stats.mtimeNs % NS_PER_MS);
  return rest < 0 ? rest + Number(NS_PER_MS) : rest;
}

/** Before 1970 Node rounds milliseconds up. */
function modifiedMs(stats: BigIntStats, restNs: number): number {
  const ms = Number(stats.mtimeMs);
  return stats.mtimeNs < 0n && restNs > 0 ? ms - 1 : ms;
}

/** File systems without birth times answer with 1970. */
function bornMs(stats: BigIntStats): number | null {
  return stats.birthtimeNs > 0n ? Number(stats.birthtimeMs) : null;
}
