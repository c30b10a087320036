import { oc } from '@orpc/contract';
import { z } from 'zod';
import { PathInput } from './entry.ts';
import { Job } from './job.ts';
import { LibraryRef } from './library.ts';
import { ByteCount, Timestamp } from './paging.ts';

/** `shallow`: names, sizes and times. `content` also says what the bytes are, `deep` also what is inside of media and documents. */
export const IndexMode = z.enum(['shallow', 'content', 'deep']);
export type IndexMode = z.infer<typeof IndexMode>;

const Extension = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[^./\\]+$/, 'An extension is written without its dot.')
  .transform((text) => text.toLowerCase());

/** What of a location is left out of the index. Nothing on the disk is ever touched by it. */
export const LocationRules = z.object({
  /** What systems leave behind: .DS_Store, Thumbs.db, $RECYCLE.BIN, lost+found and the like. */
  skipSystemJunk: z.boolean().default(true),
  /** Names that begin with a dot. */
  skipHidden: z.boolean().default(false),
  /** node_modules, build output, the inside of .git, caches. */
  skipDevelopment: z.boolean().default(false),
  honourGitignore: z.boolean().default(false),
  /** Only files with one of these extensions, without dots; empty: all. Folders are always there. */
  onlyExtensions: z.array(Extension).max(1000).default([]),
  /** Globs of what is left out: without a slash they match names, with one the path below the location. */
  excludeGlobs: z.array(z.string().min(1).max(1024)).max(1000).default([]),
  /** Files larger than this are left out. */
  maxFileBytes: ByteCount.nullable().default(null),
  /** Files smaller than this are left out. */
  minFileBytes: ByteCount.nullable().default(null),
  /** Also index other file systems that are mounted below the location. */
  crossVolumes: z.boolean().default(false),
});
export type LocationRules = z.infer<typeof LocationRules>;

/** Left-out rules stay as they are. */
export const LocationRulesPatch = z.strictObject({
  skipSystemJunk: z.boolean().optional(),
  skipHidden: z.boolean().optional(),
  skipDevelopment: z.boolean().optional(),
  honourGitignore: z.boolean().optional(),
  onlyExtensions: z.array(Extension).max(1000).optional(),
  excludeGlobs: z.array(z.string().min(1).max(1024)).max(1000).optional(),
  maxFileBytes: ByteCount.nullable().optional(),
  minFileBytes: ByteCount.nullable().optional(),
  crossVolumes: z.boolean().optional(),
});
export type LocationRulesPatch = z.infer<typeof LocationRulesPatch>;

/** `pending`: never scanned to its end. `paused`: its scan waits, its job says for what. `error`: the last scan failed. */
export const ScanState = z.enum(['pending', 'scanning', 'complete', 'error', 'paused']);
export type ScanState = z.infer<typeof ScanState>;

/** `offline`: its volume is not there. `polling`: looked at every now and then, since the system reports nothing. `limited`: the system's limit of watches is reached. */
export const WatchState = z.enum(['off', 'watching', 'polling', 'limited', 'offline']);
export type WatchState = z.infer<typeof WatchState>;

/** A folder that a library indexes and watches. It is bound to its volume, wherever that is mounted. */
export const Location = z.object({
  id: z.uuid(),
  libraryId: z.uuid(),
  name: z.string(),
  /** Address of the folder: a path on this device while the volume is mounted, else `sd://volume/FINGERPRINT/…`. */
  path: z.string(),
  /** The folder within its volume, for people to read; empty for the whole volume. */
  pathInVolume: z.string(),
  volumeFingerprint: z.string(),
  volumeName: z.string(),
  isOnline: z.boolean(),
  mode: IndexMode,
  scanState: ScanState,
  watchEnabled: z.boolean(),
  watchState: WatchState,
  rules: LocationRules,
  lastScanAt: Timestamp.nullable(),
  error: z.object({ code: z.string(), message: z.string() }).nullable(),
  /** Problems of the last scan: entries that could not be read. */
  problemCount: z.number().int(),
  totalFileCount: z.number().int(),
  totalFolderCount: z.number().int(),
  totalBytes: ByteCount,
  /** The scan that is under way or waits. */
  jobId: z.uuid().nullable(),
  createdAt: Timestamp,
});
export type Location = z.infer<typeof Location>;

/** `quick` looks into folders whose own time has changed; `full` compares every entry. */
export const ScanDepth = z.enum(['quick', 'full']);
export type ScanDepth = z.infer<typeof ScanDepth>;

/** Id, name, or a path: of the location itself, or below it. */
const LocationId = z.string().min(1).max(16_384);
const Ref = z.object({ location: LocationId, library: LibraryRef.optional() });
const tag = 'Locations';
export const locationsContract = {
  list: oc
    .route({ method: 'GET', path: '/locations', tags: [tag] })
    .input(z.object({ library: LibraryRef.optional(), volume: z.string().optional() }))
    .output(z.object({ items: z.array(Location), nextCursor: z.null() })),
  get: oc
    .route({ method: 'GET', path: '/locations/info', tags: [tag] })
    .input(Ref)
    .output(Location),
  add: oc
    .route({
      method: 'POST',
      path: '/locations',
      tags: [tag],
      successStatus: 202,
      summary: 'Also tracks its volume. The modes content and deep are remembered, and indexed as shallow',
    })
    .input(
      z.object({
        path: PathInput,
        library: LibraryRef.optional(),
        name: z.string().trim().min(1).max(255).optional(),
        mode: IndexMode.default('shallow'),
        rules: LocationRulesPatch.default({}),
        watch: z.boolean().default(true),
        /** Go on although it lies in or around another location (`LOCATION_OVERLAPS`). */
        allowOverlap: z.boolean().default(false),
      }),
    )
    .output(z.object({ location: Location, job: Job })),
  update: oc
    .route({ method: 'PATCH', path: '/locations', tags: [tag] })
    .input(
      Ref.extend({
        name: z.string().trim().min(1).max(255).optional(),
        mode: IndexMode.optional(),
        rules: LocationRulesPatch.optional(),
        watch: z.boolean().optional(),
      }),
    )
    /** The job that brings the index in line with changed rules; null when nothing had to be done. */
    .output(z.object({ location: Location, job: Job.nullable() })),
  rescan: oc
    .route({ method: 'POST', path: '/locations/rescan', tags: [tag], successStatus: 202 })
    .input(Ref.extend({ depth: ScanDepth.default('quick') }))
    .output(z.object({ location: Location, job: Job })),
  /** Stops scanning and watching until `resume`. */
  pause: oc
    .route({ method: 'POST', path: '/locations/pause', tags: [tag] })
    .input(Ref)
    .output(Location),
  resume: oc
    .route({ method: 'POST', path: '/locations/resume', tags: [tag] })
    .input(Ref)
    .output(Location),
  /** Forgets the location and its index. Files are never touched. */
  remove: oc
    .route({ method: 'DELETE', path: '/locations', tags: [tag] })
    .input(Ref)
    .output(z.object({ id: z.uuid(), name: z.string() })),
};
