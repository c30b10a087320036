import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Entry } from '../../../shared/contract/entry.ts';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { ListSkeleton } from '../entry/ListSkeleton.tsx';
import { EMPTY_SELECTION, type Selection } from '../entry/selection.ts';
import { useChosenScope } from '../file-operation/file-scope.ts';
import type { EntryViewProps } from '../view/entry-view.ts';
import { SizeMapEmpty, SizeMapUnknown } from './SizeMapStates.tsx';
import { SizeMapToolbar } from './SizeMapToolbar.tsx';
import { SizeTable } from './SizeTable.tsx';
import { SizeTiles } from './SizeTiles.tsx';
import { type SizeMapData, useSizes } from './size-queries.ts';

export type SizeMapProps = Pick<EntryViewProps, 'label' | 'onOpen' | 'isAway'> & {
  /** The open folder. */
  folder: Pick<Entry, 'path'>;
};

/** Where the space of a folder went: a map of the largest files and folders below it at any depth, and a table beside it. */
export function SizeMap(props: SizeMapProps) {
  const { t } = useTranslation();
  const sizes = useSizes(props.folder.path);
  const { data, error } = sizes;
  if (error && !data) {
    return <ErrorNotice error={error} title={t('sizeMap.failed')} onRetry={() => sizes.refetch()} isRetrying={sizes.isFetching} />;
  }
  if (!data || (sizes.isPlaceholderData && data.source === 'none')) return <ListSkeleton />;
  if (data.source === 'none') return <SizeMapUnknown folder={data.folder} onKnown={() => void sizes.refetch()} />;
  if (data.nodes.length === 0) return <SizeMapEmpty />;
  return <KnownSizes key={data.folder.path} {...props} data={data} />;
}

/** What is chosen here may lie at any depth, so it is no selection of the folder's own list. */
function KnownSizes({ label, onOpen, isAway, data }: SizeMapProps & { data: SizeMapData }) {
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
    isAway,
    onOpenActive: () => open(selection.active),
    onSelectAll: () => setSelection({ ...selection, paths: new Set(top().map(({ path }) => path)) }),
  });
  const view = { data, selection, onSelect: setSelection, onOpen };
  return (
    <section aria-label={label} className="flex h-full flex-col">
      <SizeMapToolbar data={data} />
      <div className="flex min-h-0 flex-1 gap-3 px-5 pb-3">
        <SizeTiles {...view} label={t('sizeMap.map')} />
        <SizeTable {...view} />
      </div>
    </section>
  );
}
