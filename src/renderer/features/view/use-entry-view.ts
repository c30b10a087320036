import { type MouseEvent, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { Entry } from '../../../shared/contract/entry.ts';
import { MOST_SOURCES } from '../../../shared/contract/file.ts';
import type { MenuItem } from '../../components/menu-item.ts';
import { countSelected, EMPTY_SELECTION, isSelected, type SelectMode } from '../entry/selection.ts';
import { useEntryMenu } from '../entry/use-entry-menu.ts';
import { useFileClipboard } from '../file-operation/file-clipboard.ts';
import { useChosenScope } from '../file-operation/file-scope.ts';
import { useConfig } from '../settings/settings-queries.ts';
import type { UnsortedViewProps } from './entry-view.ts';
import { type Choose, useChoose } from './use-choose.ts';

/** What an entry does with the view that it is in. The same object as long as the view is. */
export interface EntryActions {
  select(path: string, mode: SelectMode): void;
  /** What is selected, gathered when it is needed, and the volumes that it lies on. */
  selected(): { paths: string[]; volumes: Set<string | null> };
  open(entry: Entry): void;
}

/** How an entry stands in its view: what its row or tile shows of that, and needs to act. */
export interface EntryState {
  isSelected: boolean;
  /** Where the keyboard is. */
  isActive: boolean;
  /** With how many others it is selected; 1 when it is not. */
  chosenCount: number;
  canReceive: boolean;
  /** One click opens it, and not two. */
  opensByClick: boolean;
  /** It was cut, and waits to be pasted elsewhere. */
  isCut: boolean;
  actions: EntryActions;
}

/** What every view of entries has in common: what it selects, opens, offers in menus and gives to commands. */
export function useEntryView(view: UnsortedViewProps): {
  choose: Choose;
  stateOf: (entry: Entry) => EntryState;
  menu: { items: () => MenuItem[]; onContextMenu: (event: MouseEvent) => void };
} {
  const { rows, selection, isAway, onOpen } = view;
  const choose = useChoose(view);
  const actions = useEntryActions(view, choose);
  const clipboard = useFileClipboard();
  const opensByClick = useConfig()?.explorer.opensBy === 'click';
  const selectedCount = countSelected(selection, rows.count);
  const cut = useMemo(() => new Set(clipboard.isCut ? clipboard.sources : []), [clipboard]);
  useChosenScope({
    entries: rows.loaded,
    paths: selection.paths,
    active: selection.active,
    count: selectedCount,
    chosen: () => selectedIn(view),
    chosenPaths: () => selectedPaths(view),
    isAway,
    onOpenActive: () => {
      const entry = selection.active === null ? undefined : rows.entryOf(selection.active);
      if (entry) onOpen(entry);
    },
    onSelectAll: view.onSelectAll,
  });
  const stateOf = ({ path }: Entry): EntryState => {
    const isChosen = isSelected(selection, path);
    return {
      isSelected: isChosen,
      isActive: selection.active === path,
      chosenCount: isChosen ? selectedCount : 1,
      canReceive: view.canReceive,
      opensByClick,
      isCut: cut.has(path),
      actions,
    };
  };
  return { choose, stateOf, menu: useViewMenu(view, actions) };
}

function useEntryActions(view: UnsortedViewProps, choose: Choose): EntryActions {
  const latest = useRef(view);
  useLayoutEffect(() => {
    latest.current = view;
  });
  return useMemo(
    () => ({
      select: choose.path,
      selected: () => {
        const { rows, selection } = latest.current;
        const seen = rows.loaded.filter(({ path }) => isSelected(selection, path));
        return { paths: selectedPaths(latest.current), volumes: new Set(seen.map(({ volumeFingerprint }) => volumeFingerprint)) };
      },
      open: (entry) => latest.current.onOpen(entry),
    }),
    [choose],
  );
}

type Selected = Pick<UnsortedViewProps, 'rows' | 'selection'>;

/** The addresses of what is selected; none where it is too much for any action. */
function selectedPaths({ rows, selection }: Selected): string[] {
  const entries = selectedIn({ rows, selection });
  if (selection.isAll) return [];
  return entries.length === selection.paths.size ? entries.map(({ path }) => path) : [...selection.paths];
}

/** What is selected, in the order of the list, unless some of that is not known; a range is in order already. */
export function selectedIn({ rows, selection }: Selected): Entry[] {
  // Of so many, nobody could look at each.
  if (selection.isAll || selection.paths.size > MOST_SOURCES) return [];
  const entries = [...selection.paths].flatMap((path) => rows.entryOf(path) ?? []);
  const indexes = new Map(entries.map(({ path }) => [path, rows.indexOf(path)]));
  const indexOf = ({ path }: Entry) => indexes.get(path) ?? -1;
  return entries.every((entry) => indexOf(entry) >= 0) ? entries.sort((a, b) => indexOf(a) - indexOf(b)) : entries;
}

/** One menu for all entries: of the one that was pointed at, or, opened by the keyboard, of the active one. */
function useViewMenu(view: UnsortedViewProps, actions: EntryActions) {
  const { rows, selection, openingMenu, folderMenu, onSelect } = view;
  const [path, setPath] = useState<string | null>(null);
  const entry = path === null ? undefined : rows.entryOf(path);
  const entryItems = useEntryMenu(entry, actions.open, entry && openingMenu?.(entry));
  const onContextMenu = (event: MouseEvent) => {
    // Of the menu itself, which React counts as being in the view.
    if (event.target instanceof Node && !event.currentTarget.contains(event.target)) return event.preventDefault();
    const element = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-path]') : null;
    const target = element?.dataset.path ?? (event.button === 0 ? selection.active : null);
    setPath(target);
    if (target === null) {
      if (!folderMenu) event.preventDefault();
      onSelect(EMPTY_SELECTION);
    } else if (!isSelected(selection, target)) actions.select(target, 'single');
  };
  return { items: entry ? entryItems : (folderMenu ?? noItems), onContextMenu };
}

const noItems = (): MenuItem[] => [];
