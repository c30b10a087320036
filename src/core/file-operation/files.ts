import { type AddressableVolumes, Addresses } from '#core/entry/entry-address.ts';
import type { EventBus } from '#core/events/event-bus.ts';
import { type NativePath, toBytes } from '#core/fs/native-path.ts';
import type { Jobs } from '#core/job/jobs.ts';
import type { Library } from '#core/library/library.ts';
import type { Logger } from '#core/log/logger.ts';
import { capabilitiesOf } from '#core/volume/capabilities.ts';
import type { LiveVolume } from '#core/volume/live-volume.ts';
import type { CopyInput, CopyPlan } from '#shared/contract/file.ts';
import type { Job } from '#shared/contract/job.ts';
import type { Device } from '#shared/contract/system.ts';
import { CopyLeftovers } from './copy-leftovers.ts';
import type { CopyMount, CopyRequest } from './copy-messages.ts';
import { refuseUnanswered } from './copy-plan.ts';
import { runCopyTask } from './copy-worker-client.ts';
import { createFileCopyJob } from './file-copy-job.ts';

/** What file operations ask of the volume manager. */
interface TargetVolumes extends AddressableVolumes {
  readonly live: readonly Pick<LiveVolume, 'mountPoints' | 'fingerprint' | 'unresponsive' | 'fileSystem' | 'isReadOnly'>[];
}

export interface FilesOptions {
  jobs: Jobs;
  volumes: TargetVolumes;
  device: Pick<Device, 'id'>;
  events: EventBus;
  dataDir: string;
  log: Logger;
}

/** What the user does to files. Everything that takes time is a job. */
export class Files {
  readonly #jobs: Jobs;
  readonly #volumes: TargetVolumes;
  readonly #deviceId: string;
  readonly #addresses: Addresses;
  readonly #leftovers: CopyLeftovers;
  readonly #copyJob: ReturnType<typeof createFileCopyJob>;

  constructor({ jobs, volumes, device, events, dataDir, log }: FilesOptions) {
    this.#jobs = jobs;
    this.#volumes = volumes;
    this.#deviceId = device.id;
    this.#addresses = new Addresses({ volumes, device });
    this.#leftovers = new CopyLeftovers({ dataDir, volumes, events, log: log.child({ component: 'file-operation' }) });
    this.#copyJob = createFileCopyJob({
      events,
      dataDir,
      leftovers: this.#leftovers,
      toRequest: (input) => this.#toRequest(input),
      start: (input, { library }) => this.copy(input, library),
    });
    jobs.register(this.#copyJob);
  }

  /**
   * What `copy` would do, without doing it.
   *
   * @throws MooringError about a source or the destination; `COPY_INTO_ITSELF`, `SAME_FILE`
   */
  planCopy(input: CopyInput): Promise<CopyPlan> {
    return runCopyTask({ task: { task: 'plan', request: this.#toRequest(input) } });
  }

  /**
   * Starts a copy, unless something is known to be in its way.
   *
   * @param library that remembers it; left out, the current one
   * @throws MooringError as `planCopy`; `CONFLICT` with `details: { conflicts, conflictCount }`
   */
  async copy(input: CopyInput, library?: Library | null): Promise<Job> {
    const check = await runCopyTask({ task: { task: 'check', request: this.#toRequest(input) } });
    refuseUnanswered(check, input.onConflict);
    const { sources, destination } = check.volumes;
    const writesTo = destination === null ? [] : [destination];
    return this.#jobs.dispatch(this.#copyJob, input, {
      volumes: [...sources, ...writesTo],
      writesTo,
      ...(library === undefined ? {} : { library }),
    });
  }

  /** Resolves when what unfinished copies have left is removed, as far as its volumes are there. */
  get tidied(): Promise<void> {
    return this.#leftovers.settled;
  }

  async close(): Promise<void> {
    await this.#leftovers.close();
  }

  #toRequest({ sources, destination, onConflict, verify }: CopyInput): CopyRequest {
    const toPath = (path: string) => this.#addresses.toNativePath(path);
    return {
      sources: withoutRepetitions(sources.map(toPath)),
      destination: toPath(destination),
      onConflict,
      verify,
      deviceId: this.#deviceId,
      mounts: this.#mounts(),
    };
  }

  #mounts(): CopyMount[] {
    const mounts = this.#volumes.live.flatMap((volume) => {
      const { fingerprint, unresponsive, mountPoints } = volume;
      const capabilities = capabilitiesOf(volume);
      return mountPoints.map((mountPoint) => ({ mountPoint, fingerprint, unresponsive, capabilities }));
    });
    return mounts.sort((a, b) => b.mountPoint.length - a.mountPoint.length);
  }
}

function withoutRepetitions(paths: NativePath[]): NativePath[] {
  return [...new Map(paths.map((path) => [toBytes(path).toString('latin1'), path])).values()];
}
