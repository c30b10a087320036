import { CircleAlert, CirclePause } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Location } from '../../../shared/contract/location.ts';
import { openLocation } from '../../app/navigation.ts';
import { Badge } from '../../components/Facts.tsx';
import { ContextActions } from '../../components/Menu.tsx';
import { Name } from '../../components/Name.tsx';
import { Spinner } from '../../components/Spinner.tsx';
import { classNames } from '../../lib/class-names.ts';
import { displayName } from '../../lib/display-name.ts';
import { useFormat } from '../../lib/use-format.ts';
import { LocationTile } from './LocationTile.tsx';
import { useLocationMenu } from './use-location-actions.ts';
import { useLocationStatus } from './use-location-status.ts';

/** A location among all: where it lies, how much it holds, how it stands. */
export function LocationCard({ location }: { location: Location }) {
  const { t } = useTranslation();
  const format = useFormat();
  const items = useLocationMenu(location);
  const count = location.totalFileCount;
  return (
    <ContextActions items={items}>
      <article className="relative flex items-center gap-3 rounded-2xl border border-line bg-raised p-3.5 shadow-card transition-colors hover:border-line-strong">
        <button
          type="button"
          onClick={() => openLocation(location.id)}
          aria-label={t('volume.openNamed', { name: displayName(location.name) })}
          className="absolute inset-0 rounded-2xl"
        />
        <LocationTile location={location} />
        <div className="pointer-events-none min-w-0 flex-1">
          <h3 className="flex items-center gap-2 font-semibold text-base leading-5 tracking-[-0.01em]">
            <Name className={classNames('truncate', !location.isOnline && 'text-soft')}>{location.name}</Name>
            <CardStatus location={location} />
          </h3>
          <p className="mt-0.5 truncate text-faint text-xs tabular">
            {displayName(location.volumeName)} · {t('browser.files', { count, shown: format.count(count) })} ·{' '}
            {format.size(location.totalBytes)}
          </p>
        </div>
      </article>
    </ContextActions>
  );
}

function CardStatus({ location }: { location: Location }) {
  const { t } = useTranslation();
  const status = useLocationStatus(location);
  const label = t(`location.status.${status}`);
  // A check goes on behind the scenes: nothing that anybody has to wait for.
  if (status === 'ready' || status === 'checking') return null;
  if (status === 'offline') return <Badge>{label}</Badge>;
  if (status === 'error') {
    return (
      <Badge tone="bad">
        <CircleAlert aria-hidden className="size-3" />
        {label}
      </Badge>
    );
  }
  if (status === 'paused') {
    return (
      <Badge tone="warn">
        <CirclePause aria-hidden className="size-3" />
        {label}
      </Badge>
    );
  }
  return (
    <Badge tone="accent">
      <Spinner className="size-3" />
      {label}
    </Badge>
  );
}
