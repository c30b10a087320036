import { FolderMinus, FolderOpen, HardDrive, Pause, Play, RefreshCw, ScanSearch, Settings2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Location, ScanDepth } from '../../../shared/contract/location.ts';
import { showDialog } from '../../app/dialog-store.ts';
import { openLocation, openVolume } from '../../app/navigation.ts';
import type { MenuItem } from '../../components/menu-item.ts';
import { useErrorText } from '../../lib/use-error-text.ts';
import { showToast } from '../notification/toast-store.ts';
import { usePauseLocation, useRescanLocation, useResumeLocation } from './location-queries.ts';

/** What can be done with a location, as functions that report their own failures. */
export function useLocationActions(location: Location) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const rescan = useRescanLocation();
  const pause = usePauseLocation();
  const resume = useResumeLocation();
  const ref = { location: location.id };
  const onError = (error: unknown) =>
    showToast({ tone: 'bad', title: t('location.actionFailed', { name: location.name }), text: errorText(error) });
  return {
    isBusy: rescan.isPending || pause.isPending || resume.isPending,
    rescan: (depth: ScanDepth) => rescan.mutate({ ...ref, depth }, { onError }),
    pause: () => pause.mutate(ref, { onError }),
    resume: () => resume.mutate(ref, { onError }),
  };
}

/** The location's menu: the same behind the right mouse button and behind “…”. */
export function useLocationMenu(location: Location): MenuItem[] {
  const { t } = useTranslation();
  const actions = useLocationActions(location);
  const { id, volumeFingerprint } = location;
  const isPaused = location.scanState === 'paused';
  const isBusy = location.jobId !== null;
  const note = location.isOnline ? undefined : t('browser.away');
  return [
    { label: t('location.open'), icon: FolderOpen, onSelect: () => openLocation(id) },
    { label: t('location.showDrive'), icon: HardDrive, onSelect: () => openVolume(volumeFingerprint) },
    'separator',
    {
      label: t('location.rescanQuick'),
      icon: RefreshCw,
      isDisabled: !location.isOnline || isBusy,
      note,
      onSelect: () => actions.rescan('quick'),
    },
    {
      label: t('location.rescanFull'),
      icon: ScanSearch,
      isDisabled: !location.isOnline || isBusy,
      note,
      onSelect: () => actions.rescan('full'),
    },
    isPaused
      ? { label: t('location.resume'), icon: Play, onSelect: actions.resume }
      : { label: t('location.pause'), icon: Pause, onSelect: actions.pause },
    'separator',
    { label: t('location.editMenu'), icon: Settings2, onSelect: () => showDialog({ kind: 'edit-location', id }) },
    { label: t('location.removeMenu'), icon: FolderMinus, isDanger: true, onSelect: () => showDialog({ kind: 'remove-location', id }) },
  ];
}
