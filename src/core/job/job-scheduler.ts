import type { Library } from '#core/library/library.ts';
import { driveOf } from '#core/volume/operations/drive.ts';
import type { InterruptReason } from './job-interrupt.ts';
import { byTurn, jobsInTheWay, type QueuePlace, reorder, type SpinningDisk, stepsBackFor } from './job-queue.ts';
import { isFinished } from './job-record.ts';
import type { JobRun } from './job-run.ts';
import type { JobVolumes } from './job-surroundings.ts';
import { RoomWatch } from './room-watch.ts';

/** How often what waits without an event to end it is looked at: room on a disk, a volume that is here and could not be used. */
const LOOK_INTERVAL_MS = 1000;
/** After a job was paused by what it met itself: doubled each time, until it gets on. */
const FIRST_RETRY_MS = 500;
const LAST_RETRY_MS = 60_000;

export interface JobSchedulerOptions {
  volumes: JobVolumes | undefined;
  libraryOf(run: JobRun): Library | null;
  /** Whether there are jobs that could not be written down, and could be now. */
  hasUnsaved(): boolean;
  saveAgain(): void;
}

/** Owns the jobs that have not ended: starts them when there is room for them, pauses and resumes them as volumes and free space come and go. */
export class JobScheduler {
  readonly #live = new Map<string, JobRun>();
  /** When jobs may be tried again that were paused by what they met themselves. */
  readonly #retryAtMs = new WeakMap<JobRun, number>();
  /** Volumes that are being let go, and how often. */
  readonly #held = new Map<string, number>();
  /** Jobs of which something still runs although they count as paused. */
  readonly #letGo = new Map<string, Promise<void>>();
  readonly #room: RoomWatch;
  readonly #options: JobSchedulerOptions;
  #timer: NodeJS.Timeout | null = null;
  #isLooking = false;
  #isStarting = false;
  #isClosed = false;

  constructor(options: JobSchedulerOptions) {
    this.#options = options;
    this.#room = new RoomWatch(options.volumes);
  }

