import { useTranslation } from 'react-i18next';
import type { Volume } from '../../../shared/contract/volume.ts';
import { useDialog } from '../../app/dialog-store.ts';
import { followVolume } from '../../app/navigation.ts';
import { Button } from '../../components/Button.tsx';
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx';
import { InlineError } from '../../components/ErrorNotice.tsx';
import { Modal } from '../../components/Modal.tsx';
import { RenameDialog } from '../../components/RenameDialog.tsx';
import { displayName } from '../../lib/display-name.ts';
import { showToast } from '../notification/toast-store.ts';
import { useTrackVolume, useUntrackVolume, useUpdateVolume } from './volume-queries.ts';

export function RenameVolumeDialog({ volume }: { volume: Volume }) {
  const { t } = useTranslation();
  const close = useDialog((state) => state.close);
  const update = useUpdateVolume();
  return (
    <RenameDialog
      title={t('volume.renameTitle')}
      description={t('volume.renameText')}
      label={t('volume.name')}
      name={volume.name}
      busy={update.isPending}
      error={update.error}
      onRename={(displayName) => update.mutate({ volume: volume.fingerprint, displayName }, { onSuccess: close })}
      onClose={close}
    />
  );
}

export function UntrackVolumeDialog({ volume }: { volume: Volume }) {
  const { t } = useTranslation();
  const close = useDialog((state) => state.close);
  const untrack = useUntrackVolume();
  const onSuccess = () => {
    close();
    showToast({ tone: 'neutral', title: t('volume.untracked', { name: volume.name }) });
  };
  return (
    <ConfirmDialog
      title={t('volume.untrackTitle', { name: displayName(volume.name) })}
      description={volume.isMounted ? t('volume.untrackText') : t('volume.untrackOfflineText')}
      action={t('volume.untrack')}
      busy={untrack.isPending}
      error={untrack.error}
      onConfirm={() => untrack.mutate({ volume: volume.fingerprint }, { onSuccess })}
      onClose={close}
    />
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
