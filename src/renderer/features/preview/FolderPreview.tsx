import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Entry } from '../../../shared/contract/entry.ts';
import { query } from '../../app/engine.ts';
import { Name } from '../../components/Name.tsx';
import { useErrorText } from '../../lib/use-error-text.ts';
import { useFormat } from '../../lib/use-format.ts';
import { iconOfEntry } from '../entry/entry-icons.ts';

const SHOWN = 8;

/** What is in a folder: how much, and the first of it. */
export function FolderPreview({ entry, isCompact }: { entry: Entry; isCompact: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const errorText = useErrorText();
  const { data, error } = useQuery(
    query.entries.list.queryOptions({ input: { path: entry.path, limit: SHOWN, showHidden: false }, staleTime: 0, gcTime: 30_000 }),
  );
  const { Icon, color } = iconOfEntry(entry);
  const folder = data?.folder ?? entry;
  const size = folder.sizeBytes === null ? null : format.size(folder.sizeBytes);
  const items = data && t('preview.items', { count: data.totalCount, shown: format.count(data.totalCount) });
  const more = data ? data.totalCount - data.items.length : 0;
  return (
    <div className="flex size-full flex-col items-center justify-center gap-4 overflow-hidden p-6">
      <div className="flex flex-col items-center gap-2 text-center">
        <Icon
          aria-hidden
          className={`${isCompact ? 'size-16' : 'size-24'} ${color}`}
          strokeWidth={1}
          fill="currentColor"
          fillOpacity={0.25}
        />
        <p className="text-soft text-sm tabular">{error ? errorText(error) : [items, size].filter(Boolean).join(' · ')}</p>
      </div>
      {!isCompact && data && data.items.length > 0 && (
        <ul
          aria-label={t('preview.inFolder')}
          className="w-full max-w-96 overflow-hidden rounded-xl border border-line bg-raised shadow-card"
        >
          {data.items.map((item) => (
            <FolderLine key={item.path} entry={item} />
          ))}
          {more > 0 && (
            <li className="border-line border-t px-3 py-1.5 text-faint text-xs">
              {t('preview.moreItems', { count: more, shown: format.count(more) })}
            </li>
          )}
        </ul>
      )}
    </div>
  );
}

function FolderLine({ entry }: { entry: Entry }) {
  const format = useFormat();
  const { Icon, color, isFilled } = iconOfEntry(entry);
  return (
    <li className="flex h-8 items-center gap-2 border-line border-t px-3 first:border-t-0">
      <Icon
        aria-hidden
        className={`size-4 shrink-0 ${color}`}
        strokeWidth={1.7}
        {...(isFilled ? { fill: 'currentColor', fillOpacity: 0.25 } : {})}
      />
      <Name className="min-w-0 flex-1 truncate">{entry.name}</Name>
      {entry.sizeBytes !== null && entry.kind !== 'symlink' && (
        <span className="shrink-0 text-faint text-xs tabular">{format.size(entry.sizeBytes)}</span>
      )}
    </li>
  );
}
