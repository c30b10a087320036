import { FolderPlus, SearchX } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { QueryTerm } from '../../../shared/contract/search.ts';
import { showDialog } from '../../app/dialog-store.ts';
import { changeSearch } from '../../app/navigation.ts';
import { Button } from '../../components/Button.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { useLocations } from '../location/location-queries.ts';
import { removeRange } from './query-text.ts';
import type { SearchQuestion } from './search-queries.ts';

/** No results, and what could be done about it. */
export function NothingFound({ answer }: { answer: { question: SearchQuestion; terms: readonly QueryTerm[] } }) {
  const { t } = useTranslation();
  const hasLocations = useLocations().data?.items.length !== 0;
  if (!hasLocations) return <NothingIndexed />;
  const words = withoutFilters(answer.question.query, answer.terms);
  return (
    <EmptyState
      icon={SearchX}
      title={t('search.nothing')}
      text={words === null ? t('search.nothingText') : t('search.nothingFiltered')}
      action={words !== null && <Button onClick={() => changeSearch({ query: words })}>{t('search.withoutFilters')}</Button>}
    />
  );
}

/** There is nothing yet in which anything could be found. */
export function NothingIndexed() {
  const { t } = useTranslation();
  return (
    <EmptyState
      icon={FolderPlus}
      title={t('search.noLocations')}
      text={t('search.noLocationsText')}
      action={
        <Button variant="primary" icon={FolderPlus} onClick={() => showDialog({ kind: 'add-location', paths: [] })}>
          {t('location.addMenu')}
        </Button>
      }
    />
  );
}

/** The words of the query alone; null where it has no filters, or nothing else. */
function withoutFilters(query: string, terms: readonly QueryTerm[]): string | null {
  const filters = terms.filter((term) => term.kind === 'filter' || term.kind === 'regex').sort((a, b) => b.start - a.start);
  if (filters.length === 0 || filters.length === terms.length) return null;
  return filters.reduce(removeRange, query);
}
