import { create } from 'zustand';

/** Marks a drag as ours. Its data cannot be read before the drop, so what is dragged is kept in the store. */
export const DRAG_TYPE = 'application/x-mooring-entries';

interface DragState {
  /** SdPaths of the entries that are being dragged; empty when nothing is. */
  sources: string[];
  start(sources: string[]): void;
  end(): void;
}

export const useDrag = create<DragState>((set) => ({
  sources: [],
  start: (sources) => set({ sources }),
  end: () => set({ sources: [] }),
}));
