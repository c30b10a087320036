import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import type { Job } from '../../../shared/contract/job.ts';
import type { Location } from '../../../shared/contract/location.ts';
import type { Volume } from '../../../shared/contract/volume.ts';
import { displayName } from '../../lib/display-name.ts';
import { lastName, plainPath } from '../../lib/entry-path.ts';
import { useLocations } from '../location/location-queries.ts';
import { useVolumes } from '../volume/volume-queries.ts';

const CopyJobInput = z.object({ sources: z.array(z.string()).min(1), destination: z.string() });
const ScanJobInput = z.object({ locationId: z.string(), depth: z.string().optional() });
const PathJobInput = z.object({ path: z.string() });

/** What a copy job copies and where to; null for every other kind of job. */
export function readCopyInput(job: Job): { sources: string[]; destination: string } | null {
  const parsed = CopyJobInput.safeParse(job.input);
  return job.name === 'file-copy' && parsed.success ? parsed.data : null;
}

/** Which location a job scans; null for every other kind of job. */
export function readScanInput(job: Job): z.infer<typeof ScanJobInput> | null {
  const parsed = ScanJobInput.safeParse(job.input);
  return job.name === 'location-scan' && parsed.success ? parsed.data : null;
}

/** What titles take names from. */
export interface Named {
  volumes: readonly Volume[];
  locations: readonly Location[];
}

/** “Copy 3 items to Backup”, “Index Photos”: by what the job is and how it stands. */
export function jobTitle(job: Job, named: Named, t: TFunction): string {
  const isDone = job.status === 'completed';
  const copy = readCopyInput(job);
  if (copy) return copyTitle(job, copy, named.volumes, t);
  const scan = readScanInput(job);
  if (scan) {
    const name = named.locations.find((location) => location.id === scan.locationId)?.name;
    if (name === undefined) return t('job.kind.location-scan');
    if (scan.depth === 'catch-up') return t(isDone ? 'job.checked' : 'job.checking', { name: displayName(name) });
    return t(isDone ? 'job.indexed' : 'job.indexing', { name: displayName(name) });
  }
  const place = PathJobInput.safeParse(job.input);
  if (job.name === 'ephemeral-scan') {
    if (!place.success) return t('job.kind.ephemeral-scan');
    return t(isDone ? 'job.lookedThrough' : 'job.lookingThrough', { name: displayName(lastName(place.data.path)) });
  }
  if (job.name === 'search-rebuild') return t('job.kind.search-rebuild');
  return job.name;
}

function copyTitle(job: Job, input: { sources: string[]; destination: string }, volumes: readonly Volume[], t: TFunction): string {
  const [first = ''] = input.sources;
  // A volume's root is known by the volume's name, every other folder by its own.
  const volume = volumes.find(({ mountPoints }) => mountPoints.some((point) => plainPath(input.destination) === point));
  const place = displayName(volume?.name ?? lastName(input.destination));
  const what = input.sources.length === 1 ? displayName(lastName(first)) : t('job.items', { count: input.sources.length });
  return t(job.status === 'completed' ? 'job.copied' : 'job.copying', { what, place });
}

export function useJobTitle(): (job: Job) => string {
  const { t } = useTranslation();
  const volumes = useVolumes().data?.items ?? [];
  const locations = useLocations().data?.items ?? [];
  return (job) => jobTitle(job, { volumes, locations }, t);
}
