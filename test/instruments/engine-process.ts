/**
 * @file An engine in a process of its own, for tests that kill it. Speaks lines of JSON.
 *
 * `hold DATA_DIR LIBRARY`: opens a library, says `{ "ready": true }` (or the error), and waits to be killed.
 * `churn DATA_DIR MIGRATIONS_DIR`: creates libraries and tracks volumes as fast as it can, and says what has been acknowledged.
 */
import { randomBytes } from 'node:crypto';
import { devices, volumes } from '#core/db/schema.ts';
import { Engine } from '#core/engine.ts';
import { toMooringError } from '#shared/contract/error.ts';

function say(line: object): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

async function start(dataDir: string, migrationsDir?: string): Promise<Engine> {
  say({ starting: true });
  const engine = await Engine.start({ dataDir, migrationsDir, instance: 'test', host: 'test', version: '0.0.0-test' });
  say({ started: true });
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
await (mode === 'churn' ? churn(dataDir, argument) : hold(dataDir, argument));
