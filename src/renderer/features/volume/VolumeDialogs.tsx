import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Volume } from '../../../shared/contract/volume.ts';
import { useDialog } from '../../app/dialog-store.ts';
import { followVolume } from '../../app/navigation.ts';
import { Button } from '../../components/Button.tsx';
import { InlineError } from '../../components/ErrorNotice.tsx';
import { Modal } from '../../components/Modal.tsx';
import { TextField } from '../../components/TextField.tsx';
import { displayName } from '../../lib/display-name.ts';
import { showToast } from '../notification/toast-store.ts';
import { useTrackVolume, useUntrackVolume, useUpdateVolume } from './volume-queries.ts';

export function RenameVolumeDialog({ volume }: { volume: Volume }) {
  const { t } = useTranslation();
  const close = useDialog((state) => state.close);
  const update = useUpdateVolume();
  const [name, setName] = useState(volume.name);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    update.mutate({ volume: volume.fingerprint, displayName: name.trim() }, { onSuccess: close });
  };
  return (
    <Modal
      title={t('volume.renameTitle')}
      description={t('volume.renameText')}
      onClose={close}
      footer={
        <>
          <Button onClick={close}>{t('common.cancel')}</Button>
          <Button variant="primary" type="submit" form="rename-volume" busy={update.isPending} disabled={name.trim() === ''}>
            {t('common.rename')}
          </Button>
        </>
      }
    >
      <form id="rename-volume" onSubmit={submit} className="space-y-3">
        <TextField
          label={t('volume.name')}
          value={name}
          maxLength={255}
          autoFocus
          onFocus={(event) => event.target.select()}
          onChange={(event) => setName(event.target.value)}
        />
        <InlineError error={update.error} />
      </form>
    </Modal>
  );
}

export function UntrackVolumeDialog({ volume }: { volume: Volume }) {
  const { t } = useTranslation();
  const close = useDialog((state) => state.close);
  const untrack = useUntrackVolume();
  return (
    <Modal
      title={t('volume.untrackTitle', { name: displayName(volume.name) })}
      description={volume.isMounted ? t('volume.untrackText') : t('volume.untrackOfflineText')}
      onClose={close}
      footer={
        <>
          <Button onClick={close} data-autofocus>
            {t('common.cancel')}
          </Button>
          <Button
            variant="danger"
            busy={untrack.isPending}
            onClick={() =>
              untrack.mutate(
                { volume: volume.fingerprint },
                {
                  onSuccess: () => {
                    close();
                    showToast({ tone: 'neutral', title: t('volume.untracked', { name: volume.name }) });
                  },
                },
              )
            }
          >
            {t('volume.untrack')}
          </Button>
        </>
      }
    >
      <InlineError error={untrack.error} />
    </Modal>
  );
}

/** The consent without which Mooring writes nothing to a drive. */
export function MarkerConsentDialog({ fingerprint, name }: { fingerprint: string; name: string }) {
  const { t } = useTranslation();
  const close = useDialog((state) => state.close);
  const track = useTrackVolume();
  const consent = () =>
    track.mutate(
      { volume: fingerprint, writeMarker: true },
      {
        onSuccess: (tracked) => {
          close();
          followVolume(fingerprint, tracked.fingerprint);
          showToast({ tone: 'good', title: t('volume.nowTracked', { name: tracked.name }), text: t('volume.nowTrackedText') });
        },
      },
    );
  return (
    <Modal
      title={t('identity.markerTitle', { name: displayName(name) })}
      description={t('identity.markerText')}
      onClose={close}
      footer={
        <>
          <Button onClick={close}>{t('common.cancel')}</Button>
          <Button variant="primary" busy={track.isPending} onClick={consent}>
            {t('identity.markerConsent')}
          </Button>
        </>
      }
    >
      <InlineError error={track.error} />
    </Modal>
  );
}
