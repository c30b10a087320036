import { mkdirSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import type { Device } from '#shared/contract/system.ts';
import { Actions } from './action/actions.ts';
import { RecordedLibraries } from './action/recorded/recorded-libraries.ts';
import { RecordedLocations } from './action/recorded/recorded-locations.ts';
import { RecordedVolumes } from './action/recorded/recorded-volumes.ts';
import { CallMetrics } from './api/metrics.ts';
import { createRouter } from './api/router.ts';
import { ConfigStore } from './config/config-store.ts';
import { removeTornWrites } from './config/json-file.ts';
import { Notices } from './config/notices.ts';
import { readMigrations } from './db/migrations.ts';
import { loadDevice } from './device/device.ts';
import { Entries } from './entry/entries.ts';
import { Addresses } from './entry/entry-address.ts';
import { EphemeralIndexes } from './entry/ephemeral/ephemeral-indexes.ts';
import { EventBus } from './events/event-bus.ts';
import { type FileChanges, startFileChanges } from './file-operation/start-file-changes.ts';
import { transferActions } from './file-operation/transfer/transfer-actions.ts';
import { Transfers } from './file-operation/transfer/transfers.ts';
import { Indexers } from './indexing/indexers.ts';
import { Jobs } from './job/jobs.ts';
import { Libraries } from './library/libraries.ts';
import type { Locations } from './location/locations.ts';
import { prepareLocations } from './location/start-locations.ts';
import { createLogger, type LogLevel, type RootLogger } from './log/create-logger.ts';
import { Contents } from './preview/contents.ts';
import { SearchIndexes } from './search/index/search-index.ts';
import { SavedSearches } from './search/saved-searches.ts';
import { Search } from './search/search.ts';
import { detectorForPlatform } from './volume/detector-for-platform.ts';
import { VolumeOperations } from './volume/operations/volume-operations.ts';
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
  volumeOperations: VolumeOperations;
  jobs: Jobs;
  indexers: Indexers;
  locations: Locations;
  search: Search;
  savedSearches: SavedSearches;
  ephemeral: EphemeralIndexes;
  addresses: Addresses;
  entries: Entries;
  contents: Contents;
  transfers: Transfers;
  fileChanges: FileChanges;
  actions: Actions;
  /** What users do by procedures of their own, remembered as actions. */
  recorded: { libraries: RecordedLibraries; locations: RecordedLocations; volumes: RecordedVolumes };
  notices: Notices;
  metrics: CallMetrics;
  /** Filled in by whoever serves this engine. */
  serving: { httpAddress: string | null };
}

const LOG_KEEP_DAYS = 7;
/** How long each part may take to stop, so that all of them have within five seconds: a drive that hangs keeps nobody from quitting. */
const STOP_TIMEOUT_MS = {
  jobs: 1400,
  actions: 300,
  entries: 300,
  contents: 300,
  transfers: 300,
  volumeOperations: 500,
  locations: 400,
  ephemeral: 300,
  indexers: 500,
  search: 300,
  volumes: 500,
  libraries: 1000,
};

/** The composition root: starts everything in order, stops it in reverse, decides nothing. */
export class Engine {
  #closing: Promise<void> | null = null;
  readonly services: EngineServices;
  readonly router: ReturnType<typeof createRouter>;
  readonly #running: AsyncDisposableStack;

  private constructor(services: EngineServices, running: AsyncDisposableStack) {
    this.services = services;
    this.router = createRouter(services);
    this.#running = running;
  }

  /** @throws when the data folder cannot be used; whatever was started by then has been stopped */
  static async start(options: EngineOptions): Promise<Engine> {
    await using starting = new AsyncDisposableStack();
    const services = await startServices(options, starting);
    const { events, log, startedAt } = services;
    const engine = new Engine(services, starting.move());
    events.publish({ type: 'CoreStarted', version: options.version });
    log.info({ component: 'engine', durationMs: Date.now() - startedAt.getTime() }, 'Started');
    return engine;
  }

  /** Stops everything, within five seconds. Twice is harmless. */
  async close(): Promise<void> {
    this.#closing ??= this.#running.disposeAsync();
    await this.#closing;
  }
}

