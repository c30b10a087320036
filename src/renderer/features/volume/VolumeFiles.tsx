import { useMemo } from 'react';
import type { Volume } from '../../../shared/contract/volume.ts';
import { useConnection } from '../../app/connection-store.ts';
import { navigate } from '../../app/navigation.ts';
import { joinPath, mountPointToSdPath, pathBelow, volumeRoot } from '../../lib/entry-path.ts';
import type { Route } from '../../lib/route.ts';
import type { BrowserPlace } from '../entry/browser-place.ts';
import { FileBrowser } from '../entry/FileBrowser.tsx';
import { isWholeVolume } from '../location/location-facts.ts';
import { useLocations } from '../location/location-queries.ts';
import { OfflineNotice, UnresponsiveNotice } from './VolumeNotices.tsx';

/** The files of a volume: from the disk while it is there, from the index while it is not and all of it is indexed. */
export function VolumeFiles({ volume, path }: { volume: Volume; path: string | null }) {
  const deviceId = useConnection((state) => state.engine?.device.id ?? '');
  const locations = useLocations().data?.items ?? [];
  const { fingerprint, name, isMounted, isReadOnly, mountPoint } = volume;
  const lastMountPoint = volume.tracking?.lastSeenMountPoint ?? null;
  const isRemembered = locations.some((location) => location.volumeFingerprint === fingerprint && isWholeVolume(location));
  const root = isMounted ? mountPointToSdPath(deviceId, mountPoint ?? '/') : volumeRoot(fingerprint);
  const place: BrowserPlace = useMemo(() => {
    const routeTo = (folder: string): Route => ({
      page: 'volume',
      fingerprint,
      section: 'files',
      path: pathBelow(root, folder) === '' ? null : folder,
    });
    return {
      name,
      root,
      volumeName: name,
      fingerprint,
      isReadOnly,
      isOffline: !isMounted,
      routeTo,
      open: (folder) => navigate(routeTo(folder)),
    };
  }, [name, root, isReadOnly, isMounted, fingerprint]);
  if (volume.unresponsive && isMounted) return <UnresponsiveNotice volume={volume} />;
  if (!isMounted && !isRemembered) return <OfflineNotice volume={volume} />;
  // An address of the other kind: the drive was pulled out, or is back, since the folder was opened.
  const otherRoot = isMounted ? volumeRoot(fingerprint) : lastMountPoint === null ? null : mountPointToSdPath(deviceId, lastMountPoint);
  const below = path !== null && otherRoot !== null ? pathBelow(otherRoot, path) : null;
  return <FileBrowser place={place} folder={below === null ? (path ?? root) : joinPath(root, below)} />;
}
