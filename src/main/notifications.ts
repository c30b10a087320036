import { Notification, type NotificationConstructorOptions } from 'electron';
import type { Job } from '#shared/contract/job.ts';
import type { Volume } from '#shared/contract/volume.ts';
import type { Texts } from './texts.ts';

export interface NotificationActions {
  openVolume(fingerprint: string): void;
  track(volume: Volume): void;
  notNow(volume: Volume): void;
  showJobs(): void;
}

/** How the end of a job is told, by its kind. */
const DONE: Record<string, string> = {
  'file-transfer': 'jobDoneCopy',
  move: 'jobDoneMove',
  'file-transfer-undo': 'jobDoneMove',
  'file-delete': 'jobDoneDelete',
};

interface Button {
  text: string;
  press(): void;
}

/**
 * The system's notifications. Where the system shows no buttons, a click on the notification opens the drive, and the
 * page asks there.
 */
export class Notifications {
  /** Off: nothing is shown. */
  isEnabled = true;
  readonly #texts: Texts;
  readonly #iconPath: string;
  readonly #actions: NotificationActions;
  readonly #asking = new Map<string, Notification>();
  /** Held, since a notification that is collected as garbage does not report its click. */
  readonly #shown = new Set<Notification>();

  constructor(texts: Texts, iconPath: string, actions: NotificationActions) {
    this.#texts = texts;
    this.#iconPath = iconPath;
    this.#actions = actions;
  }

  /** A drive was plugged in, and whether to track it is open. */
  mounted(volume: Volume): void {
    const { t, size } = { t: this.#texts.t, size: (bytes: number) => this.#texts.size(bytes) };
    const notification = this.#show(
      {
        title: t('notification.mountedTitle', { name: volume.name }),
        body: t('notification.mountedBody', { free: size(volume.availableBytes), total: size(volume.totalBytes) }),
      },
      () => this.#actions.openVolume(volume.fingerprint),
      [
        { text: t('notification.track'), press: () => this.#actions.track(volume) },
        { text: t('notification.open'), press: () => this.#actions.openVolume(volume.fingerprint) },
        { text: t('notification.notNow'), press: () => this.#actions.notNow(volume) },
      ],
    );
    if (notification) this.#asking.set(volume.fingerprint, notification);
  }

  /** The question has been answered elsewhere, or the drive is gone. */
  settled(fingerprint: string): void {
    this.#asking.get(fingerprint)?.close();
    this.#asking.delete(fingerprint);
  }

  tracked(volume: Volume): void {
    const { t } = this.#texts;
    this.#show({ title: t('notification.trackedTitle', { name: volume.name }), body: t('notification.trackedBody') }, () =>
      this.#actions.openVolume(volume.fingerprint),
    );
  }

  ejected(name: string): void {
    const { t } = this.#texts;
    this.#show({ title: t('notification.ejectedTitle', { name }), body: t('notification.ejectedBody') });
  }

  removedInUse(volume: Volume): void {
    const { t } = this.#texts;
    this.#show(
      { title: t('notification.removedTitle', { name: volume.name }), body: t('notification.removedBody'), urgency: 'critical' },
      () => this.#actions.showJobs(),
    );
  }

  failed(message: string): void {
    this.#show({ title: this.#texts.t('notification.failedTitle'), body: message });
  }

  jobEnded(job: Job): void {
    const { t } = this.#texts;
    const isFailed = job.status === 'failed';
    const count = job.progress.itemsDone;
    const done = t(`notification.${DONE[job.name === 'file-transfer' && job.input.kind === 'move' ? 'move' : job.name] ?? 'jobDoneScan'}`, {
      count,
    });
    const problems = job.problemCount > 0 ? ` · ${t('notification.jobProblems', { count: job.problemCount })}` : '';
    this.#show(
      {
        title: isFailed ? t('notification.jobFailedTitle') : t('notification.jobDoneTitle'),
        body: isFailed ? (job.error?.message ?? '') : `${done}${problems}`,
      },
      () => this.#actions.showJobs(),
    );
  }

  #show(options: NotificationConstructorOptions, onClick?: () => void, buttons: Button[] = []): Notification | null {
    if (!this.isEnabled || !Notification.isSupported()) return null;
    const notification = new Notification({
      ...options,
      icon: this.#iconPath,
      actions: buttons.map(({ text }) => ({ type: 'button', text })),
    });
    notification.on('click', () => onClick?.());
    notification.on('action', (event) => buttons[event.actionIndex]?.press());
    notification.on('close', () => this.#shown.delete(notification));
    this.#shown.add(notification);
    notification.show();
    return notification;
  }
}
