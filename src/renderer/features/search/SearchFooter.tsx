import { useTranslation } from 'react-i18next';
import type { Entry } from '../../../shared/contract/entry.ts';
import { useFormat } from '../../lib/use-format.ts';
import type { Selection } from '../entry/selection.ts';
import { selectionFacts } from '../entry/selection-facts.ts';
import type { ResultCount } from './search-queries.ts';
import { useCountText } from './use-count-text.ts';
import { useLastingCount } from './use-lasting-count.ts';

interface SearchFooterProps {
  entries: Entry[];
  selection: Selection;
  count: ResultCount | null;
  isCounting: boolean;
  isLoading: boolean;
}

/** How much was found, or how much of it is selected. */
export function SearchFooter({ entries, selection, count, isCounting, isLoading }: SearchFooterProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const countText = useCountText();
  const lasting = useLastingCount(count, isCounting);
  const facts =
    selection.paths.size > 0 ? selectionFacts(entries, selection, entries.length, { t, format }) : lasting ? [countText(lasting)] : [];
  return (
    <footer className="flex h-7 shrink-0 items-center gap-4 border-line border-t px-7 text-2xs text-faint tabular">
      <span aria-live="polite">{facts.join(' · ')}</span>
      {isLoading && (
        <span aria-hidden className="ml-auto">
          {t('search.loadingMore')}
        </span>
      )}
    </footer>
  );
}
