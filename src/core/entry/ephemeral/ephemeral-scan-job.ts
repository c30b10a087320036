import { z } from 'zod';
import { defineJob, type JobContext } from '#core/job/job-definition.ts';
import { PathInput } from '#shared/contract/entry.ts';
import { IndexMetrics } from '#shared/contract/indexing.ts';
import type { Job } from '#shared/contract/job.ts';
import { ScanDepth } from '#shared/contract/location.ts';

export const EphemeralScanInput = z.object({
  path: PathInput,
  depth: ScanDepth.default('quick'),
  /** 0: the folder's own entries; null: all below it. */
  maxDepth: z.number().int().min(0).nullable().default(null),
});
export type EphemeralScanInput = z.infer<typeof EphemeralScanInput>;

export interface EphemeralScanner {
  run(context: JobContext<EphemeralScanInput>): Promise<IndexMetrics>;
  /** Dispatches it after the checks that a user's wish needs. */
  start(input: EphemeralScanInput): Promise<Job>;
}

/** Looks at all of a folder that no location holds, and remembers it for half an hour. Not resumable: it is forgotten when Mooring stops. */
export function ephemeralScanJob(scanner: EphemeralScanner) {
  return defineJob({
    name: 'ephemeral-scan',
    input: EphemeralScanInput,
    output: IndexMetrics,
    run: (context) => scanner.run(context),
    start: (input) => scanner.start(input),
  });
}
