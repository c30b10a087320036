import { CircleStop, DatabaseZap, Eject, FolderOpen, Info, Pencil, Pin, PinOff, Star } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { toMooringError } from '../../../shared/contract/error.ts';
import type { Volume } from '../../../shared/contract/volume.ts';
import { showDialog } from '../../app/dialog-store.ts';
import { navigate, openLocation, openVolume } from '../../app/navigation.ts';
import type { MenuItem } from '../../components/menu-item.ts';
import { useErrorText } from '../../lib/use-error-text.ts';
import { isWholeVolume } from '../location/location-facts.ts';
import { useLocations } from '../location/location-queries.ts';
import { showToast } from '../notification/toast-store.ts';
import { useEjectVolume, useTrackVolume, useUnmountVolume, useUpdateVolume } from './volume-queries.ts';

/**
 * What can be done with a volume, as functions that report their own failures, and tell what was done also when what asked for it is gone by then: a
 * drive that is ejected leaves its place in the sidebar before the engine has answered.
 */
export function useVolumeActions(volume: Volume) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const track = useTrackVolume();
  const eject = useEjectVolume();
  const unmount = useUnmountVolume();
  const update = useUpdateVolume();
  const ref = volume.fingerprint;

  const failed = (title: string) => (error: unknown) => showToast({ tone: 'bad', title, text: errorText(error) });

  return {
    isBusy: track.isPending || eject.isPending || unmount.isPending,
    isTracking: track.isPending,
    isEjecting: eject.isPending,
    track: () =>
      track.mutateAsync({ volume: ref }).then(
        () => showToast({ tone: 'good', title: t('volume.nowTracked', { name: volume.name }), text: t('volume.nowTrackedText') }),
        (error) => {
          const isWeak = toMooringError(error).code === 'VOLUME_IDENTITY_WEAK';
          if (isWeak) showDialog({ kind: 'volume-marker', fingerprint: ref, name: volume.name });
          else failed(t('volume.trackFailed', { name: volume.name }))(error);
        },
      ),
    eject: () =>
      eject
        .mutateAsync({ volume: ref })
        .then(
          (operation) =>
            operation.error
              ? failed(t('volume.ejectFailed', { name: volume.name }))(operation.error)
              : showToast({ tone: 'good', title: t('volume.ejected', { name: volume.name }), text: t('volume.ejectedText') }),
          failed(t('volume.ejectFailed', { name: volume.name })),
        ),
    unmount: () =>
      unmount
        .mutateAsync({ volume: ref })
        .then(
          (operation) => operation.error && failed(t('volume.unmountFailed', { name: volume.name }))(operation.error),
          failed(t('volume.unmountFailed', { name: volume.name })),
        ),
    update: (changes: {
      displayName?: string;
      isFavorite?: boolean;
      color?: string | null;
      icon?: Exclude<Parameters<typeof update.mutate>[0]['icon'], undefined>;
    }) => update.mutate({ volume: ref, ...changes }, { onError: failed(t('volume.updateFailed', { name: volume.name })) }),
  };
}

/** Makes all of the volume a location, or goes to the one that it is already. */
export function useIndexVolume(volume: Volume): { isIndexed: boolean; run: () => void } {
  const location = useLocations().data?.items.find((item) => item.volumeFingerprint === volume.fingerprint && isWholeVolume(item));
  const { mountPoint } = volume;
  return {
    isIndexed: location !== undefined,
    run: () => {
      if (location) openLocation(location.id);
      else if (mountPoint !== null) showDialog({ kind: 'add-location', paths: [mountPoint] });
    },
  };
}

/** The volume's menu: the same behind the right mouse button and behind “…”. */
export function useVolumeMenu(volume: Volume): MenuItem[] {
  const { t } = useTranslation();
  const actions = useVolumeActions(volume);
  const index = useIndexVolume(volume);
  const isTracked = volume.tracking !== null;
  const isFavorite = volume.tracking?.isFavorite ?? false;
  const { fingerprint } = volume;
  return [
    { label: t('volume.open'), icon: FolderOpen, isDisabled: !volume.isMounted, onSelect: () => openVolume(fingerprint) },
    {
      label: t('volume.properties'),
      icon: Info,
      onSelect: () => navigate({ page: 'volume', fingerprint, section: 'details', path: null }),
    },
    {
      label: index.isIndexed ? t('location.openMenu') : t('location.indexDriveMenu'),
      icon: DatabaseZap,
      isDisabled: !index.isIndexed && !volume.isMounted,
      onSelect: index.run,
    },
    'separator',
    isTracked
      ? { label: t('volume.untrackMenu'), icon: PinOff, onSelect: () => showDialog({ kind: 'untrack-volume', fingerprint }) }
      : { label: t('volume.track'), icon: Pin, onSelect: actions.track },
    {
      label: isFavorite ? t('volume.unfavorite') : t('volume.favorite'),
      icon: Star,
      isDisabled: !isTracked,
      onSelect: () => actions.update({ isFavorite: !isFavorite }),
    },
    {
      label: t('volume.renameMenu'),
      icon: Pencil,
      isDisabled: !isTracked,
      onSelect: () => showDialog({ kind: 'rename-volume', fingerprint }),
    },
    'separator',
    {
      label: t('volume.unmount'),
      icon: CircleStop,
      isDisabled: !volume.isMounted || volume.mountType === 'System',
      onSelect: actions.unmount,
    },
    { label: t('volume.eject'), icon: Eject, isDisabled: !volume.isEjectable || !volume.isMounted, onSelect: actions.eject },
  ];
}
