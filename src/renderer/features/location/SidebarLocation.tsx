import { CircleAlert, CirclePause } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Location } from '../../../shared/contract/location.ts';
import { openLocation, useRoute } from '../../app/navigation.ts';
import { ContextActions } from '../../components/Menu.tsx';
import { Name } from '../../components/Name.tsx';
import { Spinner } from '../../components/Spinner.tsx';
import { classNames } from '../../lib/class-names.ts';
import { displayName } from '../../lib/display-name.ts';
import { useFormat } from '../../lib/use-format.ts';
import { useDropTarget } from '../file-operation/use-drop-target.ts';
import { useVolume } from '../volume/volume-queries.ts';
import { LocationTile } from './LocationTile.tsx';
import type { LocationStatus } from './location-facts.ts';
import { useLocationMenu } from './use-location-actions.ts';
import { useLocationStatus } from './use-location-status.ts';

/** One location of the sidebar: opens it, takes drops, and has its menu. */
export function SidebarLocation({ location }: { location: Location }) {
  const { t } = useTranslation();
  const format = useFormat();
  const route = useRoute();
  const items = useLocationMenu(location);
  const isCurrent = route.page === 'location' && route.id === location.id;
  const status = useLocationStatus(location);
  const isReadOnly = useVolume(location.volumeFingerprint)?.isReadOnly ?? true;
  const { isOver, dropProps } = useDropTarget({
    folder: isReadOnly ? null : location.path,
    name: location.name,
    fingerprint: location.volumeFingerprint,
    onSpring: () => openLocation(location.id),
  });
  const count = location.totalFileCount;
  const line = [displayName(location.volumeName), ...(count > 0 ? [t('browser.files', { count, shown: format.count(count) })] : [])];
  return (
    <ContextActions items={items}>
      <button
        type="button"
        data-location={location.id}
        aria-current={isCurrent ? 'page' : undefined}
        onClick={() => openLocation(location.id)}
        className={classNames(
          'flex w-full items-center gap-2.5 rounded-lg px-2 py-1.5 text-left transition-colors duration-100',
          isOver ? 'bg-accent text-on-accent' : isCurrent ? 'bg-pressed' : 'hover:bg-hover',
        )}
        {...dropProps}
      >
        <LocationTile location={location} size="sm" />
        <span className="min-w-0 flex-1">
          <span className="flex items-center gap-1.5">
            <Name className={classNames('min-w-0 flex-1 truncate font-medium', !location.isOnline && !isOver && 'text-soft')}>
              {location.name}
            </Name>
            <span className="sr-only">, {t(`location.status.${status}`)}, </span>
            <StatusMark status={status} />
          </span>
          <span className={classNames('block truncate text-2xs tabular', !isOver && 'text-soft')}>
            {status === 'offline' ? t('location.sidebarOffline', { name: displayName(location.volumeName) }) : line.join(' · ')}
          </span>
        </span>
      </button>
    </ContextActions>
  );
}

function StatusMark({ status }: { status: LocationStatus }) {
  if (status === 'scanning' || status === 'waiting') return <Spinner className="mr-px size-3 shrink-0 text-accent" />;
  if (status === 'error') return <CircleAlert aria-hidden className="size-3.5 shrink-0 text-bad" />;
  if (status === 'paused') return <CirclePause aria-hidden className="size-3.5 shrink-0 text-warn" />;
  if (status === 'offline') return <span aria-hidden className="mr-0.5 size-1.75 shrink-0 rounded-full border border-line-strong" />;
  return null;
}
