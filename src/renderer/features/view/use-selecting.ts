import type { Dispatch, SetStateAction } from 'react';
import { useTranslation } from 'react-i18next';
import { MOST_CHOSEN, MOST_SOURCES } from '../../../shared/contract/file.ts';
import { useErrorText } from '../../lib/use-error-text.ts';
import { EMPTY_SELECTION, invert, type Selection } from '../entry/selection.ts';
import { showToast } from '../notification/toast-store.ts';
import type { EntryRows } from './entry-rows.ts';

/**
 * Selecting everything, and everything else, as it is at that moment: what appears later is not selected. As many as actions can take are named one by
 * one; those of a list that is not too long are loaded, so that it can be said what they are. Of more it is only said which of them are left out.
 */
export function useSelecting(rows: EntryRows, selection: Selection, onSelect: Dispatch<SetStateAction<Selection>>) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const told = (error: unknown) => showToast({ tone: 'bad', title: t('view.notRead'), text: errorText(error) });
  const all = async (): Promise<readonly string[]> =>
    rows.count > MOST_SOURCES ? rows.paths(0, rows.count - 1) : (await rows.load(0, rows.count - 1)).map(({ path }) => path);
  const isShort = rows.count <= MOST_CHOSEN;
  return {
    selectAll: () => {
      if (!isShort) return onSelect((old) => ({ ...EMPTY_SELECTION, isAll: true, active: old.active, anchor: old.anchor }));
      all().then((paths) => onSelect((old) => ({ ...old, isAll: false, paths: new Set(paths) })), told);
    },
    invertSelection: () => {
      if (!isShort || selection.isAll) return onSelect(invert);
      all().then((paths) => onSelect((old) => ({ ...old, paths: new Set(paths.filter((path) => !old.paths.has(path))) })), told);
    },
  };
}
