import { CircleAlert, CircleCheck, CirclePause, Eye, EyeOff, type LucideIcon, Play, RotateCw, TriangleAlert, Unplug } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Job } from '../../../shared/contract/job.ts';
import type { Location } from '../../../shared/contract/location.ts';
import { useConnection } from '../../app/connection-store.ts';
import { showDialog } from '../../app/dialog-store.ts';
import { Button } from '../../components/Button.tsx';
import { Spinner } from '../../components/Spinner.tsx';
import { classNames } from '../../lib/class-names.ts';
import { displayName } from '../../lib/display-name.ts';
import { useErrorText } from '../../lib/use-error-text.ts';
import { useFormat } from '../../lib/use-format.ts';
import { useJobs } from '../job/job-queries.ts';
import { usePauseText, useProgressParts } from '../job/use-job-lines.ts';
import { useVolume } from '../volume/volume-queries.ts';
import { scanOf, statusOf } from './location-facts.ts';
import { ScanProgress } from './ScanProgress.tsx';
import { useLocationActions } from './use-location-actions.ts';
import { WatchLimitNotice } from './WatchLimitNotice.tsx';

/** How the location stands, and what the user can do about it. In one of its folders, only what is not as it should be. */
export function LocationState({ location, isInFolder }: { location: Location; isInFolder: boolean }) {
  const jobs = useJobs().data?.items ?? [];
  const scan = scanOf(location, jobs);
  const status = statusOf(location, scan);
  const isScanning = (status === 'scanning' || status === 'waiting') && scan !== undefined && scan.id === location.jobId;
  const isAsItShould = status === 'ready' || status === 'checking' || (status === 'waiting' && !isScanning);
  if (isInFolder && isAsItShould && location.watchState !== 'limited') return null;
  return (
    <div className={classNames('space-y-2 px-7 pb-3', isInFolder && 'pt-2')} aria-live="polite">
      {status === 'offline' && <OfflineLine location={location} />}
      {isScanning && <ScanProgress job={scan} />}
      {status === 'paused' && <PausedLine location={location} />}
      {status === 'error' && <ErrorLine location={location} />}
      {isAsItShould && !isInFolder && <ReadyLine location={location} check={status === 'checking' ? scan : undefined} />}
      {location.watchState === 'limited' && <WatchLimitNotice />}
    </div>
  );
}

interface LineProps {
  icon: LucideIcon;
  tone: 'quiet' | 'warn' | 'bad';
  children: ReactNode;
  action?: ReactNode;
}

const TONES = { quiet: 'bg-sunken text-soft', warn: 'bg-warn-wash text-warn', bad: 'bg-bad-wash text-bad' };

function Line({ icon: Icon, tone, children, action }: LineProps) {
  return (
    <div className={`flex min-h-9 items-center gap-2.5 rounded-lg px-3 py-1.5 text-xs leading-4.5 ${TONES[tone]}`}>
      <Icon aria-hidden className="size-4 shrink-0" strokeWidth={1.9} />
      <p className="min-w-0 flex-1 break-words">{children}</p>
      {action}
    </div>
  );
}

function OfflineLine({ location }: { location: Location }) {
  const { t } = useTranslation();
  const format = useFormat();
  const thisDevice = useConnection((state) => state.engine?.device.id);
  const tracking = useVolume(location.volumeFingerprint)?.tracking;
  const name = displayName(location.volumeName);
  const device = tracking?.lastSeenDeviceId === thisDevice ? t('volume.thisComputer') : displayName(tracking?.lastSeenDeviceName ?? '');
  const place = tracking?.lastSeenMountPoint == null ? device : `${displayName(tracking.lastSeenMountPoint)}, ${device}`;
  return (
    <Line icon={Unplug} tone="quiet">
      <span className="font-medium text-ink">{t('location.plugIn', { name })}</span>{' '}
      {tracking && t('volume.lastSeen', { ago: format.ago(tracking.lastSeenAt), place })}
    </Line>
  );
}

