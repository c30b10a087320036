import { ConfigStore } from '#core/config/config-store.ts';
import { Notices } from '#core/config/notices.ts';
import { readMigrations } from '#core/db/migrations.ts';
import { loadDevice } from '#core/device/device.ts';
import { EventBus } from '#core/events/event-bus.ts';
import { Libraries } from '#core/library/libraries.ts';
import type { Library } from '#core/library/library.ts';
import { silentLogger } from '#core/log/create-logger.ts';
import { detectorForPlatform } from '#core/volume/detector-for-platform.ts';
import type { VolumeTracker } from '#core/volume/volume-tracker.ts';
import { Volumes } from '#core/volume/volumes.ts';
import type { ConfigPatch } from '#shared/contract/config.ts';
import type { DomainEvent, DomainEventType } from '#shared/contract/event.ts';
import { makeTestDir } from '#test/instruments/test-run.ts';

const VOLUME_EVENTS = [
  ...(['VolumeAdded', 'VolumeRemoved', 'VolumeUpdated', 'VolumeMountChanged'] as const),
  ...(['VolumeTracked', 'VolumeUntracked', 'VolumeError'] as const),
];

/** The engine's parts that have to do with volumes, real ones, wired as in the engine. */
export class VolumeWorld implements AsyncDisposable {
  readonly dataDir: string;
  readonly events: EventBus;
  readonly config: ConfigStore;
  readonly libraries: Libraries;
  readonly volumes: Volumes;
  /** Every event about volumes since the start, oldest first. */
  readonly heard: { event: DomainEvent; atMs: number }[] = [];

  private constructor(dataDir: string, events: EventBus, config: ConfigStore, libraries: Libraries, volumes: Volumes) {
    this.dataDir = dataDir;
    this.events = events;
    this.config = config;
    this.libraries = libraries;
    this.volumes = volumes;
    for (const type of VOLUME_EVENTS) events.on(type, (event) => this.heard.push({ event, atMs: performance.now() }));
  }

  /** @param options.dataDir that of an earlier world: as if the engine were started again */
  static async open(options: { dataDir?: string; config?: ConfigPatch } = {}): Promise<VolumeWorld> {
    const dataDir = options.dataDir ?? (await makeTestDir('data'));
    const events = new EventBus((error) => {
      throw error;
    });
    const config = await ConfigStore.load(dataDir, { events, log: silentLogger });
    if (options.config) await config.update(options.config);
    const device = await loadDevice(dataDir);
    const notices = new Notices(events);
    const libraries = await Libraries.load({ dataDir, device, config, events, notices, migrations: readMigrations(), log: silentLogger });
    const detector = detectorForPlatform('linux', { probeTimeoutMs: () => config.current.volumes.probeTimeoutMs });
    const volumes = await Volumes.start({ detector, libraries, config, device, events, log: silentLogger });
    await libraries.openRemembered(volumes);
    return new VolumeWorld(dataDir, events, config, libraries, volumes);
  }

  get tracker(): VolumeTracker {
    return this.volumes.tracker;
  }

  async createLibrary(name: string): Promise<Library> {
    return this.libraries.create({ name, description: undefined, parent: undefined });
  }

  /** The volume mounted at a place, as clients see it. */
  at(mountPoint: string, library?: string) {
    return this.volumes.list({ all: true, library }).find((volume) => volume.mountPoints.includes(mountPoint));
  }

  /**
   * The first event that `matches`, of those heard already or to come.
   * @throws when none comes in time
   */
  async hear<T extends DomainEventType>(
    type: T,
    matches: (event: Extract<DomainEvent, { type: T }>) => boolean,
    timeoutMs = 30_000,
  ): Promise<{ event: Extract<DomainEvent, { type: T }>; atMs: number }> {
    const isIt = ({ event }: { event: DomainEvent }) => event.type === type && matches(event as Extract<DomainEvent, { type: T }>);
    const deadline = performance.now() + timeoutMs;
    for (;;) {
      const found = this.heard.find(isIt);
      if (found) return found as { event: Extract<DomainEvent, { type: T }>; atMs: number };
      if (performance.now() > deadline) {
        throw new Error(
          `No such ${type} within ${timeoutMs} ms. Heard: ${this.heard.map(({ event }) => event.type).join(' ') || 'nothing'}`,
        );
      }
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, Math.max(1, deadline - performance.now()));
        const stop = this.events.on(type, () => {
          stop();
          clearTimeout(timer);
          resolve();
        });
      });
    }
  }

  mounted(mountPoint: string, timeoutMs?: number) {
    return this.hear('VolumeMountChanged', (event) => event.isMounted && event.mountPoints.includes(mountPoint), timeoutMs);
  }

  /** Waits until the volume is mounted nowhere any more. */
  unmounted(fingerprint: string, timeoutMs?: number) {
    return this.hear('VolumeMountChanged', (event) => !event.isMounted && event.fingerprint === fingerprint, timeoutMs);
  }

  /** Types of all events about one volume, oldest first. Others may come and go on the machine meanwhile. */
  heardOf(fingerprint: string): DomainEventType[] {
    const isAbout = (event: DomainEvent) =>
      'volume' in event ? event.volume.fingerprint === fingerprint : 'fingerprint' in event && event.fingerprint === fingerprint;
    return this.heard.filter(({ event }) => isAbout(event)).map(({ event }) => event.type);
  }

  forget(): void {
    this.heard.length = 0;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.volumes.close();
    await this.libraries.closeAll(2000);
    this.events.close();
  }
}
