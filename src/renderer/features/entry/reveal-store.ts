import { create } from 'zustand';

/** What the next folder that opens has to show, selected: the address of an entry in it. Whoever opens the folder sets it first. */
export const useReveal = create<{ path: string | null }>(() => ({ path: null }));
