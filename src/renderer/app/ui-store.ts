import { create } from 'zustand';
import { persist } from 'zustand/middleware';

interface UiState {
  isSidebarShown: boolean;
  isInspectorShown: boolean;
  /** Names starting with a dot, and what the file system calls hidden. */
  showHidden: boolean;
  /** In pixels. */
  sidebarWidth: number;
  /** Sections of the sidebar that are folded up. */
  foldedSections: string[];
  openPanel: 'jobs' | 'notifications' | null;
  /** Job cards that the user put away; the jobs panel still has them. */
  hiddenJobs: string[];
  toggleSidebar(): void;
  toggleInspector(): void;
  toggleHidden(): void;
  setSidebarWidth(width: number): void;
  toggleSection(section: string): void;
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
      sidebarWidth: 252,
      foldedSections: [],
      openPanel: null,
      hiddenJobs: [],
      toggleSidebar: () => set(({ isSidebarShown }) => ({ isSidebarShown: !isSidebarShown })),
      toggleInspector: () => set(({ isInspectorShown }) => ({ isInspectorShown: !isInspectorShown })),
      toggleHidden: () => set(({ showHidden }) => ({ showHidden: !showHidden })),
      setSidebarWidth: (sidebarWidth) => set({ sidebarWidth }),
      toggleSection: (section) =>
        set(({ foldedSections: folded }) => ({
          foldedSections: folded.includes(section) ? folded.filter((other) => other !== section) : [...folded, section],
        })),
      setPanel: (openPanel) => set({ openPanel }),
      hideJob: (id) => set(({ hiddenJobs }) => ({ hiddenJobs: [...hiddenJobs, id] })),
    }),
    {
      name: 'mooring-ui',
      version: 1,
      partialize: ({ isSidebarShown, isInspectorShown, showHidden, sidebarWidth, foldedSections }) => ({
        isSidebarShown,
        isInspectorShown,
        showHidden,
        sidebarWidth,
        foldedSections,
      }),
    },
  ),
);