function PausedLine({ location }: { location: Location }) {
  const { t } = useTranslation();
  const jobs = useJobs().data?.items ?? [];
  const scan = scanOf(location, jobs);
  const pauseText = usePauseText();
  const actions = useLocationActions(location);
  return (
    <Line
      icon={CirclePause}
      tone="warn"
      action={
        <Button size="sm" icon={Play} busy={actions.isBusy} onClick={actions.resume}>
          {t('location.resume')}
        </Button>
      }
    >
      {scan?.status === 'paused' && scan.pauseReason !== 'user' ? pauseText(scan) : t('location.pausedText')}
    </Line>
  );
}

function ErrorLine({ location }: { location: Location }) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const actions = useLocationActions(location);
  const isGone = location.error?.code === 'LOCATION_GONE';
  return (
    <Line
      icon={CircleAlert}
      tone="bad"
      action={
        <>
          {isGone && (
            <Button size="sm" onClick={() => showDialog({ kind: 'remove-location', id: location.id })}>
              {t('location.removeMenu')}
            </Button>
          )}
          <Button size="sm" icon={RotateCw} busy={actions.isBusy} onClick={() => actions.rescan('quick')}>
            {t('common.retry')}
          </Button>
        </>
      }
    >
      <span data-selectable>{location.error ? errorText(location.error) : t('location.failed')}</span>
    </Line>
  );
}

/** @param check what compares it with the disk, unasked */
function ReadyLine({ location, check }: { location: Location; check: Job | undefined }) {
  const { t } = useTranslation();
  const format = useFormat();
  const jobs = useJobs().data?.items ?? [];
  const scan = scanOf(location, jobs);
  const { lastScanAt, watchState, watchEnabled, problemCount } = location;
  // What is to be watched and is not yet, soon will be.
  const isWatchTold = !check && (watchState !== 'off' || !watchEnabled);
  const isWatched = watchState === 'watching' || watchState === 'polling';
  const Watch = isWatched ? Eye : EyeOff;
  const problems = t('job.problems', { count: problemCount, shown: format.count(problemCount) });
  return (
    <p className="flex min-h-5 flex-wrap items-center gap-x-4 gap-y-1 text-soft text-xs">
      <span className="flex items-center gap-1.5">
        <CircleCheck aria-hidden className={lastScanAt === null ? 'size-3.5 text-faint' : 'size-3.5 text-good'} strokeWidth={2} />
        {lastScanAt === null ? t('location.neverScanned') : t('location.scanned', { ago: format.ago(lastScanAt) })}
      </span>
      {check && <CheckLink job={check} />}
      {isWatchTold && watchState !== 'offline' && watchState !== 'limited' && (
        <span className="flex items-center gap-1.5">
          <Watch aria-hidden className="size-3.5" strokeWidth={1.9} />
          {t(`location.watchState.${watchState}`)}
        </span>
      )}
      {problemCount > 0 &&
        (scan ? (
          <button
            type="button"
            onClick={() => showDialog({ kind: 'job', id: scan.id })}
            className="flex items-center gap-1.5 rounded font-medium text-warn hover:underline"
          >
            <TriangleAlert aria-hidden className="size-3.5" />
            {problems}
          </button>
        ) : (
          <span className="flex items-center gap-1.5 text-warn">
            <TriangleAlert aria-hidden className="size-3.5" />
            {problems}
          </span>
        ))}
    </p>
  );
}

/** A check is quiet: one line, and all about it behind that. */
function CheckLink({ job }: { job: Job }) {
  const { t } = useTranslation();
  const [items] = useProgressParts()(job.progress);
  return (
    <button
      type="button"
      onClick={() => showDialog({ kind: 'job', id: job.id })}
      className="flex items-center gap-1.5 rounded tabular hover:text-ink hover:underline"
    >
      <Spinner className="size-3.5 text-faint" />
      {[t('location.status.checking'), items].filter((part) => part !== undefined).join(' · ')}
    </button>
  );
}
