import { RotateCcw, Trash2, X } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TrashedItem } from '../../../shared/contract/file.ts';
import { showDialog } from '../../app/dialog-store.ts';
import { Button } from '../../components/Button.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { Name } from '../../components/Name.tsx';
import { Spinner } from '../../components/Spinner.tsx';
import { classNames } from '../../lib/class-names.ts';
import { displayName } from '../../lib/display-name.ts';
import { parentPath } from '../../lib/entry-path.ts';
import { splitName } from '../../lib/split-name.ts';
import { useFormat } from '../../lib/use-format.ts';
import { runAction } from '../action/run-action.ts';
import { iconOfEntry } from '../entry/entry-icons.ts';
import { useReadableAddress } from '../volume/use-readable-address.ts';
import { useVolumes } from '../volume/volume-queries.ts';
import { useTrash } from './trash-queries.ts';

/** What was thrown away on all drives that are here: where it was, when it went, and the way back. */
export function TrashPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const trash = useTrash();
  const [chosenIds, setChosenIds] = useState<ReadonlySet<string>>(new Set());
  // What has left the trash meanwhile is not chosen any more.
  const chosen = useMemo(() => trash.items.filter(({ id }) => chosenIds.has(id)), [trash.items, chosenIds]);
  const toggle = (id: string) => setChosenIds((old) => new Set(old.has(id) ? [...old].filter((other) => other !== id) : [...old, id]));
  const isAllChosen = chosen.length > 0 && chosen.length === trash.items.length;
  const restore = (items: readonly TrashedItem[]) => void runAction({ type: 'file.restore', items: items.map(({ id }) => id) });
  return (
    <div className="flex h-full flex-col">
      <header className="flex items-end justify-between gap-4 px-8 pt-5 pb-3">
        <div>
          <h1 className="font-semibold text-2xl tracking-[-0.025em]">{t('trash.title')}</h1>
          <p className="mt-1 text-soft">{t('trash.text')}</p>
        </div>
        <div className="flex gap-2">
          <Button icon={RotateCcw} variant="primary" disabled={chosen.length === 0} onClick={() => restore(chosen)}>
            {t('trash.restore')}
          </Button>
          <Button
            icon={X}
            disabled={chosen.length === 0}
            onClick={() => showDialog({ kind: 'delete-files', sources: chosen.map(({ path }) => path) })}
          >
            {t('file.deleteMenu')}
          </Button>
        </div>
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto border-line border-t">
        {trash.error ? (
          <ErrorNotice error={trash.error} onRetry={() => trash.refetch()} isRetrying={trash.isFetching} />
        ) : trash.isPending ? (
          <Spinner className="mx-auto my-12 size-5" />
        ) : trash.items.length === 0 ? (
          <EmptyState icon={Trash2} title={t('trash.empty')} text={t('trash.emptyText')} />
        ) : (
          <table className="w-full table-fixed">
            <thead className="sticky top-0 z-10 bg-canvas text-left text-faint text-xs">
              <tr className="border-line border-b">
                <th scope="col" className="w-16 py-1.5 pl-8">
                  <input
                    type="checkbox"
                    aria-label={t('trash.chooseAll')}
                    checked={isAllChosen}
                    onChange={() => setChosenIds(new Set(isAllChosen ? [] : trash.items.map(({ id }) => id)))}
                    className="block size-4 accent-(--accent)"
                  />
                </th>
                <th scope="col" className="w-[34%] py-1.5 font-normal">
                  {t('column.name')}
                </th>
                <th scope="col" className="py-1.5 font-normal">
                  {t('trash.was')}
                </th>
                <th scope="col" className="w-32 py-1.5 font-normal">
                  {t('column.drive')}
                </th>
                <th scope="col" className="w-24 py-1.5 pr-4 text-right font-normal">
                  {t('column.size')}
                </th>
                <th scope="col" className="w-40 py-1.5 font-normal">
                  {t('trash.when')}
                </th>
                <th scope="col" className="w-28 pr-8">
                  <span className="sr-only">{t('trash.restore')}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {trash.items.map((item) => (
                <TrashRow
                  key={item.id}
                  item={item}
                  isChosen={chosenIds.has(item.id)}
                  onToggle={() => toggle(item.id)}
                  onRestore={() => restore([item])}
                />
              ))}
            </tbody>
          </table>
        )}
        {trash.hasNextPage && (
          <div className="flex justify-center py-3">
            <Button size="sm" busy={trash.isFetchingNextPage} onClick={() => trash.fetchNextPage()}>
              {t('job.showMore')}
            </Button>
          </div>
        )}
      </div>
      {trash.items.length > 0 && (
        <footer aria-live="polite" className="flex h-7 shrink-0 items-center border-line border-t px-8 text-2xs text-faint tabular">
          {chosen.length > 0
            ? t('browser.selected', { count: chosen.length, shown: format.count(chosen.length) })
            : t('browser.items', { count: trash.items.length, shown: format.count(trash.items.length) })}
        </footer>
      )}
    </div>
  );
}

interface TrashRowProps {
  item: TrashedItem;
  isChosen: boolean;
  onToggle: () => void;
  onRestore: () => void;
}

function TrashRow({ item, isChosen, onToggle, onRestore }: TrashRowProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const readable = useReadableAddress();
  const volume = useVolumes().data?.items.find(({ fingerprint }) => fingerprint === item.volumeFingerprint);
  const { Icon, color, isFilled } = iconOfEntry({ kind: item.kind, extension: splitName(item.name).extension.slice(1) || null });
  return (
    <tr onClick={onToggle} className={classNames('group border-line border-b', isChosen ? 'bg-selected' : 'hover:bg-hover')}>
      <td className="py-1.5 pl-8">
        <input
          type="checkbox"
          aria-label={displayName(item.name)}
          checked={isChosen}
          onClick={(event) => event.stopPropagation()}
          onChange={onToggle}
          className="block size-4 accent-(--accent)"
        />
      </td>
      <td className="py-1.5 pr-4">
        <span className="flex min-w-0 items-center gap-2.5">
          <Icon
            aria-hidden
            className={classNames('size-4.5 shrink-0', color)}
            strokeWidth={1.6}
            fill={isFilled ? 'currentColor' : 'none'}
            fillOpacity={0.28}
          />
          <Name className="truncate">{item.name}</Name>
        </span>
      </td>
      <td className="truncate py-1.5 pr-4 text-soft text-xs">
        <Name>{readable(parentPath(item.originalPath) ?? item.originalPath)}</Name>
      </td>
      <td className="truncate py-1.5 pr-4 text-soft text-xs">{volume ? <Name>{volume.name}</Name> : '–'}</td>
      <td className="py-1.5 pr-4 text-right text-soft text-xs tabular">{item.sizeBytes === null ? '–' : format.size(item.sizeBytes)}</td>
      <td className="truncate py-1.5 text-soft text-xs tabular">{item.trashedAt === null ? '–' : format.dateTime(item.trashedAt)}</td>
      <td className="py-1 pr-8 text-right">
        <Button
          size="sm"
          variant="ghost"
          aria-label={t('trash.restoreNamed', { name: displayName(item.name) })}
          onClick={(event) => {
            event.stopPropagation();
            onRestore();
          }}
          className="opacity-0 group-hover:opacity-100 focus-visible:opacity-100"
        >
          {t('trash.restore')}
        </Button>
      </td>
    </tr>
  );
}
