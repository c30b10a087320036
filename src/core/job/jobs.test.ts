import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { EventBus } from '#core/events/event-bus.ts';
import { silentLogger } from '#core/log/create-logger.ts';
import { MooringError } from '#shared/contract/error.ts';
import type { DomainEvent } from '#shared/contract/event.ts';
import { Job } from '#shared/contract/job.ts';
import { defineJob, type JobContext } from './job-definition.ts';
import { Jobs } from './jobs.ts';

const USB = 'a'.repeat(64);
const SSD = 'b'.repeat(64);
const Input = z.object({ label: z.string().default('') });
type Context = JobContext<z.output<typeof Input>>;

function jobThat(run: (context: Context) => Promise<Record<string, unknown>>) {
  return defineJob({ name: 'test-job', input: Input, run });
}

/** Runs until its signal aborts or `release` is called. */
function heldJob() {
  const { promise, resolve } = Promise.withResolvers<void>();
  const job = jobThat(async (context) => {
    const aborted = new Promise((_, reject) => context.signal.addEventListener('abort', () => reject(context.signal.reason)));
    await Promise.race([promise, aborted]);
    return {};
  });
  return { job, release: resolve };
}

describe('jobs', () => {
  let bus: EventBus;
  let jobs: Jobs;
  let events: DomainEvent[];

  beforeEach(() => {
    bus = new EventBus((error) => {
      throw error;
    });
    events = [];
    for (const type of [
      'JobQueued',
      'JobStarted',
      'JobPaused',
      'JobResumed',
      'JobProgress',
      'JobCompleted',
      'JobFailed',
      'JobCancelled',
    ] as const) {
      bus.on(type, (event) => events.push(event));
    }
    jobs = new Jobs({ events: bus, log: silentLogger });
  });

  afterEach(() => jobs.close());

  it('runs a job to its end and tells each state once, as the contract has it', async () => {
    const { id } = jobs.dispatch(
      jobThat(async ({ input }) => ({ greeting: `hello ${input.label}` })),
      { label: 'you' },
      { volumes: [USB] },
    );
    const job = await jobs.ended(id);
    expect(job).toMatchObject({ status: 'completed', output: { greeting: 'hello you' }, input: { label: 'you' }, volumes: [USB] });
    expect(Job.parse(job)).toEqual(job);
    expect(events.map(({ type }) => type)).toEqual(['JobQueued', 'JobStarted', 'JobCompleted']);
  });

  it('refuses input that does not fit', () => {
    const dispatch = () =>
      jobs.dispatch(
        jobThat(async () => ({})),
        { label: 7 } as never,
        { volumes: [] },
      );
    expect(dispatch).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }));
    expect(jobs.list({ limit: 10 }).items).toEqual([]);
  });

  it('fails with the error of the job, and hides what is a fault of ours', async () => {
    const full = jobs.dispatch(
      jobThat(() => Promise.reject(new MooringError('NO_SPACE', '5 bytes are missing.'))),
      {},
      { volumes: [] },
    );
    const broken = jobs.dispatch(
      jobThat(() => Promise.reject(new TypeError('x is not a function'))),
      {},
      { volumes: [] },
    );
    expect((await jobs.ended(full.id)).error).toEqual({ code: 'NO_SPACE', message: '5 bytes are missing.' });
    expect((await jobs.ended(broken.id)).error).toMatchObject({ code: 'INTERNAL', message: expect.not.stringContaining('function') });
  });

  it('keeps problems and goes on', async () => {
    const job = jobThat(async (context) => {
      for (let index = 0; index < 150; index++) context.problem({ path: `/f${index}`, code: 'IO_ERROR', message: 'no' });
      return {};
    });
    const ended = await jobs.ended(jobs.dispatch(job, {}, { volumes: [] }).id);
    expect(ended).toMatchObject({ status: 'completed', problemCount: 150 });
    expect(ended.problems).toHaveLength(100);
  });

  it('lets one job at a time write to a volume, in their order, and others pass', async () => {
    const first = heldJob();
    const options = { volumes: [USB], writesTo: [USB] };
    const one = jobs.dispatch(first.job, {}, options);
    const two = jobs.dispatch(
      jobThat(async () => ({})),
      {},
      options,
    );
    const other = jobs.dispatch(
      jobThat(async () => ({})),
      {},
      { volumes: [SSD], writesTo: [SSD] },
    );
    await jobs.ended(other.id);
    expect(jobs.get(one.id).status).toBe('running');
    expect(jobs.get(two.id).status).toBe('queued');
    first.release();
    expect((await jobs.ended(two.id)).status).toBe('completed');
    expect(jobs.get(one.id).status).toBe('completed');
  });

  it('runs four at a time', async () => {
    const held = Array.from({ length: 6 }, () => heldJob());
    for (const { job } of held) jobs.dispatch(job, {}, { volumes: [] });
    expect(jobs.list({ status: 'running', limit: 10 }).items).toHaveLength(4);
    held[0]?.release();
    await jobs.ended(jobs.list({ limit: 10 }).items.at(-1)?.id ?? '');
    expect(jobs.list({ status: 'queued', limit: 10 }).items).toHaveLength(1);
  });

  it('cancels running and queued jobs; the next takes their place', async () => {
    const options = { volumes: [USB], writesTo: [USB] };
    const running = jobs.dispatch(heldJob().job, {}, options);
    const queued = jobs.dispatch(heldJob().job, {}, options);
    const next = heldJob();
    const last = jobs.dispatch(next.job, {}, options);
    expect((await jobs.cancel(queued.id)).status).toBe('cancelled');
    expect((await jobs.cancel(running.id)).status).toBe('cancelled');
    expect(jobs.get(last.id).status).toBe('running');
    await expect(jobs.cancel(running.id)).rejects.toMatchObject({ code: 'JOB_FINISHED' });
    await expect(jobs.cancel('01890a5d-ac96-774b-bcce-b302099a8057')).rejects.toMatchObject({ code: 'JOB_NOT_FOUND' });
  });

  it('knows which volumes are in use', async () => {
    const held = heldJob();
    const { id } = jobs.dispatch(held.job, {}, { volumes: [USB] });
    expect(jobs.usesVolume(USB)).toBe('test-job');
    expect(jobs.usesVolume(SSD)).toBeNull();
    held.release();
    await jobs.ended(id);
    expect(jobs.usesVolume(USB)).toBeNull();
  });

  it('publishes progress at most ten times a second, and never after the end', async () => {
    const count = () => events.filter(({ type }) => type === 'JobProgress').length;
    const startMs = performance.now();
    const job = jobThat(async (context) => {
      while (count() < 4) {
        context.progress({ bytesDone: 1 });
        await new Promise(setImmediate);
      }
      return {};
    });
    await jobs.ended(jobs.dispatch(job, {}, { volumes: [] }).id);
    // The first is told at once, and the last when it has ended.
    expect(count()).toBeLessThanOrEqual((performance.now() - startMs) / 100 + 2);
    expect(events.at(-1)?.type).toBe('JobCompleted');
  });

  it('lists newest first, page by page', async () => {
    for (let index = 0; index < 5; index++) {
      const { id } = jobs.dispatch(
        jobThat(async () => ({})),
        { label: String(index) },
        { volumes: [] },
      );
      await jobs.ended(id);
    }
    const first = jobs.list({ limit: 3 });
    const second = jobs.list({ limit: 3, cursor: first.nextCursor ?? undefined });
    const labels = [...first.items, ...second.items].map((job) => job.input.label);
    expect(labels).toEqual(['4', '3', '2', '1', '0']);
    expect(second.nextCursor).toBeNull();
    expect(() => jobs.list({ limit: 3, cursor: 'nonsense' })).toThrow(expect.objectContaining({ code: 'CURSOR_INVALID' }));
  });

  it('cancels everything when it closes, and takes nothing more', async () => {
    const { id } = jobs.dispatch(heldJob().job, {}, { volumes: [] });
    await jobs.close();
    expect(jobs.get(id).status).toBe('cancelled');
    expect(() => jobs.dispatch(heldJob().job, {}, { volumes: [] })).toThrow(expect.objectContaining({ code: 'ENGINE_STOPPING' }));
  });
});
