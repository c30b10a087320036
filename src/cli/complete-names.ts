import type { ActionRecord } from '#shared/contract/action.ts';
import type { EngineClient } from '#shared/contract/contract.ts';
import type { Job, JobStatus } from '#shared/contract/job.ts';
import { actionTitle } from './printers/action-title.ts';
import { shownPath } from './printers/address.ts';
import { formatTime } from './printers/figures.ts';
import { safeText } from './printers/safe-text.ts';

export interface Suggestion {
  value: string;
  description: string;
}

export type NameKind =
  | 'library'
  | 'volume'
  | 'location'
  | 'search'
  | 'query'
  | 'job'
  | 'current-job'
  | 'paused-job'
  | 'ended-job'
  | 'job-kind'
  | 'action'
  | 'undoable-action';

/** More than these nobody looks through. */
const OFFERED_JOBS = 50;

/** By what is written of them so far. */
const FETCH: Record<NameKind, (engine: EngineClient, word: string) => Promise<Suggestion[]>> = {
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
  search: async (engine) => {
    const { items } = await engine.search.saved.list({});
    const isUnique = (name: string) => items.filter((other) => other.name === name).length === 1;
    return items.map(({ name, id, query }) => ({
      value: (isUnique(name) ? plainWord(name) : null) ?? id,
      description: safeText(`${name}, ${query}`),
    }));
  },
  query: async (engine, word) => {
    const { range, items } = await engine.search.complete({ query: word });
    return items.flatMap(({ text, detail }) => {
      const value = plainTerm(word.slice(0, range.start) + text);
      return value === null ? [] : [{ value, description: safeText(detail) }];
    });
  },
  job: (engine) => jobsOf(engine, [undefined]),
  'current-job': (engine) => jobsOf(engine, ['running', 'queued', 'paused']),
  'paused-job': (engine) => jobsOf(engine, ['paused']),
  'ended-job': (engine) => jobsOf(engine, ['failed', 'completed', 'cancelled']),
  'job-kind': async (engine) => (await engine.jobs.kinds()).items.map(({ name }) => ({ value: name, description: '' })),
  action: (engine) => actionsOf(engine, () => true),
  'undoable-action': (engine) => actionsOf(engine, ({ undo }) => undo.state === 'possible'),
};

/** Names as they can be typed without quotes in any shell. What cannot be fetched is left out. */
export async function fetchNames(
  engine: EngineClient,
  kinds: ReadonlySet<NameKind>,
  word: string,
): Promise<Partial<Record<NameKind, Suggestion[]>>> {
  const fetched = await Promise.all([...kinds].map(async (kind) => [kind, await FETCH[kind](engine, word).catch(() => [])] as const));
  return Object.fromEntries(fetched);
}

async function jobsOf(engine: EngineClient, statuses: readonly (JobStatus | undefined)[]): Promise<Suggestion[]> {
  const pages = await Promise.all(statuses.map((status) => engine.jobs.list({ limit: OFFERED_JOBS, ...(status ? { status } : {}) })));
  return pages.flatMap(({ items }) => items.map(jobSuggestion));
}

function jobSuggestion({ id, name, status, createdAt }: Job): Suggestion {
  return { value: id, description: safeText(`${name}, ${status}, ${formatTime(createdAt)}`) };
}

async function actionsOf(engine: EngineClient, isOffered: (action: ActionRecord) => boolean): Promise<Suggestion[]> {
  const { items } = await engine.actions.list({ limit: OFFERED_JOBS });
  return items
    .filter(isOffered)
    .map((found) => ({ value: found.id, description: `${actionTitle(found, shownPath)}, ${formatTime(found.at)}` }));
}

/** A name that needs no quoting in any shell; others are offered by their id. */
function plainWord(name: string): string | null {
  return /^[\w.+@%-]+$/.test(name) && !name.startsWith('-') ? name : null;
}

/** A part of a query, likewise. */
function plainTerm(term: string): string | null {
  return /^[\w.,:+@%/-]+$/.test(term) ? term : null;
}
