import { create } from 'zustand';

/** Marks a drag as one of a favourite. Its data cannot be read before the drop, so which one it is stands in the store. */
export const FAVOURITE_DRAG_TYPE = 'application/x-mooring-favourite';

/** The favourite that is being dragged. */
export const useFavouriteDrag = create<{ address: string | null }>(() => ({ address: null }));
