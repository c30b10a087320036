import type { JobRun } from './job-run.ts';

/** Jobs of users, and beside them those that Mooring starts by itself. */
const MAX_RUNNING = { user: 4, background: 2 } as const;
/** Between turns, which are milliseconds since 1970: far above what a double can tell apart there. */
const SMALLEST_STEP = 1 / 256;

export type QueuedJob = Pick<JobRun, 'id' | 'priority' | 'turn' | 'volumes' | 'writesTo' | 'isResumable' | 'wanted' | 'definition'>;

/** The disk with moving parts that a volume lies on; null where several jobs at once do no harm. */
export type SpinningDisk = (fingerprint: string) => string | null;

/** Users' jobs first, then in the order in which they were dispatched, or put by the user. */
export function byTurn(a: QueuedJob, b: QueuedJob): number {
  if (a.priority !== b.priority) return a.priority === 'user' ? -1 : 1;
  if (a.turn !== b.turn) return a.turn - b.turn;
  return a.id < b.id ? -1 : 1;
}

/** A place in a queue: at one of its ends, or in front of another job. */
export type QueuePlace = 'first' | 'last' | { before: string };

/**
 * Puts a job elsewhere among those of its priority that wait. The others keep their order, and as far as possible their turns, so that what is
 * dispatched later still comes behind them.
 *
 * @param waiting all that wait, the job included
 * @returns the turns that have to change
 */
export function reorder<Job extends QueuedJob>(job: Job, waiting: readonly Job[], to: QueuePlace): Map<Job, number> {
  const queue = waiting.filter(({ priority }) => priority === job.priority).toSorted(byTurn);
  const turns = queue.map(({ turn }) => turn);
  const others = queue.filter((other) => other !== job);
  const index = to === 'first' ? 0 : to === 'last' ? others.length : others.findIndex(({ id }) => id === to.before);
  const changed = new Map<Job, number>();
  let last = Number.NEGATIVE_INFINITY;
  for (const [place, other] of others.toSpliced(index, 0, job).entries()) {
    // Two that were dispatched in the same millisecond had the same.
    const turn = Math.max(turns[place] ?? 0, last + SMALLEST_STEP);
    if (turn !== other.turn) changed.set(other, turn);
    last = turn;
  }
  return changed;
}

/**
 * The running jobs that a job has to wait for; empty when it may start. One at a time writes to a volume, one at a time uses a disk with moving
 * parts, and no more run at once than their kind and their priority allow.
 */
export function jobsInTheWay<Running extends QueuedJob>(
  job: QueuedJob,
  running: readonly Running[],
  spinningDisk: SpinningDisk,
): Running[] {
  const disks = new Set(job.volumes.map(spinningDisk).filter((disk) => disk !== null));
  const atItsDisks = running.filter(
    ({ volumes, writesTo }) =>
      writesTo.some((volume) => job.writesTo.includes(volume)) || volumes.some((volume) => disks.has(spinningDisk(volume) ?? '')),
  );
  const sameKind = running.filter(({ definition }) => definition.name === job.definition.name);
  const samePriority = running.filter(({ priority }) => priority === job.priority);
  const surplus = [
    ...surplusOf(sameKind, job.definition.concurrency ?? Number.POSITIVE_INFINITY),
    ...surplusOf(samePriority, MAX_RUNNING[job.priority]),
  ];
  return [...new Set([...atItsDisks, ...surplus])];
}

/** Whether a running job makes room for one that a user waits for: it goes on behind it, from its last checkpoint. */
export function stepsBackFor(job: QueuedJob, running: QueuedJob): boolean {
  return job.priority === 'user' && running.priority === 'background' && running.isResumable;
}

/** Those that would have to end for another one to start: the latest, but first the ones that are about to stop anyway. */
function surplusOf<Running extends QueuedJob>(running: Running[], limit: number): Running[] {
  const lastToStop = (one: Running) => (one.wanted !== null ? 2 : one.priority === 'background' ? 1 : 0);
  return running.toSorted((a, b) => lastToStop(a) - lastToStop(b)).slice(Math.max(0, limit - 1));
}
