import { create } from 'zustand';
import { persist } from 'zustand/middleware';

interface UiState {
  isSidebarShown: boolean;
  isInspectorShown: boolean;
  /** Names starting with a dot, and what the file system calls hidden. */
  showHidden: boolean;
  openPanel: 'jobs' | 'notifications' | null;
  /** Job cards that the user put away; the jobs panel still has them. */
  hiddenJobs: string[];
  toggleSidebar(): void;
  toggleInspector(): void;
  toggleHidden(): void;
  setPanel(panel: UiState['openPanel']): void;
  hideJob(id: string): void;
}

/** What is on screen and nobody else's business. */
export const useUi = create<UiState>()(
  persist(
    (set) => ({
      isSidebarShown: true,
      isInspectorShown: false,
      showHidden: false,
      openPanel: null,
      hiddenJobs: [],
      toggleSidebar: () => set(({ isSidebarShown }) => ({ isSidebarShown: !isSidebarShown })),
      toggleInspector: () => set(({ isInspectorShown }) => ({ isInspectorShown: !isInspectorShown })),
      toggleHidden: () => set(({ showHidden }) => ({ showHidden: !showHidden })),
      setPanel: (openPanel) => set({ openPanel }),
      hideJob: (id) => set(({ hiddenJobs }) => ({ hiddenJobs: [...hiddenJobs, id] })),
    }),
    {
      name: 'mooring-ui',
      version: 1,
      partialize: ({ isSidebarShown, isInspectorShown, showHidden }) => ({ isSidebarShown, isInspectorShown, showHidden }),
    },
  ),
);
