import type { JobDefinition } from '#core/job/job-definition.ts';
import { Jobs } from '#core/job/jobs.ts';
import { silentLogger } from '#core/log/create-logger.ts';
import type { Job } from '#shared/contract/job.ts';
import { VolumeWorld } from '../volume/volume-world.ts';

/** Libraries, volumes and jobs, wired as in the engine, with kinds of jobs that a test chooses. */
export class JobWorld implements AsyncDisposable {
  readonly world: VolumeWorld;
  readonly jobs: Jobs;
  /** Statuses and pauses of each job, oldest first, as events told them. */
  readonly told = new Map<string, string[]>();

  private constructor(world: VolumeWorld) {
    this.world = world;
    this.jobs = new Jobs({ ...world, log: silentLogger });
    for (const type of ['JobQueued', 'JobStarted', 'JobPaused', 'JobResumed', 'JobCompleted', 'JobFailed', 'JobCancelled'] as const) {
      world.events.on(type, ({ job }) => {
        const what = type === 'JobPaused' ? `${type} ${job.pauseReason}` : type;
        this.told.set(job.id, [...(this.told.get(job.id) ?? []), what]);
      });
    }
  }

  /** @param options.dataDir that of an earlier world: as if the engine were started again @param kinds made with the jobs they are for */
  static async open(kinds: (world: JobWorld) => JobDefinition[], options: { dataDir?: string } = {}): Promise<JobWorld> {
    const world = new JobWorld(await VolumeWorld.open(options));
    for (const kind of kinds(world)) world.jobs.register(kind);
    world.jobs.start();
    return world;
  }

  /** Resolves when the job is as a test wants it: at once, or after some event of it. */
  until(id: string, isWanted: (job: Job) => boolean): Promise<Job> {
    const { promise, resolve } = Promise.withResolvers<Job>();
    const check = () => {
      const job = this.jobs.get(id);
      if (isWanted(job)) resolve(job);
    };
    const types = ['JobStarted', 'JobPaused', 'JobResumed', 'JobProgress', 'JobCompleted', 'JobFailed', 'JobCancelled'] as const;
    const unsubscribe = types.map((type) => this.world.events.on(type, check));
    check();
    return promise.finally(() => {
      for (const stop of unsubscribe) stop();
    });
  }

  /** Ends it as the engine does: jobs first. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.jobs.close();
    await this.world[Symbol.asyncDispose]();
  }
}
