import { isErrorCode, MooringError } from '#shared/contract/error.ts';
import type { Job, JobProgress } from '#shared/contract/job.ts';
import { formatJobOutcome } from './printers/job.ts';
import { hasEnded, pausedShort, pausedText } from './printers/job-state.ts';
import { safeText } from './printers/safe-text.ts';
import { ProgressBar } from './progress-bar.ts';
import type { Session } from './session.ts';

/** What is printed of a finished job: the document, and the text for people. */
export interface JobResult {
  document: object;
  text: string;
}

/**
 * Waits for the end of a job and prints it. Ctrl+C detaches: the job goes on. A job that failed or was cancelled sets exit code 1; its
 * document has an `error` beside what else there is.
 */
export async function watchJob(session: Session, job: Job, describe = describeJob): Promise<void> {
  const finished = await waitForJob(session, job);
  const { document, text } = await describe(finished ?? (await (await session.engine()).jobs.get({ id: job.id })), session);
  if (finished === null) {
    session.note(`The job goes on in the background. \`mooring job info ${job.id}\` shows how far it is.`);
    if (session.isJson) session.print(document, () => '');
    return;
  }
  const error = finished.status === 'completed' ? null : jobError(finished);
  if (error && session.isJson) session.print({ ...document, error: error.toBody() }, () => '');
  if (error) return session.fail(error);
  session.print(document, () => text);
}

async function describeJob(job: Job, session: Session): Promise<JobResult> {
  return { document: { job }, text: formatJobOutcome(job, session) };
}

/**
 * Shows the progress of a job until it ends.
 * @returns the job as it ended; null after Ctrl+C
 * @throws ENGINE_UNREACHABLE when Mooring ends before
 */
export async function waitForJob(session: Session, job: Job): Promise<Job | null> {
  const display = new JobDisplay(session);
  const detach = new AbortController();
  const onInterrupt = () => detach.abort();
  process.once('SIGINT', onInterrupt);
  try {
    return await followJob(session, job, detach.signal, display);
  } finally {
    process.off('SIGINT', onInterrupt);
    display.end();
  }
}

async function followJob(session: Session, job: Job, signal: AbortSignal, display: JobDisplay): Promise<Job | null> {
  const engine = await session.engine();
  const types = [
    'JobStarted',
    'JobProgress',
    'JobPaused',
    'JobResumed',
    'JobCompleted',
    'JobFailed',
    'JobCancelled',
    'EventsLost',
  ] as const;
  try {
    const events = await engine.events.subscribe({ types: [...types] }, { signal });
    // The job may have ended before the subscription began.
    const current = await engine.jobs.get({ id: job.id });
    if (hasEnded(current)) return current;
    display.showJob(current);
    for await (const event of events) {
      if (event.type === 'JobProgress' && event.jobId === job.id) display.showProgress(event.progress);
      const now = event.type === 'EventsLost' ? await engine.jobs.get({ id: job.id }) : 'job' in event ? event.job : null;
      if (now?.id !== job.id) continue;
      if (hasEnded(now)) return now;
      display.showJob(now);
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
  if (signal.aborted) return null;
  throw new MooringError('ENGINE_UNREACHABLE', 'Mooring ended before the job did. It goes on when Mooring runs again.');
}

function jobError(job: Job): MooringError {
  if (job.status === 'cancelled') return new MooringError('CANCELLED', 'The job was cancelled.');
  const { code = 'INTERNAL', message = 'The job failed.' } = job.error ?? {};
  return new MooringError(isErrorCode(code) ? code : 'INTERNAL', message);
}

/** A progress bar on a terminal; elsewhere only what somebody has to know: that, and for what, the job waits. */
class JobDisplay {
  readonly #session: Session;
  readonly #bar: ProgressBar | null;

  constructor(session: Session) {
    this.#session = session;
    this.#bar = session.isJson || !process.stderr.isTTY ? null : new ProgressBar(session.units);
  }

  showJob(job: Job): void {
    if (job.status !== 'paused') this.showProgress(job.progress);
    else if (this.#bar)
      this.#bar.showText(`Paused ${pausedShort(job)}. ${job.error ? `${safeText(job.error.message)} ` : ''}Ctrl+C stops waiting.`);
    else this.#session.note(`The job is paused. It goes on: ${pausedText(job)}`);
  }

  showProgress(progress: JobProgress): void {
    this.#bar?.show(progress);
  }

  end(): void {
    this.#bar?.end();
  }
}
