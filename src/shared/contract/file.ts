import { oc } from '@orpc/contract';
import { z } from 'zod';
import { Entry, PathInput } from './entry.ts';
import { ByteCount, PageInput, pageOf, Timestamp } from './paging.ts';

/** How many files and folders one message may name; an action that is about more names a list that was handed over before (`actions.handOver`). */
export const MOST_SOURCES = 10_000;
/** How many files and folders one action may be about. */
export const MOST_CHOSEN = 200_000;

/** What to do where a name is taken by a file. Folders merge. `newer`: overwrite what is older. `rename`: keep both, as `name (2).ext`. */
export const ConflictAnswer = z.enum(['skip', 'overwrite', 'newer', 'rename']);
export type ConflictAnswer = z.infer<typeof ConflictAnswer>;

/** `ask`: change nothing and answer with `CONFLICT` and the list, so that the user can be asked. */
export const ConflictPolicy = z.enum(['ask', ...ConflictAnswer.options]);
export type ConflictPolicy = z.infer<typeof ConflictPolicy>;

/** `hash` reads the target again and compares BLAKE3. `auto`: `hash` on the way to another volume that is removable or not local, else `size`. */
export const VerifyChoice = z.enum(['auto', 'none', 'size', 'hash']);
export type VerifyChoice = z.infer<typeof VerifyChoice>;

/** One side of a conflict, so that the user can compare them. */
export const ConflictSide = z.object({
  path: z.string(),
  kind: Entry.shape.kind,
  sizeBytes: ByteCount,
  modifiedAt: Timestamp,
});
export type ConflictSide = z.infer<typeof ConflictSide>;

export const FileConflict = z.object({
  source: ConflictSide,
  target: ConflictSide,
  /** `mismatch`: a folder stands where a file should go, or the other way round; only skip and rename can answer it. */
  kind: z.enum(['file', 'mismatch']),
});
export type FileConflict = z.infer<typeof FileConflict>;

/** What a copy and a move take. */
export const TransferInput = z.object({
  sources: z.array(PathInput).min(1).max(MOST_SOURCES),
  /** An existing folder. Each source lands in it under its own name; folders merge. */
  destination: PathInput,
  onConflict: ConflictPolicy.default('ask'),
  /** Answers for single files, by the address that `FileConflict.source` gave; `onConflict` is for all others. */
  answers: z
    .array(z.object({ source: PathInput, answer: ConflictAnswer }))
    .max(MOST_SOURCES)
    .default([]),
  /** Where the file that has the name holds the same bytes, nothing is copied; a move removes its source. */
  skipIdentical: z.boolean().default(false),
  /** A move to another volume is always verified by `hash`. */
  verify: VerifyChoice.default('auto'),
  /** What the target cannot name as it is: left out and reported, or given the name that the preview proposes. */
  unfitNames: z.enum(['skip', 'rename']).default('skip'),
  /** The most that is written; null for as fast as it goes. Can be changed while it runs. */
  bytesPerSecond: z.number().int().min(1024).nullable().default(null),
});
export type TransferInput = z.infer<typeof TransferInput>;

/**
 * How files get from one place to another: `rename` within a volume, `clone` shares blocks (copy on write), `kernel` copies without reading
 * into memory, `stream` reads and writes.
 */
export const TransferStrategy = z.enum(['rename', 'clone', 'kernel', 'stream']);
export type TransferStrategy = z.infer<typeof TransferStrategy>;

/** What a copy or move has done. */
export const TransferResult = z.object({
  filesCopied: z.number().int(),
  foldersCreated: z.number().int(),
  symlinksCopied: z.number().int(),
  /** Further names of a file that was copied once. */
  hardLinks: z.number().int(),
  bytesCopied: ByteCount,
  /** Renamed within their volume, whole folders as one. */
  itemsMoved: z.number().int(),
  /** Left as they were, as the answer to their conflict was. */
  skipped: z.number().int(),
  /** Left as they were, since the target holds the same bytes. */
  identical: z.number().int(),
  /** Files whose copy was compared with its source in the way that was asked for. */
  verified: z.number().int(),
  /** Whether verifying read from the disk itself; null when nothing was read again. */
  readPastCache: z.boolean().nullable(),
  strategies: z.array(z.object({ strategy: TransferStrategy, files: z.number().int(), bytes: ByteCount })),
  /** What the target could not keep of files: `xattr`, `acl`, `mode`, `owner`, `times`, `birthtime`, `hard-link`, `hole`. */
  notKept: z.array(z.object({ what: z.string(), count: z.number().int(), example: z.string() })),
  /** Addresses of what is new in the destination itself, the first thousand. */
  created: z.array(z.string()),
});
export type TransferResult = z.infer<typeof TransferResult>;

/** How a batch is renamed. `find` is replaced first, then `template` applied. */
export const RenameRule = z.object({
  /** Text, or an expression with `isRegex` ($1 … in `replace`). Empty: nothing is replaced. */
  find: z.string().max(1000).default(''),
  replace: z.string().max(1000).default(''),
  isRegex: z.boolean().default(false),
  isCaseSensitive: z.boolean().default(true),
  /** `{name}` the stem, `{ext}` the extension without its dot, `{n}` or `{n:3}` a number with so many digits, `{date}` and `{time}` of modification. Null: the name as it is. */
  template: z.string().min(1).max(1000).nullable().default(null),
  letters: z.enum(['keep', 'lower', 'upper', 'title']).default('keep'),
  start: z.number().int().min(0).default(1),
  step: z.number().int().min(1).default(1),
});
export type RenameRule = z.infer<typeof RenameRule>;

/** Something in the trash of a volume. */
export const TrashedItem = z.object({
  /** Of this item, until it is restored or removed. */
  id: z.string(),
  name: z.string(),
  kind: Entry.shape.kind,
  sizeBytes: ByteCount.nullable(),
  /** Where it was. */
  originalPath: z.string(),
  /** Where it is now. */
  path: z.string(),
  volumeFingerprint: z.string().nullable(),
  trashedAt: Timestamp.nullable(),
});
export type TrashedItem = z.infer<typeof TrashedItem>;

/** One file of a copy or move that is or was under way. */
export const TransferReportLine = z.object({
  source: z.string(),
  target: z.string(),
  bytes: ByteCount,
  /** BLAKE3 of what was read, in hexadecimal; null when nobody asked for it. */
  digest: z.string().nullable(),
  /** `verified`: the target was compared as asked; `copied`: it was not asked for; `moved`: renamed within its volume. */
  state: z.enum(['verified', 'copied', 'moved']),
});
export type TransferReportLine = z.infer<typeof TransferReportLine>;

export const VerifyMode = VerifyChoice.exclude(['auto']);
export type VerifyMode = z.infer<typeof VerifyMode>;

const tag = 'Files';
export const filesContract = {
  trashed: oc
    .route({ method: 'GET', path: '/files/trashed', tags: [tag], summary: 'What lies in the trash of the mounted volumes, newest first' })
    .input(PageInput)
    .output(pageOf(TrashedItem)),
  report: oc
    .route({ method: 'GET', path: '/files/report', tags: [tag], summary: 'Every file of a copy or move with its checksum' })
    .input(PageInput.extend({ job: z.uuid() }))
    .output(pageOf(TransferReportLine)),
  limitSpeed: oc
    .route({ method: 'POST', path: '/files/limit-speed', tags: [tag], summary: 'Changes how fast a copy or move may write' })
    .input(z.object({ job: z.uuid(), bytesPerSecond: TransferInput.shape.bytesPerSecond.unwrap() }))
    .output(z.object({ bytesPerSecond: z.number().int().nullable() })),
};
