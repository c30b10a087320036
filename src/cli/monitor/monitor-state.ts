import type { EngineClient } from '#shared/contract/contract.ts';
import { toMooringError } from '#shared/contract/error.ts';
import type { DomainEvent } from '#shared/contract/event.ts';
import type { Job } from '#shared/contract/job.ts';
import type { Location } from '#shared/contract/location.ts';
import type { Volume } from '#shared/contract/volume.ts';

const KEPT_EVENTS = 200;
const KEPT_JOBS = 50;

export interface MonitorSnapshot {
  volumes: readonly Volume[];
  /** Of the current library; none while no library is open. */
  locations: readonly Location[];
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

/** Follows an engine by its events; lists are fetched at the beginning, after volumes or libraries changed, and when events were lost. */
export async function followEngine(engine: EngineClient, signal: AbortSignal): Promise<MonitorState> {
  const listeners = new Set<() => void>();
  const events = await engine.events.subscribe({}, { signal });
  let current: MonitorSnapshot = { volumes: [], locations: [], jobs: [], events: [] };
  const set = (changes: Partial<MonitorSnapshot>) => {
    current = { ...current, ...changes };
    for (const listener of listeners) listener();
  };
  const fetchVolumes = async () => set({ volumes: (await engine.volumes.list({ all: false })).items });
  const fetchLocations = async () => set({ locations: await listLocations(engine) });
  const fetchJobs = async () => set({ jobs: await listJobs(engine) });
  await Promise.all([fetchVolumes(), fetchLocations(), fetchJobs()]);

  async function follow(): Promise<void> {
    for await (const event of events) {
      if (event.type === 'JobProgress') {
        set({ jobs: current.jobs.map((job) => (job.id === event.jobId ? { ...job, progress: event.progress } : job)) });
        continue;
      }
      set({ events: [...current.events, event].slice(-KEPT_EVENTS), ...changedBy(event, current) });
      const isAboutLibrary = event.type.startsWith('Library');
      if (event.type.startsWith('Volume') || isAboutLibrary || event.type === 'EventsLost') await fetchVolumes();
      if (isAboutLibrary || event.type === 'EventsLost') await Promise.all([fetchLocations(), fetchJobs()]);
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

async function listLocations(engine: EngineClient): Promise<Location[]> {
  try {
    return (await engine.locations.list({})).items;
  } catch (error) {
    if (toMooringError(error).code === 'LIBRARY_NOT_OPEN') return [];
    throw error;
  }
}

/** The newest, and all that have not ended: one that is paused may be older than a hundred that are over. */
async function listJobs(engine: EngineClient): Promise<Job[]> {
  const pages = await Promise.all([
    ...(['running', 'queued', 'paused'] as const).map((status) => engine.jobs.list({ status, limit: KEPT_JOBS })),
    engine.jobs.list({ limit: KEPT_JOBS }),
  ]);
  const jobs = new Map(pages.flatMap(({ items }) => items).map((job) => [job.id, job]));
  return [...jobs.values()].sort((a, b) => b.createdAt.localeCompare(a.createdAt));
}

function changedBy(event: DomainEvent, { jobs, locations }: MonitorSnapshot): Partial<MonitorSnapshot> {
  if ('job' in event) return { jobs: withJob(jobs, event.job) };
  if (event.type === 'LocationAdded' || event.type === 'LocationUpdated') return { locations: withLocation(locations, event.location) };
  if (event.type === 'LocationRemoved') return { locations: locations.filter(({ id }) => id !== event.locationId) };
  return {};
}

function withJob(jobs: readonly Job[], job: Job): Job[] {
  const isKnown = jobs.some((other) => other.id === job.id);
  return isKnown ? jobs.map((other) => (other.id === job.id ? job : other)) : [job, ...jobs].slice(0, 2 * KEPT_JOBS);
}

function withLocation(locations: readonly Location[], location: Location): Location[] {
  const isKnown = locations.some((other) => other.id === location.id);
  return isKnown ? locations.map((other) => (other.id === location.id ? location : other)) : [...locations, location];
}
