import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import type { Worker } from 'node:worker_threads';
import { beforeAll, describe, expect, it } from 'vitest';
import { locations } from '#core/db/schema.ts';
import type { IndexedRoot } from '#core/indexing/index-task.ts';
import { expectError } from '#test/instruments/expect-error.ts';
import { makeSeededTree } from '#test/instruments/seeded-tree.ts';
import { makeTestDir } from '#test/instruments/test-run.ts';
import { expectTruth } from './index-truth.ts';
import { IndexWorld } from './index-world.ts';
import { expectSums } from './sums.ts';

const SCRIPT = path.join(import.meta.dirname, 'writer-process.ts');
const FILES = 2500;
const LOCKED_MS = 3000;

/** Nothing in it changes: all look at the same. */
let drive = '';
beforeAll(async () => {
  drive = await makeTestDir('drive');
  mkdirSync(path.join(drive, 'files'));
  makeSeededTree(path.join(drive, 'files'), { files: FILES });
});

async function makeWorld(): Promise<{ world: IndexWorld; root: IndexedRoot }> {
  const world = await IndexWorld.make();
  return { world, root: world.addLocation('files', {}, drive) };
}

function writeAsEngine(world: IndexWorld): void {
  world.database.transact((tx) => tx.update(locations).set({ problemCount: 1 }).run());
}

describe('an index worker that dies while it writes', () => {
  it.each<[string, (worker: Worker) => unknown]>([
    ['is ended from outside', (worker) => worker.terminate()],
    ['meets a fault', (worker) => worker.postMessage({ type: 'run', id: 0, task: null })],
  ])('because it %s: its scan tells so, the turn to write is free, and the next scan goes on', async (_name, kill) => {
    const { world, root } = await makeWorld();
    await using _world = world;
    const want = world.database.wantToWrite();
    const started = once(process, 'worker') as Promise<[Worker]>;
    const scan = expectError('INTERNAL', world.scan(root));
    const [worker] = await started;
    // Whoever wants to write makes transactions short, so that there are many.
    const writing = setInterval(() => writeAsEngine(world), 1);
    await expect.poll(() => world.changes.length, { interval: 1, timeout: 30_000 }).toBeGreaterThan(0);
    // It has not gone on yet; now it writes.
    want[Symbol.dispose]();
    kill(worker);
    await scan;
    clearInterval(writing);
    expectSums(world);
    expect(world.database.query('SELECT count(*) AS count FROM entries')).not.toEqual([{ count: 0 }]);
    writeAsEngine(world);
    await world.scan(root, { resumeFrom: world.checkpoint });
    expectTruth(world, [root]);
    expectSums(world);
  });
});

describe('another program that writes the database', () => {
  async function startOther(...args: string[]): Promise<ChildProcess> {
    const child = spawn(process.execPath, [SCRIPT, ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
    await once(child.stdout, 'data');
    return child;
  }

  it(`and keeps it locked for ${LOCKED_MS} ms keeps a scan and the engine waiting, and nothing is lost`, async () => {
    const { world, root } = await makeWorld();
    await using _world = world;
    const other = await startOther('hold', world.database.path, String(LOCKED_MS));
    const ended = once(other, 'exit');
    const scan = world.scan(root);
    writeAsEngine(world);
    await scan;
    expect(await ended).toEqual([0, null]);
    expect(world.database.query('SELECT (SELECT count(*) FROM theirs) AS theirs, problem_count AS ours FROM locations')).toEqual([
      { theirs: 1, ours: 1 },
    ]);
    expectTruth(world, [root]);
    expectSums(world);
  });

  it('all the time while a scan goes on has its turns, and so has the scan', async () => {
    const { world, root } = await makeWorld();
    await using _world = world;
    const other = await startOther('write', world.database.path);
    const ended = once(other, 'exit');
    await world.scan(root);
    other.stdin?.end();
    const written = other.stdout ? Number(await text(other.stdout)) : 0;
    expect(await ended).toEqual([0, null]);
    expect(world.database.query('SELECT count(*) AS count FROM theirs')).toEqual([{ count: written }]);
    expectTruth(world, [root]);
    expectSums(world);
  });
});
