import { HardDrive } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Volume } from '../../../shared/contract/volume.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { Skeleton } from '../../components/Skeleton.tsx';
import { useFormat } from '../../lib/use-format.ts';
import { HomeLocations } from '../location/HomeLocations.tsx';
import { GettingStarted } from '../welcome/GettingStarted.tsx';
import { FleetBar } from './FleetBar.tsx';
import { VolumeCard } from './VolumeCard.tsx';
import { groupVolumes } from './volume-facts.ts';
import { useVolumes } from './volume-queries.ts';

/** Every drive at one glance: the first thing that a user sees. */
export function HomePage() {
  const { t } = useTranslation();
  const { locale } = useFormat();
  const volumes = useVolumes();
  if (volumes.error) return <ErrorNotice error={volumes.error} onRetry={() => volumes.refetch()} />;
  const items = volumes.data?.items;
  if (!items) return <HomeSkeleton />;
  if (items.length === 0) return <EmptyState icon={HardDrive} title={t('home.empty')} text={t('home.emptyText')} />;
  const sorted = groupVolumes(items, locale).flatMap((group) => group.volumes);
  const sections = [
    { group: 'here' as const, volumes: sorted.filter((volume) => volume.isMounted) },
    { group: 'offline' as const, volumes: sorted.filter((volume) => !volume.isMounted) },
  ].filter((section) => section.volumes.length > 0);
  return (
    <div className="h-full overflow-y-auto">
      <div className="mx-auto max-w-270 px-8 pt-3 pb-16">
        <Summary volumes={items} />
        <GettingStarted />
        <HomeLocations />
        {sections.map(({ group, volumes: members }) => (
          <section key={group} className="mt-8" aria-label={t(`group.${group}`)}>
            <h2 className="mb-3 flex items-baseline gap-2 font-semibold text-base">
              {t(`group.${group}`)}
              <span className="font-normal text-faint text-xs tabular">{members.length}</span>
            </h2>
            <ul className="grid grid-cols-[repeat(auto-fill,minmax(264px,1fr))] gap-3.5">
              {members.map((volume) => (
                <li key={volume.fingerprint}>
                  <VolumeCard volume={volume} />
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </div>
  );
}

function Summary({ volumes }: { volumes: Volume[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const mounted = volumes.filter((volume) => volume.isMounted);
  const offline = volumes.length - mounted.length;
  const free = format.sizeParts(mounted.reduce((sum, volume) => sum + volume.availableBytes, 0));
  const total = format.size(mounted.reduce((sum, volume) => sum + volume.totalBytes, 0));
  return (
    <header>
      <h1 className="sr-only">{t('home.title')}</h1>
      <p className="flex flex-wrap items-baseline gap-x-2">
        <span className="font-semibold text-3xl tracking-[-0.035em] tabular">{free.figure}</span>
        <span className="font-medium text-soft text-xl tracking-[-0.02em]">{free.unit}</span>
        <span className="text-base text-soft">{t('home.freeOf', { size: total })}</span>
        <span className="ml-auto text-faint">
          {t('home.drives', { count: mounted.length })}
          {offline > 0 && ` · ${t('home.offline', { count: offline })}`}
        </span>
      </p>
      <FleetBar volumes={mounted} />
    </header>
  );
}

function HomeSkeleton() {
  return (
    <Skeleton className="mx-auto max-w-270 px-8 pt-7">
      <div className="h-8 w-56 rounded-lg bg-track" />
      <div className="mt-4 h-3 rounded-full bg-track" />
      <div className="mt-12 grid grid-cols-3 gap-3.5">
        {['a', 'b', 'c'].map((key) => (
          <div key={key} className="h-36 rounded-2xl bg-track" />
        ))}
      </div>
    </Skeleton>
  );
}
