import { execFileSync } from 'node:child_process';
import { v7 as uuidv7 } from 'uuid';
import { EventBus, type NewEvent } from '#core/events/event-bus.ts';
import type { OwnChange, OwnMove } from '#core/file-operation/index-follow/index-follow.ts';
import { TransferJobInput } from '#core/file-operation/transfer/transfer-input.ts';
import type { TransferVolumes } from '#core/file-operation/transfer/transfer-places.ts';
import { Transfers } from '#core/file-operation/transfer/transfers.ts';
import { Jobs } from '#core/job/jobs.ts';
import { silentLogger } from '#core/log/create-logger.ts';
import type { DomainEvent } from '#shared/contract/event.ts';
import type { Job } from '#shared/contract/job.ts';
import type { Volume as VolumeInfo } from '#shared/contract/volume.ts';
import type { DiskImage } from '#test/instruments/loop-volume.ts';

export const device = { id: '01890a5d-ac96-774b-bcce-b302099a8057' };
const PEOPLE_CALL_IT = { ext4: 'ext4', xfs: 'XFS', btrfs: 'Btrfs', vfat: 'FAT32', exfat: 'exFAT', ntfs: 'NTFS', squashfs: 'SquashFS' };

type Live = TransferVolumes['live'][number];
type Input = Partial<Omit<TransferJobInput, 'sources' | 'destination' | 'kind'>>;

/** Jobs and transfers on real volumes, without the rest of the engine. */
export class TransferWorld implements AsyncDisposable {
  readonly events: EventBus;
  readonly jobs: Jobs;
  readonly transfers: Transfers;
  readonly seen: (DomainEvent | NewEvent)[] = [];
  readonly live: Live[] = [];
  readonly changes: OwnChange[] = [];
  readonly moves: OwnMove[] = [];
  readonly #fingerprints = new WeakMap<DiskImage, string>();

  constructor(dataDir: string) {
    this.events = new EventBus((error) => {
      throw error;
    });
    for (const type of ['EntryCreated', 'JobProgress', 'JobCompleted'] as const) this.events.on(type, (event) => this.seen.push(event));
    const volumes = { live: this.live as never, refresh: async () => undefined };
    this.jobs = new Jobs({ events: this.events, log: silentLogger, volumes });
    const index = {
      changed: async (changes: readonly OwnChange[], moves: readonly OwnMove[] = []) => {
        this.changes.push(...changes);
        this.moves.push(...moves);
      },
    };
    const libraries = { opened: [], current: null };
    this.transfers = new Transfers({
      ...{ jobs: this.jobs, volumes: this, libraries, device, events: this.events, index, dataDir, log: silentLogger },
    });
    this.jobs.start();
    this.transfers.startTidying();
  }

  /** Tells the world of a mounted image, as the volume manager would. @returns where it is mounted */
  add(image: DiskImage, fingerprint: string, facts: Partial<Live> = {}): string {
    const mountPoint = image.mountPoint ?? '';
    this.#fingerprints.set(image, fingerprint);
    const fileSystem = PEOPLE_CALL_IT[image.fileSystem];
    this.live.push({ mountPoints: [mountPoint], fingerprint, fileSystem, unresponsive: false, isReadOnly: false, ...facts });
    this.tellOfMount(fingerprint, true);
    return mountPoint;
  }

  remove(fingerprint: string): void {
    const index = this.live.findIndex((volume) => volume.fingerprint === fingerprint);
    if (index >= 0) this.live.splice(index, 1);
    this.tellOfMount(fingerprint, false);
  }

  /** Says, as the volume manager would, that a volume is mounted now. Nobody here looks at more than that. */
  tellOfMount(fingerprint: string, isMounted: boolean): void {
    const mountPoints = this.live.find((volume) => volume.fingerprint === fingerprint)?.mountPoints ?? [];
    const mountPoint = mountPoints[0] ?? null;
    const volume = { fingerprint } as VolumeInfo;
    this.events.publish({ type: 'VolumeMountChanged', fingerprint, isMounted, mountPoint, mountPoints, volume });
  }

  input(kind: TransferJobInput['kind'], sources: string[], destination: string | null, options: Input = {}): TransferJobInput {
    return TransferJobInput.parse({ kind, sources, destination, ...options });
  }

  preview(kind: TransferJobInput['kind'], sources: string[], destination: string | null, options: Input = {}) {
    return this.transfers.preview(this.input(kind, sources, destination, options));
  }

  start(kind: TransferJobInput['kind'], sources: string[], destination: string | null, options: Input = {}): Promise<Job> {
    return this.transfers.start(this.input(kind, sources, destination, options), uuidv7(), null);
  }

  /** The job when it has ended. */
  async copy(sources: string[], destination: string, options: Input = {}): Promise<Job> {
    return this.jobs.ended((await this.start('copy', sources, destination, options)).id);
  }

  async move(sources: string[], destination: string, options: Input = {}): Promise<Job> {
    return this.jobs.ended((await this.start('move', sources, destination, options)).id);
  }

  /** Resolves when the job says that it has copied so many bytes, or has ended. */
  async untilBytes(id: string, bytes: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const stop = this.events.on('JobProgress', ({ jobId, progress }) => {
      if (jobId === id && progress.bytesDone >= bytes) resolve();
    });
    await Promise.race([promise, this.jobs.ended(id)]);
    stop();
  }

  /** Resolves when the job stands still. */
  async untilPaused(id: string): Promise<Job> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const stop = this.events.on('JobPaused', ({ job }) => {
      if (job.id === id) resolve();
    });
    if (this.jobs.get(id).status !== 'paused') await Promise.race([promise, this.jobs.ended(id)]);
    stop();
    return this.jobs.get(id);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.jobs.close();
    await this.transfers.close();
    this.events.close();
  }
}

/** One line per entry below a folder: kind, mode, owner, time, link target, path; and the BLAKE3 of each file. */
export function treeOf(folder: string): { entries: string; sums: string } {
  const run = (command: string) => execFileSync('bash', ['-c', command], { cwd: folder, encoding: 'latin1', maxBuffer: 1 << 28 });
  return {
    entries: run(`find . -mindepth 1 -printf '%y %m %U:%G %Ts %l %P\\0' | sort -z`),
    sums: run('find . -type f -print0 | sort -z | xargs -0 -r b3sum --no-names | cat; find . -type f -print0 | sort -z'),
  };
}

export function leftovers(folder: string): string[] {
  return execFileSync('find', [folder, '-name', '.mooring-*'], { encoding: 'utf8' }).split('\n').filter(Boolean);
}

/** What rsync would still have to do to make the second equal to the first: nothing, when they are equal. */
export function differences(source: string, target: string): string {
  const options = ['-aHAXS', '--dry-run', '--itemize-changes', '--checksum', '--delete', '--no-D'];
  return execFileSync('rsync', [...options, '--', `${source}/`, `${target}/`], { encoding: 'utf8', maxBuffer: 1 << 28 });
}
