import { PencilLine, Search, TextCursorInput, Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { SavedSearch } from '../../../shared/contract/search.ts';
import { showDialog } from '../../app/dialog-store.ts';
import { changeSearch, openSearch } from '../../app/navigation.ts';
import type { MenuItem } from '../../components/menu-item.ts';
import { useErrorText } from '../../lib/use-error-text.ts';
import { showToast } from '../notification/toast-store.ts';
import { focusSearchField } from './search-field.ts';
import { type SearchQuestion, useUpdateSavedSearch } from './search-queries.ts';

/** What can be done with a saved search, as functions that report their own failures. */
export function useSavedSearchActions(saved: SavedSearch) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const update = useUpdateSavedSearch();
  const onError = (error: unknown) =>
    showToast({ tone: 'bad', title: t('search.actionFailed', { name: saved.name }), text: errorText(error) });
  return {
    isBusy: update.isPending,
    open: () => openSearch({ saved: saved.id }),
    /** Has it find what is open now. */
    update: (question: SearchQuestion) =>
      update.mutate(
        { id: saved.id, ...question },
        { onError, onSuccess: () => changeSearch({ query: null, sort: null, order: null, saved: saved.id }) },
      ),
  };
}

/** The menu of a saved search: the same behind the right mouse button and behind “…”. */
export function useSavedSearchMenu(saved: SavedSearch): MenuItem[] {
  const { t } = useTranslation();
  const { open } = useSavedSearchActions(saved);
  const edit = () => {
    open();
    // When the menu is gone, and the field says what is searched for.
    setTimeout(() => focusSearchField());
  };
  return [
    { label: t('search.open'), icon: Search, onSelect: open },
    { label: t('search.edit'), icon: TextCursorInput, onSelect: edit },
    { label: t('search.renameMenu'), icon: PencilLine, onSelect: () => showDialog({ kind: 'rename-search', id: saved.id }) },
    'separator',
    { label: t('search.removeMenu'), icon: Trash2, isDanger: true, onSelect: () => showDialog({ kind: 'remove-search', id: saved.id }) },
  ];
}
