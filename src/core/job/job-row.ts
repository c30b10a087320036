import { getTableColumns, type InferInsertModel, type InferSelectModel } from 'drizzle-orm';
import { jobs } from '#core/db/schema.ts';
import type { JobProblem } from '#shared/contract/job.ts';
import type { JobRecord } from './job-record.ts';
import { packState } from './job-state.ts';

const { state: _, ...columns } = getTableColumns(jobs);
/** All but the state, which may be large and is needed only to resume. */
export const JOB_COLUMNS = columns;
export type JobRow = Omit<InferSelectModel<typeof jobs>, 'state'>;

/** What the row of a job does not say. */
export interface JobSurroundings {
  libraryId: string;
  isResumable: boolean;
  /** The first of them. */
  problems: JobProblem[];
}

export function rowToRecord(row: JobRow, { libraryId, isResumable, problems }: JobSurroundings): JobRecord {
  const { progress: _, progressData, errorCode, errorMessage, errorReason, writesTo, ...same } = row;
  const reason = errorReason ? { reason: errorReason } : {};
  const error = errorCode === null ? null : { code: errorCode, message: errorMessage ?? '', ...reason };
  return { job: { ...same, libraryId, isResumable, progress: progressData, error, problems }, writesTo, state: null };
}

export function recordToRow({ job, writesTo, state }: JobRecord): InferInsertModel<typeof jobs> {
  const { libraryId: _library, isResumable: _resumable, problems: _problems, progress, error, ...same } = job;
  return {
    ...same,
    writesTo: [...writesTo],
    state: packState(state),
    progress: progress.fraction,
    progressData: progress,
    errorCode: error?.code ?? null,
    errorMessage: error?.message ?? null,
    errorReason: error?.reason ?? null,
  };
}
