import { FolderPlus, Plus } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { showDialog } from '../../app/dialog-store.ts';
import { Button } from '../../components/Button.tsx';
import { useFormat } from '../../lib/use-format.ts';
import { LocationCard } from './LocationCard.tsx';
import { sortLocations } from './location-facts.ts';
import { useLocations } from './location-queries.ts';

const add = () => showDialog({ kind: 'add-location', paths: [] });

/** All locations at one glance; while there are none, what they are good for. */
export function HomeLocations() {
  const { t } = useTranslation();
  const format = useFormat();
  const { data } = useLocations();
  if (!data) return null;
  if (data.items.length === 0) return <FirstLocation />;
  const items = sortLocations(data.items, format.locale);
  const files = items.reduce((sum, location) => sum + location.totalFileCount, 0);
  return (
    <section className="mt-8" aria-label={t('location.title')}>
      <h2 className="mb-3 flex items-baseline gap-2 font-semibold text-base">
        {t('location.title')}
        <span className="font-normal text-faint text-xs tabular">{t('browser.files', { count: files, shown: format.count(files) })}</span>
        <Button size="sm" variant="link" icon={Plus} className="-my-1 ml-auto" onClick={add}>
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

function FirstLocation() {
  const { t } = useTranslation();
  return (
    <section
      aria-label={t('location.title')}
      className="mt-8 flex items-center gap-4 rounded-2xl border border-line-strong border-dashed px-5 py-4"
    >
      <FolderPlus aria-hidden className="size-6 shrink-0 text-soft" strokeWidth={1.6} />
      <div className="min-w-0 flex-1">
        <h2 className="font-semibold text-base leading-5 tracking-[-0.01em]">{t('location.firstTitle')}</h2>
        <p className="mt-0.5 max-w-150 text-soft text-xs leading-4.5">{t('location.firstText')}</p>
      </div>
      <Button onClick={add}>{t('location.addMenu')}</Button>
    </section>
  );
}
