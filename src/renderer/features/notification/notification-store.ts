import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import type { DomainEvent } from '../../../shared/contract/event.ts';
import type { Job } from '../../../shared/contract/job.ts';
import type { Told } from '../../../shared/contract/reason.ts';
import { isOfUser } from '../job/job-queries.ts';

/** What happened, as the notification centre tells it. Texts are made when shown, so that they follow the language. */
export interface Notification {
  id: string;
  at: string;
  kind:
    | 'volume-mounted'
    | 'volume-removed'
    | 'volume-tracked'
    | 'volume-error'
    | 'job-completed'
    | 'job-failed'
    | 'job-cancelled'
    | 'core-notice';
  /** Name of the volume or of what a job worked on. */
  subject: string;
  /** The engine's own words, for errors and notices. */
  detail: string | null;
  /** Of a job that failed, to be said in the language of the page. */
  error: Told | null;
  fingerprint: string | null;
  isRead: boolean;
}

interface NotificationState {
  items: Notification[];
  add(notification: Notification): void;
  markAllRead(): void;
  clear(): void;
}

const MOST_KEPT = 200;

export const useNotifications = create<NotificationState>()(
  persist(
    (set) => ({
      items: [],
      add: (notification) => set(({ items }) => ({ items: [notification, ...items].slice(0, MOST_KEPT) })),
      markAllRead: () => set(({ items }) => ({ items: items.map((item) => (item.isRead ? item : { ...item, isRead: true })) })),
      clear: () => set({ items: [] }),
    }),
    { name: 'mooring-notifications', version: 1, partialize: ({ items }) => ({ items }) },
  ),
);

/** The notification that an event deserves; null for the many that deserve none. */
export function notificationFor(event: DomainEvent, titleOf: (job: Job) => string): Notification | null {
  const make = (
    kind: Notification['kind'],
    subject: string,
    rest: Partial<Pick<Notification, 'detail' | 'error' | 'fingerprint'>> = {},
  ) => ({
    id: crypto.randomUUID(),
    at: event.at,
    kind,
    subject,
    detail: rest.detail ?? null,
    error: rest.error ?? null,
    fingerprint: rest.fingerprint ?? null,
    // What the user has just done is no news to them.
    isRead: kind === 'volume-tracked',
  });
  switch (event.type) {
    case 'VolumeMountChanged': {
      const { volume } = event;
      if (!volume.isUserVisible) return null;
      return make(event.isMounted ? 'volume-mounted' : 'volume-removed', volume.name, { fingerprint: event.fingerprint });
    }
    case 'VolumeTracked':
      return make('volume-tracked', event.volume.name, { fingerprint: event.volume.fingerprint });
    case 'VolumeError':
      return make('volume-error', event.code, { detail: event.message, fingerprint: event.fingerprint });
    case 'CoreNotice':
      return make('core-notice', event.code, { detail: event.message });
    case 'JobCompleted':
      if (!isOfUser(event.job)) return null;
      return make('job-completed', titleOf(event.job), { fingerprint: event.job.volumes.at(-1) ?? null });
    case 'JobFailed':
      return make('job-failed', titleOf(event.job), { error: event.job.error });
    case 'JobCancelled':
      if (!isOfUser(event.job)) return null;
      return make('job-cancelled', titleOf(event.job));
    default:
      return null;
  }
}
