import { type ReactNode, useMemo, useRef } from 'react';
import type { EntrySort } from '../../../shared/contract/entry.ts';
import { useElementSize } from '../../lib/use-element-size.ts';
import type { BrowserPlace } from '../entry/browser-place.ts';
import { SizeMap } from '../size-map/SizeMap.tsx';
import { ColumnsView } from './ColumnsView.tsx';
import type { EntryViewProps } from './entry-view.ts';
import { fittingColumns, folderLayout, widthOf } from './folder-columns.tsx';
import { GalleryView } from './GalleryView.tsx';
import { GridView } from './GridView.tsx';
import { ListView } from './ListView.tsx';
import { useColumnTools } from './use-column-tools.ts';
import type { ViewControls } from './view-store.ts';

interface FolderContentsProps extends Omit<EntryViewProps<EntrySort>, 'onSort'> {
  /** Address of the open folder, also while it is being read. */
  path: string;
  /** The one that its drive does not change by coming or going. */
  lasting: string;
  browserPlace: BrowserPlace;
  controls: ViewControls;
  onSort: (sorting: { sort: EntrySort; order: 'asc' | 'desc' }) => void;
  isRead: boolean;
  /** In place of entries that there are none of. */
  empty: ReactNode;
}

/** What is in a folder, as somebody wants to look at it. */
export function FolderContents(props: FolderContentsProps) {
  const { controls, path, lasting, browserPlace, isRead, empty, rows, ...view } = props;
  const { kind, tileSize } = controls.view;
  const shared = { ...view, rows };
  // The folders above have something to show also when this one has not.
  if (kind === 'columns') return <ColumnsView {...shared} {...{ path, lasting, browserPlace, isRead, empty }} />;
  if (kind === 'sizes') return <SizeMap {...shared} folder={{ path }} />;
  if (isRead && rows.count === 0) return empty;
  if (kind === 'grid') return <GridView key={lasting} {...shared} tileSize={tileSize} />;
  if (kind === 'gallery') return <GalleryView key={lasting} {...shared} />;
  return <FolderList {...shared} lasting={lasting} controls={controls} />;
}

function FolderList({ lasting, controls, ...view }: EntryViewProps<EntrySort> & Pick<FolderContentsProps, 'lasting' | 'controls'>) {
  const frame = useRef<HTMLDivElement>(null);
  const { width } = useElementSize(frame);
  const { columns } = controls.view;
  const { layout, leastWidth } = useMemo(() => {
    const shown = width === 0 ? columns : fittingColumns(columns, width);
    return { layout: folderLayout(shown), leastWidth: widthOf(shown) };
  }, [columns, width]);
  const tools = useColumnTools(controls, view.sorting);
  return (
    <div ref={frame} className="h-full">
      <ListView key={lasting} {...view} layout={layout} columnTools={tools} {...(leastWidth > width && width > 0 ? { leastWidth } : {})} />
    </div>
  );
}
