import { SingleBar } from 'cli-progress';
import { MooringError } from '#shared/contract/error.ts';
import type { Job, JobProgress } from '#shared/contract/job.ts';
import { formatDuration, formatSize } from './printers/figures.ts';
import { formatJobOutcome } from './printers/job.ts';
import { safeText } from './printers/safe-text.ts';
import type { Session } from './session.ts';

/**
 * Waits for the end of a job and prints it. Ctrl+C detaches: the job goes on.
 * @throws when the job failed or was cancelled
 */
export async function watchJob(session: Session, job: Job): Promise<void> {
  const bar = session.isJson || !process.stderr.isTTY ? null : new ProgressBar(session);
  const detach = new AbortController();
  process.once('SIGINT', () => detach.abort());
  try {
    const finished = await waitForEnd(session, job, detach.signal, (progress) => bar?.show(progress));
    bar?.end();
    if (!finished) {
      session.note(`The job goes on in the background. \`mooring job info ${job.id}\` shows how far it is.`);
      if (session.isJson) session.print({ job: await (await session.engine()).jobs.get({ id: job.id }) }, () => '');
      return;
    }
    if (finished.status !== 'completed') throw jobError(finished);
    session.print({ job: finished }, () => formatJobOutcome(finished, session));
  } finally {
    bar?.end();
  }
}

/** Null when `signal` aborted before the end. */
async function waitForEnd(
  session: Session,
  job: Job,
  signal: AbortSignal,
  onProgress: (progress: JobProgress) => void,
): Promise<Job | null> {
  const engine = await session.engine();
  const types = ['JobProgress', 'JobCompleted', 'JobFailed', 'JobCancelled', 'EventsLost'] as const;
  const events = await engine.events.subscribe({ types: [...types] }, { signal });
  try {
    // The job may have ended before the subscription began.
    const current = await engine.jobs.get({ id: job.id });
    if (hasEnded(current)) return current;
    for await (const event of events) {
      if (event.type === 'JobProgress' && event.jobId === job.id) onProgress(event.progress);
      if ('job' in event && event.job.id === job.id && hasEnded(event.job)) return event.job;
      if (event.type === 'EventsLost') {
        const now = await engine.jobs.get({ id: job.id });
        if (hasEnded(now)) return now;
      }
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
  if (signal.aborted) return null;
  throw new MooringError('ENGINE_UNREACHABLE', 'Mooring ended before the job did.');
}

function hasEnded(job: Job): boolean {
  return job.status === 'completed' || job.status === 'failed' || job.status === 'cancelled';
}

function jobError(job: Job): MooringError {
  if (job.status === 'cancelled') return new MooringError('CANCELLED', 'The job was cancelled.', { details: { job } });
  return new MooringError('INTERNAL', 'The job failed.', { details: { job } });
}

/** On stderr, so that stdout stays a result. */
class ProgressBar {
  readonly #session: Session;
  readonly #bar = new SingleBar({
    format: '{bar} {percent} %  {size}  {speed}  {left}  {item}',
    barCompleteChar: '█',
    barIncompleteChar: '░',
    barsize: 24,
    hideCursor: true,
    clearOnComplete: true,
    stopOnComplete: false,
    linewrap: false,
    forceRedraw: true,
    formatValue: (value, _options, type) => (type === 'percentage' ? String(value).padStart(3) : String(value)),
  });
  #isStarted = false;

  constructor(session: Session) {
    this.#session = session;
  }

  show(progress: JobProgress): void {
    const size = (bytes: number) => formatSize(bytes, this.#session.units);
    const payload = {
      percent: progress.fraction === null ? '  …' : String(Math.floor(progress.fraction * 100)).padStart(3),
      size: `${size(progress.bytesDone)}${progress.bytesTotal === null ? '' : ` of ${size(progress.bytesTotal)}`}`,
      speed: progress.bytesPerSecond === null ? '' : `${size(progress.bytesPerSecond)}/s`,
      left: progress.secondsLeft === null ? '' : `${formatDuration(progress.secondsLeft)} left`,
      item: safeText(progress.currentItem ?? progress.phase),
    };
    if (!this.#isStarted) this.#bar.start(1, 0, payload);
    this.#isStarted = true;
    this.#bar.update(progress.fraction ?? 0, payload);
  }

  end(): void {
    if (this.#isStarted) this.#bar.stop();
    this.#isStarted = false;
  }
}
