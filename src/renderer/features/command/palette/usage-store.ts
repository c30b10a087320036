import { create } from 'zustand';
import { persist } from 'zustand/middleware';

/** More than these nobody remembers having used. */
const MOST_REMEMBERED = 60;

interface UsageState {
  /** What was chosen in the palette, the newest first, by the keys of its items. */
  recent: readonly string[];
  note(key: string): void;
}

/** What is used again and again comes first in the palette. */
export const useUsage = create<UsageState>()(
  persist(
    (set) => ({
      recent: [],
      note: (key) => set(({ recent }) => ({ recent: [key, ...recent.filter((other) => other !== key)].slice(0, MOST_REMEMBERED) })),
    }),
    { name: 'mooring-palette', version: 1, partialize: ({ recent }) => ({ recent }) },
  ),
);
