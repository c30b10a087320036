import { useTranslation } from 'react-i18next';
import type { Entry } from '../../../shared/contract/entry.ts';
import { useFormat } from '../../lib/use-format.ts';
import type { Selection } from '../entry/selection.ts';
import { selectionFacts } from '../entry/selection-facts.ts';
import { useCountText } from './use-count-text.ts';

interface SearchFooterProps {
  entries: Entry[];
  selection: Selection;
  count: { value: number; isExact: boolean } | null;
  isLoading: boolean;
}

/** How much was found, or how much of it is selected. */
export function SearchFooter({ entries, selection, count, isLoading }: SearchFooterProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const countText = useCountText();
  const facts = selection.paths.size > 0 ? selectionFacts(entries, selection, { t, format }) : count ? [countText(count)] : [];
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
