import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { EventBus } from '#core/events/event-bus.ts';
import { silentLogger } from '#core/log/create-logger.ts';
import { MooringError } from '#shared/contract/error.ts';
import type { Job } from '#shared/contract/job.ts';
import { defineJob, type JobDefinition } from './job-definition.ts';
import { JobInterrupt } from './job-interrupt.ts';
import type { JobVolumes } from './job-surroundings.ts';
import { Jobs } from './jobs.ts';

const SSD = 'a'.repeat(64);
const HDD = 'b'.repeat(64);
const HDD_TOO = 'c'.repeat(64);
const AWAY = 'd'.repeat(64);

/** Hardware that no test machine has for certain; the volume manager itself is tested with real volumes. */
function volumesOf(...live: [fingerprint: string, diskType: 'SSD' | 'HDD'][]): JobVolumes & { live: JobVolumes['live'] } {
  const toLive = ([fingerprint, diskType]: (typeof live)[number]) => ({
    fingerprint,
    diskType,
    device: null,
    spacePool: fingerprint,
    availableBytes: 0,
  });
  return { live: live.map(toLive), refresh: async () => undefined };
}

/** Runs until it is interrupted, or until `open` is called; says in its state how often it has begun. */
function gatedKind(options: Partial<JobDefinition> = {}) {
  const gate = new AbortController();
  const starts: unknown[] = [];
  const definition = defineJob({
    name: 'gated',
    input: z.object({}),
    state: z.object({ starts: z.number() }),
    async run({ signal, state, checkpoint, problem }) {
      starts.push(state);
      checkpoint({ starts: (state?.starts ?? 0) + 1 });
      problem({ path: '/after/the/checkpoint', code: 'IO_ERROR', message: 'It did not work.' });
      if (!gate.signal.aborted && !signal.aborted) await Promise.race([once(signal, 'abort'), once(gate.signal, 'abort')]);
      if (signal.aborted) throw signal.reason;
      return {};
    },
  });
  return { kind: { ...definition, ...options } as JobDefinition, open: () => gate.abort(), starts };
}

