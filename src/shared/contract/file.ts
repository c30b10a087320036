import { oc } from '@orpc/contract';
import { z } from 'zod';
import { PathInput } from './entry.ts';
import { Job } from './job.ts';
import { ByteCount } from './paging.ts';

/** How many files and folders one copy may name. */
export const MOST_SOURCES = 10_000;

/** `ask`: change nothing and answer with `CONFLICT` and the list, so that the user can be asked. */
export const ConflictPolicy = z.enum(['ask', 'skip', 'overwrite', 'newer', 'rename']);
export type ConflictPolicy = z.infer<typeof ConflictPolicy>;

/** `hash` re-reads the target and compares BLAKE3. */
export const VerifyMode = z.enum(['none', 'size', 'hash']);
export type VerifyMode = z.infer<typeof VerifyMode>;

export const CopyConflict = z.object({
  source: z.string(),
  target: z.string(),
  /** `mismatch`: a folder stands where a file should go, or the other way round; only skip and rename can answer it. */
  kind: z.enum(['file', 'mismatch']),
});
export type CopyConflict = z.infer<typeof CopyConflict>;

export const CopyInput = z.object({
  sources: z.array(PathInput).min(1).max(MOST_SOURCES),
  /** An existing folder. Each source lands in it under its own name; folders merge. */
  destination: PathInput,
  onConflict: ConflictPolicy.default('ask'),
  verify: VerifyMode.default('hash'),
});
export type CopyInput = z.infer<typeof CopyInput>;

export const CopyPlan = z.object({
  files: z.number().int(),
  folders: z.number().int(),
  symlinks: z.number().int(),
  /** Sockets, FIFOs, devices and what could not be read: skipped and reported. */
  skipped: z.array(z.object({ path: z.string(), code: z.string(), message: z.string() })),
  totalBytes: ByteCount,
  availableBytes: ByteCount,
  fits: z.boolean(),
  conflicts: z.array(CopyConflict),
  conflictCount: z.number().int(),
  volumes: z.object({ sources: z.array(z.string()), destination: z.string().nullable() }),
});
export type CopyPlan = z.infer<typeof CopyPlan>;

const tag = 'Files';
export const filesContract = {
  planCopy: oc
    .route({ method: 'POST', path: '/files/plan-copy', tags: [tag], summary: 'What a copy would do, without doing it' })
    .input(CopyInput)
    .output(CopyPlan),
  copy: oc
    .route({ method: 'POST', path: '/files/copy', tags: [tag], successStatus: 202 })
    .input(CopyInput)
    .output(z.object({ job: Job })),
};
