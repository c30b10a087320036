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
  /** Another object whenever they have been read anew: something may have gone. */
  readonly version: object;
  /** Undefined while it is not loaded. */
  at(index: number): Entry | undefined;
  /** The index of an entry that is loaded; -1 for others. */
  indexOf(path: string): number;
  /** An entry that is loaded, or kept. */
  entryOf(path: string): Entry | undefined;
  /** These are wanted, also when they are far from what is in sight; those that were wanted before are not. */
  keep(paths: ReadonlySet<string>): void;
  /** Rows from one index to another are in sight: they, and some around them, are to be loaded. */
  show(first: number, last: number): void;
  /** The entries from one index to another, both included; fewer where the list ends before. Rejects as the engine does. */
  load(first: number, last: number): Promise<readonly Entry[]>;
  /** The addresses of the entries from one index to another, both included, as they are now; none of them is loaded for it. Rejects as the engine does. */
  paths(first: number, last: number): Promise<readonly string[]>;
  /** The index of an entry, loaded or not; -1 for one that is not in the list. */
  locate(path: string): Promise<number>;
  /** The index of the next entry from `start` on whose name begins with a text, going round; -1 where there is none. */
  findTyped(text: string, start: number): Promise<number>;
  /** Those of some entries that are known to be gone. */
  missing(paths: ReadonlySet<string>, signal?: AbortSignal): Promise<readonly string[]>;
}

/** Rows that are loaded one after the other, from the first on. @param load has more of them loaded */
export function arrayRows(entries: readonly Entry[], options: ArrayRowsOptions = {}): EntryRows {
  const { isComplete = true, count = entries.length, load, show } = options;
  const indexes = new Map(entries.map(({ path }, index) => [path, index]));
  const indexOf = (path: string) => indexes.get(path) ?? -1;
  const loadRows = async (first: number, last: number) => (last < entries.length || !load ? entries : await load()).slice(first, last + 1);
  return {
    count,
    loaded: entries,
    version: entries,
    at: (index) => entries[index],
    indexOf,
    entryOf: (path) => entries[indexOf(path)],
    keep: () => undefined,
    show: (_, last) => show?.(last),
    load: loadRows,
    paths: async (first, last) => (await loadRows(first, last)).map(({ path }) => path),
    locate: async (path) => indexOf(path),
    findTyped: async (text, start) => findTyped(entries, text, start),
    missing: async (paths) => (isComplete ? [...paths].filter((path) => !indexes.has(path)) : []),
  };
}

interface ArrayRowsOptions {
  /** Whether these are all. */
  isComplete?: boolean;
  /** Of all, as far as it is known. */
  count?: number;
  /** Has all of them loaded. */
  load?: (() => Promise<readonly Entry[]>) | undefined;
  show?: (last: number) => void;
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
