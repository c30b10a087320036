import type { EngineClient } from '#shared/contract/contract.ts';
import type { Job, JobStatus } from '#shared/contract/job.ts';
import { formatTime } from './printers/figures.ts';
import { safeText } from './printers/safe-text.ts';

export interface Suggestion {
  value: string;
  description: string;
}

export type NameKind = 'library' | 'volume' | 'location' | 'job' | 'current-job' | 'paused-job' | 'ended-job' | 'job-kind';

/** More than these nobody looks through. */
const OFFERED_JOBS = 50;

const FETCH: Record<NameKind, (engine: EngineClient) => Promise<Suggestion[]>> = {
  library: async (engine) => {
    const { items } = await engine.libraries.list();
    return items.map(({ name, id, path }) => ({ value: plainWord(name) ?? id, description: safeText(path) }));
  },
  volume: async (engine) => {
    const { items } = await engine.volumes.list({ all: false });
    return items.map(({ name, fingerprint, mountPoint }) => ({
      value: plainWord(name) ?? fingerprint.slice(0, 12),
      description: safeText(`${name}, ${mountPoint ?? 'offline'}`),
    }));
  },
  location: async (engine) => {
    const { items } = await engine.locations.list({});
    // Two locations may have one name; their ids tell them apart.
    const isUnique = (name: string) => items.filter((other) => other.name === name).length === 1;
    return items.map(({ name, id, path }) => ({
      value: (isUnique(name) ? plainWord(name) : null) ?? id,
      description: safeText(`${name}, ${path}`),
    }));
  },
  job: (engine) => jobsOf(engine, [undefined]),
  'current-job': (engine) => jobsOf(engine, ['running', 'queued', 'paused']),
  'paused-job': (engine) => jobsOf(engine, ['paused']),
  'ended-job': (engine) => jobsOf(engine, ['failed', 'completed', 'cancelled']),
  'job-kind': async (engine) => (await engine.jobs.kinds()).items.map(({ name }) => ({ value: name, description: '' })),
};

/** Names as they can be typed without quotes in any shell. What cannot be fetched is left out. */
export async function fetchNames(engine: EngineClient, kinds: ReadonlySet<NameKind>): Promise<Partial<Record<NameKind, Suggestion[]>>> {
  const fetched = await Promise.all([...kinds].map(async (kind) => [kind, await FETCH[kind](engine).catch(() => [])] as const));
  return Object.fromEntries(fetched);
}

async function jobsOf(engine: EngineClient, statuses: readonly (JobStatus | undefined)[]): Promise<Suggestion[]> {
  const pages = await Promise.all(statuses.map((status) => engine.jobs.list({ limit: OFFERED_JOBS, ...(status ? { status } : {}) })));
  return pages.flatMap(({ items }) => items.map(jobSuggestion));
}

function jobSuggestion({ id, name, status, createdAt }: Job): Suggestion {
  return { value: id, description: safeText(`${name}, ${status}, ${formatTime(createdAt)}`) };
}

/** A name that needs no quoting in any shell; others are offered by their id. */
function plainWord(name: string): string | null {
  return /^[\w.+@%-]+$/.test(name) && !name.startsWith('-') ? name : null;
}
