import {
  ArrowDownAZ,
  ArrowLeftToLine,
  ArrowRightToLine,
  ArrowUpAZ,
  ChevronsLeftRight,
  ChevronsRightLeft,
  EyeOff,
  RotateCcw,
} from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { EntrySort } from '../../../shared/contract/entry.ts';
import type { MenuItem } from '../../components/menu-item.ts';
import type { Sorting } from './entry-view.ts';
import {
  columnKind,
  FOLDER_COLUMNS,
  type FolderColumn,
  moveColumn,
  resizeColumn,
  type ShownColumn,
  toggleColumn,
  USUAL_COLUMNS,
} from './folder-columns.tsx';
import type { ColumnTools } from './ListHeading.tsx';
import type { ViewControls } from './view-store.ts';

/** Pixels that a column is made wider by the menu. */
const STEP = 24;

/** What can be done to the columns of a folder's list, with the mouse and by the menu of each heading. */
export function useColumnTools({ view, change }: ViewControls, sorting: Sorting<EntrySort>): ColumnTools {
  const { t } = useTranslation();
  const { columns } = view;
  return useMemo(() => {
    const set = (next: readonly ShownColumn[]) => change({ columns: next });
    const widthOf = (name: string) => columns.find((column) => column.name === name)?.width ?? 0;
    const placeOf = (name: string) => columns.findIndex((column) => column.name === name);
    const ofColumn = (name: FolderColumn): MenuItem[] => [
      {
        label: t('view.moveLeft'),
        icon: ArrowLeftToLine,
        isDisabled: placeOf(name) === 0,
        onSelect: () => set(moveColumn(columns, name, -1)),
      },
      {
        label: t('view.moveRight'),
        icon: ArrowRightToLine,
        isDisabled: placeOf(name) === columns.length - 1,
        onSelect: () => set(moveColumn(columns, name, 1)),
      },
      { label: t('view.wider'), icon: ChevronsLeftRight, onSelect: () => set(resizeColumn(columns, name, widthOf(name) + STEP)) },
      { label: t('view.narrower'), icon: ChevronsRightLeft, onSelect: () => set(resizeColumn(columns, name, widthOf(name) - STEP)) },
      { label: t('view.hideColumn'), icon: EyeOff, onSelect: () => set(toggleColumn(columns, name)) },
      'separator',
    ];
    const sortItems = (sort: EntrySort): MenuItem[] =>
      (['asc', 'desc'] as const).map((order) => ({
        label: t(order === 'asc' ? 'view.ascending' : 'view.descending'),
        icon: order === 'asc' ? ArrowDownAZ : ArrowUpAZ,
        isChecked: sorting.sort === sort && sorting.order === order,
        onSelect: () => change({ sort, order }),
      }));
    return {
      widthOf,
      resize: (name, width) => isFolderColumn(name) && set(resizeColumn(columns, name, width)),
      reset: (name) => isFolderColumn(name) && set(resizeColumn(columns, name, columnKind(name)?.usualWidth ?? 0)),
      move: (name, before) => {
        if (!isFolderColumn(name) || name === before) return;
        const to = before === null ? columns.length : before === 'name' ? 0 : placeOf(before);
        set(moveColumn(columns, name, to - placeOf(name)));
      },
      menu: (name) => {
        const column = FOLDER_COLUMNS.find((candidate) => candidate.name === name);
        const sort = name === null ? 'name' : (column?.sort ?? null);
        return [
          ...(sort === null ? [] : [...sortItems(sort), 'separator' as const]),
          ...(column ? ofColumn(column.name) : []),
          ...FOLDER_COLUMNS.map((offered) => ({
            label: t(`column.${offered.name}`),
            isChecked: placeOf(offered.name) >= 0,
            onSelect: () => set(toggleColumn(columns, offered.name)),
          })),
          'separator',
          { label: t('view.usualColumns'), icon: RotateCcw, onSelect: () => set(USUAL_COLUMNS) },
        ];
      },
    };
  }, [columns, change, sorting.sort, sorting.order, t]);
}

const isFolderColumn = (name: string): name is FolderColumn => FOLDER_COLUMNS.some((column) => column.name === name);
