import { HardDrive } from 'lucide-react';
import { Tabs } from 'radix-ui';
import { useTranslation } from 'react-i18next';
import type { Volume } from '../../../shared/contract/volume.ts';
import { navigate } from '../../app/navigation.ts';
import { Button } from '../../components/Button.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorBoundary } from '../../components/ErrorBoundary.tsx';
import { displayName } from '../../lib/display-name.ts';
import type { VolumeSection } from '../../lib/route.ts';
import { IdentityQuestion } from './IdentityQuestion.tsx';
import { SpeedTest } from './SpeedTest.tsx';
import { VolumeDetails } from './VolumeDetails.tsx';
import { VolumeFiles } from './VolumeFiles.tsx';
import { VolumeHeader } from './VolumeHeader.tsx';
import { VolumeHistory } from './VolumeHistory.tsx';
import { isDoubtful } from './volume-facts.ts';
import { useVolume, useVolumes } from './volume-queries.ts';

interface VolumePageProps {
  fingerprint: string;
  section: VolumeSection;
  path: string | null;
}

const SECTIONS: readonly VolumeSection[] = ['files', 'details', 'history', 'speed'];

/** A volume: what it is, what was done with it, and its files. In its folders there is more room for these. */
export function VolumePage({ fingerprint, section, path }: VolumePageProps) {
  const { t } = useTranslation();
  const volume = useVolume(fingerprint);
  const isLoading = useVolumes().isPending;
  if (!volume) {
    return isLoading ? null : (
      <EmptyState
        icon={HardDrive}
        title={<h1>{t('volume.gone')}</h1>}
        text={t('volume.goneText')}
        action={<Button onClick={() => navigate({ page: 'home' })}>{t('home.title')}</Button>}
      />
    );
  }
  return (
    <Tabs.Root
      value={section}
      // Coming back by Shift+Tab, the keyboard is on the section that was used last, of whichever drive: it is not opened by that alone.
      activationMode="manual"
      onValueChange={(next) => {
        const chosen = SECTIONS.find((candidate) => candidate === next);
        if (chosen) navigate({ page: 'volume', fingerprint, section: chosen, path: null });
      }}
      className="flex h-full flex-col"
    >
      {path === null ? (
        <>
          <VolumeHeader volume={volume} />
          <Sections />
        </>
      ) : (
        <h1 className="sr-only">{displayName(volume.name)}</h1>
      )}
      {isDoubtful(volume) && <IdentityQuestion volume={volume} />}
      <Tabs.Content value={section} tabIndex={-1} className="min-h-0 flex-1 outline-none">
        <ErrorBoundary key={`${fingerprint}-${section}`}>
          <Section volume={volume} section={section} path={path} />
        </ErrorBoundary>
      </Tabs.Content>
    </Tabs.Root>
  );
}

function Sections() {
  const { t } = useTranslation();
  return (
    <Tabs.List aria-label={t('volume.sections')} className="flex gap-5 border-line border-b px-7">
      {SECTIONS.map((name) => (
        <Tabs.Trigger
          key={name}
          value={name}
          className="-mb-px h-9 rounded-t-md border-transparent border-b-2 font-medium text-soft transition-colors hover:text-ink data-[state=active]:border-accent data-[state=active]:text-ink"
        >
          {t(`section.${name}`)}
        </Tabs.Trigger>
      ))}
    </Tabs.List>
  );
}

function Section({ volume, section, path }: { volume: Volume; section: VolumeSection; path: string | null }) {
  if (section === 'details') return <VolumeDetails volume={volume} />;
  if (section === 'history') return <VolumeHistory volume={volume} />;
  if (section === 'speed') return <SpeedTest volume={volume} />;
  return <VolumeFiles key={volume.fingerprint} volume={volume} path={path} />;
}
