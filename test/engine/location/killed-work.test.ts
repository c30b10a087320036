import { mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { databasePath } from '#core/library/library-folder.ts';
import type { EngineClient } from '#shared/contract/contract.ts';
import { EngineProcess } from '#test/instruments/engine-process-client.ts';
import { seededRandom } from '#test/instruments/seeded-random.ts';
import { makeSeededTree } from '#test/instruments/seeded-tree.ts';
import { makeTestDir } from '#test/instruments/test-run.ts';
import { comparable, type IndexedEntry, readDisk, readIndex } from '../indexing/read-index.ts';
import { type Query, wrongRows } from '../indexing/sums.ts';

const FILES = 3000;
const ROUNDS = Number(process.env.MOORING_TEST_KILLS ?? 1);
const MOST_ROUNDS = ROUNDS + 4;
const PATIENT = { timeout: 30_000, interval: 50 };
const LEFT_OUT = '*.jpg';
const random = seededRandom(31);

it('what is killed goes on by itself: rescan, change of rules, removal, promotion', { timeout: 180_000 }, async () => {
  const root = await makeTestDir('tree');
  makeSeededTree(root, { files: FILES, seed: 6 });
  const dataDir = await makeTestDir('engine');
  let [library, scanMs, cutShort] = ['', 0, 0];
  const differences = () => withDatabase(library, (query) => differencesOf(query, databasePath(library), root));

  /** Lets an engine go on with what the one before has left, prepares it, and kills it while it works. */
  async function killWhile(
    begin: (client: EngineClient) => Promise<unknown>,
    prepare: (client: EngineClient) => unknown = () => undefined,
  ) {
    await using engine = new EngineProcess('host', dataDir);
    const client = await engine.connect();
    await expect.poll(differences, PATIENT).toEqual([]);
    await prepare(client);
    begin(client).catch(() => {
      // It was killed before it could answer.
    });
    await delay((random() * scanMs) / 5);
    await engine.kill();
    withDatabase(library, (query) => {
      expect(wrongRows(query)).toEqual([]);
      if (unfinished(query).length > 0) cutShort++;
    });
  }
  const add = (client: EngineClient) => client.locations.add({ path: root, watch: false });
  const remove = (client: EngineClient) => client.locations.remove({ location: root });
  const update = (client: EngineClient, excludeGlobs: string[]) => client.locations.update({ location: root, rules: { excludeGlobs } });
  const isIndexed = () => expect.poll(differences, PATIENT).toEqual([]);

  {
    await using engine = new EngineProcess('host', dataDir);
    const client = await engine.connect();
    library = (await client.libraries.create({ name: 'Home' })).path;
    const began = performance.now();
    await add(client);
    await isIndexed();
    scanMs = performance.now() - began;
  }
  // It may be that all of them were done before they were killed.
  for (let round = 0; round < ROUNDS || (cutShort === 0 && round < MOST_ROUNDS); round++) {
    await killWhile(
      (client) => client.locations.rescan({ location: root, depth: 'full' }),
      async () => changeTree(root, round),
    );
    await killWhile((client) => update(client, [LEFT_OUT]));
    await killWhile(remove, async (client) => {
      await update(client, []);
      await isIndexed();
    });
    await killWhile(add, async (client) => {
      const { items } = await client.locations.list({});
      // Killed before it was removed.
      if (items.length > 0) await remove(client);
      await isIndexed();
      const { job } = await client.indexing.scan({ path: root, persistence: 'ephemeral' });
      await expect.poll(async () => (await client.jobs.get({ id: job.id })).status, PATIENT).toBe('completed');
    });
  }
  await using engine = new EngineProcess('host', dataDir);
  await engine.connect();
  await isIndexed();
  console.info(`Cut short: ${cutShort}`);
  expect(cutShort).toBeGreaterThan(0);
});

/** Moves folders into others, removes some, and makes new ones. */
function changeTree(root: string, seed: number): void {
  const folders = readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const paths = folders.map(({ name }) => path.join(root, name)).filter(() => random() < 0.5);
  for (const [index, folder] of paths.entries()) {
    const other = paths[index + 1];
    if (index % 3 === 0 && other) renameSync(folder, path.join(other, `moved ${seed}`));
    else if (index % 3 === 2) rmSync(folder, { recursive: true });
  }
  mkdirSync(path.join(root, `new ${seed}`));
  makeSeededTree(path.join(root, `new ${seed}`), { files: FILES / 5, seed });
}

function differencesOf(query: Query, file: string, root: string): unknown[] {
  const [location] = query('SELECT id, rules FROM locations') as { id: number; rules: string }[];
  const rows = [...unfinished(query), ...wrongRows(query)];
  if (!location || rows.length > 0) return rows;
  const isLeftOut = location.rules.includes(LEFT_OUT);
  const disk = readDisk(root, (name) => isLeftOut && name.endsWith('.jpg'));
  const index = new Map([...readIndex(file, location.id)].filter(([name]) => !name.startsWith('limbo/')));
  const names = [...new Set([...disk.keys(), ...index.keys()])];
  const print = (entry: IndexedEntry | undefined) =>
    JSON.stringify(entry && comparable(entry), (_, value) => (typeof value === 'bigint' ? String(value) : value));
  const different = names.filter((name) => print(index.get(name)) !== print(disk.get(name)));
  return different.slice(0, 5).map((name) => ({ name, index: print(index.get(name)), disk: print(disk.get(name)) }));
}

/** Jobs that have not ended, and what is left of locations that are gone. */
function unfinished(query: Query): unknown[] {
  const jobs = query(`SELECT name, status FROM jobs WHERE status NOT IN ('completed', 'cancelled')`);
  return [...jobs, ...query('SELECT id AS left FROM entries WHERE location_id NOT IN (SELECT id FROM locations) LIMIT 1')];
}

function withDatabase<T>(library: string, work: (query: Query) => T): T {
  const database = new Database(databasePath(library), { readonly: true });
  try {
    return work((sql) => database.prepare(sql).all());
  } finally {
    database.close();
  }
}