  /** In the order in which they were dispatched. */
  get live(): readonly JobRun[] {
    return [...this.#live.values()];
  }

  /** Queued, or paused and to be queued again. */
  get waiting(): readonly JobRun[] {
    return this.live.filter(({ status }) => status === 'queued' || status === 'paused');
  }

  get(id: string): JobRun | undefined {
    return this.#live.get(id);
  }

  add(run: JobRun): void {
    this.#live.set(run.id, run);
  }

  /** Jobs that their library takes along: it remembers them. */
  remove(run: JobRun): void {
    this.#live.delete(run.id);
  }

  /** What has changed about a job may let others start. To be called after each change of a status. */
  changed(run: JobRun): void {
    if (isFinished(run.status)) this.#live.delete(run.id);
    if (run.status === 'paused') this.#paused(run);
    this.follow();
  }

  /** Puts a job that waits elsewhere in its queue. @returns all whose turn has changed */
  reorder(run: JobRun, to: QueuePlace): JobRun[] {
    const changed = reorder(run, this.waiting, to);
    for (const [other, turn] of changed) other.setTurn(turn);
    this.follow();
    return [...changed.keys()];
  }

  /** Looks at what is mounted, and at what may start. */
  follow(): void {
    if (this.#isStarting || this.#isClosed) return;
    this.#isStarting = true;
    try {
      for (const run of this.live) this.#followVolumes(run);
      this.#startWhatMay();
    } finally {
      this.#isStarting = false;
    }
    this.#lookAgainWhenNeeded();
  }

  /** A volume has come back: jobs that wait for it need not wait longer. */
  volumeReturned(fingerprint: string): void {
    for (const run of this.live) if (run.volumes.includes(fingerprint)) this.#retryAtMs.delete(run);
    this.follow();
  }

  /** Until what is returned is disposed of, no job that uses the volume starts. */
  hold(fingerprint: string): Disposable {
    this.#held.set(fingerprint, (this.#held.get(fingerprint) ?? 0) + 1);
    return {
      [Symbol.dispose]: () => {
        const count = (this.#held.get(fingerprint) ?? 1) - 1;
        if (count > 0) this.#held.set(fingerprint, count);
        else this.#held.delete(fingerprint);
        this.follow();
      },
    };
  }

  /** Whether all volumes of a job can be used. */
  isReady(run: JobRun): boolean {
    return !run.volumes.some((fingerprint) => this.#held.has(fingerprint) || !this.#isMounted(fingerprint));
  }

  /** Stops jobs, and waits for it. @returns those that have not stopped in time */
  async stop(runs: readonly JobRun[], reason: InterruptReason, timeoutMs: number): Promise<JobRun[]> {
    for (const run of runs) run.interrupt(reason);
    const stopping = runs.map((run) => run.settled);
    const { promise: timeUp, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, timeoutMs);
    await Promise.race([Promise.all(stopping), timeUp]);
    clearTimeout(timer);
    return runs.filter((run) => run.status === 'running');
  }

  /** Lets a job count as paused although something of it still runs. It does not start again before that has ended. */
  abandon(run: JobRun, reason: 'shutdown'): void {
    const { id } = run;
    const ended = run.settled.then(() => {
      this.#letGo.delete(id);
      this.follow();
    });
    this.#letGo.set(id, ended);
    run.abandon(reason);
  }

  /** Starts nothing any more. */
  close(): void {
    this.#isClosed = true;
    if (this.#timer) clearInterval(this.#timer);
  }

  /** Starts queued jobs in their turn; one that has to wait does not hold up those behind it. */
  #startWhatMay(): void {
    const spinningDisk = this.#spinningDisks();
    for (const run of this.live.filter(({ status }) => status === 'queued').toSorted(byTurn)) {
      if (this.#letGo.has(run.id) || run.volumes.some((fingerprint) => this.#held.has(fingerprint))) continue;
      const running = this.live.filter(({ status }) => status === 'running');
      const inTheWay = jobsInTheWay(run, running, spinningDisk);
      if (inTheWay.length === 0) void run.start(this.#options.libraryOf(run));
      else if (inTheWay.every((other) => stepsBackFor(run, other))) for (const other of inTheWay) other.interrupt('step-back');
    }
  }

  #followVolumes(run: JobRun): void {
    if (!run.isResumable) return;
    const isReady = this.isReady(run);
    if (!isReady && (run.status === 'running' || run.status === 'queued')) run.interrupt('volume-offline');
    if (isReady && run.pauseReason === 'volume-offline' && this.#isDue(run)) run.resume();
  }

  #paused(run: JobRun): void {
    if (run.setbacks > 0) {
      const waitMs = Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** (run.setbacks - 1));
      this.#retryAtMs.set(run, performance.now() + waitMs);
    }
    // What is mounted may be known later here than to the job.
    if (run.pauseReason === 'volume-offline') void this.#options.volumes?.refresh();
    this.#room.forget(run);
    if (run.pauseReason === 'no-space') void this.#room.hasRoom(run, this.#options.libraryOf(run));
  }

  #isDue(run: JobRun): boolean {
    return performance.now() >= (this.#retryAtMs.get(run) ?? 0);
  }

  #isMounted(fingerprint: string): boolean {
    const { volumes } = this.#options;
    return !volumes || volumes.live.some((volume) => volume.fingerprint === fingerprint);
  }

  /** Asks the system about each volume once. */
  #spinningDisks(): SpinningDisk {
    const known = new Map<string, string | null>();
    return (fingerprint) => {
      const present = known.get(fingerprint);
      if (present !== undefined) return present;
      const live = this.#options.volumes?.live.find((volume) => volume.fingerprint === fingerprint);
      const disk = live?.diskType === 'HDD' ? (driveOf(live) ?? fingerprint) : null;
      known.set(fingerprint, disk);
      return disk;
    };
  }

  #lookAgainWhenNeeded(): void {
    const waits = (run: JobRun) => run.pauseReason === 'no-space' || (run.pauseReason === 'volume-offline' && this.isReady(run));
    const isNeeded = this.#options.hasUnsaved() || this.live.some(waits);
    if (isNeeded && !this.#timer) this.#timer = setInterval(() => void this.#look(), LOOK_INTERVAL_MS).unref();
    if (isNeeded || !this.#timer) return;
    clearInterval(this.#timer);
    this.#timer = null;
  }

  async #look(): Promise<void> {
    if (this.#isLooking) return;
    this.#isLooking = true;
    this.#options.saveAgain();
    for (const run of this.live.filter((waiting) => waiting.pauseReason === 'no-space' && this.#isDue(waiting))) {
      const hasRoom = await this.#room.hasRoom(run, this.#options.libraryOf(run));
      if (hasRoom && run.pauseReason === 'no-space') run.resume();
    }
    this.#isLooking = false;
    this.follow();
  }
}
