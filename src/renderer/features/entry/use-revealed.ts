import { type Dispatch, type SetStateAction, useEffect } from 'react';
import type { EntryRows } from '../view/entry-rows.ts';
import { usePaneId } from '../workspace/workspace-store.ts';
import { useReveal } from './reveal-store.ts';
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
  const { path, isComing, paneId: toldTo } = useReveal();
  const wanted = toldTo === paneId ? path : null;
  useEffect(() => {
    if (wanted === null || !isRead) return;
    let isCurrent = true;
    rows.locate(wanted).then((index) => {
      if (!isCurrent) return;
      if (index >= 0) onSelect(select(EMPTY_SELECTION, [], wanted, 'single'));
      if (index >= 0 || !isComing) useReveal.setState({ path: null, isComing: false });
    }, ignoreUnread);
    return () => {
      isCurrent = false;
    };
  }, [wanted, isComing, rows, isRead, onSelect]);
  // What never came, since it is hidden, is not waited for in other folders.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the folder is what it depends on.
  useEffect(
    () => () => useReveal.setState((told) => (told.isComing && told.paneId === paneId ? { path: null, isComing: false } : told)),
    [folder],
  );
}

/** The list itself says what could not be read. */
const ignoreUnread = () => undefined;
