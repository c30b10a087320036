import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { v7 as newUuid } from 'uuid';
import { MooringError } from '#shared/contract/error.ts';
import type { SpeedTestResult, Volume, VolumeOperation } from '#shared/contract/volume.ts';
import { volumes as volumesTable } from '../../db/schema.ts';
import type { EventBus } from '../../events/event-bus.ts';
import type { Logger } from '../../log/logger.ts';
import type { LiveVolume } from '../live-volume.ts';
import { type CommandRunner, runCommand } from '../run-command.ts';
import type { TrackingLibrary } from '../tracking.ts';
import { driveOf, isInside } from './drive.ts';
import { failInterrupted, filesOfFailedSpeedTests, pageOfOperations } from './operation-record.ts';
import { type OperationOrder, OperationRunner, type OperationWork } from './operation-runner.ts';
import { runSpeedTest, speedTestBytes } from './speed-test.ts';
import { removeLeftover, speedTestFileName } from './speed-test-file.ts';
import { type UnmountedVolume, unmountedVolumes } from './unmounted-devices.ts';
import { busyError, type NamedVolume, type VolumePlatform, volumePlatform } from './volume-platform.ts';

export interface VolumeOperationsOptions {
  volumes: {
    readonly live: readonly LiveVolume[];
    resolve(ref: string, library?: string): Promise<Volume>;
    refresh(): Promise<void>;
  };
  libraries: {
    readonly opened: readonly (TrackingLibrary & { readonly name: string; readonly path: string })[];
    readonly current: TrackingLibrary | null;
    resolve(ref?: string): TrackingLibrary;
  };
  events: EventBus;
  log: Logger;
  /** Name of a job that uses the volume and is in the way; null when none is. */
  usesVolume: (fingerprint: string) => string | null;
  /** Asks those to let go of a volume that can; none of them uses it again before the result is disposed of. Left out: nobody has to. */
  releaseVolume?: (fingerprint: string) => Promise<Disposable>;
  platform?: VolumePlatform;
  run?: CommandRunner;
}

/** What is done to volumes. */
export class VolumeOperations {
  readonly #options: VolumeOperationsOptions;
  readonly #platform: VolumePlatform;
  readonly #log: Logger;
  readonly #runner: OperationRunner;
  readonly #unsubscribe: (() => void)[];

  constructor(options: VolumeOperationsOptions) {
    this.#options = options;
    this.#platform = options.platform ?? volumePlatform(process.platform, options.run);
    this.#log = options.log.child({ component: 'volume' });
    this.#runner = new OperationRunner(options.libraries, this.#log);
    this.#unsubscribe = [
      options.events.on('LibraryOpened', ({ library }) => this.#libraryOpened(library.id)),
      options.events.on('VolumeMountChanged', ({ fingerprint, isMounted }) => {
        if (isMounted) for (const library of options.libraries.opened) this.#removeLeftovers(library, fingerprint);
      }),
    ];
    for (const library of options.libraries.opened) this.#libraryOpened(library.id);
  }

