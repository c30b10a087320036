import { create } from 'zustand';
import { paneOf } from '../workspace/workspace.ts';
import { useWorkspace } from '../workspace/workspace-store.ts';

interface Reveal {
  path: string | null;
  /** It has just been made: it will be in the list when that is read next. */
  isComing: boolean;
  /** The pane whose list has to show it. */
  paneId: string | null;
}

/** What the open folder, or the next that opens, has to show, selected: the address of an entry in it. */
export const useReveal = create<Reveal>(() => ({ path: null, isComing: false, paneId: null }));

const activePane = () => paneOf(useWorkspace.getState()).id;

/** Selects an entry in the folder that the active pane opens next. Call it before opening it. */
export const reveal = (path: string) => useReveal.setState({ path, isComing: false, paneId: activePane() });

/** Selects what was made in the folder that is open in the active pane as soon as it is listed. */
export const revealMade = (path: string) => useReveal.setState({ path, isComing: true, paneId: activePane() });
