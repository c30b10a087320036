import { joinPath, pathBelow } from '../../lib/entry-path.ts';

/** What is selected in a list of entries, by path; pure, so that every way of selecting can be tested. */
export interface Selection {
  /** Paths of the selected entries; with `isAll`, of those that are not. */
  paths: ReadonlySet<string>;
  /** All entries of the list are selected, but for `paths`: of a list that is too long to be loaded. */
  isAll: boolean;
  /** Where the keyboard is. */
  active: string | null;
  /** Where a range began. */
  anchor: string | null;
}

export const EMPTY_SELECTION: Selection = { paths: new Set(), isAll: false, active: null, anchor: null };

export type SelectMode = 'single' | 'toggle' | 'range' | 'focus';

export const isSelected = ({ paths, isAll }: Selection, path: string): boolean => paths.has(path) !== isAll;

/** @param total how many entries the list has */
export const countSelected = ({ paths, isAll }: Selection, total: number): number => (isAll ? total - paths.size : paths.size);

/**
 * Selects `path` alone, toggles it, extends the range from the anchor to it, or only moves the keyboard to it.
 * @param order the entries of the list, at least those from the anchor to the path
 */
export function select(selection: Selection, order: readonly string[], path: string, mode: SelectMode): Selection {
  if (mode === 'focus') return { ...selection, active: path, anchor: path };
  if (mode === 'toggle') {
    const paths = new Set(selection.paths);
    if (!paths.delete(path)) paths.add(path);
    return { ...selection, paths, active: path, anchor: path };
  }
  if (mode === 'range' && selection.anchor !== null) {
    const from = order.indexOf(selection.anchor);
    const to = order.indexOf(path);
    if (from >= 0 && to >= 0) {
      const paths = new Set(order.slice(Math.min(from, to), Math.max(from, to) + 1));
      return { paths, isAll: false, active: path, anchor: selection.anchor };
    }
  }
  return { paths: new Set([path]), isAll: false, active: path, anchor: path };
}

/** Everything that is not selected, where the list is too long to name it. */
export const invert = (selection: Selection): Selection => ({ ...selection, isAll: !selection.isAll });

/** Without entries that are gone; the same object when none of them matters. */
export function withoutGone(selection: Selection, gone: readonly string[]): Selection {
  const isGone = new Set(gone);
  const { paths, active, anchor } = selection;
  const left = (path: string | null) => (path !== null && isGone.has(path) ? null : path);
  const isWhole = left(active) === active && left(anchor) === anchor && gone.every((path) => !paths.has(path));
  if (isWhole) return selection;
  return { ...selection, paths: new Set([...paths].filter((path) => !isGone.has(path))), active: left(active), anchor: left(anchor) };
}

/** The same entries where the folder that they lie in has another address. What lies elsewhere stays as it is. */
export function movedTo(selection: Selection, from: string, to: string): Selection {
  const moved = (path: string) => {
    const below = pathBelow(from, path);
    return below === null ? path : joinPath(to, below);
  };
  const { paths, isAll, active, anchor } = selection;
  const there = (path: string | null) => (path === null ? null : moved(path));
  return { paths: new Set([...paths].map(moved)), isAll, active: there(active), anchor: there(anchor) };
}

/** All that a selection names, selected or not. */
export function namedBy({ paths, active, anchor }: Selection): ReadonlySet<string> {
  return new Set([...paths, ...[active, anchor].filter((path) => path !== null)]);
}
