import { oc } from '@orpc/contract';
import { z } from 'zod';
import { PathInput } from './entry.ts';
import { Job } from './job.ts';
import { LibraryRef } from './library.ts';
import { IndexMode, ScanDepth } from './location.ts';

/** `current`: one folder. `recursive`: all below it. */
export const IndexScope = z.enum(['current', 'recursive']);
export type IndexScope = z.infer<typeof IndexScope>;

/** What an index job tells when it has ended. */
export const IndexMetrics = z.object({
  created: z.number().int(),
  modified: z.number().int(),
  moved: z.number().int(),
  removed: z.number().int(),
  foldersListed: z.number().int(),
  entriesSeen: z.number().int(),
  bytesSeen: z.number().int(),
  entriesPerSecond: z.number(),
  bytesPerSecond: z.number(),
  /** Milliseconds spent in each phase; phases overlap. */
  phaseMs: z.record(z.string(), z.number()),
  databaseReads: z.number().int(),
  databaseWrites: z.number().int(),
  /** Folders and entries that were known and had not changed. */
  unchanged: z.number().int(),
  problems: z.number().int(),
});
export type IndexMetrics = z.infer<typeof IndexMetrics>;

const tag = 'Indexing';
export const indexingContract = {
  /**
   * Looks at a folder now. `persistent`: into the index of the location that holds it (`LOCATION_NOT_FOUND` where none
   * does). `ephemeral`: into memory, for half an hour after its last use; adding it as a location keeps what was found.
   */
  scan: oc
    .route({ method: 'POST', path: '/indexing/scan', tags: [tag], successStatus: 202 })
    .input(
      z.object({
        path: PathInput,
        library: LibraryRef.optional(),
        scope: IndexScope.default('recursive'),
        maxDepth: z.number().int().min(0).max(100_000).optional(),
        persistence: z.enum(['persistent', 'ephemeral']).default('persistent'),
        depth: ScanDepth.default('quick'),
        mode: IndexMode.default('shallow'),
      }),
    )
    .output(z.object({ job: Job })),
};
