import { create } from 'zustand';

interface Reveal {
  path: string | null;
  /** It has just been made: it will be in the list when that is read next. */
  isComing: boolean;
}

/** What the open folder, or the next that opens, has to show, selected: the address of an entry in it. Whoever opens the folder sets it first. */
export const useReveal = create<Reveal>(() => ({ path: null, isComing: false }));

/** Selects what was made in the open folder as soon as it is listed. */
export const revealMade = (path: string) => useReveal.setState({ path, isComing: true });
