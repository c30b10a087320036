import type { TFunction } from 'i18next';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { SearchHit } from '../../../shared/contract/search.ts';
import type { Volume } from '../../../shared/contract/volume.ts';
import { useConnection } from '../../app/connection-store.ts';
import { navigate } from '../../app/navigation.ts';
import { useUi } from '../../app/ui-store.ts';
import { displayName } from '../../lib/display-name.ts';
import { parentPath, pathBelow } from '../../lib/entry-path.ts';
import type { Route } from '../../lib/route.ts';
import { useFormat } from '../../lib/use-format.ts';
import { reveal } from '../entry/reveal-store.ts';
import { useLocations } from '../location/location-queries.ts';
import { useVolumes } from '../volume/volume-queries.ts';

/** Ways from a hit to where it is. They lead also to a drive that is not plugged in, whose page says so, and where it was last seen. */
export function useOpenHit() {
  const locations = useLocations().data?.items;
  /** Of a folder that was found, or holds what was. */
  const routeTo = useCallback(
    ({ locationId, entry }: SearchHit, folder: string): Route => {
      const location = locations?.find(({ id }) => id === locationId);
      const below = location ? pathBelow(location.path, folder) : null;
      if (below !== null) return { page: 'location', id: locationId, below: below === '' ? null : below };
      if (entry.volumeFingerprint === null) return { page: 'home' };
      return { page: 'volume', fingerprint: entry.volumeFingerprint, section: 'files', path: folder };
    },
    [locations],
  );
  /** Goes to the folder that holds it, with it selected. */
  const showInFolder = useCallback(
    (hit: SearchHit) => {
      const { showHidden, toggleHidden } = useUi.getState();
      if (hit.entry.isHidden && !showHidden) toggleHidden();
      reveal(hit.entry.path);
      const folder = parentPath(hit.entry.path);
      if (folder !== null) navigate(routeTo(hit, folder));
    },
    [routeTo],
  );
  const open = useCallback(
    (hit: SearchHit) => (hit.entry.kind === 'folder' ? navigate(routeTo(hit, hit.entry.path)) : showInFolder(hit)),
    [routeTo, showInFolder],
  );
  return { open, showInFolder, routeTo };
}

/** What to say of a hit whose drive is not plugged in: which one to plug in, and where it was when. */
export function useWhereabouts(): (hit: SearchHit) => { title: string; text: string } {
  const { t } = useTranslation();
  const format = useFormat();
  const volumes = useVolumes().data?.items;
  const thisDevice = useConnection((state) => state.engine?.device.id);
  return useCallback(
    (hit) => {
      const volume = volumes?.find(({ fingerprint }) => fingerprint === hit.entry.volumeFingerprint);
      const seen = volume && lastSeen(volume, thisDevice, format.ago, t);
      const title = t('browser.offlineOpen', { name: displayName(hit.entry.name), volume: displayName(hit.volumeName) });
      return { title, text: [t('search.plugIn'), ...(seen ? [seen] : [])].join(' ') };
    },
    [volumes, thisDevice, format, t],
  );
}

function lastSeen(volume: Volume, thisDevice: string | undefined, ago: (timestamp: string) => string, t: TFunction): string | null {
  const { tracking } = volume;
  if (!tracking) return null;
  const device = tracking.lastSeenDeviceId === thisDevice ? t('volume.thisComputer') : displayName(tracking.lastSeenDeviceName);
  const place = tracking.lastSeenMountPoint === null ? device : `${displayName(tracking.lastSeenMountPoint)}, ${device}`;
  return t('search.lastSeen', { ago: ago(tracking.lastSeenAt), place });
}
