import type { EngineClient } from '#shared/contract/contract.ts';
import type { DomainEvent } from '#shared/contract/event.ts';
import type { Job } from '#shared/contract/job.ts';
import type { Volume } from '#shared/contract/volume.ts';

const KEPT_EVENTS = 200;
const KEPT_JOBS = 20;

export interface MonitorSnapshot {
  volumes: readonly Volume[];
  /** Newest first. */
  jobs: readonly Job[];
  /** Newest last. */
  events: readonly DomainEvent[];
}

/** What the screen shows, and when it changes. */
export interface MonitorState {
  snapshot(): MonitorSnapshot;
  subscribe(listener: () => void): () => void;
  /** Settles when the engine is gone or `signal` aborted. */
  ended: Promise<void>;
}

/** Follows an engine by its events; lists are fetched at the beginning, after volumes changed, and when events were lost. */
export async function followEngine(engine: EngineClient, signal: AbortSignal): Promise<MonitorState> {
  const listeners = new Set<() => void>();
  const events = await engine.events.subscribe({}, { signal });
  let current: MonitorSnapshot = { volumes: [], jobs: [], events: [] };
  const set = (changes: Partial<MonitorSnapshot>) => {
    current = { ...current, ...changes };
    for (const listener of listeners) listener();
  };
  const fetchVolumes = async () => set({ volumes: (await engine.volumes.list({ all: false })).items });
  const fetchJobs = async () => set({ jobs: (await engine.jobs.list({ limit: KEPT_JOBS })).items });
  await Promise.all([fetchVolumes(), fetchJobs()]);

  async function follow(): Promise<void> {
    for await (const event of events) {
      if (event.type === 'JobProgress') {
        set({ jobs: current.jobs.map((job) => (job.id === event.jobId ? { ...job, progress: event.progress } : job)) });
        continue;
      }
      set({ events: [...current.events, event].slice(-KEPT_EVENTS) });
      if ('job' in event) set({ jobs: withJob(current.jobs, event.job) });
      if (event.type.startsWith('Volume') || event.type.startsWith('Library') || event.type === 'EventsLost') await fetchVolumes();
      if (event.type === 'EventsLost') await fetchJobs();
    }
  }
  return {
    snapshot: () => current,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    // However the stream ends, the screen has nothing more to show.
    ended: follow().catch(() => undefined),
  };
}

function withJob(jobs: readonly Job[], job: Job): Job[] {
  const others = jobs.filter((other) => other.id !== job.id);
  const index = jobs.findIndex((other) => other.id === job.id);
  return index < 0 ? [job, ...others].slice(0, KEPT_JOBS) : jobs.map((other) => (other.id === job.id ? job : other));
}
