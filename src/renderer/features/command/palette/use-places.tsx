import { Bookmark, Folder, type LucideIcon, Star } from 'lucide-react';
import { useMemo } from 'react';
import type { Location } from '../../../../shared/contract/location.ts';
import type { SavedSearch } from '../../../../shared/contract/search.ts';
import type { Volume } from '../../../../shared/contract/volume.ts';
import { parseSdPath } from '../../../../shared/sd-path.ts';
import { useConnection } from '../../../app/connection-store.ts';
import { navigate, openLocation, openSearch, openVolume } from '../../../app/navigation.ts';
import { lastName, presentAddress } from '../../../lib/entry-path.ts';
import { formatRoute } from '../../../lib/route.ts';
import { useLocations } from '../../location/location-queries.ts';
import { useSavedSearches } from '../../search/search-queries.ts';
import { useConfig } from '../../settings/settings-queries.ts';
import { useReadableAddress } from '../../volume/use-readable-address.ts';
import { useVolumeKind } from '../../volume/use-volume-kind.ts';
import { VolumeTile } from '../../volume/VolumeTile.tsx';
import { useVolumes } from '../../volume/volume-queries.ts';
import { useRouteTitles } from '../../workspace/route-title.ts';
import { selectTab } from '../../workspace/tab-commands.ts';
import { stepOf } from '../../workspace/workspace.ts';
import { useWorkspace } from '../../workspace/workspace-store.ts';
import type { PaletteItem } from './palette-item.ts';
import { recentFolders } from './recent-folders.ts';

const sign = (Icon: LucideIcon) => <Icon className="size-4" strokeWidth={1.8} />;

/** Everywhere that one can go to: open tabs, drives, locations, favourites, folders that were open, saved searches. */
export function usePlaces(): PaletteItem[] {
  const volumes = useVolumes().data?.items;
  const locations = useLocations().data?.items;
  const searches = useSavedSearches().data?.items;
  const favourites = useConfig()?.explorer.favourites;
  const deviceId = useConnection((state) => state.engine?.device.id ?? '');
  const tabs = useTabItems();
  const kindOf = useVolumeKind();
  const readable = useReadableAddress();
  return useMemo(() => {
    const shown = (volumes ?? []).filter((volume) => volume.isUserVisible || volume.tracking !== null);
    return [
      ...tabs,
      ...shown.map((volume) => volumeItem(volume, kindOf(volume))),
      ...(locations ?? []).map((location) => locationItem(location, readable(location.path))),
      ...(favourites ?? []).flatMap((address) => favouriteItem(address, volumes ?? [], deviceId, readable(address))),
      ...recentFolders(locations ?? []).map(
        ({ route, address }): PaletteItem => ({
          key: `recent:${formatRoute(route)}`,
          kind: 'recent',
          label: lastName(address),
          picture: sign(Folder),
          detail: readable(address),
          run: () => navigate(route),
        }),
      ),
      ...(searches ?? []).map(searchItem),
    ];
  }, [tabs, volumes, locations, searches, favourites, deviceId, kindOf, readable]);
}

/** The tabs that are not in sight. */
function useTabItems(): PaletteItem[] {
  const panes = useWorkspace((workspace) => workspace.panes);
  const titleOf = useRouteTitles();
  return panes.flatMap((pane) =>
    pane.tabs
      .filter(({ id }) => id !== pane.tabId)
      .map((tab): PaletteItem => {
        const { title, icon, isOffline } = titleOf(stepOf(tab).route);
        return { key: `tab:${tab.id}`, kind: 'tab', label: title, picture: sign(icon), isAway: isOffline, run: () => selectTab(tab.id) };
      }),
  );
}

function volumeItem(volume: Volume, kind: string): PaletteItem {
  return {
    key: `volume:${volume.fingerprint}`,
    kind: 'volume',
    label: volume.name,
    keywords: [volume.label ?? ''],
    picture: <VolumeTile volume={volume} size="sm" />,
    detail: kind,
    isAway: !volume.isMounted,
    run: () => openVolume(volume.fingerprint),
  };
}

function locationItem(location: Location, detail: string): PaletteItem {
  return {
    key: `location:${location.id}`,
    kind: 'location',
    label: location.name,
    picture: sign(Folder),
    detail,
    isAway: !location.isOnline,
    run: () => openLocation(location.id),
  };
}

/** Empty for what lies on no volume that is known. */
function favouriteItem(address: string, volumes: readonly Volume[], deviceId: string, detail: string): PaletteItem[] {
  const parsed = parseSdPath(address);
  const volume = parsed?.type === 'volume' ? volumes.find(({ fingerprint }) => fingerprint === parsed.fingerprint) : undefined;
  if (!volume) return [];
  return [
    {
      key: `favourite:${address}`,
      kind: 'favourite',
      label: lastName(address),
      picture: sign(Star),
      detail,
      isAway: !volume.isMounted,
      run: () => openVolume(volume.fingerprint, presentAddress(address, volumes, deviceId)),
    },
  ];
}

function searchItem(search: SavedSearch): PaletteItem {
  return {
    key: `search:${search.id}`,
    kind: 'search',
    label: search.name,
    picture: sign(Bookmark),
    detail: search.query,
    run: () => openSearch({ saved: search.id }),
  };
}
