import { Tabs } from 'radix-ui';
import { useTranslation } from 'react-i18next';
import appIcon from '../../../../resources/icon.svg';
import { Meter } from '../../components/Meter.tsx';
import { Name } from '../../components/Name.tsx';
import { useFormat } from '../../lib/use-format.ts';
import { CreateLibraryForm } from '../library/CreateLibraryForm.tsx';
import { OpenLibraryForm } from '../library/OpenLibraryForm.tsx';
import { useVolumeKind } from '../volume/use-volume-kind.ts';
import { VolumeTile } from '../volume/VolumeTile.tsx';
import { capacityTone, groupVolumes, usedFraction } from '../volume/volume-facts.ts';
import { useVolumes } from '../volume/volume-queries.ts';
import { beginWelcome } from './getting-started-store.ts';

/** No library is open: make one, or open one. The drives beside it show that Mooring already sees them. */
export function WelcomePage() {
  const { t } = useTranslation();
  return (
    <main className="grid h-full grid-cols-[minmax(0,1.15fr)_minmax(0,1fr)] max-[860px]:grid-cols-1">
      <div className="flex flex-col justify-center overflow-y-auto px-14 py-10">
        <div className="mx-auto w-full max-w-100">
          <img src={appIcon} alt="" className="-ml-1 size-16" draggable={false} />
          <h1 className="mt-5 font-semibold text-2xl tracking-[-0.03em]">{t('welcome.title')}</h1>
          <p className="mt-1.5 mb-7 text-base text-soft leading-5.5">{t('welcome.text')}</p>
          <Tabs.Root defaultValue="create">
            <Tabs.List className="mb-5 flex rounded-lg bg-track p-0.5">
              {(['create', 'open'] as const).map((name) => (
                <Tabs.Trigger
                  key={name}
                  value={name}
                  className="h-7.5 flex-1 rounded-md font-medium text-soft transition-colors hover:text-ink data-[state=active]:bg-raised data-[state=active]:text-ink data-[state=active]:shadow-card dark:data-[state=active]:bg-line-strong"
                >
                  {t(`welcome.${name}`)}
                </Tabs.Trigger>
              ))}
            </Tabs.List>
            <Tabs.Content value="create">
              <CreateLibraryForm onDone={beginWelcome} />
            </Tabs.Content>
            <Tabs.Content value="open">
              <OpenLibraryForm />
            </Tabs.Content>
          </Tabs.Root>
        </div>
      </div>
      <DrivesSeen />
    </main>
  );
}

function DrivesSeen() {
  const { t } = useTranslation();
  const format = useFormat();
  const kind = useVolumeKind();
  const volumes = groupVolumes(useVolumes().data?.items ?? [], format.locale).flatMap((group) => group.volumes);
  return (
    <aside
      aria-label={t('welcome.drives')}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: with many drives it scrolls, and a keyboard must be able to.
      tabIndex={0}
      className="flex flex-col justify-center-safe overflow-y-auto border-line border-l bg-side px-12 py-10 max-[860px]:hidden"
    >
      <div className="mx-auto w-full max-w-92">
        <h2 className="flex items-center gap-2 font-medium text-soft text-xs">
          <span aria-hidden className="size-1.75 animate-pulse rounded-full bg-[#2fa37c]" />
          {t('welcome.drives')}
        </h2>
        <ul className="mt-3 space-y-2">
          {volumes.map((volume) => (
            <li
              key={volume.fingerprint}
              className="flex animate-rise items-center gap-3 rounded-xl border border-line bg-raised px-3.5 py-3 shadow-card"
            >
              <VolumeTile volume={volume} />
              <div className="min-w-0 flex-1">
                <p className="flex items-baseline gap-2">
                  <Name className="min-w-0 flex-1 truncate font-medium">{volume.name}</Name>
                  <span className="text-faint text-xs tabular">{format.size(volume.totalBytes)}</span>
                </p>
                <p className="mb-1.5 truncate text-faint text-xs">{kind(volume)}</p>
                <Meter
                  fraction={usedFraction(volume)}
                  tone={capacityTone(volume)}
                  label={t('volume.capacityOf', { name: volume.name })}
                  className="h-1"
                />
              </div>
            </li>
          ))}
        </ul>
        <p className="mt-4 text-faint text-xs leading-4.5">{t('welcome.drivesText')}</p>
      </div>
    </aside>
  );
}
