import { eq } from 'drizzle-orm';
import { afterEach, expect, it } from 'vitest';
import { z } from 'zod';
import { jobs as jobsTable } from '#core/db/schema.ts';
import { defineJob, type JobDefinition } from '#core/job/job-definition.ts';
import { Job } from '#shared/contract/job.ts';
import { JobWorld } from './job-world.ts';
import { steppingJob } from './stepping-job.ts';

const heldKind = (name = 'held'): JobDefinition =>
  defineJob({
    name,
    input: z.object({}),
    run: ({ signal }) => new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
  });

const disposables: AsyncDisposable[] = [];
async function open(kinds: JobDefinition[], dataDir?: string): Promise<JobWorld> {
  const world = await JobWorld.open(() => kinds, dataDir === undefined ? {} : { dataDir });
  disposables.push(world);
  return world;
}

afterEach(async () => {
  for (const disposable of disposables.splice(0).reverse()) await disposable[Symbol.asyncDispose]();
});

/** Closes a world, and opens another on what it has left. */
async function restart(world: JobWorld, kinds: JobDefinition[], meanwhile?: (world: JobWorld) => void): Promise<JobWorld> {
  await world.jobs.close();
  meanwhile?.(world);
  await world[Symbol.asyncDispose]();
  return open(kinds, world.world.dataDir);
}

function changeRow(world: JobWorld, id: string, change: Partial<typeof jobsTable.$inferInsert>): void {
  world.world.libraries.resolve().transact((tx) => tx.update(jobsTable).set(change).where(eq(jobsTable.id, id)).run());
}

it('goes on after a restart from where it was, with all that it has told', async () => {
  const stepping = steppingJob();
  const first = await open([stepping.kind]);
  const library = await first.world.createLibrary('Work');
  stepping.holdAt = 7;
  const { id } = first.jobs.dispatch(stepping.kind, { count: 20 }, { volumes: [] });
  await stepping.held();
  expect(first.jobs.get(id)).toMatchObject({ status: 'running', libraryId: library.id, isResumable: true });
  stepping.holdAt = null;
  const second = await restart(first, [stepping.kind]);
  expect(first.told.get(id)).toEqual(['JobQueued', 'JobStarted', 'JobPaused shutdown']);
  const ended = await second.jobs.ended(id);
  expect(second.told.get(id)).toEqual(['JobResumed', 'JobStarted', 'JobCompleted']);
  // Pausing writes the last checkpoint, so that no step is done twice.
  expect(stepping.steps).toEqual(Array.from({ length: 20 }, (_, step) => step));
  expect(ended).toMatchObject({ status: 'completed', output: { count: 20 }, problemCount: 7, pauseReason: null });
  expect(Job.parse(ended)).toEqual(ended);
  expect(ended.progress).toMatchObject({ fraction: 1, itemsDone: 20, warnings: 7 });

  const third = await restart(second, [stepping.kind]);
  expect(third.jobs.get(id)).toEqual(ended);
  expect(third.jobs.problems(id, { limit: 100 }).items.map(({ path }) => path)).toEqual(
    [0, 3, 6, 9, 12, 15, 18].map((step) => `/step/${step}`),
  );
  const lines: string[] = [];
  for (let cursor: string | undefined; ; ) {
    const page = third.jobs.log(id, { limit: 6, cursor });
    lines.push(...page.items.map(({ message }) => message));
    if (page.nextCursor === null) break;
    cursor = page.nextCursor;
  }
  expect(lines).toEqual(Array.from({ length: 20 }, (_, step) => `step ${step}`));
  expect(() => third.jobs.log(id, { limit: 1, cursor: 'nonsense' })).toThrow(expect.objectContaining({ code: 'CURSOR_INVALID' }));
});

it('stays paused after a restart when a user has paused it, and goes on when the user says so', async () => {
  const stepping = steppingJob();
  const first = await open([stepping.kind]);
  await first.world.createLibrary('Work');
  stepping.holdAt = 4;
  const { id } = first.jobs.dispatch(stepping.kind, { count: 9 }, { volumes: [] });
  await stepping.held();
  expect(await first.jobs.pause(id)).toMatchObject({
    status: 'paused',
    pauseReason: 'user',
    progress: { itemsDone: 4, bytesPerSecond: null },
  });
  stepping.holdAt = null;
  const second = await restart(first, [stepping.kind]);
  expect(second.jobs.get(id)).toMatchObject({ status: 'paused', pauseReason: 'user', progress: { itemsDone: 4 } });
  second.jobs.resume(id);
  expect((await second.jobs.ended(id)).output).toEqual({ count: 9 });
  expect(stepping.steps).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
});