/** Starts all parts, each after those that it needs; `running` stops them in reverse. */
async function startServices(options: EngineOptions, running: AsyncDisposableStack): Promise<EngineServices> {
  const startedAt = new Date();
  const { dataDir } = options;
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const logDir = join(dataDir, 'logs');
  const log = createLogger({ dir: logDir, level: options.logLevel ?? 'info', keepDays: LOG_KEEP_DAYS });
  running.defer(() => log.close());
  const events = new EventBus((error, type) => log.error({ err: error, component: 'event', event: type }, 'A listener failed'));
  running.defer(() => {
    events.publish({ type: 'CoreShutdown' });
    events.close();
    log.info({ component: 'engine' }, 'Stopped');
  });

  await removeTornWrites(dataDir, ['mooring.json', 'device.json', 'known-libraries.json']);
  const config = await ConfigStore.load(dataDir, { events, log: log.child({ component: 'config' }) });
  if (!options.logLevel) {
    log.setLevel(config.current.log.level);
    events.on('ConfigChanged', ({ config: changed }) => log.setLevel(changed.log.level));
  }
  const notices = new Notices(events);
  for (const { code, message } of config.notices) notices.add(code, message);
  const device = await loadDevice(dataDir, (copy) => {
    notices.add('DEVICE_DAMAGED', `The identity of this device could not be read, so it has a new one. The file is kept as ${copy}.`);
  });

  const migrations = readMigrations(options.migrationsDir);
  const libraries = await Libraries.load({ dataDir, device, config, events, notices, migrations, log });
  running.defer(() => libraries.closeAll(STOP_TIMEOUT_MS.libraries));
  const detector = detectorForPlatform(process.platform, {
    probeTimeoutMs: () => config.current.volumes.probeTimeoutMs,
    onFallback: (error) =>
      log.warn(
        { component: 'volume', err: error },
        'The tools of this system cannot be used: volumes are found without them, and known less well',
      ),
  });
  const volumes = await Volumes.start({ detector, libraries, config, device, events, log: log.child({ component: 'volume' }) });
  const stop = (part: keyof typeof STOP_TIMEOUT_MS, close: () => Promise<unknown>) =>
    running.defer(() =>
      stopWithin(STOP_TIMEOUT_MS[part], close, (reason) =>
        log.warn({ component: 'engine', part, err: reason }, 'A part did not stop properly'),
      ),
    );
  stop('volumes', () => volumes.close());
  await libraries.openRemembered(volumes);

  const jobs = new Jobs({ events, log, libraries, volumes });
  const indexers = new Indexers({ deviceId: device.id, log });
  libraries.beforeRelease((library) => indexers.release(library));
  stop('indexers', () => indexers.close());
  const addresses = new Addresses({ volumes, device });
  const dataFolder = realpathSync(dataDir);
  const excluded = () => [dataFolder, ...libraries.opened.map(({ path }) => path)];
  const ephemeral = new EphemeralIndexes({ dataDir, device, migrations, volumes, addresses, indexers, jobs, excluded, log });
  stop('ephemeral', () => ephemeral.close());
  const indexing = { jobs, indexers, addresses, ephemeral, excluded };
  const located = prepareLocations({ device, libraries, volumes, ...indexing, events, config, notices, log });
  stop('locations', () => located.close());
  const indexes = new SearchIndexes({ indexers, log });
  const search = new Search({ libraries, volumes, places: located.places, indexes, jobs, deviceId: device.id });
  stop('search', () => search.close());
  const actions = new Actions({ jobs, libraries, addresses, device, events, log });
  const volumeOperations = new VolumeOperations({
    volumes,
    libraries,
    events,
    log,
    usesVolume: (fingerprint) => jobs.usesVolume(fingerprint),
    releaseVolume: (fingerprint) => located.releaseVolume(fingerprint),
  });
  stop('volumeOperations', () => volumeOperations.close());
  const entries = new Entries({ volumes, device, libraries, checks: located.checks, ephemeral });
  const contents = new Contents({ volumes, device });
  stop('contents', () => contents.close());
  const transfers = new Transfers({ jobs, volumes, libraries, device, events, index: located.follow, dataDir, log });
  stop('transfers', () => transfers.close());
  for (const definition of transferActions(transfers)) actions.register(definition);
  const changing = { actions, jobs, addresses, device, volumes, events, follow: located.follow, kept: excluded, dataDir, log };
  const fileChanges = startFileChanges(changing);
  running.defer(() => fileChanges.close());
  stop('entries', () => entries.close());
  stop('actions', () => actions.close());
  const { locations } = located;
  const recorded = {
    libraries: new RecordedLibraries({ actions, libraries }),
    locations: new RecordedLocations({ actions, locations, libraries, addresses }),
    volumes: new RecordedVolumes({ actions, volumes, locations, libraries }),
  };
  // All kinds of jobs and actions are known by now; and jobs stop first, before what they use.
  jobs.start();
  actions.start();
  transfers.startTidying();
  stop('jobs', () => jobs.close());
  located.start();
  return {
    options,
    startedAt,
    log,
    logDir,
    events,
    config,
    device,
    libraries,
    volumes,
    volumeOperations,
    jobs,
    indexers,
    locations,
    search,
    savedSearches: new SavedSearches({ libraries, events }),
    ephemeral,
    addresses,
    entries,
    contents,
    transfers,
    fileChanges,
    actions,
    recorded,
    notices,
    metrics: new CallMetrics(),
    serving: { httpAddress: null },
  };
}

/** Waits for a part to stop, and goes on when it does not: the parts below it have to be stopped all the same. */
async function stopWithin(timeoutMs: number, close: () => Promise<unknown>, onProblem: (reason: unknown) => void): Promise<void> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(`It did not stop within ${timeoutMs} ms.`)), timeoutMs);
  try {
    await Promise.race([close(), late]);
  } catch (error) {
    onProblem(error);
  } finally {
    clearTimeout(timer);
  }
}
