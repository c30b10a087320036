import { Bookmark, BookmarkPlus, Ellipsis } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { SavedSearch } from '../../../shared/contract/search.ts';
import { showDialog } from '../../app/dialog-store.ts';
import { changeSearch } from '../../app/navigation.ts';
import { Button } from '../../components/Button.tsx';
import { IconButton } from '../../components/IconButton.tsx';
import { ActionMenu } from '../../components/Menu.tsx';
import { Name } from '../../components/Name.tsx';
import { Spinner } from '../../components/Spinner.tsx';
import { QueryChips } from './QueryChips.tsx';
import { QuickFilters } from './QuickFilters.tsx';
import { SearchProblems } from './SearchProblems.tsx';
import { SortMenu } from './SortMenu.tsx';
import { isBlank, type SearchQuestion, type useSearch } from './search-queries.ts';
import { useCountText } from './use-count-text.ts';
import { useLastingCount } from './use-lasting-count.ts';
import { useSavedSearchActions, useSavedSearchMenu } from './use-saved-search-actions.ts';

interface SearchHeaderProps {
  question: SearchQuestion;
  saved: SavedSearch | undefined;
  search: ReturnType<typeof useSearch>;
}

/** What is searched for, how much there is of it, and how it was understood. */
export function SearchHeader({ question, saved, search }: SearchHeaderProps) {
  const { t } = useTranslation();
  const countText = useCountText();
  const isAsking = !isBlank(question.query);
  const answer = isAsking && !search.isError ? search.answer : undefined;
  const lasting = useLastingCount(answer?.count ?? null, search.isCounting);
  const count = answer && lasting ? countText(lasting) : null;
  // What chips and menus show is what was understood, also while something newer is under way; what they change is what is written.
  const { query: understood } = answer?.question ?? question;
  const parts = { query: understood, terms: answer?.terms ?? [], problems: answer?.problems ?? [] };
  const change = (query: string) => changeSearch({ query });
  return (
    <header className="px-7 pt-2 pb-2.5">
      <div className="flex min-h-8 items-center gap-3">
        <h1 className="flex min-w-0 items-baseline gap-3">
          <span className="min-w-0 truncate font-semibold text-xl tracking-[-0.02em]">
            {saved ? <Name>{saved.name}</Name> : (count ?? t('search.title'))}
          </span>
          {saved && count !== null && <span className="shrink-0 text-soft tabular">{count}</span>}
        </h1>
        {isAsking && search.isPlaceholderData && (
          <span className="animate-[appear_140ms_350ms_both]">
            <Spinner className="size-3.5 text-faint" />
          </span>
        )}
        <div className="ml-auto flex shrink-0 items-center gap-1">
          <SortMenu question={question} />
          {saved ? <SavedSearchActions saved={saved} question={question} /> : <SaveButton question={question} />}
        </div>
      </div>
      <div className="-mx-2 mt-1.5 flex flex-wrap items-center gap-1">
        <QuickFilters {...parts} text={question.query} onChange={change} />
        <QueryChips {...parts} text={question.query} onChange={change} />
      </div>
      <div className="mt-2 empty:hidden">{parts.problems.length > 0 && <SearchProblems {...parts} />}</div>
    </header>
  );
}

function SaveButton({ question }: { question: SearchQuestion }) {
  const { t } = useTranslation();
  return (
    <Button icon={BookmarkPlus} disabled={isBlank(question.query)} onClick={() => showDialog({ kind: 'save-search', ...question })}>
      {t('search.save')}
    </Button>
  );
}

function SavedSearchActions({ saved, question }: { saved: SavedSearch; question: SearchQuestion }) {
  const { t } = useTranslation();
  const actions = useSavedSearchActions(saved);
  const items = useSavedSearchMenu(saved);
  const isOrderChanged = question.sort !== saved.sort || (question.sort !== 'relevance' && question.order !== saved.order);
  const isChanged = question.query !== saved.query || isOrderChanged;
  return (
    <>
      {isChanged && (
        <>
          <Button onClick={() => showDialog({ kind: 'save-search', ...question })}>{t('search.saveAsNew')}</Button>
          <Button
            variant="primary"
            icon={Bookmark}
            busy={actions.isBusy}
            disabled={isBlank(question.query)}
            onClick={() => actions.update(question)}
            className="ml-1"
          >
            {t('search.saveChanges')}
          </Button>
        </>
      )}
      <ActionMenu items={items}>
        <IconButton icon={Ellipsis} label={t('common.more')} />
      </ActionMenu>
    </>
  );
}