it('says why a job cannot go on', async () => {
  const stepping = steppingJob();
  const held = heldKind();
  const first = await open([stepping.kind, held, steppingJob({ name: 'forgotten' }).kind]);
  await first.world.createLibrary('Work');
  stepping.holdAt = 2;
  const dispatch = (kind: JobDefinition, input: object = { count: 5 }) => first.jobs.dispatch(kind, input, { volumes: [] }).id;
  const [garbled, misfit, misunderstood] = [dispatch(stepping.kind), dispatch(stepping.kind), dispatch(stepping.kind)];
  const [unknown, killed, waited] = [dispatch(stepping.kind), dispatch(held, {}), dispatch(held, {})];
  await stepping.held();
  const second = await restart(first, [stepping.kind, held], (world) => {
    changeRow(world, garbled, { state: Buffer.from([0xc1, 0xff]) });
    changeRow(world, misfit, { state: Buffer.from([0x01]) });
    changeRow(world, misunderstood, { input: { count: 'many' } });
    changeRow(world, unknown, { name: 'forgotten', status: 'running' });
    // As a killed process leaves them.
    changeRow(world, killed, { status: 'running', completedAt: null });
    changeRow(world, waited, { status: 'queued', completedAt: null });
  });
  const failure = (id: string) => {
    const { status, error, completedAt } = second.jobs.get(id);
    expect({ status, ended: completedAt !== null }).toEqual({ status: 'failed', ended: true });
    expect(second.told.get(id)).toEqual(['JobFailed']);
    return `${error?.code}: ${error?.message}`;
  };
  expect(failure(garbled)).toMatch(/^JOB_INTERRUPTED: How far it had come could not be read/);
  expect(failure(misfit)).toMatch(/^JOB_INTERRUPTED: How far it had come could not be read .*expected object/s);
  expect(failure(misunderstood)).toMatch(/^JOB_INTERRUPTED: What it was asked to do is not understood/);
  expect(failure(unknown)).toMatch(/^JOB_KIND_UNKNOWN: .*“forgotten”/);
  expect(failure(killed)).toMatch(/^JOB_INTERRUPTED: Mooring ended while it was running/);
  expect(failure(waited)).toMatch(/^JOB_INTERRUPTED: Mooring ended before it could begin/);
  await expect(second.jobs.retry(unknown)).rejects.toMatchObject({ code: 'JOB_KIND_UNKNOWN' });
});

it('pauses with its library and goes on with it; what cannot pause goes on without it and is written down later', async () => {
  const stepping = steppingJob();
  const held = heldKind();
  const world = await open([stepping.kind, held]);
  const library = await world.world.createLibrary('Work');
  stepping.holdAt = 3;
  const { id } = world.jobs.dispatch(stepping.kind, { count: 6 }, { volumes: [] });
  const other = world.jobs.dispatch(held, {}, { volumes: [] });
  await stepping.held();
  await world.world.libraries.close(library.id);
  expect(world.told.get(id)?.at(-1)).toBe('JobPaused shutdown');
  expect(world.jobs.list({ limit: 10 }).items.map((job) => job.id)).toEqual([other.id]);
  await world.jobs.cancel(other.id);
  stepping.holdAt = null;
  await world.world.libraries.open(library.id);
  expect((await world.jobs.ended(id)).status).toBe('completed');
  expect(stepping.steps).toEqual([0, 1, 2, 3, 4, 5]);
  const rows = world.world.libraries.resolve().read((db) => db.select().from(jobsTable).all());
  expect(rows.map(({ status }) => status).sort()).toEqual(['cancelled', 'completed']);
});

