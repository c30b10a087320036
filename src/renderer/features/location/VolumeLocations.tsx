import { useTranslation } from 'react-i18next';
import type { Volume } from '../../../shared/contract/volume.ts';
import { openLocation } from '../../app/navigation.ts';
import { Name } from '../../components/Name.tsx';
import { useFormat } from '../../lib/use-format.ts';
import { LocationTile } from './LocationTile.tsx';
import { sortLocations } from './location-facts.ts';
import { useLocations } from './location-queries.ts';

/** The locations of one volume, to go to; nothing where there are none. */
export function VolumeLocations({ volume }: { volume: Volume }) {
  const { t } = useTranslation();
  const format = useFormat();
  const all = useLocations().data?.items ?? [];
  const items = sortLocations(
    all.filter((location) => location.volumeFingerprint === volume.fingerprint),
    format.locale,
  );
  if (items.length === 0) return null;
  return (
    <ul aria-label={t('location.title')} className="divide-y divide-line text-left">
      {items.map((location) => (
        <li key={location.id}>
          <button
            type="button"
            onClick={() => openLocation(location.id)}
            className="flex w-full items-center gap-3 px-3 py-2 transition-colors hover:bg-hover"
          >
            <LocationTile location={location} size="sm" />
            <Name className="min-w-0 flex-1 truncate text-left font-medium">{location.name}</Name>
            <span className="text-soft text-xs tabular">
              {t('browser.files', { count: location.totalFileCount, shown: format.count(location.totalFileCount) })} ·{' '}
              {format.size(location.totalBytes)}
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}
