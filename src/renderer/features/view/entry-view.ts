import type { Entry } from '../../../shared/contract/entry.ts';
import type { SearchHit } from '../../../shared/contract/search.ts';
import type { MenuItem } from '../../components/menu-item.ts';
import type { ListPlace } from '../entry/kept-place.ts';
import type { Selection } from '../entry/selection.ts';
import type { EntryRows } from './entry-rows.ts';

export interface Sorting<Sort extends string> {
  sort: Sort;
  order: 'asc' | 'desc';
}

/** What every view of a folder is given: list, grid, columns, gallery and size map can stand in for each other. */
export interface EntryViewProps<Sort extends string = string> {
  /** What it is of, for screen readers. */
  label: string;
  /** The open folder; null where the entries are those of no single one. */
  folder: Entry | null;
  rows: EntryRows;
  /** Where it begins, and, later, where it is. */
  place: ListPlace;
  sorting: Sorting<Sort>;
  onSort: (sorting: Sorting<Sort>) => void;
  selection: Selection;
  onSelect: (selection: Selection) => void;
  onSelectAll: () => void;
  onOpen: (entry: Entry) => void;
  /** Whether folders here accept what is dropped on them. */
  canReceive: boolean;
  /** Whether the drive of an entry is not plugged in. */
  isAway: (path: string) => boolean;
  /** Where the entries were found, when they were searched for. */
  hitOf?: (path: string) => SearchHit | undefined;
  /** What opening an entry means here, as lines of its menu. */
  openingMenu?: (entry: Entry) => MenuItem[];
  /** Is told when the menu opens and closes. */
  onMenu?: (isOpen: boolean) => void;
  /** The menu of the place beside the entries. */
  folderMenu?: () => MenuItem[];
}

/** Of a view that shows no order. */
export type UnsortedViewProps = Omit<EntryViewProps, 'sorting' | 'onSort'>;