it('goes on when its library is renamed or restored', async () => {
  const stepping = steppingJob();
  const world = await open([stepping.kind]);
  const library = await world.world.createLibrary('Before');
  stepping.holdAt = 3;
  const { id } = world.jobs.dispatch(stepping.kind, { count: 8 }, { volumes: [] });
  await stepping.held();
  const ended = world.jobs.ended(id);
  stepping.holdAt = 5;
  await world.world.libraries.rename(library.id, 'After');
  await stepping.held();
  await world.world.libraries.backUp(library.id);
  stepping.holdAt = null;
  await world.world.libraries.restore(library.id);
  expect(await ended).toMatchObject({ status: 'completed', output: { count: 8 } });
  expect(world.told.get(id)?.filter((what) => what === 'JobPaused shutdown')).toHaveLength(2);
  // Nothing is written to a database that was moved or replaced under it.
  expect(world.jobs.list({ limit: 10, library: library.id }).items).toHaveLength(1);
});

it('writes progress with checkpoints and changes of status, not with each event', async () => {
  const kind = defineJob({
    name: 'busy',
    input: z.object({}),
    async run({ progress, signal }) {
      for (let itemsDone = 0; !signal.aborted; itemsDone++) {
        progress({ itemsDone });
        await new Promise(setImmediate);
      }
      throw signal.reason;
    },
  });
  const world = await open([kind]);
  await world.world.createLibrary('Work');
  const { id } = world.jobs.dispatch(kind, {}, { volumes: [] });
  await world.until(id, ({ progress }) => progress.itemsDone > 10);
  const saved = () =>
    world.world.libraries.resolve().read((db) => db.select().from(jobsTable).where(eq(jobsTable.id, id)).get()?.progressData.itemsDone);
  expect(saved()).toBe(0);
  await world.jobs.cancel(id);
  expect(saved()).toBeGreaterThan(10);
});

it('lists ten thousand jobs of a library in order, by status, page by page', async () => {
  const stepping = steppingJob();
  const world = await open([stepping.kind]);
  const library = await world.world.createLibrary('Work');
  const { id } = world.jobs.dispatch(stepping.kind, { count: 1 }, { volumes: [] });
  await world.jobs.ended(id);
  library.transact((tx) => {
    const row = tx.select().from(jobsTable).all()[0];
    if (!row) throw new Error('The job is not written');
    for (let index = 0; index < 10_000; index++) {
      const number = index.toString(16).padStart(12, '0');
      tx.insert(jobsTable)
        .values({ ...row, id: `01890a5d-ac96-774b-bcce-${number}`, status: index % 10 === 0 ? 'failed' : 'completed', problemCount: 0 })
        .run();
    }
  });
  const ids: string[] = [];
  for (let cursor: string | undefined; ; ) {
    const page = world.jobs.list({ limit: 300, cursor, status: 'failed' });
    ids.push(...page.items.map((job) => job.id));
    if (page.nextCursor === null) break;
    cursor = page.nextCursor;
  }
  expect(ids).toHaveLength(1000);
  expect(ids).toEqual(ids.toSorted().reverse());
  expect(world.jobs.list({ limit: 2 }).items.map((job) => job.id)).toEqual([id, '01890a5d-ac96-774b-bcce-00000000270f']);
  expect(world.jobs.countsByStatus()).toEqual(
    new Map([
      ['completed', 9001],
      ['failed', 1000],
    ]),
  );
  expect(await world.jobs.clearFinished()).toBe(10_001);
  expect(world.jobs.list({ limit: 2 }).items).toEqual([]);
});

it('forgets what ended more than thirty days ago when the library opens, with its problems and log', async () => {
  const stepping = steppingJob();
  const first = await open([stepping.kind]);
  await first.world.createLibrary('Work');
  const run = () => first.jobs.ended(first.jobs.dispatch(stepping.kind, { count: 2 }, { volumes: [] }).id);
  const [old, recent] = [await run(), await run()];
  const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();
  const second = await restart(first, [stepping.kind], (world) => {
    changeRow(world, old.id, { completedAt: daysAgo(30.1) });
    changeRow(world, recent.id, { completedAt: daysAgo(29.9) });
  });
  expect(second.jobs.list({ limit: 10 }).items.map(({ id }) => id)).toEqual([recent.id]);
  const tables = second.world.libraries
    .resolve()
    .read((db) => [db.query.jobLogLines.findMany().sync(), db.query.jobProblems.findMany().sync()]);
  expect(tables.map((rows) => new Set(rows.map(({ jobId }) => jobId)))).toEqual([new Set([recent.id]), new Set([recent.id])]);
});
