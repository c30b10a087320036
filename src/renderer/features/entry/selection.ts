/** What is selected in a list of entries, by path; pure, so that every way of selecting can be tested. */
export interface Selection {
  /** Paths of the selected entries. */
  paths: ReadonlySet<string>;
  /** Where the keyboard is. */
  active: string | null;
  /** Where a range began. */
  anchor: string | null;
}

export const EMPTY_SELECTION: Selection = { paths: new Set(), active: null, anchor: null };

export type SelectMode = 'single' | 'toggle' | 'range' | 'focus';

/** Selects `path` alone, toggles it, extends the range from the anchor to it, or only moves the keyboard to it. */
export function select(selection: Selection, order: readonly string[], path: string, mode: SelectMode): Selection {
  if (mode === 'focus') return { ...selection, active: path, anchor: path };
  if (mode === 'toggle') {
    const paths = new Set(selection.paths);
    if (!paths.delete(path)) paths.add(path);
    return { paths, active: path, anchor: path };
  }
  if (mode === 'range' && selection.anchor !== null) {
    const from = order.indexOf(selection.anchor);
    const to = order.indexOf(path);
    if (from >= 0 && to >= 0) {
      return { paths: new Set(order.slice(Math.min(from, to), Math.max(from, to) + 1)), active: path, anchor: selection.anchor };
    }
  }
  return { paths: new Set([path]), active: path, anchor: path };
}

/** Drops what is no longer in the folder; the same object when all of it is there. */
export function keepExisting(selection: Selection, entries: readonly { path: string }[]): Selection {
  // Most of the time nothing is selected, and a folder under watch is read again and again.
  if (selection.paths.size === 0 && selection.active === null && selection.anchor === null) return selection;
  const existing = new Set(entries.map((entry) => entry.path));
  const isThere = (path: string | null) => path === null || existing.has(path);
  const isWhole = isThere(selection.active) && isThere(selection.anchor) && [...selection.paths].every(isThere);
  if (isWhole) return selection;
  return {
    paths: new Set([...selection.paths].filter((path) => existing.has(path))),
    active: isThere(selection.active) ? selection.active : null,
    anchor: isThere(selection.anchor) ? selection.anchor : null,
  };
}

/** Index of the next entry after `start` whose name begins with what was typed, going round; -1 when there is none. */
export function findTyped(names: readonly string[], typed: string, start: number): number {
  const wanted = typed.toLocaleLowerCase();
  for (let step = 0; step < names.length; step += 1) {
    const index = (start + step) % names.length;
    if (names[index]?.toLocaleLowerCase().startsWith(wanted)) return index;
  }
  return -1;
}
