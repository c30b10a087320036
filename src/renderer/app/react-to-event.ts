import i18next from 'i18next';
import type { DomainEvent } from '../../shared/contract/event.ts';
import type { Job } from '../../shared/contract/job.ts';
import { tellAction } from '../features/action/tell-action.ts';
import { followFavourites } from '../features/favourite/favourites.ts';
import { selectMade } from '../features/file-operation/select-made.ts';
import { isOfUser } from '../features/job/job-queries.ts';
import { recordSpeed } from '../features/job/job-speeds.ts';
import { scanResult } from '../features/job/scan-result.ts';
import { isOfFiles, jobTitle, readScanInput } from '../features/job/use-job-title.ts';
import { locationsQuery } from '../features/location/location-queries.ts';
import { notificationFor, useNotifications } from '../features/notification/notification-store.ts';
import { showToast } from '../features/notification/toast-store.ts';
import { configQuery } from '../features/settings/settings-queries.ts';
import { volumesQuery } from '../features/volume/volume-queries.ts';
import { formatCount } from '../lib/format.ts';
import { errorText } from '../lib/use-error-text.ts';
import { useConnection } from './connection-store.ts';
import { showDialog } from './dialog-store.ts';
import { applyDomainEvent, type PageData } from './domain-events.ts';
import { engine } from './engine.ts';
import { followMoves, isLocationOpen, leaveLocation, navigate, openLocation, openVolume } from './navigation.ts';

/** Everything that the page does about an event: first its cached data, then what the user is told. */
export function reactToEvent(page: PageData, event: DomainEvent): void {
  applyDomainEvent(page, event);
  const volumes = page.client.getQueryData(volumesQuery.queryKey)?.items ?? [];
  const locations = page.client.getQueryData(locationsQuery.queryKey)?.items ?? [];
  const titleOf = (job: Job) => jobTitle(job, { volumes, locations }, i18next.t);
  const notification = notificationFor(event, titleOf);
  if (notification) useNotifications.getState().add(notification);
  if (event.type === 'JobProgress') recordSpeed(event.jobId, event.progress, event.at);
  if (event.type === 'ActionChanged') {
    selectMade(event.action);
    void tellAction(event.action, volumes, (folder) => void showFolder(folder));
  }
  // What a job does to files is told as the action that it is, with the way back.
  if (event.type === 'JobCompleted' && isOfUser(event.job) && !isOfFiles(event.job)) tellCompleted(event.job, titleOf(event.job));
  if (event.type === 'JobFailed' && isOfUser(event.job)) tellFailed(event.job, titleOf(event.job));
  if (event.type === 'LocationRemoved') leaveLocation(event.locationId);
  if (event.type === 'EntryMoved') {
    followMoves(event.moves, locations);
    const favourites = page.client.getQueryData(configQuery.queryKey)?.explorer.favourites ?? [];
    const deviceId = useConnection.getState().engine?.device.id ?? '';
    followFavourites(event.moves, favourites, { volumes, deviceId });
  }
}

function tellCompleted(job: Job, title: string): void {
  const { t } = i18next;
  const problems = job.problemCount > 0;
  const scan = readScanInput(job);
  const show = scan && { label: t('job.show'), run: () => openLocation(scan.locationId) };
  const details = { label: t('job.details'), run: () => showDialog({ kind: 'job', id: job.id }) };
  const action = problems ? details : show;
  showToast({
    // A scan that could not read some folders has done its work all the same.
    tone: 'good',
    title,
    text: problems
      ? t('job.completedWithProblems', { count: job.problemCount })
      : (scanResult(job, t, (count) => formatCount(count, i18next.language)) ?? []).join(' · '),
    ...(action ? { action } : {}),
  });
}

function tellFailed(job: Job, title: string): void {
  const { t } = i18next;
  const scan = readScanInput(job);
  // Its page says so already, with what can be done about it.
  if (scan && isLocationOpen(scan.locationId)) return;
  showToast({
    tone: 'bad',
    title: t('job.failed', { title }),
    ...(job.error ? { text: errorText(job.error) } : {}),
    action: { label: t('job.details'), run: () => showDialog({ kind: 'job', id: job.id }) },
  });
}

async function showFolder(path: string): Promise<void> {
  try {
    const entry = await engine.entries.get({ path });
    if (entry.volumeFingerprint !== null) openVolume(entry.volumeFingerprint, entry.path);
  } catch {
    // The drive has left since: all drives show that, and when it was last seen.
    navigate({ page: 'home' });
  }
}
