import { oc } from '@orpc/contract';
import { z } from 'zod';
import { PathInput } from './entry.ts';
import { FileConflict, MOST_SOURCES, RenameRule, TransferInput, TransferResult, TransferStrategy } from './file.ts';
import { Job } from './job.ts';
import { LibraryRef } from './library.ts';
import { ByteCount, PageInput, pageOf, Timestamp } from './paging.ts';
import { REASONS, Reason, reason, Told } from './reason.ts';

/** A name of one file or folder, never a path. What the file system refuses beyond that is told when it is tried. */
const FileName = z
  .string()
  .min(1)
  .max(1024)
  .refine((name) => !/[/\0]/.test(name) && name !== '.' && name !== '..', {
    message: REASONS['name-not-allowed'],
    params: { reason: reason('name-not-allowed', {}) },
  });
const Sources = z.array(PathInput).min(1).max(MOST_SOURCES);

/** What a preview has shown: if there is more by then, nothing is deleted. */
export const DeleteExpected = z.object({
  files: z.number().int(),
  folders: z.number().int(),
  symlinks: z.number().int(),
  totalBytes: ByteCount,
});
export type DeleteExpected = z.infer<typeof DeleteExpected>;

function action<T extends string, S extends z.ZodRawShape>(type: T, shape: S) {
  return z.object({ type: z.literal(type), ...shape });
}

/** Everything that a user does to files: previewed, recorded, and undone where that is possible. */
export const FileAction = z.discriminatedUnion('type', [
  action('file.copy', TransferInput.shape),
  action('file.move', TransferInput.shape),
  /** Copies beside the originals, as `name (2).ext`. */
  action('file.duplicate', { sources: Sources }),
  /** New names in the same folder, all or none of them where names depend on each other. */
  action('file.rename', {
    items: z
      .array(z.object({ path: PathInput, name: FileName }))
      .min(1)
      .max(MOST_SOURCES),
  }),
  /** New names made by a rule, in the order given. */
  action('file.rename-many', { sources: Sources, rule: RenameRule }),
  action('file.create-folder', { parent: PathInput, name: FileName }),
  action('file.create-file', { parent: PathInput, name: FileName }),
  action('file.create-link', {
    target: PathInput,
    parent: PathInput,
    name: FileName,
    kind: z.enum(['symbolic', 'hard']).default('symbolic'),
  }),
  action('file.trash', { sources: Sources }),
  /** For good. */
  action('file.delete', { sources: Sources, expected: DeleteExpected.optional() }),
  /** Back from the trash, by `TrashedItem.id`, to where it was. */
  action('file.restore', { items: z.array(z.string().min(1).max(16_384)).min(1).max(MOST_SOURCES) }),
]);
export type FileAction = z.infer<typeof FileAction>;
export type FileActionType = FileAction['type'];

/** What is recorded of the procedures of other nouns (`libraries.create`, `volumes.track` …), which are called as such. */
export const RecordedProcedure = z.enum([
  'library.create',
  'library.rename',
  'library.update',
  'library.delete',
  'library.restore',
  'location.add',
  'location.update',
  'location.remove',
  'volume.track',
  'volume.untrack',
  'volume.update',
  /** The undoing of another action. */
  'undo',
]);
export type RecordedProcedure = z.infer<typeof RecordedProcedure>;

/** What becomes of one file or folder: `from` null when it is new, `to` null when it is gone. */
export const PlannedChange = z.object({ from: z.string().nullable(), to: z.string().nullable() });

/** What an action would do, found out without doing any of it. Lists hold the first thousand, counts are of all. */
export const ActionPreview = z.object({
  files: z.number().int(),
  folders: z.number().int(),
  symlinks: z.number().int(),
  totalBytes: ByteCount,
  /** Of copies and moves: how, for each pair of volumes. `from` and `to` are fingerprints, null where no volume is known. */
  transfers: z.array(
    z.object({
      strategy: TransferStrategy,
      from: z.string().nullable(),
      to: z.string().nullable(),
      files: z.number().int(),
      bytes: ByteCount,
    }),
  ),
  /** Of everything else: each change. Of copies and moves: each source. */
  changes: z.array(PlannedChange),
  changeCount: z.number().int(),
  conflicts: z.array(FileConflict),
  conflictCount: z.number().int(),
  /** Conflicts that the action as given does not answer: it would be refused. */
  unansweredCount: z.number().int(),
  /** What cannot be done as it is, and would be left out and reported; with the name that would do, where it is the name. */
  obstacles: z.array(z.object({ path: z.string(), ...Told.shape, proposedName: z.string().nullable() })),
  obstacleCount: z.number().int(),
  /** Of the volume that is written to; null where nothing is, or it is not there. */
  space: z
    .object({
      volume: z.string().nullable(),
      availableBytes: ByteCount,
      neededBytes: ByteCount,
      availableAfterBytes: ByteCount,
      fits: z.boolean(),
    })
    .nullable(),
  /** Fingerprints of volumes that are not plugged in: the action would wait for them, and what is above is not known yet. */
  waitsFor: z.array(z.string()),
  /** By what such volumes have done before; null where that is not known. */
  secondsEstimated: z.number().nullable(),
  undo: z.object({ isPossible: z.boolean(), reason: z.string().nullable(), why: Reason.optional() }),
  /** Something is lost for good: ask before. */
  needsConfirmation: z.boolean(),
});
export type ActionPreview = z.infer<typeof ActionPreview>;

