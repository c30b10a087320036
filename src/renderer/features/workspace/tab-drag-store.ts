import { create } from 'zustand';

/** Marks a drag as one of a tab. Its data cannot be read before the drop, so which one it is stands in the store. */
export const TAB_DRAG_TYPE = 'application/x-mooring-tab';

/** The tab that is being dragged. */
export const useTabDrag = create<{ tabId: string | null }>(() => ({ tabId: null }));
