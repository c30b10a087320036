import type { TFunction } from 'i18next';
import type { Entry } from '../../../shared/contract/entry.ts';
import { MOST_CHOSEN } from '../../../shared/contract/file.ts';
import type { useFormat } from '../../lib/use-format.ts';
import { countSelected, type Selection } from './selection.ts';

interface Tools {
  t: TFunction;
  format: ReturnType<typeof useFormat>;
}

/** How much is selected, for the foot of a list. @param entries those that are selected, and maybe others @param total how many the list has */
export function selectionFacts(entries: readonly Entry[], selection: Selection, total: number, { t, format }: Tools): string[] {
  const count = countSelected(selection, total);
  const selected = t('browser.selected', { count, shown: format.count(count) });
  return selection.isAll
    ? [selected, t('view.tooManyToUse', { most: format.count(MOST_CHOSEN) })]
    : [selected, ...selectedSize(entries, selection, format.size)];
}

/** What is selected takes up so much; “≥” where the size of a folder is not known. */
function selectedSize(entries: readonly Entry[], { paths }: Selection, size: (bytes: number) => string): string[] {
  let bytes = 0;
  let isLeast = false;
  for (const entry of entries) {
    if (!paths.has(entry.path)) continue;
    bytes += entry.sizeBytes ?? 0;
    isLeast ||= entry.sizeBytes === null;
  }
  return bytes === 0 ? [] : [`${isLeast ? '≥ ' : ''}${size(bytes)}`];
}
