/**
 * @file An engine in a process of its own, for tests that kill it. Speaks lines of JSON.
 *
 * `hold DATA_DIR LIBRARY`: opens a library, says `{ "ready": true }` (or the error), and waits to be killed.
 * `index DATA_DIR [FOLDER]`: adds a folder as a location to a new library, or, without one, lets go on what an earlier process has begun. Says
 *   `{ "location": id, "library": path }`, `{ "seen": n }` as a scan goes on, and `{ "settled": true }` when nothing is under way any more.
 * `host DATA_DIR`: hosts the engine in a worker thread until a signal ends it, as the daemon does. Says `{ "socketPath": path }`.
 * `churn DATA_DIR MIGRATIONS_DIR`: creates libraries and tracks volumes as fast as it can, and says what has been acknowledged.
 */
import { randomBytes } from 'node:crypto';
import { devices, volumes } from '#core/db/schema.ts';
import { Engine } from '#core/engine.ts';
import { hostPaths } from '#core/host/host-paths.ts';
import { runDaemon } from '#core/host/run-daemon.ts';
import { toMooringError } from '#shared/contract/error.ts';

function say(line: object): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

async function start(dataDir: string, migrationsDir?: string): Promise<Engine> {
  say({ starting: true });
  const engine = await Engine.start({ dataDir, migrationsDir, instance: 'test', host: 'test', version: '0.0.0-test' });
  say({ started: true, atMs: Date.now() });
  return engine;
}

async function hold(dataDir: string, library: string): Promise<void> {
  const { services } = await start(dataDir);
  await services.libraries.open(library).then(
    () => say({ ready: true }),
    (error) => say({ error: toMooringError(error).toBody() }),
  );
  setInterval(() => undefined, 60_000);
}

async function churn(dataDir: string, migrationsDir: string): Promise<void> {
  const { libraries } = (await start(dataDir, migrationsDir)).services;
  for (let number = 0; ; number++) {
    const library = await libraries.create({ name: `${process.pid}-${number}` });
    say({ created: library.id });
    for (let count = 0; count < 5; count++) {
      const fingerprint = randomBytes(32).toString('hex');
      library.transact((tx) => {
        const [device] = tx.select().from(devices).all();
        tx.insert(volumes)
          .values(exampleVolume(fingerprint, device?.uuid ?? ''))
          .run();
      });
      say({ tracked: fingerprint, library: library.id });
    }
    await libraries.close(library.id);
    await libraries.open(library.path);
    await libraries.backUp(library.id);
    say({ backedUp: library.id });
  }
}

async function index(dataDir: string, folder: string): Promise<void> {
  const { services } = await start(dataDir);
  const { libraries, locations, jobs, events } = services;
  events.on('JobProgress', ({ progress }) => say({ seen: progress.itemsDone }));
  if (folder !== '') {
    await libraries.create({ name: 'Home' });
    // What is watched is scanned once more as soon as it is; here it is one scan that is tried.
    await locations.add({ path: folder, mode: 'shallow', rules: {}, watch: false, allowOverlap: false });
  }
  const [location] = await locations.list({});
  say({ location: location?.id, path: location?.path, library: libraries.resolve().path });
  for (let unfinished = jobs.unfinished(); unfinished[0]; unfinished = jobs.unfinished()) await jobs.ended(unfinished[0].id);
  say({ settled: true });
  setInterval(() => undefined, 60_000);
}

async function host(dataDir: string): Promise<void> {
  const paths = hostPaths({ dataDir }, {});
  process.exit(await runDaemon({ paths, onReady: ({ socketPath }) => say({ socketPath }) }));
}

function exampleVolume(fingerprint: string, deviceId: string): typeof volumes.$inferInsert {
  const now = new Date().toISOString();
  return {
    uuid: crypto.randomUUID(),
    fingerprint,
    trackedAt: now,
    lastSeenAt: now,
    lastSeenDeviceId: deviceId,
    totalCapacity: 1000,
    availableCapacity: 500,
    fileSystem: 'ext4',
    mountType: 'External',
    diskType: 'SSD',
    identitySource: 'filesystem-uuid',
  };
}

const [mode, dataDir = '', argument = ''] = process.argv.slice(2);
const modes: Record<string, (dataDir: string, argument: string) => Promise<void>> = { hold, index, host, churn };
await modes[mode ?? '']?.(dataDir, argument);
