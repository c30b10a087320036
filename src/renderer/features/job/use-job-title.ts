import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import type { Job } from '../../../shared/contract/job.ts';
import type { Location } from '../../../shared/contract/location.ts';
import type { Volume } from '../../../shared/contract/volume.ts';
import { countIn } from '../../../shared/short-input.ts';
import { displayName } from '../../lib/display-name.ts';
import { lastName } from '../../lib/entry-path.ts';
import { nameOf, placeName } from '../action/action-title.ts';
import { useLocations } from '../location/location-queries.ts';
import { useVolumes } from '../volume/volume-queries.ts';

/** Of a copy or move, and of what takes one back. */
const TransferJobInput = z.object({
  kind: z.enum(['copy', 'move', 'duplicate']),
  sources: z.array(z.string()).min(1),
  destination: z.string().nullable(),
});
/** Of what deletes for good. */
const SourcesJobInput = z.object({ sources: z.array(z.string()).min(1) });
const ScanJobInput = z.object({ locationId: z.string(), depth: z.string().optional() });
const PathJobInput = z.object({ path: z.string() });

/** Jobs that carry out what a user does to files: their ends are told as actions. */
const FILE_JOBS = new Set(['file-transfer', 'file-transfer-undo', 'file-delete']);

export function isOfFiles(job: Job): boolean {
  return FILE_JOBS.has(job.name);
}

/** What a copy or move takes where; null for every other kind of job. */
export function readTransferInput(job: Job): z.infer<typeof TransferJobInput> | null {
  const parsed = TransferJobInput.safeParse(job.input);
  return job.name === 'file-transfer' && parsed.success ? parsed.data : null;
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
  const ofFiles = fileJobTitle(job, named.volumes, t);
  if (ofFiles !== null) return ofFiles;
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

/** Null for a job that is not about files. */
function fileJobTitle(job: Job, volumes: readonly Volume[], t: TFunction): string | null {
  const isDone = job.status === 'completed';
  const transfer = readTransferInput(job);
  if (transfer) {
    const { kind, sources, destination } = transfer;
    const values = { what: nameOf(sources, countIn(job.input, 'sources'), t), place: displayName(placeName(destination ?? '', volumes)) };
    return t(`action.${isDone ? 'done' : 'wish'}.file.${kind}`, values);
  }
  if (job.name === 'file-transfer-undo') return t('job.kind.file-transfer-undo');
  if (job.name === 'file-delete') {
    const { sources } = SourcesJobInput.safeParse(job.input).data ?? { sources: [] };
    return t(`action.${isDone ? 'done' : 'wish'}.file.delete`, { what: nameOf(sources, countIn(job.input, 'sources'), t) });
  }
  return null;
}

export function useJobTitle(): (job: Job) => string {
  const { t } = useTranslation();
  const volumes = useVolumes().data?.items ?? [];
  const locations = useLocations().data?.items ?? [];
  return (job) => jobTitle(job, { volumes, locations }, t);
}
