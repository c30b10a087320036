import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { z } from 'zod';
import { jobs as jobsTable } from '#core/db/schema.ts';
import { defineJob } from '#core/job/job-definition.ts';
import { testRunDir } from '#test/instruments/test-run.ts';
import { JobWorld } from '../engine/job/job-world.ts';
import { BenchReport } from './bench-report.ts';
import { percentile, timeMs, timesMs } from './measure.ts';

const RUNS = 50;
const FINISHED_JOBS = 10_000;
/** Of a scan of a million files there are rarely more folders pending. */
const PENDING_FOLDERS = 20_000;
const PIECES = 1500;
const BLOCK = Buffer.alloc(1024 * 1024, 1);
const report = new BenchReport('jobs');

/** Works in pieces of about a millisecond until it is interrupted, as a job does that follows the rules. */
const busy = defineJob({
  name: 'busy',
  input: z.object({}),
  state: z.object({ pieces: z.number() }),
  async run({ state, checkInterrupt, checkpoint, progress }) {
    for (let pieces = state?.pieces ?? 0; ; pieces++) {
      checkInterrupt();
      work();
      progress({ itemsDone: pieces });
      checkpoint({ pieces });
      await new Promise(setImmediate);
    }
  },
});

/** Does a fixed amount of work, and says where it is after each piece of it, or never. */
const counted = defineJob({
  name: 'counted',
  input: z.object({ isCheckpointed: z.boolean() }),
  state: z.object({ pending: z.array(z.number()), piece: z.number() }),
  async run({ input, checkpoint }) {
    const pending = Array.from({ length: PENDING_FOLDERS }, (_, index) => index * 7);
    for (let piece = 0; piece < PIECES; piece++) {
      work();
      if (input.isCheckpointed) checkpoint({ pending, piece });
      if (piece % 10 === 0) await new Promise(setImmediate);
    }
    return {};
  },
});

const world = await JobWorld.open(() => [busy, counted]);
try {
  const library = await world.world.createLibrary('Bench');
  await benchReactions();
  await benchCheckpoints();
  fill(library.id);
  const list = () => world.jobs.list({ limit: 200 });
  report.add({
    what: `first 200 of ${FINISHED_JOBS} finished jobs`,
    value: percentile(await timesMs(RUNS, list), 0.5),
    unit: 'ms',
    goal: '≤ 20',
  });
  const all = await timeMs(() => {
    for (let cursor: string | undefined; ; ) {
      const page = world.jobs.list({ limit: 1000, cursor });
      if (page.nextCursor === null) return;
      cursor = page.nextCursor;
    }
  });
  report.add({ what: `all ${FINISHED_JOBS}, in pages of 1000`, value: all, unit: 'ms' });
} finally {
  await world[Symbol.asyncDispose]();
  await rm(testRunDir(), { recursive: true, force: true });
}
report.finish();

async function benchReactions(): Promise<void> {
  const times = { start: [] as number[], pause: [] as number[], resume: [] as number[], cancel: [] as number[] };
  const begun = (): Promise<void> => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const stop = world.world.events.on('JobStarted', () => {
      stop();
      resolve();
    });
    return promise;
  };
  for (let run = 0; run < RUNS; run++) {
    let id = '';
    const started = begun();
    times.start.push(
      await timeMs(async () => {
        id = world.jobs.dispatch(busy, {}, { volumes: [] }).id;
        await started;
      }),
    );
    await world.until(id, ({ progress }) => progress.itemsDone > 0);
    times.pause.push(await timeMs(() => world.jobs.pause(id)));
    const resumed = begun();
    times.resume.push(
      await timeMs(async () => {
        world.jobs.resume(id);
        await resumed;
      }),
    );
    times.cancel.push(await timeMs(() => world.jobs.cancel(id)));
  }
  const goals = { start: '≤ 20', pause: '≤ 250', resume: '≤ 20', cancel: '≤ 250' } as const;
  report.add({ what: 'dispatch to its effect, median', value: percentile(times.start, 0.5), unit: 'ms', goal: goals.start });
  for (const what of ['start', 'pause', 'resume', 'cancel'] as const) {
    report.add({
      what: `${what === 'start' ? 'dispatch' : what} to its effect, p95`,
      value: percentile(times[what], 0.95),
      unit: 'ms',
      goal: goals[what],
    });
  }
}

/** By the processor's time, so that what else the machine does plays no part; both take turns. */
async function benchCheckpoints(): Promise<void> {
  const times: Record<'with' | 'without', number[]> = { with: [], without: [] };
  for (let run = 0; run < 3; run++) {
    for (const how of ['without', 'with'] as const) {
      const before = process.cpuUsage();
      await world.jobs.ended(world.jobs.dispatch(counted, { isCheckpointed: how === 'with' }, { volumes: [] }).id);
      const { user, system } = process.cpuUsage(before);
      times[how].push((user + system) / 1000);
    }
  }
  report.add({
    what: `a job with ${PIECES} checkpoints of ${PENDING_FOLDERS} numbers, CPU`,
    value: percentile(times.with, 0.5),
    unit: 'ms',
    peer: { name: 'without', value: percentile(times.without, 0.5) },
    goal: '≤ 1.02 ×',
  });
}

function fill(libraryId: string): void {
  const library = world.world.libraries.resolve(libraryId);
  library.transact((tx) => {
    const row = tx.select().from(jobsTable).all()[0];
    if (!row) throw new Error('No job is written');
    for (let index = 0; index < FINISHED_JOBS; index++) {
      const id = `01890a5d-ac96-774b-bcce-${index.toString(16).padStart(12, '0')}`;
      tx.insert(jobsTable)
        .values({ ...row, id, status: 'completed' })
        .run();
    }
  });
}

/** Keeps the processor busy in native code, whose speed no compiler changes meanwhile: about a millisecond. */
function work(): void {
  createHash('sha256').update(BLOCK).digest();
}
