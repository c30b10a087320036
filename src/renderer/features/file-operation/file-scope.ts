import { type Dispatch, type SetStateAction, useLayoutEffect, useMemo, useRef } from 'react';
import { create } from 'zustand';
import type { Entry } from '../../../shared/contract/entry.ts';
import type { Route } from '../../lib/route.ts';
import type { Selection } from '../entry/selection.ts';
import type { EntryRows } from '../view/entry-rows.ts';
import type { ViewControls } from '../view/view-store.ts';
import { otherPane, paneOf } from '../workspace/workspace.ts';
import { usePaneId, useWorkspace } from '../workspace/workspace-store.ts';
import type { DropFolder } from './drag-store.ts';

/** What is chosen, as it changes: for what shows it. */
export interface ChosenEntries {
  /** As far as they are loaded. */
  entries: readonly Entry[];
  /** Of all, loaded or not. */
  count: number;
  /** The one that the keyboard is on; null when it is not chosen. */
  active: Entry | null;
}

const NOTHING_CHOSEN: ChosenEntries = { entries: [], count: 0, active: null };

/** An open folder, as views of it show it. */
export interface OpenView {
  controls: ViewControls;
  rows: EntryRows;
  select: Dispatch<SetStateAction<Selection>>;
  /** Selects everything that is not selected. */
  invert(): void;
}

/** What commands are about: the list of files in the active pane. Menus, keys and the system's menu bar ask it when they are used. */
interface FileScope {
  /** Of the list; empty where none is, and of too many to be looked at one by one. */
  chosen(): Entry[];
  /** Addresses of all that is chosen; empty where that is too much for any action. */
  chosenPaths(): string[];
  selection: ChosenEntries;
  /** All names in the folder, as far as they are loaded: new names keep clear of them. */
  names(): string[];
  /** Whether the drive of something chosen is not plugged in. */
  isAway(): boolean;
  /** Opens what the keyboard is on. */
  open(): void;
  /** Chooses all of the list. */
  selectAll(): void;
  /** The folder that is open, while it can be written to. */
  folder(): DropFolder | null;
  /** Where a folder of the list leads, by its address. */
  routeTo: ((folder: string) => Route) | null;
  /** Makes the path of the list a text to be written; null where there is none. */
  editPath: (() => void) | null;
  /** Goes to what holds the open folder; null where nothing does. */
  up: (() => void) | null;
  /** How the open folder is looked at; null where none is open. */
  view: OpenView | null;
}

const NOTHING: FileScope = {
  chosen: () => [],
  chosenPaths: () => [],
  selection: NOTHING_CHOSEN,
  names: () => [],
  isAway: () => false,
  open: () => undefined,
  selectAll: () => undefined,
  folder: () => null,
  routeTo: null,
  editPath: null,
  up: null,
  view: null,
};

/** Of each pane, by its id: what of a scope is there. */
const useScopes = create<Readonly<Record<string, Partial<FileScope>>>>(() => ({}));

export const useFileScope = create<FileScope>(() => NOTHING);

const followActivePane = () => useFileScope.setState({ ...NOTHING, ...useScopes.getState()[paneOf(useWorkspace.getState()).id] });
useScopes.subscribe(followActivePane);
useWorkspace.subscribe((now, before) => now.paneId !== before.paneId && followActivePane());

/** What commands would be about in the other pane; null while there is one pane. */
export function scopeBeside(): FileScope | null {
  const other = otherPane(useWorkspace.getState());
  return other && { ...NOTHING, ...useScopes.getState()[other.id] };
}

/** Where the chosen folders lead. */
export function chosenRoutes(): Route[] {
  const { chosen, routeTo } = useFileScope.getState();
  return routeTo === null ? [] : chosen().flatMap(({ kind, path }) => (kind === 'folder' ? [routeTo(path)] : []));
}

/** While the component is there, `part` is what commands are about while its pane is the active one. */
function useScopePart(part: () => Partial<FileScope>, of: readonly unknown[] = []): void {
  const paneId = usePaneId();
  // Together with what is on screen: a key that follows at once is about that.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the caller says what the part is made of.
  useLayoutEffect(() => {
    const own = part();
    const names = Object.keys(own) as (keyof FileScope)[];
    useScopes.setState(({ [paneId]: scope }) => ({ [paneId]: { ...scope, ...own } }));
    return () =>
      useScopes.setState(({ [paneId]: scope = {} }) => {
        // Another list may have come in its place meanwhile.
        const others = Object.entries(scope).filter(([name, value]) => !names.some((mine) => mine === name && own[mine] === value));
        return { [paneId]: Object.fromEntries(others) };
      });
  }, [paneId, ...of]);
}

/** A list on screen, as commands see it. */
interface ChosenList {
  entries: readonly Entry[];
  paths: ReadonlySet<string>;
  /** Where the keyboard is. */
  active?: string | null;
  /** What is chosen, where that is more than what is loaded; left out: those of `entries`. */
  chosen?: () => Entry[];
  chosenPaths?: () => string[];
  /** How many are chosen, where they are too many to be named. */
  count?: number;
  isAway(path: string): boolean;
  onOpenActive(): void;
  onSelectAll(): void;
}

const chosenOf = ({ entries, paths, chosen }: ChosenList): Entry[] => chosen?.() ?? entries.filter(({ path }) => paths.has(path));

/** While the component is there, what is chosen in its list is what commands are about. */
export function useChosenScope(list: ChosenList): void {
  const latest = useRef(list);
  useLayoutEffect(() => {
    latest.current = list;
  });
  useScopePart(() => ({
    chosen: () => chosenOf(latest.current),
    chosenPaths: () => latest.current.chosenPaths?.() ?? chosenOf(latest.current).map(({ path }) => path),
    names: () => latest.current.entries.map((entry) => entry.name),
    isAway: () => [...latest.current.paths].some((path) => latest.current.isAway(path)),
    open: () => latest.current.onOpenActive(),
    selectAll: () => latest.current.onSelectAll(),
  }));
  const { entries, paths, active = null, count = paths.size } = list;
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is chosen is made of these.
  const selection = useMemo(() => {
    const chosen = chosenOf(list);
    const current = chosen.find(({ path }) => path === active) ?? null;
    return { entries: chosen, count, active: current ?? (chosen.length === 1 ? (chosen[0] ?? null) : null) };
  }, [entries, paths, active, count]);
  useScopePart(() => ({ selection }), [selection]);
}

/** While the component is there, its folder is where things are pasted and made. */
export function useFolderScope(folder: DropFolder | null): void {
  const latest = useRef(folder);
  useLayoutEffect(() => {
    latest.current = folder;
  });
  useScopePart(() => ({ folder: () => latest.current }));
}

/** While the component is there, this is where the folders of its list lead. */
export function useRouteScope(routeTo: (folder: string) => Route): void {
  useScopePart(() => ({ routeTo }), [routeTo]);
}

/** While the component is there, this makes its path a text to be written. */
export function usePathScope(editPath: () => void): void {
  useScopePart(() => ({ editPath }), [editPath]);
}

/** While the component is there, this is what going up means. @param isTop it means nothing: there is nothing above */
export function useUpScope(up: () => void, isTop = false): void {
  useScopePart(() => ({ up: isTop ? null : up }), [up, isTop]);
}

/** While the component is there, this is how the open folder is looked at. */
export function useViewScope(view: OpenView): void {
  const { controls, rows } = view;
  const latest = useRef(view);
  useLayoutEffect(() => {
    latest.current = view;
  });
  useScopePart(() => ({ view: { controls, rows, select: view.select, invert: () => latest.current.invert() } }), [controls, rows]);
}
