import { execFileSync } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { EventBus, type NewEvent } from '#core/events/event-bus.ts';
import { Files } from '#core/file-operation/files.ts';
import { Jobs } from '#core/job/jobs.ts';
import { silentLogger } from '#core/log/create-logger.ts';
import type { DomainEvent } from '#shared/contract/event.ts';
import { CopyInput } from '#shared/contract/file.ts';
import type { Job } from '#shared/contract/job.ts';
import type { Volume as VolumeInfo } from '#shared/contract/volume.ts';
import type { DiskImage } from '#test/instruments/loop-volume.ts';

export const device = { id: '01890a5d-ac96-774b-bcce-b302099a8057' };
const PEOPLE_CALL_IT = { ext4: 'ext4', xfs: 'XFS', btrfs: 'Btrfs', vfat: 'FAT32', exfat: 'exFAT', ntfs: 'NTFS', squashfs: 'squashfs' };

type Volume = ConstructorParameters<typeof Files>[0]['volumes']['live'][number];

/** Jobs and file operations on real volumes, without the rest of the engine. */
export class CopyWorld implements AsyncDisposable {
  readonly events: EventBus;
  readonly jobs: Jobs;
  readonly files: Files;
  readonly seen: (DomainEvent | NewEvent)[] = [];
  readonly live: Volume[] = [];

  constructor(dataDir: string) {
    this.events = new EventBus((error) => {
      throw error;
    });
    for (const type of ['EntryCreated', 'JobProgress', 'JobCompleted'] as const) this.events.on(type, (event) => this.seen.push(event));
    this.jobs = new Jobs({ events: this.events, log: silentLogger });
    this.files = new Files({ jobs: this.jobs, volumes: this, device, events: this.events, dataDir, log: silentLogger });
  }

  /** Tells the world of a mounted image, as the volume manager would. */
  add(image: DiskImage, fingerprint: string, options: { isReadOnly?: boolean } = {}): string {
    const mountPoint = image.mountPoint ?? '';
    const fileSystem = PEOPLE_CALL_IT[image.fileSystem];
    this.live.push({ mountPoints: [mountPoint], fingerprint, fileSystem, unresponsive: false, isReadOnly: options.isReadOnly ?? false });
    return mountPoint;
  }

  /** Says, as the volume manager would, that a volume is mounted now. Nobody here looks at more than that. */
  tellOfMount(fingerprint: string): void {
    const mountPoints = this.live.find((volume) => volume.fingerprint === fingerprint)?.mountPoints ?? [];
    const mountPoint = mountPoints[0] ?? null;
    const volume = { fingerprint } as VolumeInfo;
    this.events.publish({ type: 'VolumeMountChanged', fingerprint, isMounted: true, mountPoint, mountPoints, volume });
  }

  plan(sources: string[], destination: string, options: Partial<CopyInput> = {}) {
    return this.files.planCopy(CopyInput.parse({ sources, destination, ...options }));
  }

  start(sources: string[], destination: string, options: Partial<CopyInput> = {}): Promise<Job> {
    return this.files.copy(CopyInput.parse({ sources, destination, ...options }));
  }

  /** The job when it has ended. */
  async copy(sources: string[], destination: string, options: Partial<CopyInput> = {}): Promise<Job> {
    const { id } = await this.start(sources, destination, options);
    return this.jobs.ended(id);
  }

  /** Resolves when the job has copied so many bytes. */
  async untilBytes(id: string, bytes: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const stop = this.events.on('JobProgress', ({ jobId, progress }) => {
      if (jobId === id && progress.bytesDone >= bytes) resolve();
    });
    await Promise.race([promise, this.jobs.ended(id), delay(30_000)]);
    stop();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.jobs.close();
    await this.files.close();
    this.events.close();
  }
}

/** One line per entry below a folder: kind, mode, time in seconds, link target, path; and the BLAKE3 of each file. */
export function treeOf(folder: string): { entries: string; sums: string } {
  const run = (command: string) => execFileSync('bash', ['-c', command], { cwd: folder, encoding: 'latin1', maxBuffer: 1 << 28 });
  return {
    entries: run(`find . -mindepth 1 -printf '%y %m %Ts %l %P\\0' | sort -z`),
    sums: run('find . -type f -print0 | sort -z | xargs -0 -r b3sum --no-names | cat; find . -type f -print0 | sort -z'),
  };
}

export function leftovers(folder: string): string[] {
  return execFileSync('find', [folder, '-name', '.mooring-*'], { encoding: 'utf8' }).split('\n').filter(Boolean);
}
