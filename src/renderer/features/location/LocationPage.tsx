import { FolderX } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Location } from '../../../shared/contract/location.ts';
import { navigate } from '../../app/navigation.ts';
import { Button } from '../../components/Button.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorBoundary } from '../../components/ErrorBoundary.tsx';
import { classNames } from '../../lib/class-names.ts';
import { displayName } from '../../lib/display-name.ts';
import { joinPath, pathBelow } from '../../lib/entry-path.ts';
import type { Route } from '../../lib/route.ts';
import type { BrowserPlace } from '../entry/browser-place.ts';
import { FileBrowser } from '../entry/FileBrowser.tsx';
import { useVolume } from '../volume/volume-queries.ts';
import { LocationHeader } from './LocationHeader.tsx';
import { LocationState } from './LocationState.tsx';
import { useLocation, useLocations } from './location-queries.ts';

/** A location: how it stands, and its files, whether its drive is plugged in or not. In its folders there is more room for these. */
export function LocationPage({ id, below }: { id: string; below: string | null }) {
  const { t } = useTranslation();
  const location = useLocation(id);
  const isLoading = useLocations().isPending;
  if (!location) {
    return isLoading ? null : (
      <EmptyState
        icon={FolderX}
        title={<h1>{t('location.gone')}</h1>}
        text={t('location.goneText')}
        action={<Button onClick={() => navigate({ page: 'home' })}>{t('home.title')}</Button>}
      />
    );
  }
  return (
    <div className="flex h-full flex-col">
      {below === null ? <LocationHeader location={location} /> : <h1 className="sr-only">{displayName(location.name)}</h1>}
      <LocationState location={location} isInFolder={below !== null} />
      <div className={classNames('min-h-0 flex-1', below === null && 'border-line border-t')}>
        <ErrorBoundary key={id}>
          <LocationFiles location={location} below={below} />
        </ErrorBoundary>
      </div>
    </div>
  );
}

function LocationFiles({ location, below }: { location: Location; below: string | null }) {
  const { id, name, path: root, volumeFingerprint, volumeName, isOnline } = location;
  const isReadOnly = useVolume(volumeFingerprint)?.isReadOnly ?? false;
  const place: BrowserPlace = useMemo(() => {
    const routeTo = (folder: string): Route => {
      const part = pathBelow(root, folder);
      // Where a link led out of the location.
      if (part === null) return { page: 'volume', fingerprint: volumeFingerprint, section: 'files', path: folder };
      return { page: 'location', id, below: part === '' ? null : part };
    };
    return {
      name,
      root,
      volumeName,
      fingerprint: volumeFingerprint,
      isReadOnly,
      isOffline: !isOnline,
      routeTo,
      open: (folder) => navigate(routeTo(folder)),
    };
  }, [id, name, root, volumeFingerprint, volumeName, isReadOnly, isOnline]);
  return <FileBrowser key={id} place={place} folder={joinPath(root, below)} />;
}
