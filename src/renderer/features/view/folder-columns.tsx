import type { EntrySort } from '../../../shared/contract/entry.ts';
import { Name } from '../../components/Name.tsx';
import { type EntryColumn, type EntryLayout, kindOf, sizeOf, timeOf, UNKNOWN } from '../entry/entry-layout.ts';
import { formatMode } from './format-mode.ts';

/** A column that a list of a folder can show beside the name. */
export type FolderColumn = 'size' | 'items' | 'modified' | 'created' | 'kind' | 'extension' | 'permissions' | 'link';

export interface ShownColumn {
  name: FolderColumn;
  /** Pixels. */
  width: number;
}

interface ColumnKind extends EntryColumn<EntrySort> {
  name: FolderColumn;
  usualWidth: number;
}

/** All there are, in the order in which they are offered. */
export const FOLDER_COLUMNS: readonly ColumnKind[] = [
  { name: 'size', sort: 'size', isRight: true, usualWidth: 92, content: sizeOf },
  {
    name: 'items',
    sort: 'items',
    isRight: true,
    usualWidth: 80,
    content: ({ entry }, { format }) =>
      entry.kind !== 'folder' ? '' : entry.childCount === null ? UNKNOWN : format.count(entry.childCount),
  },
  { name: 'modified', sort: 'modified', usualWidth: 160, content: ({ entry }, tools) => timeOf(entry.modifiedAt, tools) },
  { name: 'created', sort: 'created', usualWidth: 160, content: ({ entry }, tools) => timeOf(entry.createdAt, tools) },
  { name: 'kind', sort: 'kind', usualWidth: 132, content: kindOf },
  {
    name: 'extension',
    sort: 'kind',
    usualWidth: 88,
    content: ({ entry }) => (entry.extension === null ? '' : <Name>{entry.extension}</Name>),
  },
  {
    name: 'permissions',
    sort: 'permissions',
    usualWidth: 104,
    content: ({ entry }) => (entry.mode === null ? UNKNOWN : formatMode(entry)),
  },
  {
    name: 'link',
    sort: 'link',
    usualWidth: 180,
    content: ({ entry }) => (entry.linkTarget === null ? '' : <Name className="truncate">{entry.linkTarget}</Name>),
  },
];

export const LEAST_WIDTH = 56;
export const MOST_WIDTH = 600;
/** The name has at least so much room. */
export const NAME_WIDTH = 200;
const GAP = 16;
/** Beside the columns, within a row and around it. */
const PADDING = 56;

/** What a list shows while nobody has chosen otherwise. */
export const USUAL_COLUMNS: readonly ShownColumn[] = (['size', 'modified', 'kind'] as const).map((name) => shown(name));

export function columnKind(name: FolderColumn): ColumnKind | undefined {
  return FOLDER_COLUMNS.find((column) => column.name === name);
}

function shown(name: FolderColumn): ShownColumn {
  return { name, width: columnKind(name)?.usualWidth ?? LEAST_WIDTH };
}

/** Puts a column at the end, or takes it away. */
export function toggleColumn(columns: readonly ShownColumn[], name: FolderColumn): readonly ShownColumn[] {
  const others = columns.filter((column) => column.name !== name);
  return others.length < columns.length ? others : [...columns, shown(name)];
}

/** Moves a column by so many places to the right, or to the left. */
export function moveColumn(columns: readonly ShownColumn[], name: FolderColumn, by: number): readonly ShownColumn[] {
  const from = columns.findIndex((column) => column.name === name);
  const moved = columns[from];
  if (!moved) return columns;
  const others = columns.filter((column) => column !== moved);
  return others.toSpliced(Math.min(Math.max(from + by, 0), others.length), 0, moved);
}

export function resizeColumn(columns: readonly ShownColumn[], name: FolderColumn, width: number): readonly ShownColumn[] {
  const wanted = Math.round(Math.min(Math.max(width, LEAST_WIDTH), MOST_WIDTH));
  return columns.map((column) => (column.name === name ? { ...column, width: wanted } : column));
}

/** So wide a list is when its name has the least room, in pixels. */
export function widthOf(columns: readonly ShownColumn[]): number {
  return columns.reduce((sum, { width }) => sum + width + GAP, NAME_WIDTH + PADDING);
}

/** The columns that there is room for: those on the right go first. What somebody has chosen stays, and the list is scrolled sideways. */
export function fittingColumns(columns: readonly ShownColumn[], available: number): readonly ShownColumn[] {
  if (!isUsual(columns)) return columns;
  let fitting = columns;
  while (fitting.length > 1 && widthOf(fitting) > available) fitting = fitting.slice(0, -1);
  return fitting;
}

/** Also after they have been written down and read again. */
function isUsual(columns: readonly ShownColumn[]): boolean {
  return columns === USUAL_COLUMNS || JSON.stringify(columns) === JSON.stringify(USUAL_COLUMNS);
}

export function folderLayout(columns: readonly ShownColumn[]): EntryLayout<EntrySort> {
  return {
    grid: 'grid items-center gap-x-4',
    template: [`minmax(${NAME_WIDTH}px,1fr)`, ...columns.map(({ width }) => `${width}px`)].join(' '),
    nameSort: 'name',
    columns: columns.flatMap(({ name }) => columnKind(name) ?? []),
  };
}
