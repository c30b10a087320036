import { Check, DatabaseZap, type LucideIcon, Pin, SquareChevronRight, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Volume } from '../../../shared/contract/volume.ts';
import { showDialog } from '../../app/dialog-store.ts';
import { Button } from '../../components/Button.tsx';
import { IconButton } from '../../components/IconButton.tsx';
import { classNames } from '../../lib/class-names.ts';
import { displayName } from '../../lib/display-name.ts';
import { runCommand } from '../command/run-command.ts';
import { useLocations } from '../location/location-queries.ts';
import { useVolumeActions } from '../volume/use-volume-actions.ts';
import { useVolumes } from '../volume/volume-queries.ts';
import { endWelcome, useGettingStarted } from './getting-started-store.ts';

/** What a newcomer does first, and how far that is done; nothing for everybody else. */
export function GettingStarted() {
  const isShown = useGettingStarted((state) => state.isShown);
  return isShown ? <Steps /> : null;
}

function Steps() {
  const { t } = useTranslation();
  const volumes = useVolumes().data?.items ?? [];
  const locations = useLocations().data?.items ?? [];
  const hasSeenPalette = useGettingStarted((state) => state.hasSeenPalette);
  const isTracking = volumes.some(({ tracking }) => tracking !== null);
  const candidate = volumes.find(({ isMounted, tracking, mountType }) => isMounted && tracking === null && mountType !== 'System');
  const states = [isTracking, locations.length > 0, hasSeenPalette];
  const done = states.filter(Boolean).length;
  return (
    <section aria-label={t('start.title')} className="mt-6 rounded-2xl border border-line bg-sunken p-4">
      <div className="flex items-start gap-3 pl-1">
        <div className="min-w-0 flex-1">
          <h2 className="font-semibold text-base">{t('start.title')}</h2>
          <p className="text-soft">{done === states.length ? t('start.finished') : t('start.text')}</p>
        </div>
        <span role="status" className="pt-0.5 text-faint text-xs tabular">
          {t('start.progress', { done, all: states.length })}
        </span>
        <IconButton icon={X} label={t('start.dismiss')} onClick={endWelcome} />
      </div>
      <ol className="mt-3.5 grid grid-cols-3 gap-3 max-[900px]:grid-cols-1">
        <Step icon={Pin} title={t('start.track.title')} text={t('start.track.text')} isDone={isTracking}>
          {candidate ? <TrackButton volume={candidate} /> : <span className="text-faint text-xs">{t('start.track.none')}</span>}
        </Step>
        <Step icon={DatabaseZap} title={t('start.index.title')} text={t('start.index.text')} isDone={locations.length > 0}>
          <Button size="sm" onClick={() => showDialog({ kind: 'add-location', paths: [] })}>
            {t('start.index.action')}
          </Button>
        </Step>
        <Step icon={SquareChevronRight} title={t('start.palette.title')} text={t('start.palette.text')} isDone={hasSeenPalette}>
          <Button size="sm" onClick={() => runCommand('app.palette')}>
            {t('start.palette.action')}
          </Button>
        </Step>
      </ol>
      {done === states.length && (
        <Button size="sm" variant="link" className="mt-2" onClick={() => runCommand('help.open')}>
          {t('start.openHelp')}
        </Button>
      )}
    </section>
  );
}

function TrackButton({ volume }: { volume: Volume }) {
  const { t } = useTranslation();
  const actions = useVolumeActions(volume);
  return (
    <Button size="sm" busy={actions.isTracking} className="max-w-full" onClick={actions.track}>
      <span className="truncate">{t('start.track.action', { name: displayName(volume.name) })}</span>
    </Button>
  );
}

interface StepProps {
  icon: LucideIcon;
  title: string;
  text: string;
  isDone: boolean;
  /** What to do; not shown once it is done. */
  children: ReactNode;
}

function Step({ icon: Icon, title, text, isDone, children }: StepProps) {
  const { t } = useTranslation();
  return (
    <li className="flex flex-col rounded-xl border border-line bg-raised p-3.5 shadow-card">
      <div className="flex items-center gap-2.5">
        <span
          className={classNames(
            'flex size-7 shrink-0 items-center justify-center rounded-full',
            isDone ? 'bg-good text-canvas' : 'bg-accent-wash text-accent',
          )}
        >
          {isDone ? <Check aria-hidden className="size-4" strokeWidth={2.4} /> : <Icon aria-hidden className="size-4" strokeWidth={1.9} />}
        </span>
        <h3 className="min-w-0 flex-1 font-medium">{title}</h3>
        {isDone && <span className="text-good text-xs">{t('start.done')}</span>}
      </div>
      <p className="mt-2 flex-1 text-soft text-xs leading-4.5">{text}</p>
      {!isDone && <div className="mt-3 flex min-w-0">{children}</div>}
    </li>
  );
}