/** What an action has done, by its kind, so that any of them can be shown. */
export const ActionResult = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('transfer'), ...TransferResult.shape }),
  z.object({ kind: z.literal('changes'), changes: z.array(PlannedChange), changeCount: z.number().int(), bytes: ByteCount }),
  z.object({ kind: z.literal('library'), id: z.uuid(), name: z.string() }),
  z.object({ kind: z.literal('location'), id: z.uuid(), name: z.string() }),
  z.object({ kind: z.literal('volume'), fingerprint: z.string(), name: z.string() }),
]);
export type ActionResult = z.infer<typeof ActionResult>;

/** A line of the audit log: something that the user did. */
export const ActionRecord = z.object({
  id: z.uuid(),
  /** Null when no library was open: it is forgotten when Mooring stops. */
  libraryId: z.uuid().nullable(),
  type: z.union([z.enum(FileAction.options.map((option) => option.shape.type.value)), RecordedProcedure]),
  /** In lists and events, only the first hundred of many files (`sources`), and their number (`sourcesCount`). */
  input: z.record(z.string(), z.unknown()),
  /** What was expected, in numbers; null where nothing was to be counted. */
  expected: z
    .object({
      files: z.number().int(),
      folders: z.number().int(),
      totalBytes: ByteCount,
      conflicts: z.number().int(),
      obstacles: z.number().int(),
    })
    .nullable(),
  /** `running`: also while its job is queued or paused. */
  status: z.enum(['running', 'completed', 'failed', 'cancelled']),
  result: ActionResult.nullable(),
  error: Told.nullable(),
  /** Things that did not work while the rest did; `jobs.problems` lists those of a job. */
  problemCount: z.number().int(),
  deviceId: z.string(),
  deviceName: z.string(),
  jobId: z.uuid().nullable(),
  undo: z.object({
    /** `possible`: as far as is known without looking; `undo` looks again. */
    state: z.enum(['possible', 'impossible', 'undoing', 'undone']),
    /** Why it is not possible, in English. */
    reason: z.string().nullable(),
    why: Reason.optional(),
    /** The action that did it. */
    by: z.uuid().nullable(),
  }),
  /** The action that this one undoes. */
  undoes: z.uuid().nullable(),
  at: Timestamp,
  completedAt: Timestamp.nullable(),
});
export type ActionRecord = z.infer<typeof ActionRecord>;

const Ref = z.object({ id: z.uuid('This is not the id of an action') });
const Started = z.object({ action: ActionRecord, job: Job.nullable() });
const tag = 'Actions';
export const actionsContract = {
  preview: oc
    .route({ method: 'POST', path: '/actions/preview', tags: [tag], summary: 'What an action would do, without doing it' })
    .input(z.object({ action: FileAction }))
    .output(ActionPreview),
  /**
   * Names more files than fit into one message (1 MiB), part by part, before an action that has the address of the list among its `sources`. The engine keeps
   * the last few lists, as long as it runs.
   */
  handOver: oc
    .route({ method: 'POST', path: '/actions/sources', tags: [tag], summary: 'Names files for an action that is about very many' })
    .input(
      z.object({
        sources: Sources,
        /** Address of the list that these are added to; left out, they begin a new one. */
        to: z.string().max(100).optional(),
      }),
    )
    .output(z.object({ address: z.string(), count: z.number().int() })),
  /** What takes long is a job; short actions are over when this answers, and have none. */
  run: oc
    .route({ method: 'POST', path: '/actions', tags: [tag], successStatus: 202, summary: 'Does something to files' })
    .input(z.object({ action: FileAction, library: LibraryRef.optional() }))
    .output(Started),
  list: oc
    .route({ method: 'GET', path: '/actions', tags: [tag], summary: 'The audit log, newest first' })
    .input(
      PageInput.extend({
        /** Words that the type, the paths or names of an action hold. */
        text: z.string().max(1000).optional(),
        status: ActionRecord.shape.status.optional(),
        library: LibraryRef.optional(),
      }),
    )
    .output(pageOf(ActionRecord)),
  get: oc
    .route({ method: 'GET', path: '/actions/{id}', tags: [tag] })
    .input(Ref)
    .output(ActionRecord),
  previewUndo: oc
    .route({ method: 'POST', path: '/actions/{id}/preview-undo', tags: [tag], summary: 'What undoing an action would do' })
    .input(Ref)
    .output(ActionPreview),
  /** Refused with `UNDO_REFUSED` and the reason where the world has changed so that it is not safe any more. */
  undo: oc
    .route({ method: 'POST', path: '/actions/{id}/undo', tags: [tag], successStatus: 202, summary: 'Takes an action back' })
    .input(Ref)
    .output(Started),
};