  /**
   * @param library whose history records the operation, by default the current one
   * @throws MooringError `VOLUME_OFFLINE`, `VOLUME_NOT_EJECTABLE`, `VOLUME_BUSY` (`details.job`, `.libraries` or `.processes` say why) and what the system says
   */
  async unmount(ref: string, library?: string): Promise<VolumeOperation> {
    const { volume, live } = await this.#mountedVolume(ref, library);
    const request = { mountPoints: live.mountPoints };
    return this.#perform({ type: 'unmount', volume, library, request }, async () => {
      this.#refuseUnlessIdle({ ...live, name: volume.name });
      await using _released = await this.#release([live]);
      await this.#platform.unmount({ ...live, name: volume.name });
      return { released: 'unmounted' };
    });
  }

  /** Unmounts every volume of the drive, and lets the drive go. Errors as `unmount`. */
  async eject(ref: string, library?: string): Promise<VolumeOperation> {
    const { volume, live } = await this.#mountedVolume(ref, library);
    const request = { mountPoints: live.mountPoints, device: live.device };
    return this.#perform({ type: 'eject', volume, library, request }, async () => {
      const named = { ...live, name: volume.name };
      const siblings = this.#siblingsOf(live).map((sibling) => ({
        ...sibling,
        name: sibling.label ?? sibling.mountPoints[0] ?? volume.name,
      }));
      // All are asked before the first is unmounted.
      for (const each of [named, ...siblings]) this.#refuseUnlessIdle(each);
      await using _released = await this.#release([named, ...siblings]);
      for (const each of [...siblings, named]) await this.#platform.unmount(each);
      return {
        ...(await this.#platform.release(named)),
        ...(siblings.length > 0 ? { alsoUnmounted: siblings.map(({ name }) => name) } : {}),
      };
    });
  }

  /**
   * Mounts a volume that is plugged in and not mounted, named as any volume or by its device.
   * @throws MooringError `VOLUME_NOT_FOUND`, `VOLUME_OFFLINE` when it is not plugged in, `VOLUME_AMBIGUOUS`, `NOT_SUPPORTED`
   */
  async mount(ref: string, library?: string): Promise<VolumeOperation> {
    const known = await this.#knownVolume(ref, library);
    const unmounted = known?.isMounted || process.platform !== 'linux' ? [] : await this.#unmounted();
    const target = known ?? unmounted.find(({ device }) => device === ref);
    if (!target) throw notKnown(ref);
    return this.#perform({ type: 'mount', volume: target, library, request: { ref } }, async () => {
      if (known?.isMounted) return { mountPoint: known.mountPoint, wasMounted: true };
      const candidates = unmounted.filter(({ fingerprint }) => fingerprint === target.fingerprint);
      const chosen = candidates.find(({ device }) => device === ref) ?? candidates[0];
      const name = known?.name ?? chosen?.label ?? ref;
      if (!chosen) throw new MooringError('VOLUME_OFFLINE', `“${name}” is not plugged in. Connect it, then try again.`);
      if (candidates.length > 1 && chosen.device !== ref) {
        const devices = candidates.map(({ device }) => device);
        throw new MooringError('VOLUME_AMBIGUOUS', `Several drives look like “${name}”: ${devices.join(', ')}. Name one of the devices.`, {
          details: { devices },
        });
      }
      return { mountPoint: await this.#platform.mount({ device: chosen.device, label: name }), device: chosen.device };
    });
  }

  /**
   * Measures how fast a volume writes and reads. An operation that `signal` aborted is returned as `cancelled`.
   * @throws MooringError `VOLUME_OFFLINE`, `VOLUME_READ_ONLY`, `NO_SPACE`, `VOLUME_UNRESPONSIVE`, `VOLUME_BUSY`, `PERMISSION_DENIED`, `IO_ERROR`
   */
  async speedTest(ref: string, library?: string, signal?: AbortSignal): Promise<VolumeOperation> {
    // How much is free decides how much is written: as it is now.
    await this.#options.volumes.refresh();
    const { volume, live } = await this.#mountedVolume(ref, library);
    const id = newUuid();
    const file = speedTestFileName(id);
    const cancel = AbortSignal.any([this.#runner.closing, ...(signal ? [signal] : [])]);
    const request = { mountPoint: live.mountPoints[0] ?? null, file };
    return this.#runner.perform({ type: 'speed-test', volume, library, request, id }, async () => {
      const bytes = speedTestBytes(live, volume.name);
      const result = await runSpeedTest(join(live.mountPoints[0] ?? '', file), bytes, cancel);
      if (result) this.#speedTested(volume.fingerprint, result);
      return result;
    });
  }

  /** Newest first. @throws MooringError `LIBRARY_NOT_OPEN`, `VOLUME_NOT_FOUND`, `CURSOR_INVALID` */
  async list(input: {
    volume?: string | undefined;
    library?: string | undefined;
    limit: number;
    cursor?: string | undefined;
  }): Promise<{ items: VolumeOperation[]; nextCursor: string | null }> {
    const library = this.#options.libraries.resolve(input.library);
    const { volume: ref, limit, cursor } = input;
    // A full fingerprint needs no volume: one that is neither here nor tracked may have a history.
    const isFingerprint = ref !== undefined && /^[0-9a-f]{64}$/.test(ref);
    const fingerprint =
      ref === undefined ? null : isFingerprint ? ref : (await this.#options.volumes.resolve(ref, input.library)).fingerprint;
    return pageOfOperations(library, { fingerprint, cursor, limit });
  }

  /** Cancels speed tests, and waits for what is under way. */
  async close(): Promise<void> {
    for (const unsubscribe of this.#unsubscribe) unsubscribe();
    await this.#runner.close();
  }

  /** For what changes where volumes are mounted: whoever hears that it has ended finds them as they are then. */
  #perform(order: OperationOrder, work: OperationWork): Promise<VolumeOperation> {
    return this.#runner.perform(order, async () => {
      const response = await work();
      await this.#options.volumes.refresh();
      return response;
    });
  }

  /** Whoever had to let go goes on after the next look at what is mounted: on a volume that is gone it has nothing to look for. */
  async #release(volumes: readonly LiveVolume[]): Promise<AsyncDisposable> {
    await using releasing = new AsyncDisposableStack();
    for (const { fingerprint } of volumes) releasing.use(await this.#options.releaseVolume?.(fingerprint));
    releasing.defer(() => this.#options.volumes.refresh());
    return releasing.move();
  }

  async #mountedVolume(ref: string, library?: string): Promise<{ volume: Volume; live: LiveVolume }> {
    const volume = await this.#options.volumes.resolve(ref, library);
    const live = this.#options.volumes.live.find(({ fingerprint }) => fingerprint === volume.fingerprint);
    if (!live) {
      throw new MooringError('VOLUME_OFFLINE', `“${volume.name}” is not mounted. Connect it, then try again.`, {
        details: { fingerprint: volume.fingerprint },
      });
    }
    return { volume, live };
  }

  async #knownVolume(ref: string, library?: string): Promise<Volume | null> {
    try {
      const volume = await this.#options.volumes.resolve(ref, library);
      // A device that is not mounted lies in `/dev`, which is a volume, too.
      return ref.startsWith('/dev/') && volume.device !== ref ? null : volume;
    } catch (error) {
      if (error instanceof MooringError && error.code === 'VOLUME_NOT_FOUND') return null;
      throw error;
    }
  }

  #unmounted(): Promise<UnmountedVolume[]> {
    return unmountedVolumes(this.#options.run ?? runCommand, this.#options.volumes.live);
  }

  #siblingsOf(volume: LiveVolume): LiveVolume[] {
    const drive = driveOf(volume);
    if (drive === null) return [];
    return this.#options.volumes.live.filter((other) => other.fingerprint !== volume.fingerprint && driveOf(other) === drive);
  }

  #refuseUnlessIdle(volume: NamedVolume): void {
    if (!volume.isEjectable) {
      throw new MooringError('VOLUME_NOT_EJECTABLE', `“${volume.name}” belongs to this computer and cannot be unmounted.`);
    }
    const job = this.#options.usesVolume(volume.fingerprint);
    if (job !== null) {
      throw new MooringError('VOLUME_BUSY', `“${volume.name}” is used by a job (${job}). Wait until it has ended, or cancel it.`, {
        details: { job },
      });
    }
    const places = volume.mountPoints;
    const libraries = this.#options.libraries.opened.filter(({ path }) => places.some((place) => isInside(path, place)));
    if (libraries.length > 0) {
      const names = libraries.map(({ name }) => name);
      throw new MooringError('VOLUME_BUSY', `The library “${names[0]}” lies on “${volume.name}” and is open. Close it, then try again.`, {
        details: { libraries: names },
      });
    }
    const nested = this.#options.volumes.live.find(
      (other) =>
        other.key !== volume.key && other.mountPoints.some((inner) => places.some((place) => inner !== place && isInside(inner, place))),
    );
    if (nested) throw busyError(volume, [], { mountedInside: nested.mountPoints });
  }

  #speedTested(fingerprint: string, result: SpeedTestResult): void {
    const figures = {
      readSpeedMbps: result.readSpeedMbps,
      writeSpeedMbps: result.writeSpeedMbps,
      lastSpeedTestAt: new Date().toISOString(),
    };
    for (const library of this.#options.libraries.opened) {
      this.#runner.record(library, (to) => {
        to.transact((tx) => tx.update(volumesTable).set(figures).where(eq(volumesTable.fingerprint, fingerprint)).run());
      });
    }
    this.#options.events.publish({ type: 'VolumeSpeedTested', fingerprint, result });
  }

  #libraryOpened(id: string): void {
    const library = this.#options.libraries.opened.find((opened) => opened.id === id);
    if (!library) return;
    this.#runner.record(library, (to) => {
      const count = failInterrupted(to, (operationId) => this.#runner.isRunning(operationId));
      if (count > 0) this.#log.warn({ count, library: id }, 'Volume operations were interrupted when Mooring ended');
    });
    for (const { fingerprint } of this.#options.volumes.live) this.#removeLeftovers(library, fingerprint);
  }

  /** What a speed test that was killed, or whose drive was pulled, has left at the root of the volume. */
  #removeLeftovers(library: TrackingLibrary, fingerprint: string): void {
    const live = this.#options.volumes.live.find((volume) => volume.fingerprint === fingerprint);
    const mountPoint = live?.mountPoints[0];
    if (!live || mountPoint === undefined || live.isReadOnly || live.unresponsive) return;
    this.#runner.record(library, (to) => {
      for (const file of filesOfFailedSpeedTests(to, fingerprint)) {
        const removal = removeLeftover(mountPoint, file).then((wasThere) => {
          if (wasThere) this.#log.info({ fingerprint, file }, 'Removed the file of a speed test that was interrupted');
        });
        this.#runner.waitFor(removal);
      }
    });
  }
}

function notKnown(ref: string): MooringError {
  return new MooringError('VOLUME_NOT_FOUND', `There is no volume “${ref}”. List the volumes to see which there are, or name a device.`);
}
