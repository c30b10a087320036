import { create } from 'zustand';
import type { DropOperation } from './drop-operation.ts';

/** Marks a drag as ours. Its data cannot be read before the drop, so what is dragged is kept in the store. */
export const DRAG_TYPE = 'application/x-mooring-entries';

/** Where files land. */
export interface DropFolder {
  /** An SdPath. */
  folder: string;
  /** For what the user is told about it. */
  name: string;
  /** The volume that it lies on; null where that is not known. */
  fingerprint: string | null;
}

interface DragState {
  /** Addresses of what is being dragged out of a list; empty when nothing is. */
  sources: string[];
  /** Fingerprints of the volumes that they lie on. */
  volumes: ReadonlySet<string | null>;
  /** The folder that the drag hangs over, and what dropping would do. `id` is that of the element. */
  over: { id: string; folder: string; name: string; operation: DropOperation } | null;
  /** Where files of another program were dropped: their paths are on their way from preload. */
  landing: (DropFolder & { operation: DropOperation }) | null;
  start(dragged: { paths: string[]; volumes: ReadonlySet<string | null> }): void;
  end(): void;
}

const NOTHING = { sources: [], volumes: new Set<string | null>(), over: null };

export const useDrag = create<DragState>((set) => ({
  ...NOTHING,
  landing: null,
  start: ({ paths, volumes }) => set({ sources: paths, volumes }),
  end: () => set(NOTHING),
}));
