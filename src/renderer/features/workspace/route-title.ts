import type { TFunction } from 'i18next';
import type { LucideIcon } from 'lucide-react';
import { Bookmark, CircleQuestionMark, Folder, HardDrive, History, LayoutGrid, Search, Settings, Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Location } from '../../../shared/contract/location.ts';
import type { SavedSearch } from '../../../shared/contract/search.ts';
import type { Volume } from '../../../shared/contract/volume.ts';
import { useConnection } from '../../app/connection-store.ts';
import { joinPath, lastName, mountPointToSdPath, pathBelow, volumeRoot } from '../../lib/entry-path.ts';
import type { Route } from '../../lib/route.ts';
import { useLocations } from '../location/location-queries.ts';
import { useSavedSearches } from '../search/search-queries.ts';
import { iconOf } from '../volume/volume-icons.ts';
import { useVolumes } from '../volume/volume-queries.ts';

/** What the names of routes are made of. */
export interface KnownPlaces {
  volumes: readonly Volume[];
  locations: readonly Location[];
  searches: readonly SavedSearch[];
  deviceId: string;
}

/** What a place is called and looks like: on its tab, and wherever else it is named. A name from a disk is among them: show it as such. */
export interface RouteTitle {
  title: string;
  icon: LucideIcon;
  /** Of what lies on a drive that is not plugged in. */
  isOffline: boolean;
}

export function routeTitle(route: Route, known: KnownPlaces, t: TFunction): RouteTitle {
  const page = (title: string, icon: LucideIcon) => ({ title, icon, isOffline: false });
  switch (route.page) {
    case 'home':
      return page(t('home.title'), LayoutGrid);
    case 'settings':
      return page(t('settings.title'), Settings);
    case 'help':
      return page(t('help.title'), CircleQuestionMark);
    case 'trash':
      return page(t('trash.title'), Trash2);
    case 'history':
      return page(t('activity.title'), History);
    case 'search': {
      const saved = known.searches.find(({ id }) => id === route.saved);
      return page(saved?.name ?? (route.query?.trim() || t('search.title')), saved ? Bookmark : Search);
    }
    case 'location': {
      const location = known.locations.find(({ id }) => id === route.id);
      if (!location) return page(t('location.gone'), Folder);
      const title = route.below === null ? location.name : lastName(joinPath(location.path, route.below));
      return { title, icon: Folder, isOffline: !location.isOnline };
    }
    case 'volume': {
      const volume = known.volumes.find(({ fingerprint }) => fingerprint === route.fingerprint);
      if (!volume) return page(t('volume.gone'), HardDrive);
      const isFolder = route.path !== null && !isRootOf(volume, route.path, known.deviceId);
      const name = isFolder && route.path !== null ? lastName(route.path) : volume.name;
      return { title: name, icon: isFolder ? Folder : iconOf(volume), isOffline: !volume.isMounted };
    }
  }
}

function isRootOf({ fingerprint, mountPoints }: Volume, path: string, deviceId: string): boolean {
  const roots = [volumeRoot(fingerprint), ...mountPoints.map((mountPoint) => mountPointToSdPath(deviceId, mountPoint))];
  return roots.some((root) => pathBelow(root, path) === '');
}

/** The titles of routes, as far as the page knows what they lead to. */
export function useRouteTitles(): (route: Route) => RouteTitle {
  const { t } = useTranslation();
  const volumes = useVolumes().data?.items ?? [];
  const locations = useLocations().data?.items ?? [];
  const searches = useSavedSearches().data?.items ?? [];
  const deviceId = useConnection((state) => state.engine?.device.id ?? '');
  return (route) => routeTitle(route, { volumes, locations, searches, deviceId }, t);
}
