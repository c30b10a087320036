import type { Library } from '#core/library/library.ts';
import type { JobDefinition } from './job-definition.ts';
import { JobProgressMeter } from './job-progress-meter.ts';
import type { JobRecord } from './job-record.ts';
import type { DispatchOptions } from './jobs.ts';

export interface NewJob {
  id: string;
  definition: JobDefinition;
  input: unknown;
  library: Library | null;
  options: DispatchOptions;
}

/** What is known of a job when it is dispatched. */
export function newRecord({ id, definition, input, library, options }: NewJob): JobRecord {
  const { volumes, writesTo = [], priority = 'user', parentId = null } = options;
  const job: JobRecord['job'] = {
    id,
    name: definition.name,
    libraryId: library?.id ?? null,
    input: input as Record<string, unknown>,
    status: 'queued',
    pauseReason: null,
    isResumable: definition.state !== undefined,
    priority,
    turn: Date.now(),
    parentId,
    progress: { ...new JobProgressMeter().snapshot(), warnings: 0 },
    output: null,
    error: null,
    problemCount: 0,
    problems: [],
    volumes: [...new Set(volumes)],
    createdAt: new Date().toISOString(),
    startedAt: null,
    completedAt: null,
    lastCheckpointAt: null,
  };
  return { job, writesTo: [...writesTo], state: null };
}
