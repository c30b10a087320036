import { z } from 'zod';
import { defineJob, type JobDefinition } from '#core/job/job-definition.ts';
import type { Jobs } from '#core/job/jobs.ts';
import type { Library } from '#core/library/library.ts';
import { MooringError } from '#shared/contract/error.ts';
import type { Job } from '#shared/contract/job.ts';
import type { SearchIndexes } from './index/search-index.ts';

const SEARCH_REBUILD = 'search-rebuild';
const Nothing = z.strictObject({});

type SearchRebuild = JobDefinition<typeof Nothing, Record<string, never>, typeof Nothing>;

/** Makes the search index of a library anew. What is interrupted begins again: it takes seconds, and the former index serves meanwhile. */
export function searchRebuildJob(indexes: Pick<SearchIndexes, 'rebuild'>, jobs: Jobs): SearchRebuild {
  const definition: SearchRebuild = defineJob({
    name: SEARCH_REBUILD,
    input: Nothing,
    state: Nothing,
    output: Nothing,
    concurrency: 1,
    async run({ library, signal, progress }) {
      if (!library) throw new MooringError('LIBRARY_NOT_OPEN', 'The library whose search index is to be made is not open.');
      await indexes.rebuild(library, (done, total) => progress({ phase: 'reading entries', itemsDone: done, itemsTotal: total }), signal);
      return {};
    },
    async start(_input, { library }) {
      if (!library) throw new MooringError('LIBRARY_NOT_OPEN', 'No library is open. Open the one whose search index is to be made anew.');
      return startRebuild(jobs, definition, library);
    },
  });
  return definition;
}

/** A job that does so already is returned, and goes on if it was paused. */
export function startRebuild(jobs: Jobs, definition: SearchRebuild, library: Library): Job {
  const same = jobs.unfinished().find((job) => job.name === SEARCH_REBUILD && job.libraryId === library.id);
  if (!same) return jobs.dispatch(definition, {}, { volumes: [], library });
  return same.status === 'paused' ? jobs.resume(same.id) : same;
}