describe('when jobs run', () => {
  let bus: EventBus;
  let jobs: Jobs;
  let volumes: ReturnType<typeof volumesOf>;
  const status = (job: Job) => jobs.get(job.id).status;
  const paused = (id: string) =>
    new Promise<Job>((resolve) => {
      if (jobs.get(id).status === 'paused') resolve(jobs.get(id));
      else bus.on('JobPaused', ({ job }) => job.id === id && resolve(job));
    });

  beforeEach(() => {
    bus = new EventBus((error) => {
      throw error;
    });
    volumes = volumesOf([SSD, 'SSD'], [HDD, 'HDD'], [HDD_TOO, 'HDD']);
    jobs = new Jobs({ events: bus, log: silentLogger, volumes });
    jobs.start();
  });

  afterEach(() => jobs.close());

  it('lets one job at a time use a disk with moving parts, and several any other', () => {
    const { kind } = gatedKind();
    const onDisk = [1, 2].map(() => jobs.dispatch(kind, {}, { volumes: [HDD] }));
    const onOther = jobs.dispatch(kind, {}, { volumes: [HDD_TOO] });
    const onSsd = [1].map(() => jobs.dispatch(kind, {}, { volumes: [SSD] }));
    expect([...onDisk, onOther, ...onSsd].map(status)).toEqual(['running', 'queued', 'running', 'running']);
  });

  it('runs no more of a kind at once than it allows', async () => {
    const { kind } = gatedKind({ name: 'one-by-one', concurrency: 1 });
    const [first, second, third] = [1, 2, 3].map(() => jobs.dispatch(kind, {}, { volumes: [] })) as [Job, Job, Job];
    expect([first, second, third].map(status)).toEqual(['running', 'queued', 'queued']);
    await jobs.cancel(first.id);
    expect([first, second, third].map(status)).toEqual(['cancelled', 'running', 'queued']);
  });

  it('keeps room for users, however much goes on in the background', () => {
    const { kind } = gatedKind();
    const background = [1, 2, 3].map(() => jobs.dispatch(kind, {}, { volumes: [SSD], priority: 'background' }));
    const users = [1, 2, 3, 4, 5].map(() => jobs.dispatch(kind, {}, { volumes: [SSD] }));
    expect(background.map(status)).toEqual(['running', 'running', 'queued']);
    expect(users.map(status)).toEqual(['running', 'running', 'running', 'running', 'queued']);
  });

  it('starts users’ jobs before those that were there first in the background', async () => {
    const { kind } = gatedKind({ concurrency: 1 });
    const users = gatedKind({ concurrency: 1 });
    const first = jobs.dispatch(users.kind, {}, { volumes: [] });
    const background = jobs.dispatch(kind, {}, { volumes: [], priority: 'background' });
    const user = jobs.dispatch(kind, {}, { volumes: [] });
    await jobs.cancel(first.id);
    expect([background, user].map(status)).toEqual(['queued', 'running']);
  });

  it('starts what waits in the order that the user gives it', async () => {
    const { kind } = gatedKind({ concurrency: 1 });
    const [first, a, b, c] = [1, 2, 3, 4].map(() => jobs.dispatch(kind, {}, { volumes: [] })) as [Job, Job, Job, Job];
    const reordered: string[] = [];
    bus.on('JobReordered', ({ job }) => reordered.push(job.id));
    const changed = jobs.reorder(c.id, { before: a.id });
    expect(reordered).toEqual(changed.map(({ id }) => id));
    expect(jobs.reorder(a.id, 'last').map(({ id }) => id)).toContain(a.id);
    const later = jobs.dispatch(kind, {}, { volumes: [] });
    const started: string[] = [];
    bus.on('JobStarted', ({ job }) => started.push(job.id));
    for (const { id } of [first, c, b, a]) await jobs.cancel(id);
    expect(started).toEqual([c, b, a, later].map(({ id }) => id));
  });

  it('gives only what waits another place, and none in front of users’ jobs', async () => {
    const { kind } = gatedKind({ concurrency: 1 });
    const running = jobs.dispatch(kind, {}, { volumes: [] });
    const user = jobs.dispatch(kind, {}, { volumes: [] });
    const background = jobs.dispatch(kind, {}, { volumes: [], priority: 'background' });
    for (const [id, to] of [
      [running.id, 'first'],
      [user.id, { before: running.id }],
      [background.id, { before: user.id }],
    ] as const) {
      expect(() => jobs.reorder(id, to)).toThrowError(expect.objectContaining({ code: 'CONFLICT' }));
    }
    expect(jobs.reorder(background.id, 'first')).toEqual([]);
    await jobs.cancel(user.id);
    expect(() => jobs.reorder(user.id, 'last')).toThrowError(expect.objectContaining({ code: 'JOB_FINISHED' }));
  });

  it('lets a background job step back for a user’s on its disk, and go on after it', async () => {
    const background = gatedKind({ name: 'scan' });
    const user = gatedKind({ name: 'copy' });
    const scan = jobs.dispatch(background.kind, {}, { volumes: [HDD], priority: 'background' });
    const copy = jobs.dispatch(user.kind, {}, { volumes: [HDD, SSD], writesTo: [SSD] });
    await once(signalOf('JobStarted', copy.id), 'abort');
    expect(status(scan)).toBe('queued');
    user.open();
    await jobs.ended(copy.id);
    expect(status(scan)).toBe('running');
    background.open();
    await jobs.ended(scan.id);
    expect(background.starts).toEqual([null, { starts: 1 }]);
  });

  it('does not disturb the background for a user’s job that has to wait for another user’s', () => {
    const scan = jobs.dispatch(gatedKind({ name: 'scan' }).kind, {}, { volumes: [HDD], priority: 'background' });
    const { kind } = gatedKind({ name: 'copy' });
    const copy = jobs.dispatch(kind, {}, { volumes: [SSD], writesTo: [SSD] });
    const waiting = jobs.dispatch(kind, {}, { volumes: [HDD, SSD], writesTo: [SSD] });
    expect([scan, copy, waiting].map(status)).toEqual(['running', 'running', 'queued']);
  });

  it('pauses and resumes, from the last checkpoint, without telling a problem twice', async () => {
    const { kind, open, starts } = gatedKind();
    const { id } = jobs.dispatch(kind, {}, { volumes: [] });
    expect(() => jobs.resume(id)).toThrow(expect.objectContaining({ code: 'JOB_NOT_PAUSED' }));
    expect(jobs.get(id)).toMatchObject({ problemCount: 1, progress: { warnings: 1 } });
    expect(await jobs.pause(id)).toMatchObject({ status: 'paused', pauseReason: 'user', problemCount: 0, progress: { warnings: 0 } });
    expect(await jobs.pause(id)).toMatchObject({ status: 'paused' });
    expect(jobs.resume(id)).toMatchObject({ status: 'running', pauseReason: null });
    open();
    expect(await jobs.ended(id)).toMatchObject({ status: 'completed', problemCount: 1, problems: [{ path: '/after/the/checkpoint' }] });
    expect(starts).toEqual([null, { starts: 1 }]);
    await expect(jobs.pause(id)).rejects.toMatchObject({ code: 'JOB_FINISHED' });
    expect(() => jobs.resume(id)).toThrow(expect.objectContaining({ code: 'JOB_FINISHED' }));
  });

  it('cancels what is paused, and pauses what is queued', async () => {
    const { kind } = gatedKind({ concurrency: 1 });
    const [running, queued] = [1, 2].map(() => jobs.dispatch(kind, {}, { volumes: [] })) as [Job, Job];
    expect((await jobs.pause(queued.id)).status).toBe('paused');
    await jobs.cancel(running.id);
    expect(status(queued)).toBe('paused');
    expect((await jobs.cancel(queued.id)).status).toBe('cancelled');
  });

  it('refuses to pause what could not go on', async () => {
    const kind = defineJob({ name: 'plain', input: z.object({}), run: async ({ signal }) => Promise.reject(await once(signal, 'abort')) });
    const { id } = jobs.dispatch(kind, {}, { volumes: [] });
    await expect(jobs.pause(id)).rejects.toMatchObject({ code: 'JOB_NOT_RESUMABLE' });
    expect(jobs.get(id).status).toBe('running');
  });

  it('tells a job why it is interrupted', async () => {
    const reasons: unknown[] = [];
    const kind = defineJob({
      name: 'curious',
      input: z.object({}),
      state: z.object({}),
      async run({ signal, checkInterrupt }) {
        await once(signal, 'abort');
        reasons.push(signal.reason instanceof JobInterrupt && signal.reason.interruption);
        checkInterrupt();
        return {};
      },
    });
    const { id } = jobs.dispatch(kind, {}, { volumes: [] });
    await jobs.pause(id);
    jobs.resume(id);
    await jobs.cancel(id);
    expect(reasons).toEqual(['user', 'cancelled']);
    expect(jobs.get(id).status).toBe('cancelled');
  });

  it('waits for volumes that are not there, and is not in the way of an eject meanwhile', async () => {
    const { kind, open } = gatedKind();
    const { id } = jobs.dispatch(kind, {}, { volumes: [SSD, AWAY] });
    expect(jobs.get(id)).toMatchObject({ status: 'paused', pauseReason: 'volume-offline' });
    expect(jobs.usesVolume(SSD)).toBeNull();
    volumes.live = volumesOf([SSD, 'SSD'], [AWAY, 'SSD']).live;
    bus.publish({ type: 'VolumeRemoved', fingerprint: HDD } as never);
    expect(status(jobs.get(id))).toBe('running');
    expect(jobs.usesVolume(SSD)).toBe('gated');
    open();
    expect((await jobs.ended(id)).status).toBe('completed');
  });

  it('tries again by itself when a job finds its volume missing that is there', async () => {
    const attempts: number[] = [];
    const kind = defineJob({
      name: 'early',
      input: z.object({}),
      state: z.object({}),
      async run() {
        attempts.push(performance.now());
        if (attempts.length < 3) throw new MooringError('VOLUME_OFFLINE', 'It is not there.');
        return {};
      },
    });
    const { id } = jobs.dispatch(kind, {}, { volumes: [SSD] });
    expect(await paused(id)).toMatchObject({ pauseReason: 'volume-offline' });
    expect((await jobs.ended(id)).status).toBe('completed');
    expect(attempts).toHaveLength(3);
    expect(jobs.log(id, { limit: 10 }).items.map(({ message }) => message)).toEqual(Array(2).fill('Paused: It is not there.'));
  });

  it('waits for room, and goes on when there is', async () => {
    let hasRoom = false;
    const kind = defineJob({
      name: 'writer',
      input: z.object({}),
      state: z.object({}),
      async run() {
        if (!hasRoom) throw new MooringError('NO_SPACE', 'The drive is full.');
        return {};
      },
    });
    const { id } = jobs.dispatch(kind, {}, { volumes: [SSD], writesTo: [SSD] });
    expect(await paused(id)).toMatchObject({ pauseReason: 'no-space', error: { code: 'NO_SPACE', message: 'The drive is full.' } });
    hasRoom = true;
    volumes.live = volumes.live.map((live) => ({ ...live, availableBytes: 50_000_000 }));
    expect(await jobs.ended(id)).toMatchObject({ status: 'completed', error: null });
  });

  it('lets a user try again whether there is room or not', async () => {
    let attempts = 0;
    const kind = defineJob({
      name: 'writer',
      input: z.object({}),
      state: z.object({}),
      run: () => (++attempts < 2 ? Promise.reject(new MooringError('NO_SPACE', 'The drive is full.')) : Promise.resolve({})),
    });
    const { id } = jobs.dispatch(kind, {}, { volumes: [SSD], writesTo: [SSD] });
    await paused(id);
    jobs.resume(id);
    expect((await jobs.ended(id)).status).toBe('completed');
  });

  it('holds a volume until what lets go of it is done', async () => {
    const { kind, open } = gatedKind({ yieldsVolume: true });
    const { id } = jobs.dispatch(kind, {}, { volumes: [SSD] });
    expect(jobs.usesVolume(SSD)).toBeNull();
    const [one, two] = [await jobs.releaseVolume(SSD), await jobs.releaseVolume(SSD)];
    expect(jobs.get(id)).toMatchObject({ status: 'paused', pauseReason: 'volume-offline' });
    one[Symbol.dispose]();
    expect(jobs.get(id).status).toBe('paused');
    two[Symbol.dispose]();
    expect(jobs.get(id).status).toBe('running');
    open();
    await jobs.ended(id);
  });

  it('retries as the kind says, with its problems', async () => {
    const kind = defineJob({
      name: 'picky',
      input: z.object({ paths: z.array(z.string()) }),
      async run({ input, problem }) {
        for (const path of input.paths) if (path.startsWith('/bad')) problem({ path, code: 'IO_ERROR', message: 'No.' });
        return {};
      },
      retryInput: (_, problems) => ({ paths: problems.map(({ path }) => path) }),
    });
    jobs.register(kind);
    const paths = Array.from({ length: 150 }, (_, index) => [`/bad/${index}`, `/good/${index}`]).flat();
    const { id } = jobs.dispatch(kind, { paths }, { volumes: [SSD], writesTo: [SSD] });
    expect((await jobs.ended(id)).problemCount).toBe(150);
    const again = await jobs.retry(id);
    expect(again).toMatchObject({ input: { paths: paths.filter((path) => path.startsWith('/bad')) }, volumes: [SSD], priority: 'user' });
    expect((await jobs.ended(again.id)).problemCount).toBe(150);
  });

  it('fails a job that ends with something else than it promised', async () => {
    const kind = defineJob({
      name: 'liar',
      input: z.object({}),
      output: z.object({ bytes: z.number() }),
      run: async () => ({ bytes: Number.NaN }),
    });
    const { id } = jobs.dispatch(kind, {}, { volumes: [] });
    expect(await jobs.ended(id)).toMatchObject({ status: 'failed', error: { code: 'INTERNAL' } });
  });

  /** Aborts when a job has an event of a type. */
  function signalOf(type: 'JobStarted', id: string): AbortSignal {
    const controller = new AbortController();
    bus.on(type, ({ job }) => job.id === id && setImmediate(() => controller.abort()));
    return controller.signal;
  }
});
