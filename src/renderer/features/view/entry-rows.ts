import type { Entry } from '../../../shared/contract/entry.ts';

/**
 * Entries in their order, of which only those around what is in sight need be loaded: a folder may have a million. A row that is not loaded has
 * its place, and nothing in it.
 */
export interface EntryRows {
  /** Of all entries, loaded or not. */
  readonly count: number;
  /** Those that are loaded, in their order. */
  readonly loaded: readonly Entry[];
  /** Undefined while it is not loaded. */
  at(index: number): Entry | undefined;
  /** The index of an entry that is loaded; -1 for others. */
  indexOf(path: string): number;
  /** Rows from one index to another are in sight: they, and some around them, are to be loaded. */
  show(first: number, last: number): void;
  /** The entries from one index to another, both included; fewer where the list ends before. Rejects as the engine does. */
  load(first: number, last: number): Promise<readonly Entry[]>;
  /** The index of an entry, loaded or not; -1 for one that is not in the list. */
  locate(path: string): Promise<number>;
  /** The index of the next entry from `start` on whose name begins with a text, going round; -1 where there is none. */
  findTyped(text: string, start: number): Promise<number>;
}

/** Rows that are all there: for lists that are short, and for tests. */
export function arrayRows(entries: readonly Entry[]): EntryRows {
  const indexes = new Map(entries.map(({ path }, index) => [path, index]));
  const indexOf = (path: string) => indexes.get(path) ?? -1;
  return {
    count: entries.length,
    loaded: entries,
    at: (index) => entries[index],
    indexOf,
    show: () => undefined,
    load: async (first, last) => entries.slice(first, last + 1),
    locate: async (path) => indexOf(path),
    findTyped: async (text, start) => findTyped(entries, text, start),
  };
}

/** The index of the next entry from `start` on whose name begins with what was typed, going round; -1 when there is none. */
export function findTyped(entries: readonly Pick<Entry, 'name'>[], typed: string, start: number): number {
  const wanted = typed.toLocaleLowerCase();
  for (let step = 0; step < entries.length; step++) {
    const index = (start + step) % entries.length;
    if (entries[index]?.name.toLocaleLowerCase().startsWith(wanted)) return index;
  }
  return -1;
}
