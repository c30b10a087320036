import { Bookmark } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { SavedSearch } from '../../../shared/contract/search.ts';
import { useRoute } from '../../app/navigation.ts';
import { InlineError } from '../../components/ErrorNotice.tsx';
import { ContextActions } from '../../components/Menu.tsx';
import { Name } from '../../components/Name.tsx';
import { classNames } from '../../lib/class-names.ts';
import { useFormat } from '../../lib/use-format.ts';
import { SidebarSection } from '../workspace/SidebarSection.tsx';
import { useSavedSearches, useSearchCount } from './search-queries.ts';
import { useCountText } from './use-count-text.ts';
import { useSavedSearchActions, useSavedSearchMenu } from './use-saved-search-actions.ts';

/** The saved searches of the sidebar; nothing while there are none. */
export function SidebarSavedSearches() {
  const { t } = useTranslation();
  const { locale } = useFormat();
  const searches = useSavedSearches();
  const collator = new Intl.Collator(locale, { numeric: true, sensitivity: 'base' });
  const items = [...(searches.data?.items ?? [])].sort((a, b) => collator.compare(a.name, b.name) || a.id.localeCompare(b.id));
  if (searches.error) return <InlineError error={searches.error} />;
  if (items.length === 0) return null;
  return (
    <SidebarSection id="searches" title={t('search.savedTitle')}>
      <ul aria-label={t('search.savedTitle')} className="space-y-px">
        {items.map((search) => (
          <li key={search.id}>
            <SidebarSavedSearch search={search} />
          </li>
        ))}
      </ul>
    </SidebarSection>
  );
}

/** One saved search: opens it, says how much it finds now, and has its menu. */
function SidebarSavedSearch({ search }: { search: SavedSearch }) {
  const format = useFormat();
  const route = useRoute();
  const items = useSavedSearchMenu(search);
  const { open } = useSavedSearchActions(search);
  const { data: count } = useSearchCount(search);
  const countText = useCountText();
  const isCurrent = route.page === 'search' && route.saved === search.id;
  return (
    <ContextActions items={items}>
      <button
        type="button"
        data-search={search.id}
        aria-current={isCurrent ? 'page' : undefined}
        onClick={open}
        className={classNames(
          'flex h-8 w-full items-center gap-2.5 rounded-lg px-2 text-left transition-colors duration-100',
          isCurrent ? 'bg-pressed' : 'hover:bg-hover',
        )}
      >
        <Bookmark
          aria-hidden
          className={classNames('mx-0.75 size-4 shrink-0', isCurrent ? 'text-accent' : 'text-soft')}
          strokeWidth={1.8}
        />
        <Name className="min-w-0 flex-1 truncate font-medium">{search.name}</Name>
        {count && (
          <span className="shrink-0 text-2xs text-soft tabular">
            <span aria-hidden>
              {format.count(count.value)}
              {!count.isExact && '+'}
            </span>
            <span className="sr-only">, {countText(count)}</span>
          </span>
        )}
      </button>
    </ContextActions>
  );
}
