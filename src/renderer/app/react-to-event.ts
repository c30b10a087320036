import type { QueryClient } from '@tanstack/react-query';
import i18next from 'i18next';
import type { DomainEvent } from '../../shared/contract/event.ts';
import type { Job } from '../../shared/contract/job.ts';
import { readCopyInput } from '../features/job/use-job-title.ts';
import { notificationFor, useNotifications } from '../features/notification/notification-store.ts';
import { showToast } from '../features/notification/toast-store.ts';
import { applyDomainEvent } from './domain-events.ts';
import { engine } from './engine.ts';
import { navigate, openVolume } from './navigation.ts';
import { useUi } from './ui-store.ts';

/** Everything that the page does about an event: first its cached data, then what the user is told. */
export function reactToEvent(client: QueryClient, event: DomainEvent): void {
  applyDomainEvent(client, event);
  const notification = notificationFor(event);
  if (notification) useNotifications.getState().add(notification);
  if (event.type === 'JobCompleted') tellCompleted(event.job);
  if (event.type === 'JobFailed') tellFailed(event.job);
}

function tellCompleted(job: Job): void {
  const input = readCopyInput(job);
  const { t } = i18next;
  const show = input && { label: t('job.show'), run: () => void showFolder(input.destination) };
  const problems = job.problemCount > 0;
  showToast({
    tone: problems ? 'bad' : 'good',
    title: problems ? t('job.completedWithProblems', { count: job.problemCount }) : t('job.completed'),
    ...(problems ? { action: { label: t('job.details'), run: () => useUi.getState().setPanel('jobs') } } : show ? { action: show } : {}),
  });
}

function tellFailed(job: Job): void {
  const { t } = i18next;
  showToast({
    tone: 'bad',
    title: t('job.failed'),
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
