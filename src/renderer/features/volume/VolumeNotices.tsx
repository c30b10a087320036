import { useMutation } from '@tanstack/react-query';
import { CloudOff, RotateCw, Unplug } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Volume } from '../../../shared/contract/volume.ts';
import { useConnection } from '../../app/connection-store.ts';
import { query } from '../../app/engine.ts';
import { Button } from '../../components/Button.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { displayName } from '../../lib/display-name.ts';
import { useFormat } from '../../lib/use-format.ts';
import { VolumeLocations } from '../location/VolumeLocations.tsx';

/** In place of the files of a drive that is not there: when, where and by which computer it was last seen. */
export function OfflineNotice({ volume }: { volume: Volume }) {
  const { t } = useTranslation();
  const format = useFormat();
  const thisDevice = useConnection((state) => state.engine?.device.id);
  const { tracking } = volume;
  if (!tracking) return <EmptyState icon={Unplug} title={t('volume.offlineTitle')} />;
  const device = tracking.lastSeenDeviceId === thisDevice ? t('volume.thisComputer') : displayName(tracking.lastSeenDeviceName);
  const place = tracking.lastSeenMountPoint === null ? device : `${displayName(tracking.lastSeenMountPoint)}, ${device}`;
  return (
    <EmptyState
      icon={Unplug}
      title={t('volume.offlineTitle')}
      text={
        <>
          {t('volume.lastSeen', { ago: format.ago(tracking.lastSeenAt), place })}
          <br />
          {t('volume.offlineText')}
        </>
      }
      action={
        <div className="w-84 overflow-hidden rounded-xl border border-line empty:hidden">
          <VolumeLocations volume={volume} />
        </div>
      }
    />
  );
}

export function UnresponsiveNotice({ volume }: { volume: Volume }) {
  const { t } = useTranslation();
  const refresh = useMutation(query.volumes.refresh.mutationOptions());
  return (
    <EmptyState
      icon={CloudOff}
      title={t('volume.unresponsiveTitle', { name: displayName(volume.name) })}
      text={t('volume.unresponsiveText')}
      action={
        <Button icon={RotateCw} busy={refresh.isPending} onClick={() => refresh.mutate({})}>
          {t('common.retry')}
        </Button>
      }
    />
  );
}
