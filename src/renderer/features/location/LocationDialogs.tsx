import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Location } from '../../../shared/contract/location.ts';
import { useDialog } from '../../app/dialog-store.ts';
import { Button } from '../../components/Button.tsx';
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx';
import { InlineError } from '../../components/ErrorNotice.tsx';
import { Modal } from '../../components/Modal.tsx';
import { TextField } from '../../components/TextField.tsx';
import { displayName } from '../../lib/display-name.ts';
import { showToast } from '../notification/toast-store.ts';
import { LocationFields } from './LocationFields.tsx';
import { draftOf, draftProblems, rulesOf } from './location-draft.ts';
import { useRemoveLocation, useUpdateLocation } from './location-queries.ts';

export function LocationDialog({ kind, location }: { kind: 'edit-location' | 'remove-location'; location: Location }) {
  return kind === 'edit-location' ? <EditLocationDialog location={location} /> : <RemoveLocationDialog location={location} />;
}

function EditLocationDialog({ location }: { location: Location }) {
  const { t } = useTranslation();
  const close = useDialog((state) => state.close);
  const update = useUpdateLocation();
  const [draft, setDraft] = useState(() => draftOf(location));
  const isFlawed = draft.name.trim() === '' || Object.values(draftProblems(draft)).some(Boolean);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    update.mutate(
      { location: location.id, name: draft.name.trim(), mode: draft.mode, watch: draft.watch, rules: rulesOf(draft) },
      {
        onSuccess: ({ job }) => {
          close();
          if (job) showToast({ tone: 'neutral', title: t('location.rulesApplied', { name: location.name }) });
        },
      },
    );
  };
  return (
    <Modal
      title={t('location.editTitle', { name: displayName(location.name) })}
      description={t('location.editText')}
      onClose={close}
      footer={
        <>
          <Button onClick={close}>{t('common.cancel')}</Button>
          <Button variant="primary" type="submit" form="edit-location" busy={update.isPending} disabled={isFlawed}>
            {t('common.save')}
          </Button>
        </>
      }
    >
      <form id="edit-location" onSubmit={submit} className="space-y-4">
        <TextField
          label={t('location.name')}
          value={draft.name}
          maxLength={255}
          onChange={(event) => setDraft({ ...draft, name: event.target.value })}
        />
        <InlineError error={update.error} />
        <LocationFields draft={draft} onChange={setDraft} />
      </form>
    </Modal>
  );
}

function RemoveLocationDialog({ location }: { location: Location }) {
  const { t } = useTranslation();
  const close = useDialog((state) => state.close);
  const remove = useRemoveLocation();
  const onSuccess = () => {
    close();
    showToast({ tone: 'neutral', title: t('location.removed', { name: location.name }), text: t('location.removedText') });
  };
  return (
    <ConfirmDialog
      title={t('location.removeTitle', { name: displayName(location.name) })}
      description={t('location.removeText')}
      action={t('location.remove')}
      busy={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate({ location: location.id }, { onSuccess })}
      onClose={close}
    />
  );
}
