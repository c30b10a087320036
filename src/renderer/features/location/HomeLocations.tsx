import { Plus } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { showDialog } from '../../app/dialog-store.ts';
import { Button } from '../../components/Button.tsx';
import { useFormat } from '../../lib/use-format.ts';
import { LocationCard } from './LocationCard.tsx';
import { sortLocations } from './location-facts.ts';
import { useLocations } from './location-queries.ts';

/** All locations at one glance; nothing while there are none. */
export function HomeLocations() {
  const { t } = useTranslation();
  const format = useFormat();
  const items = sortLocations(useLocations().data?.items ?? [], format.locale);
  if (items.length === 0) return null;
  const files = items.reduce((sum, location) => sum + location.totalFileCount, 0);
  return (
    <section className="mt-8" aria-label={t('location.title')}>
      <h2 className="mb-3 flex items-baseline gap-2 font-semibold text-base">
        {t('location.title')}
        <span className="font-normal text-faint text-xs tabular">{t('browser.files', { count: files, shown: format.count(files) })}</span>
        <Button
          size="sm"
          variant="link"
          icon={Plus}
          className="-my-1 ml-auto"
          onClick={() => showDialog({ kind: 'add-location', paths: [] })}
        >
          {t('location.addMenu')}
        </Button>
      </h2>
      <ul className="grid grid-cols-[repeat(auto-fill,minmax(264px,1fr))] gap-3.5">
        {items.map((location) => (
          <li key={location.id}>
            <LocationCard location={location} />
          </li>
        ))}
      </ul>
    </section>
  );
}
