import { History, Search } from 'lucide-react';
import { useDeferredValue, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ActionRecord } from '../../../shared/contract/action.ts';
import { Button } from '../../components/Button.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { Segmented } from '../../components/Segmented.tsx';
import { Spinner } from '../../components/Spinner.tsx';
import { useFormat } from '../../lib/use-format.ts';
import { ActionLine } from './ActionLine.tsx';
import { useActions } from './action-queries.ts';

const STATUSES = ['all', 'completed', 'running', 'failed', 'cancelled'] as const;

/** Everything that was done, newest first: what, when, where, how it ended, and the way back. */
export function HistoryPage() {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const [status, setStatus] = useState<(typeof STATUSES)[number]>('all');
  const filter = { text: useDeferredValue(text.trim()), status: status === 'all' ? null : status };
  const actions = useActions(filter);
  const isFiltered = filter.text !== '' || filter.status !== null;
  return (
    <div className="flex h-full flex-col">
      <header className="px-8 pt-5 pb-3">
        <h1 className="font-semibold text-2xl tracking-[-0.025em]">{t('activity.title')}</h1>
        <div className="mt-3 flex flex-wrap items-center gap-3">
          <div className="relative w-72">
            <Search aria-hidden className="pointer-events-none absolute top-2.25 left-2.5 size-3.5 text-faint" />
            <input
              type="search"
              aria-label={t('activity.search')}
              placeholder={t('activity.search')}
              value={text}
              onChange={(event) => setText(event.target.value)}
              className="h-8 w-full rounded-lg border border-line-strong bg-canvas pr-2.5 pl-8 shadow-card placeholder:text-faint"
            />
          </div>
          <Segmented
            label={t('activity.status')}
            value={status}
            options={STATUSES.map((value) => ({ value, label: value === 'all' ? t('activity.all') : t(`action.status.${value}`) }))}
            onChange={setStatus}
          />
        </div>
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto border-line border-t px-8 pb-10">
        {actions.error ? (
          <ErrorNotice error={actions.error} onRetry={() => actions.refetch()} isRetrying={actions.isFetching} />
        ) : actions.isPending ? (
          <Spinner className="mx-auto my-12 size-5" />
        ) : actions.items.length === 0 ? (
          <EmptyState
            icon={History}
            title={isFiltered ? t('activity.nothing') : t('activity.empty')}
            text={isFiltered ? t('activity.nothingText') : t('activity.emptyText')}
          />
        ) : (
          <Days items={actions.items} />
        )}
        {actions.hasNextPage && (
          <div className="flex justify-center py-3">
            <Button size="sm" busy={actions.isFetchingNextPage} onClick={() => actions.fetchNextPage()}>
              {t('job.older')}
            </Button>
          </div>
        )}
      </div>
    </div>
  );
}

/** Under the day on which it was done. */
function Days({ items }: { items: readonly ActionRecord[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const days = Map.groupBy(items, ({ at }) => format.date(at));
  return [...days].map(([day, actions]) => (
    <section key={day} aria-label={day}>
      <h2 className="sticky top-0 z-10 bg-canvas pt-4 pb-1.5 font-medium text-soft text-xs">{day}</h2>
      <ul aria-label={t('activity.of', { day })} className="divide-y divide-line rounded-xl border border-line">
        {actions.map((action) => (
          <ActionLine key={action.id} action={action} undone={items.find(({ id }) => id === action.undoes)} />
        ))}
      </ul>
    </section>
  ));
}
