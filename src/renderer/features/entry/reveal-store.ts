import { create } from 'zustand';
import { paneOf } from '../workspace/workspace.ts';
import { useWorkspace } from '../workspace/workspace-store.ts';

interface Reveal {
  /** The first is brought into sight; empty when there is nothing to show. */
  paths: readonly string[];
  /** They have just been made: they will be in the list when that is read next. */
  isComing: boolean;
  /** The pane whose list has to show it. */
  paneId: string | null;
}

export const NOTHING_TO_REVEAL = { paths: [], isComing: false };

/** What the open folder, or the next that opens, has to show, selected: the addresses of entries in it. */
export const useReveal = create<Reveal>(() => ({ ...NOTHING_TO_REVEAL, paneId: null }));

const activePane = () => paneOf(useWorkspace.getState()).id;

/** Selects an entry in the folder that the active pane opens next. Call it before opening it. */
export const reveal = (path: string) => useReveal.setState({ paths: [path], isComing: false, paneId: activePane() });

/** Selects what was made in the folder that is open in the active pane as soon as it is listed. */
export const revealMade = (...paths: string[]) => useReveal.setState({ paths, isComing: true, paneId: activePane() });
