import { useTranslation } from 'react-i18next';
import type { Entry } from '../../../shared/contract/entry.ts';
import { useFormat } from '../../lib/use-format.ts';
import type { Selection } from './selection.ts';

interface BrowserFooterProps {
  entries: Entry[];
  totalCount: number;
  /** All entries are loaded. */
  isComplete: boolean;
  selection: Selection;
}

/** How much there is, and how much of it is selected. */
export function BrowserFooter({ entries, totalCount, isComplete, selection }: BrowserFooterProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const selected = entries.filter((entry) => selection.paths.has(entry.path));
  const bytes = selected.reduce((sum, entry) => sum + (entry.sizeBytes ?? 0), 0);
  const hasFolders = selected.some((entry) => entry.sizeBytes === null);
  return (
    <footer aria-live="polite" className="flex h-7 shrink-0 items-center border-line border-t px-7 text-2xs text-faint tabular">
      {totalCount > 0 && !isComplete && (
        <span aria-hidden className="order-1 ml-auto">
          {t('browser.loading', { shown: format.count(entries.length), total: format.count(totalCount) })}
        </span>
      )}
      {selected.length > 0
        ? `${t('browser.selected', { count: selected.length, shown: format.count(selected.length) })}${bytes > 0 ? ` · ${hasFolders ? '≥ ' : ''}${format.size(bytes)}` : ''}`
        : t('browser.items', { count: totalCount, shown: format.count(totalCount) })}
    </footer>
  );
}
