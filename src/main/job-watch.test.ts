import { expect, it } from 'vitest';
import type { DomainEvent } from '#shared/contract/event.ts';
import type { Job } from '#shared/contract/job.ts';
import { JobWatch } from './job-watch.ts';

function setUp() {
  const progress: (number | null)[] = [];
  const ended: string[] = [];
  const watch = new JobWatch({
    onProgress: (fraction) => progress.push(fraction),
    onEnded: (job) => ended.push(`${job.id} ${job.status}`),
  });
  const send = (event: object) => watch.handle({ id: 1, at: '', ...event } as DomainEvent);
  const job = (id: string, status: Job['status'], volumes: string[] = []) =>
    ({
      id,
      name: 'any',
      status,
      volumes,
      priority: 'user',
      isResumable: false,
      pauseReason: null,
      progress: { fraction: null },
    }) as unknown as Job;
  return { watch, send, job, progress, ended };
}

it('shows the mean of what runs, and nothing when all is done', () => {
  const { send, job, progress, ended } = setUp();
  send({ type: 'JobStarted', job: job('a', 'running') });
  send({ type: 'JobStarted', job: job('b', 'running') });
  send({ type: 'JobProgress', jobId: 'a', progress: { fraction: 0.5 } });
  send({ type: 'JobProgress', jobId: 'a', progress: { fraction: null } });
  send({ type: 'JobCompleted', job: job('a', 'completed') });
  send({ type: 'JobCancelled', job: job('b', 'cancelled') });
  expect(progress).toEqual([0, 0, 0.25, 0.25, 0, null]);
  expect(ended).toEqual(['a completed']);
});

it('knows which drives are in use', () => {
  const { watch, send, job } = setUp();
  send({ type: 'JobStarted', job: job('a', 'running', ['f1', 'f2']) });
  expect([watch.isUsing('f1'), watch.isUsing('f3')]).toEqual([true, false]);
  send({ type: 'JobFailed', job: job('a', 'failed', ['f1']) });
  expect(watch.isUsing('f1')).toBe(false);
});

it('leaves out what Mooring does by itself, what is paused, and what can wait for its drive', () => {
  const { watch, send, job, progress, ended } = setUp();
  send({ type: 'JobStarted', job: { ...job('background', 'running', ['f1']), priority: 'background' } });
  send({ type: 'JobCompleted', job: { ...job('background', 'completed'), priority: 'background' } });
  expect([ended, watch.isUsing('f1'), progress.at(-1)]).toEqual([[], false, null]);
  const scan = { ...job('scan', 'running', ['f1']), isResumable: true };
  send({ type: 'JobStarted', job: scan });
  expect([watch.isUsing('f1'), progress.at(-1)]).toEqual([false, 0]);
  send({ type: 'JobPaused', job: { ...scan, status: 'paused' } });
  expect(progress.at(-1)).toBeNull();
});

it('knows that a copy was cut off, whoever hears first that the drive has gone', () => {
  const { watch, send, job } = setUp();
  const copy = { ...job('copy', 'running', ['f1']), name: 'file-transfer', isResumable: true };
  send({ type: 'JobStarted', job: copy });
  expect(watch.isUsing('f1')).toBe(true);
  send({ type: 'JobPaused', job: { ...copy, status: 'paused', pauseReason: 'volume-offline' } });
  expect(watch.isUsing('f1')).toBe(true);
  send({ type: 'JobResumed', job: copy });
  send({ type: 'JobPaused', job: { ...copy, status: 'paused', pauseReason: 'user' } });
  expect(watch.isUsing('f1')).toBe(false);
});

it('does not take a copy that waits from its beginning for one that was cut off', () => {
  const { watch, send, job } = setUp();
  const copy = { ...job('copy', 'queued', ['f1', 'away']), name: 'file-transfer', isResumable: true };
  send({ type: 'JobQueued', job: copy });
  send({ type: 'JobPaused', job: { ...copy, status: 'paused', pauseReason: 'volume-offline' } });
  expect(watch.isUsing('f1')).toBe(false);
});

it('forgets everything with the engine', () => {
  const { watch, send, job, progress } = setUp();
  send({ type: 'JobStarted', job: job('a', 'running', ['f1']) });
  watch.reset();
  expect([progress.at(-1), watch.isUsing('f1')]).toEqual([null, false]);
});
