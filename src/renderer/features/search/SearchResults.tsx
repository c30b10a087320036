import { type FocusEvent, useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toMooringError } from '../../../shared/contract/error.ts';
import { changeSearch } from '../../app/navigation.ts';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { useKeptList } from '../entry/kept-place.ts';
import { ListSkeleton } from '../entry/ListSkeleton.tsx';
import { NextPageError } from '../entry/NextPageError.tsx';
import { EMPTY_SELECTION, select } from '../entry/selection.ts';
import { useRouteScope } from '../file-operation/file-scope.ts';
import { useRenaming } from '../file-operation/rename-store.ts';
import { showToast } from '../notification/toast-store.ts';
import { arrayRows } from '../view/entry-rows.ts';
import { ListView } from '../view/ListView.tsx';
import { useSelecting } from '../view/use-selecting.ts';
import { AwayHit } from './AwayHit.tsx';
import { hitLayout } from './hit-layout.tsx';
import { NothingFound } from './NothingFound.tsx';
import { SearchFooter } from './SearchFooter.tsx';
import type { useSearch } from './search-queries.ts';
import { useHeld } from './use-held.ts';
import { useHitMenu } from './use-hit-menu.ts';
import { useOpenHit } from './use-open-hit.ts';

/** More than anybody looks through: of more, the list grows as one goes on, and nothing loads all of them. */
const MOST_AT_ONCE = 10_000;
/** Rows that are taken to follow then. */
const MORE_TO_COME = 100;

/** What was found, in the list that folders are shown in. */
export function SearchResults({ search }: { search: ReturnType<typeof useSearch> }) {
  const { t } = useTranslation();
  // What a menu or a name that is being written is about stays until that is done.
  const [hasMenu, setMenu] = useState(false);
  const isRenaming = useRenaming(({ path }) => path !== null);
  const found = useMemo(
    () => ({ hits: search.hits, answer: search.answer, isComplete: search.isComplete }),
    [search.hits, search.answer, search.isComplete],
  );
  const { hits, answer, isComplete } = useHeld(found, hasMenu || isRenaming);
  const answered = answer?.question.query;
  const entries = useMemo(() => hits.map((hit) => hit.entry), [hits]);
  const { loadAll, showUpTo } = search;
  const count = answer?.count ?? null;
  const canLoadAll = isComplete || (count?.isExact === true && count.value <= MOST_AT_ONCE);
  const expected = isComplete ? hits.length : canLoadAll && count ? Math.max(count.value, hits.length) : hits.length + MORE_TO_COME;
  const rows = useMemo(
    () => arrayRows(entries, { isComplete, count: expected, load: canLoadAll ? loadAll : undefined, show: showUpTo }),
    [entries, isComplete, expected, canLoadAll, loadAll, showUpTo],
  );
  const list = useKeptList({ of: answered ?? null, rows });
  const { selection, setSelection } = list;
  const hitsByPath = useMemo(() => new Map(hits.map((hit) => [hit.entry.path, hit])), [hits]);
  const hitOf = useCallback((path: string) => hitsByPath.get(path), [hitsByPath]);
  const isAway = useCallback((path: string) => hitsByPath.get(path)?.isOnline === false, [hitsByPath]);
  const { open, routeTo } = useOpenHit();
  useRouteScope(
    useCallback(
      (folder) => {
        const hit = hitOf(folder);
        return hit ? routeTo(hit, folder) : { page: 'home' };
      },
      [hitOf, routeTo],
    ),
  );
  const openingMenu = useHitMenu(hitOf);
  const { selectAll } = useSelecting(rows, selection, setSelection);

  if (search.isError && !search.isFetchNextPageError) {
    return (
      <ErrorNotice
        error={search.error}
        title={toMooringError(search.error).code === 'SEARCH_TOO_SLOW' ? t('search.tooSlow') : undefined}
        onRetry={() => search.refetch()}
        isRetrying={search.isFetching}
      />
    );
  }
  if (!answer) return <ListSkeleton />;
  if (hits.length === 0) return <NothingFound answer={answer} />;

  const refuseAll = () => showToast({ tone: 'neutral', title: t('search.tooMany'), text: t('search.tooManyText') });
  const chosen = selection.paths.size === 1 && selection.active !== null ? hitOf(selection.active) : undefined;
  // Coming by the keyboard, one goes on with the first result.
  const onFocus = (event: FocusEvent) => {
    const first = entries[0];
    const isByKeyboard = event.target.matches('[role="grid"]:focus-visible');
    if (isByKeyboard && first && selection.active === null) setSelection(select(EMPTY_SELECTION, [], first.path, 'single'));
  };
  return (
    <>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: it only hears of the focus of the list in it. */}
      <div data-search-results onFocus={onFocus} className="relative min-h-0 flex-1">
        <ListView
          key={answered}
          label={t('search.list')}
          layout={hitLayout(answer.question.sort)}
          folder={null}
          rows={rows}
          place={list.place}
          sorting={answer.question}
          onSort={changeSearch}
          selection={selection}
          onSelect={setSelection}
          onOpen={(entry) => {
            const hit = hitOf(entry.path);
            if (hit) open(hit);
          }}
          onSelectAll={canLoadAll ? selectAll : refuseAll}
          canReceive={false}
          isAway={isAway}
          hitOf={hitOf}
          openingMenu={openingMenu}
          onMenu={setMenu}
        />
        {search.isFetchNextPageError && <NextPageError error={search.error} onRetry={() => search.fetchNextPage()} />}
      </div>
      {chosen && !chosen.isOnline && <AwayHit hit={chosen} />}
      <SearchFooter
        entries={entries}
        selection={selection}
        count={count}
        isCounting={search.isCounting}
        isLoading={search.isFetchingNextPage}
      />
    </>
  );
}
