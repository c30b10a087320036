import { type KeyboardEvent, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Entry } from '../../../shared/contract/entry.ts';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { stepsBelow } from '../../lib/entry-path.ts';
import { ListSkeleton } from '../entry/ListSkeleton.tsx';
import { EMPTY_SELECTION, type Selection } from '../entry/selection.ts';
import { useChosenScope } from '../file-operation/file-scope.ts';
import type { EntryViewProps } from '../view/entry-view.ts';
import { SizeMapEmpty, SizeMapUnknown } from './SizeMapStates.tsx';
import { SizeMapToolbar } from './SizeMapToolbar.tsx';
import { SizeTable } from './SizeTable.tsx';
import { SizeTiles } from './SizeTiles.tsx';
import { SizeZoom } from './SizeZoom.tsx';
import { type SizeMapData, useSizes } from './size-queries.ts';

export type SizeMapProps = Pick<EntryViewProps, 'label' | 'onOpen' | 'isAway' | 'canReceive'> & {
  /** The open folder. */
  folder: Pick<Entry, 'path'>;
};

/** Where the space of a folder went: a map of the largest files and folders below it at any depth, and a table beside it. */
export function SizeMap({ label, folder, onOpen, isAway, canReceive }: SizeMapProps) {
  const [zoom, setZoom] = useState<{ from: string; to: string } | null>(null);
  // Another folder that is opened is seen as a whole.
  const steps = (zoom?.from === folder.path ? stepsBelow(folder.path, zoom.to) : null) ?? [];
  const zoomTo = (path: string) => setZoom({ from: folder.path, to: path });
  const open = (entry: Entry) => (entry.kind === 'folder' ? zoomTo(entry.path) : onOpen(entry));
  const zoomOut = steps.length === 0 ? undefined : () => zoomTo(steps.at(-2)?.path ?? folder.path);
  const onKeyDown = (event: KeyboardEvent) => {
    const isOut = event.key === 'Backspace' || (event.altKey && event.key === 'ArrowUp');
    if (!isOut || !zoomOut || event.target instanceof HTMLInputElement) return;
    event.preventDefault();
    event.stopPropagation();
    zoomOut();
  };
  return (
    <section aria-label={label} onKeyDown={onKeyDown} className="flex h-full flex-col">
      {steps.length > 0 && <SizeZoom root={folder.path} steps={steps} onZoom={zoomTo} />}
      <div className="min-h-0 flex-1">
        <Sizes path={steps.at(-1)?.path ?? folder.path} isAway={isAway} canReceive={canReceive} onOpen={open} />
      </div>
    </section>
  );
}

interface SizesProps extends Pick<EntryViewProps, 'isAway' | 'onOpen' | 'canReceive'> {
  path: string;
}

function Sizes({ path, ...view }: SizesProps) {
  const { t } = useTranslation();
  const sizes = useSizes(path);
  const { data, error } = sizes;
  if (error && (!data || sizes.isPlaceholderData)) {
    return <ErrorNotice error={error} title={t('sizeMap.failed')} onRetry={() => sizes.refetch()} isRetrying={sizes.isFetching} />;
  }
  if (!data || (sizes.isPlaceholderData && data.source === 'none')) return <ListSkeleton />;
  if (data.source === 'none') return <SizeMapUnknown folder={data.folder} onKnown={() => void sizes.refetch()} />;
  if (data.nodes.length === 0) return <SizeMapEmpty />;
  return <KnownSizes key={data.folder.path} {...view} data={data} />;
}

/** What is chosen here may lie at any depth, so it is no selection of the folder's own list. */
function KnownSizes({ onOpen, isAway, canReceive, data }: Omit<SizesProps, 'path'> & { data: SizeMapData }) {
  const { t } = useTranslation();
  const [selection, setSelection] = useState<Selection>(EMPTY_SELECTION);
  const entries = useMemo(() => data.nodes.map(({ entry }) => entry), [data]);
  const open = (path: string | null) => {
    const entry = entries.find((candidate) => candidate.path === path);
    if (entry) onOpen(entry);
  };
  const top = () => entries.filter((_, index) => data.nodes[index]?.parent === null);
  useChosenScope({
    entries,
    paths: selection.paths,
    active: selection.active,
    isAway,
    onOpenActive: () => open(selection.active),
    onSelectAll: () => setSelection({ ...selection, paths: new Set(top().map(({ path }) => path)) }),
  });
  const view = { data, selection, onSelect: setSelection, onOpen };
  return (
    <div className="flex h-full flex-col">
      <SizeMapToolbar data={data} />
      <div className="flex min-h-0 flex-1 gap-3 px-5 pb-3">
        <SizeTiles {...view} label={t('sizeMap.map')} canReceive={canReceive} />
        <SizeTable {...view} />
      </div>
    </div>
  );
}
