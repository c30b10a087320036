/** @file What the foot of a list says of the drive that it is on. */
import { useTranslation } from 'react-i18next';
import { useUi } from '../../app/ui-store.ts';
import { Meter } from '../../components/Meter.tsx';
import { Spinner } from '../../components/Spinner.tsx';
import { useFormat } from '../../lib/use-format.ts';
import { useJobs } from '../job/job-queries.ts';
import { capacityTone, usedFraction } from '../volume/volume-facts.ts';
import { useVolume } from '../volume/volume-queries.ts';

/** How much room the drive has. */
export function FreeSpace({ fingerprint }: { fingerprint: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const volume = useVolume(fingerprint);
  if (!volume || volume.totalBytes === 0) return null;
  const { name, availableBytes } = volume;
  return (
    <span className="flex items-center gap-2">
      <Meter
        fraction={usedFraction(volume)}
        tone={capacityTone(volume)}
        label={t('volume.capacityOf', { name })}
        className="h-1 w-14 @max-[560px]/pane:hidden"
      />
      {t('volume.free', { size: format.size(availableBytes) })}
    </span>
  );
}

/** What runs on the drive; leads to the list of jobs. */
export function VolumeJobs({ fingerprint }: { fingerprint: string }) {
  const { t } = useTranslation();
  const running = useJobs().data?.items.filter((job) => job.status === 'running' && job.volumes.includes(fingerprint)) ?? [];
  if (running.length === 0) return null;
  return (
    <button
      type="button"
      onClick={() => useUi.getState().setPanel('jobs')}
      className="flex h-6 items-center gap-1.5 rounded-md px-1.5 text-accent hover:bg-hover"
    >
      <Spinner className="size-3" />
      {t('browser.jobsHere', { count: running.length })}
    </button>
  );
}
