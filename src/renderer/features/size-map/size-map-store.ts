import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import type { ColorBy } from './size-colors.ts';

/** What stands in the table beside the map. */
export type TableOf = 'folder' | 'files';

interface SizeMapState {
  colorBy: ColorBy;
  tableOf: TableOf;
}

/** How the user likes the size map to be. */
export const useSizeMap = create<SizeMapState>()(
  persist((): SizeMapState => ({ colorBy: 'kind', tableOf: 'folder' }), { name: 'mooring-size-map', version: 1 }),
);
