import { Bookmark } from 'lucide-react';
import { type KeyboardEvent, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { changeSearch, leaveSearch } from '../../app/navigation.ts';
import { Button } from '../../components/Button.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import type { SearchRoute } from '../../lib/route.ts';
import { useUpScope } from '../file-operation/file-scope.ts';
import { usePaneId } from '../workspace/workspace-store.ts';
import { questionOf, useOpenSavedSearch } from './open-search.ts';
import { SearchHeader } from './SearchHeader.tsx';
import { SearchIntro } from './SearchIntro.tsx';
import { SearchResults } from './SearchResults.tsx';
import { forgetSearchAnswer, noteSearchAnswer } from './search-answer-store.ts';
import { isBlank, useSavedSearches, useSearch } from './search-queries.ts';

/** What is found in everything that the library knows, whether its drives are plugged in or not. */
export function SearchPage(route: SearchRoute) {
  const { t } = useTranslation();
  const saved = useOpenSavedSearch();
  const savedSearches = useSavedSearches();
  const question = questionOf(route, saved);
  const search = useSearch(question);
  const { answer } = search;
  const paneId = usePaneId();
  useEffect(() => {
    if (answer) noteSearchAnswer(paneId, { query: answer.question.query, terms: answer.terms, problems: answer.problems });
  }, [answer, paneId]);
  useEffect(() => () => forgetSearchAnswer(paneId), [paneId]);
  useUpScope(leaveSearch);

  if (route.query === null && route.saved !== null && !saved) {
    return savedSearches.isPending ? null : (
      <EmptyState
        icon={Bookmark}
        title={<h1>{t('search.savedGone')}</h1>}
        text={t('search.savedGoneText')}
        action={<Button onClick={() => changeSearch({ query: '', saved: null })}>{t('search.new')}</Button>}
      />
    );
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && !event.defaultPrevented) leaveSearch();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the key works wherever in it the keyboard is.
    <div className="flex h-full flex-col" onKeyDown={onKeyDown}>
      <SearchHeader question={question} saved={saved} search={search} />
      <div className="flex min-h-0 flex-1 flex-col border-line border-t">
        {isBlank(question.query) ? <SearchIntro /> : <SearchResults search={search} />}
      </div>
    </div>
  );
}
