import { z } from 'zod';
import { MooringError } from '#shared/contract/error.ts';
import { IndexMetrics } from '#shared/contract/indexing.ts';
import type { Job } from '#shared/contract/job.ts';
import { LOCATION_SCAN } from '../indexing/index-task.ts';
import { defineJob, type JobContext, type JobStart } from '../job/job-definition.ts';
import { decodeNames } from './encoded-names.ts';

/**
 * `catch-up`: a quick pass, so that what was added and removed is soon there, then a full one, for what was changed in place: that does not
 * show in the times of folders. `none`: only what rules leave out is removed.
 */
export const LocationScanInput = z.object({
  locationId: z.uuid(),
  depth: z.enum(['quick', 'full', 'catch-up', 'none']).default('quick'),
  /** Only a folder of it: its names from the location's folder on, as in an SdPath, so that bytes which are not UTF-8 survive. */
  below: z
    .string()
    .max(16_384)
    .refine((text) => decodeNames(text) !== null, 'This is not a path in percent-encoding.')
    .default(''),
  /** 0: that folder's own entries; null: all below it. */
  maxDepth: z.number().int().min(0).nullable().default(null),
  /** First remove what the rules leave out. */
  prune: z.boolean().default(false),
});
export type LocationScanInput = z.infer<typeof LocationScanInput>;

const count = z.number().int();
export const LocationScanState = z.object({
  /** How many of its passes have ended. */
  passesDone: count,
  /** Of those passes together. */
  metrics: IndexMetrics.nullable(),
  /** Of the pass that is under way. */
  checkpoint: z
    .object({
      pending: z.array(count),
      counts: z.object({
        created: count,
        modified: count,
        moved: count,
        removed: count,
        foldersListed: count,
        entriesSeen: count,
        bytesSeen: count,
        unchanged: count,
        problems: count,
      }),
    })
    .nullable(),
});
export type LocationScanState = z.infer<typeof LocationScanState>;

export type LocationScanContext = JobContext<LocationScanInput, LocationScanState>;

export interface LocationScanner {
  run(context: LocationScanContext): Promise<IndexMetrics>;
  /** Dispatches it after the checks that a user's wish needs. */
  startByName(input: LocationScanInput, library: NonNullable<JobStart['library']>): Job;
}

/** Brings the index of a location, or of a folder in it, in line with the disk. */
export function locationScanJob(scanner: LocationScanner) {
  return defineJob({
    name: LOCATION_SCAN,
    input: LocationScanInput,
    state: LocationScanState,
    output: IndexMetrics,
    yieldsVolume: true,
    run: (context) => scanner.run(context),
    start: async (input, { library }) => {
      if (!library) throw new MooringError('LIBRARY_NOT_OPEN', 'No library is open. Create one, or open one.');
      return scanner.startByName(input, library);
    },
  });
}
