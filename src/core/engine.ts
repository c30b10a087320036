import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Device } from '#shared/contract/system.ts';
import { CallMetrics } from './api/metrics.ts';
import { createRouter } from './api/router.ts';
import { ConfigStore } from './config/config-store.ts';
import { Notices } from './config/notices.ts';
import { readMigrations } from './db/migrations.ts';
import { loadDevice } from './device/device.ts';
import { Entries } from './entry/entries.ts';
import { EventBus } from './events/event-bus.ts';
import { Jobs } from './job/jobs.ts';
import { Libraries } from './library/libraries.ts';
import { createLogger, type LogLevel, type RootLogger } from './log/create-logger.ts';
import { detectorForPlatform } from './volume/detector-for-platform.ts';
import { Volumes } from './volume/volumes.ts';

export interface EngineOptions {
  /** Everything that this engine keeps lies here, except libraries that were put elsewhere. One engine at a time. */
  dataDir: string;
  instance: string;
  host: 'desktop' | 'daemon' | 'test';
  /** Of Mooring. */
  version: string;
  /** Left out: what the configuration says. */
  logLevel?: LogLevel | undefined;
  /** Left out: the ones that belong to this program. */
  migrationsDir?: string | undefined;
  /** Asked by `system.shutdown` to end this process. */
  onShutdownRequest?: (() => void) | undefined;
}

/** All parts of the engine: what `api/` is given. */
export interface EngineServices {
  options: EngineOptions;
  startedAt: Date;
  log: RootLogger;
  logDir: string;
  events: EventBus;
  config: ConfigStore;
  device: Device;
  libraries: Libraries;
  volumes: Volumes;
  jobs: Jobs;
  entries: Entries;
  notices: Notices;
  metrics: CallMetrics;
  /** Filled in by whoever serves this engine. */
  serving: { httpAddress: string | null };
}

const LOG_KEEP_DAYS = 7;
const LIBRARY_PATIENCE_MS = 2000;

/** The composition root: starts everything in order, stops it in reverse, decides nothing. */
export class Engine {
  #closing: Promise<void> | null = null;
  readonly services: EngineServices;
  readonly router: ReturnType<typeof createRouter>;

  private constructor(services: EngineServices) {
    this.services = services;
    this.router = createRouter(services);
  }

  static async start(options: EngineOptions): Promise<Engine> {
    const startedAt = new Date();
    const { dataDir } = options;
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    const logDir = join(dataDir, 'logs');
    const log = createLogger({ dir: logDir, level: options.logLevel ?? 'info', keepDays: LOG_KEEP_DAYS });
    const events = new EventBus((error, type) => log.error({ err: error, event: type }, 'A listener failed'));
    const config = await ConfigStore.load(dataDir, { events, log: log.child({ component: 'config' }) });
    if (!options.logLevel) log.setLevel(config.current.log.level);
    const notices = new Notices(events);
    for (const { code, message } of config.notices) notices.add(code, message);
    const device = await loadDevice(dataDir, (copy) =>
      notices.add('DEVICE_DAMAGED', `The identity of this device could not be read, and it has a new one. The file is kept as ${copy}.`),
    );
    const migrations = readMigrations(options.migrationsDir);
    const libraries = await Libraries.load({ dataDir, device, config, events, notices, migrations, log });
    const detector = detectorForPlatform(process.platform, { probeTimeoutMs: () => config.current.volumes.probeTimeoutMs });
    const volumes = await Volumes.start({ detector, libraries, config, device, events, log: log.child({ component: 'volume' }) });
    await libraries.openRemembered(volumes);
    const jobs = new Jobs({ events, log });
    const entries = new Entries({ volumes, device });
    events.publish({ type: 'CoreStarted', version: options.version });
    log.info({ component: 'engine', ms: Date.now() - startedAt.getTime() }, 'Started');
    return new Engine({
      options,
      startedAt,
      log,
      logDir,
      events,
      config,
      device,
      libraries,
      volumes,
      jobs,
      entries,
      notices,
      metrics: new CallMetrics(),
      serving: { httpAddress: null },
    });
  }

  /** Stops everything, within five seconds. Twice is harmless. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    const { jobs, entries, libraries, volumes, events, log } = this.services;
    await jobs.close();
    await entries.close();
    await volumes.close();
    await libraries.closeAll(LIBRARY_PATIENCE_MS);
    events.publish({ type: 'CoreShutdown' });
    events.close();
    log.info({ component: 'engine' }, 'Stopped');
    log.close();
  }
}
