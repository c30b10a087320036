import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import type { Job } from '../../../shared/contract/job.ts';
import type { Volume } from '../../../shared/contract/volume.ts';
import { displayName } from '../../lib/display-name.ts';
import { lastName, plainPath } from '../../lib/entry-path.ts';
import { useVolumes } from '../volume/volume-queries.ts';

const CopyJobInput = z.object({ sources: z.array(z.string()).min(1), destination: z.string() });

/** What a copy job copies and where to; null for every other kind of job. */
export function readCopyInput(job: Job): { sources: string[]; destination: string } | null {
  const parsed = CopyJobInput.safeParse(job.input);
  return parsed.success ? parsed.data : null;
}

/** “Copy 3 items to Backup”, by what the job is and how it stands. */
export function jobTitle(job: Job, volumes: readonly Volume[], t: TFunction): string {
  const input = readCopyInput(job);
  if (!input) return job.name;
  const [first = ''] = input.sources;
  // A volume's root is known by the volume's name, every other folder by its own.
  const volume = volumes.find(({ mountPoints }) => mountPoints.some((point) => plainPath(input.destination) === point));
  const place = displayName(volume?.name ?? baseName(input.destination));
  const what = input.sources.length === 1 ? displayName(baseName(first)) : t('job.items', { count: input.sources.length });
  return t(job.status === 'completed' ? 'job.copied' : 'job.copying', { what, place });
}

export function useJobTitle(): (job: Job) => string {
  const { t } = useTranslation();
  const volumes = useVolumes().data?.items ?? [];
  return (job) => jobTitle(job, volumes, t);
}

function baseName(path: string): string {
  return path.startsWith('sd://')
    ? lastName(path)
    : (path
        .replace(/[\\/]+$/, '')
        .split(/[\\/]/)
        .at(-1) ?? path);
}
