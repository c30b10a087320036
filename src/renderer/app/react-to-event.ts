import type { QueryClient } from '@tanstack/react-query';
import i18next from 'i18next';
import type { DomainEvent } from '../../shared/contract/event.ts';
import type { Job } from '../../shared/contract/job.ts';
import { jobTitle, readCopyInput } from '../features/job/use-job-title.ts';
import { notificationFor, useNotifications } from '../features/notification/notification-store.ts';
import { showToast } from '../features/notification/toast-store.ts';
import { volumesQuery } from '../features/volume/volume-queries.ts';
import { applyDomainEvent } from './domain-events.ts';
import { engine } from './engine.ts';
import { navigate, openVolume } from './navigation.ts';
import { useUi } from './ui-store.ts';

/** Everything that the page does about an event: first its cached data, then what the user is told. */
export function reactToEvent(client: QueryClient, event: DomainEvent): void {
  applyDomainEvent(client, event);
  const titleOf = (job: Job) => jobTitle(job, client.getQueryData(volumesQuery.queryKey)?.items ?? [], i18next.t);
  const notification = notificationFor(event, titleOf);
  if (notification) useNotifications.getState().add(notification);
  if (event.type === 'JobCompleted') tellCompleted(event.job, titleOf(event.job));
  if (event.type === 'JobFailed') tellFailed(event.job, titleOf(event.job));
}

function tellCompleted(job: Job, title: string): void {
  const input = readCopyInput(job);
  const { t } = i18next;
  const show = input && { label: t('job.show'), run: () => void showFolder(input.destination) };
  const problems = job.problemCount > 0;
  showToast({
    tone: problems ? 'bad' : 'good',
    title,
    text: problems ? t('job.completedWithProblems', { count: job.problemCount }) : t('job.completed'),
    ...(problems ? { action: { label: t('job.details'), run: () => useUi.getState().setPanel('jobs') } } : show ? { action: show } : {}),
  });
}

function tellFailed(job: Job, title: string): void {
  const { t } = i18next;
  showToast({
    tone: 'bad',
    title: t('job.failed', { title }),
    ...(job.error ? { text: job.error.message } : {}),
    action: { label: t('job.details'), run: () => useUi.getState().setPanel('jobs') },
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
