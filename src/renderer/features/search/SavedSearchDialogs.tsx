import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SavedSearch } from '../../../shared/contract/search.ts';
import { type OpenDialog, useDialog } from '../../app/dialog-store.ts';
import { changeSearch } from '../../app/navigation.ts';
import { Button } from '../../components/Button.tsx';
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx';
import { InlineError } from '../../components/ErrorNotice.tsx';
import { Modal } from '../../components/Modal.tsx';
import { RenameDialog } from '../../components/RenameDialog.tsx';
import { TextField } from '../../components/TextField.tsx';
import { displayName } from '../../lib/display-name.ts';
import { showToast } from '../notification/toast-store.ts';
import { type SearchQuestion, useAddSavedSearch, useRemoveSavedSearch, useSavedSearches, useUpdateSavedSearch } from './search-queries.ts';

const MOST_LETTERS = 255;

type OpenSearchDialog = Extract<OpenDialog, { kind: 'save-search' | 'rename-search' | 'remove-search' }>;

/** The dialogs about saved searches. One about a search that has gone meanwhile is not shown. */
export function SearchDialog({ dialog }: { dialog: OpenSearchDialog }) {
  const searches = useSavedSearches().data?.items ?? [];
  if (dialog.kind === 'save-search') return <SaveSearchDialog {...dialog} />;
  const search = searches.find((candidate) => candidate.id === dialog.id);
  if (!search) return null;
  return dialog.kind === 'rename-search' ? <RenameSearchDialog search={search} /> : <RemoveSearchDialog search={search} />;
}

/** Keeps the open search under a name of its own. */
function SaveSearchDialog({ query, sort, order }: SearchQuestion) {
  const { t } = useTranslation();
  const close = useDialog((state) => state.close);
  const add = useAddSavedSearch();
  const [name, setName] = useState(query.slice(0, MOST_LETTERS));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    add.mutate(
      { name: name.trim(), query, sort, order },
      {
        onSuccess: ({ id }) => {
          close();
          changeSearch({ query: null, sort: null, order: null, saved: id });
        },
      },
    );
  };
  return (
    <Modal
      title={t('search.saveTitle')}
      description={t('search.saveText')}
      onClose={close}
      footer={
        <>
          <Button onClick={close}>{t('common.cancel')}</Button>
          <Button variant="primary" type="submit" form="save-search" busy={add.isPending} disabled={name.trim() === ''}>
            {t('common.save')}
          </Button>
        </>
      }
    >
      <form id="save-search" onSubmit={submit} className="space-y-3">
        <TextField
          label={t('search.name')}
          value={name}
          maxLength={MOST_LETTERS}
          autoFocus
          onFocus={(event) => event.target.select()}
          onChange={(event) => setName(event.target.value)}
        />
        <div className="rounded-lg bg-sunken px-3 py-2 text-xs">
          <span className="text-faint">{t('search.query')}: </span>
          <bdi className="break-words font-mono">{displayName(query)}</bdi>
        </div>
        <InlineError error={add.error} />
      </form>
    </Modal>
  );
}

function RenameSearchDialog({ search }: { search: SavedSearch }) {
  const { t } = useTranslation();
  const close = useDialog((state) => state.close);
  const update = useUpdateSavedSearch();
  return (
    <RenameDialog
      title={t('search.renameTitle')}
      label={t('search.name')}
      name={search.name}
      busy={update.isPending}
      error={update.error}
      onRename={(name) => update.mutate({ id: search.id, name }, { onSuccess: close })}
      onClose={close}
    />
  );
}

function RemoveSearchDialog({ search }: { search: SavedSearch }) {
  const { t } = useTranslation();
  const close = useDialog((state) => state.close);
  const remove = useRemoveSavedSearch();
  const onSuccess = () => {
    close();
    showToast({ tone: 'neutral', title: t('search.removed', { name: search.name }) });
  };
  return (
    <ConfirmDialog
      title={t('search.removeTitle', { name: displayName(search.name) })}
      description={t('search.removeText')}
      action={t('search.remove')}
      busy={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate({ id: search.id }, { onSuccess })}
      onClose={close}
    />
  );
}
