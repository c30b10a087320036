/** @file How each folder was looked at last. Pure, so that what is remembered and forgotten can be tested. */
import type { EntrySort } from '../../../shared/contract/entry.ts';
import { type ShownColumn, USUAL_COLUMNS } from './folder-columns.tsx';

export const VIEW_KINDS = ['list', 'grid', 'columns', 'gallery', 'sizes'] as const;
export type ViewKind = (typeof VIEW_KINDS)[number];

export interface FolderView {
  kind: ViewKind;
  sort: EntrySort;
  order: 'asc' | 'desc';
  columns: readonly ShownColumn[];
  /** Width of the tiles of a grid, in pixels. */
  tileSize: number;
}

export interface ViewMemory {
  /** Of folders that nobody has looked at otherwise. */
  usual: FolderView;
  /** By address; what differs from the usual view. The one that was changed last is the last. */
  folders: readonly (readonly [address: string, view: Partial<FolderView>])[];
  /** Where one goes from column to column: of a volume or location, as long as one goes about in it, whatever its folders were looked at before. */
  columns: readonly string[];
}

/** So many folders are remembered; of more, those are forgotten that were changed longest ago. */
const MOST_FOLDERS = 1000;
const MOST_PLACES = 200;

export const LEAST_TILE = 88;
export const MOST_TILE = 264;

export const USUAL_VIEW: FolderView = { kind: 'list', sort: 'name', order: 'asc', columns: USUAL_COLUMNS, tileSize: 132 };

export const NO_MEMORY: ViewMemory = { usual: USUAL_VIEW, folders: [], columns: [] };

/** @param root of the volume or location that the folder is seen in */
export function viewOf({ usual, folders, columns }: ViewMemory, address: string, root: string): FolderView {
  const own = folders.findLast(([known]) => known === address)?.[1];
  const view = own ? { ...usual, ...own } : usual;
  return columns.includes(root) ? { ...view, kind: 'columns' } : view;
}

/** Changes how one folder is looked at, and no other: but for columns, which are of all folders on the way. */
export function withView(memory: ViewMemory, address: string, root: string, change: Partial<FolderView>): ViewMemory {
  const { kind, ...rest } = change;
  const columns = kind === undefined ? memory.columns : memory.columns.filter((place) => place !== root);
  if (kind !== 'columns') return withOwnView({ ...memory, columns }, address, change);
  const among = { ...memory, columns: [...columns, root].slice(-MOST_PLACES) };
  return Object.keys(rest).length === 0 ? among : withOwnView(among, address, rest);
}

function withOwnView(memory: ViewMemory, address: string, change: Partial<FolderView>): ViewMemory {
  const { folders } = memory;
  const own = folders.findLast(([known]) => known === address)?.[1];
  const others = folders.filter(([known]) => known !== address);
  return { ...memory, folders: [...others, [address, { ...own, ...change }] as const].slice(-MOST_FOLDERS) };
}

/** Has all folders looked at as this one is. */
export function forAllFolders(memory: ViewMemory, address: string, root: string): ViewMemory {
  return { usual: viewOf(memory, address, root), folders: [], columns: [] };
}

/** The usual view again, for this folder. */
export function withoutView(memory: ViewMemory, address: string, root: string): ViewMemory {
  return {
    ...memory,
    columns: memory.columns.filter((place) => place !== root),
    folders: memory.folders.filter(([known]) => known !== address),
  };
}
