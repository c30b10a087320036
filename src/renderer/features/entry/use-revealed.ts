import { type Dispatch, type SetStateAction, useEffect } from 'react';
import type { EntryRows } from '../view/entry-rows.ts';
import { usePaneId } from '../workspace/workspace-store.ts';
import { NOTHING_TO_REVEAL, useReveal } from './reveal-store.ts';
import { EMPTY_SELECTION, type Selection, select } from './selection.ts';

interface RevealingList {
  /** The folder that is listed. */
  folder: string;
  rows: EntryRows;
  /** What is there is what was read last, and it is this folder's. */
  isRead: boolean;
  onSelect: Dispatch<SetStateAction<Selection>>;
}

/** Selects what is to be shown of a folder, however far down its list it is. */
export function useRevealed({ folder, rows, isRead, onSelect }: RevealingList): void {
  const paneId = usePaneId();
  const { paths, isComing, paneId: toldTo } = useReveal();
  const wanted = toldTo === paneId ? paths : NOTHING_TO_REVEAL.paths;
  useEffect(() => {
    const [first] = wanted;
    if (first === undefined || !isRead) return;
    let isCurrent = true;
    rows.locate(first).then((index) => {
      if (!isCurrent) return;
      if (index >= 0) onSelect({ ...select(EMPTY_SELECTION, [], first, 'single'), paths: new Set(wanted) });
      if (index >= 0 || !isComing) useReveal.setState(NOTHING_TO_REVEAL);
    }, ignoreUnread);
    return () => {
      isCurrent = false;
    };
  }, [wanted, isComing, rows, isRead, onSelect]);
  // What never came, since it is hidden, is not waited for in other folders.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the folder is what it depends on.
  useEffect(() => () => useReveal.setState((told) => (told.isComing && told.paneId === paneId ? NOTHING_TO_REVEAL : told)), [folder]);
}

/** The list itself says what could not be read. */
const ignoreUnread = () => undefined;
