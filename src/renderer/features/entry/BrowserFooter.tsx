import { useTranslation } from 'react-i18next';
import type { Entry } from '../../../shared/contract/entry.ts';
import { useFormat } from '../../lib/use-format.ts';
import type { Selection } from './selection.ts';

/** How much there is, and how much of it is selected. */
export function BrowserFooter({ entries, totalCount, selection }: { entries: Entry[]; totalCount: number; selection: Selection }) {
  const { t } = useTranslation();
  const format = useFormat();
  const selected = entries.filter((entry) => selection.paths.has(entry.path));
  const bytes = selected.reduce((sum, entry) => sum + (entry.sizeBytes ?? 0), 0);
  const hasFolders = selected.some((entry) => entry.sizeBytes === null);
  return (
    <footer aria-live="polite" className="flex h-7 shrink-0 items-center border-line border-t px-7 text-2xs text-faint tabular">
      {selected.length > 0
        ? `${t('browser.selected', { count: selected.length, shown: format.count(selected.length) })}${bytes > 0 ? ` · ${hasFolders ? '≥ ' : ''}${format.size(bytes)}` : ''}`
        : t('browser.items', { count: totalCount, shown: format.count(totalCount) })}
    </footer>
  );
}
