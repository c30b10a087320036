import { useTranslation } from 'react-i18next';
import type { Job, JobProgress } from '../../../shared/contract/job.ts';
import { displayName } from '../../lib/display-name.ts';
import { errorText } from '../../lib/use-error-text.ts';
import { useFormat } from '../../lib/use-format.ts';
import { useVolumes } from '../volume/volume-queries.ts';
import { scanResult } from './scan-result.ts';

/** What a job that has ended amounts to: what it counted itself, where it did. */
export function useResultParts() {
  const { t } = useTranslation();
  const format = useFormat();
  const parts = useProgressParts();
  return (job: Job): string[] => scanResult(job, t, format.count) ?? parts(job.progress, false);
}

const PHASES = ['discovery', 'processing', 'aggregation'] as const;
type Phase = (typeof PHASES)[number];
const isPhase = (phase: string): phase is Phase => (PHASES as readonly string[]).includes(phase);

/** How far a job is, as the parts of one line: “12,040 items”, “1.2 GB of 4 GB”, and while it moves “80 MB/s”, “2m left”. */
export function useProgressParts() {
  const { t } = useTranslation();
  const format = useFormat();
  return (progress: JobProgress, isMoving = true): string[] => {
    const { itemsDone, itemsTotal, bytesDone, bytesTotal, bytesPerSecond, secondsLeft } = progress;
    const items =
      itemsTotal === null
        ? t('job.itemsDone', { count: itemsDone, shown: format.count(itemsDone) })
        : t('job.itemsOf', { count: itemsTotal, shown: format.count(itemsDone), total: format.count(itemsTotal) });
    const bytes =
      bytesTotal === null ? format.size(bytesDone) : t('job.amount', { done: format.size(bytesDone), total: format.size(bytesTotal) });
    return [
      itemsDone > 0 || itemsTotal !== null ? items : null,
      bytesDone > 0 || bytesTotal !== null ? bytes : null,
      !isMoving || bytesPerSecond === null || bytesPerSecond === 0 ? null : `${format.size(bytesPerSecond)}/s`,
      !isMoving || secondsLeft === null ? null : t('job.left', { time: format.duration(secondsLeft) }),
    ].filter((part) => part !== null);
  };
}

/** The name of the phase, where it is one of those that have one. */
export function usePhase(): (phase: string) => string | null {
  const { t } = useTranslation();
  return (phase) => (isPhase(phase) ? t(`job.phase.${phase}`) : null);
}

/** Why a job is paused, and what ends it. */
export function usePauseText(): (job: Job) => string {
  const { t } = useTranslation();
  const volumes = useVolumes().data?.items ?? [];
  return (job) => {
    if (job.pauseReason === null) return t('job.status.paused');
    // The engine says how much is missing.
    if (job.pauseReason === 'no-space' && job.error !== null) return t('job.pause.full', { reason: errorText(job.error) });
    if (job.pauseReason !== 'volume-offline') return t(`job.pause.${job.pauseReason}`);
    const missing = volumes.filter((volume) => job.volumes.includes(volume.fingerprint) && !volume.isMounted);
    if (missing.length === 0) return t('job.pause.volume-offline');
    return t('job.pause.plugIn', { name: missing.map((volume) => displayName(volume.name)).join(', ') });
  };
}
