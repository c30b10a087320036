import { sql } from 'drizzle-orm';
import { check, index, integer, real, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import type { ActionRecord } from '#shared/contract/action.ts';
import type { JobProgress } from '#shared/contract/job.ts';
import type { LocationRules } from '#shared/contract/location.ts';
import type { Reason } from '#shared/contract/reason.ts';
import { bytes, nativePath, timestamp, uuidBlob } from './columns.ts';

/**
 * The database of one library. Each comment says what a row is and who may write it.
 * After a change here: `npm run migrations`, then review the SQL in `migrations/` by hand.
 */

/** A device that has opened this library. Written by `core/library` when a library opens. `last_seen_at` is history; nothing here says who is online now. */
export const devices = sqliteTable('devices', {
  uuid: uuidBlob('uuid').primaryKey(),
  name: text('name').notNull(),
  os: text('os', { enum: ['linux', 'macos', 'windows'] }).notNull(),
  osVersion: text('os_version').notNull(),
  hardwareModel: text('hardware_model'),
  networkAddresses: text('network_addresses', { mode: 'json' }).$type<string[]>().notNull().default([]),
  capabilities: text('capabilities', { mode: 'json' }).$type<Record<string, unknown>>().notNull().default({}),
  lastSeenAt: timestamp('last_seen_at').notNull(),
  createdAt: timestamp('created_at').notNull(),
});

/**
 * A volume that this library tracks. Written by `core/volume` alone. Whether it is mounted is not written here: the
 * `last_seen_…` columns and the capacities are history.
 */
export const volumes = sqliteTable(
  'volumes',
  {
    uuid: uuidBlob('uuid').primaryKey(),
    fingerprint: text('fingerprint').notNull().unique(),
    /** Null until the user names it: then the label, or a name made from what it is, is shown. */
    displayName: text('display_name'),
    label: text('label'),
    isFavorite: integer('is_favorite', { mode: 'boolean' }).notNull().default(false),
    color: text('color'),
    icon: text('icon'),
    trackedAt: timestamp('tracked_at').notNull(),
    lastSeenAt: timestamp('last_seen_at').notNull(),
    lastSeenMountPoint: text('last_seen_mount_point'),
    lastSeenDeviceId: uuidBlob('last_seen_device_id')
      .notNull()
      .references(() => devices.uuid),
    totalCapacity: integer('total_capacity').notNull(),
    availableCapacity: integer('available_capacity').notNull(),
    fileSystem: text('file_system').notNull(),
    mountType: text('mount_type', { enum: ['System', 'External', 'Network', 'Image'] }).notNull(),
    diskType: text('disk_type', { enum: ['SSD', 'HDD', 'Network', 'Virtual', 'Unknown'] }).notNull(),
    identitySource: text('identity_source', {
      enum: ['filesystem-uuid', 'partition-guid', 'hardware', 'marker', 'network-address', 'none'],
    }).notNull(),
    /** Hardware on which the user has accepted this identity: serial numbers, or a backing file's own identity. */
    hardwareIds: text('hardware_ids', { mode: 'json' }).$type<string[]>().notNull().default([]),
    /** Hardware of which the user has said that it is another drive with the same identity. */
    rejectedHardwareIds: text('rejected_hardware_ids', { mode: 'json' }).$type<string[]>().notNull().default([]),
    hardwareModel: text('hardware_model'),
    readSpeedMbps: real('read_speed_mbps'),
    writeSpeedMbps: real('write_speed_mbps'),
    lastSpeedTestAt: timestamp('last_speed_test_at'),
  },
  (table) => [check('volumes_fingerprint_hex', sql`length(${table.fingerprint}) = 64`)],
);

/** One mount, unmount, eject or speed test. Written by `core/volume`; a row that has ended never changes again. */
export const volumeOperations = sqliteTable(
  'volume_operations',
  {
    id: uuidBlob('id').primaryKey(),
    type: text('type', { enum: ['mount', 'unmount', 'eject', 'speed-test'] }).notNull(),
    status: text('status', { enum: ['pending', 'executing', 'completed', 'failed', 'cancelled'] }).notNull(),
    fingerprint: text('fingerprint').notNull(),
    request: text('request', { mode: 'json' }).$type<Record<string, unknown>>().notNull(),
    response: text('response', { mode: 'json' }).$type<Record<string, unknown>>(),
    errorCode: text('error_code'),
    errorMessage: text('error_message'),
    createdAt: timestamp('created_at').notNull(),
    updatedAt: timestamp('updated_at').notNull(),
    completedAt: timestamp('completed_at'),
  },
  (table) => [index('volume_operations_by_fingerprint').on(table.fingerprint, table.id)],
);

/** A setting of this library that is a key and a JSON value. Written by whoever owns the key. */
export const settings = sqliteTable('settings', {
  key: text('key').primaryKey(),
  value: text('value', { mode: 'json' }).notNull(),
});

/**
 * A folder that this library indexes, by volume and path within it. Written by `core/location`; `root_entry_id` by `core/indexing`. Whether
 * it is being scanned is asked of the jobs, whether it is online of the volumes, and its totals of its root entry.
 */
export const locations = sqliteTable(
  'locations',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    uuid: uuidBlob('uuid').notNull().unique(),
    /** The device that added it: history. */
    deviceId: uuidBlob('device_id')
      .notNull()
      .references(() => devices.uuid),
    volumeFingerprint: text('volume_fingerprint').notNull(),
    /** Below the mount point, without slashes at its ends; empty for the whole volume. */
    path: nativePath('path').notNull(),
    name: text('name').notNull(),
    indexMode: text('index_mode', { enum: ['shallow', 'content', 'deep'] }).notNull(),
    rules: text('rules', { mode: 'json' }).$type<LocationRules>().notNull(),
    watchEnabled: integer('watch_enabled', { mode: 'boolean' }).notNull(),
    /** Paused by the user: neither scanned nor watched. */
    isPaused: integer('is_paused', { mode: 'boolean' }).notNull().default(false),
    /** Null until its first scan begins. */
    rootEntryId: integer('root_entry_id'),
    /** End of the last scan that got to its end, and of the last of those that compared every entry. */
    lastScanAt: timestamp('last_scan_at'),
    lastFullScanAt: timestamp('last_full_scan_at'),
    problemCount: integer('problem_count').notNull().default(0),
    /** Of the last scan, if it failed. */
    errorCode: text('error_code'),
    errorMessage: text('error_message'),
    createdAt: timestamp('created_at').notNull(),
  },
  (table) => [uniqueIndex('locations_place').on(table.volumeFingerprint, table.path)],
);

/**
 * One file, folder, symlink or other thing below a location, as it was last seen. Written by the indexer's writer alone. A folder's path
 * is the names of its parents, so that moving a folder changes one row. The name of a location's root is empty: its path is the location's.
 *
 * An entry's uuid is not stored: it is made of the library's and this `id`, which is never given twice: `indexing/entry-ids.ts` keeps the
 * highest, because AUTOINCREMENT makes each insertion 16 % slower. At every commit a folder's `size`, `file_count`, `folder_count` and
 * `child_count` are those of the rows below it.
 *
 * A row whose parent is a limbo of its location (`parent_id` is null, `name` is empty, `kind` is `other`) has vanished from where it was: it
 * waits there until it is known whether it has turned up elsewhere. The limbo is then given up (`location_id` is 0) and deleted with all below.
 *
 * `entries_by_inode` is missing while the first scan of an empty library fills it. The indexes by size, time and extension have only the rows of
 * large folders: see `entry/large-folder.ts`.
 */
export const entries = sqliteTable(
  'entries',
  {
    id: integer('id').primaryKey(),
    locationId: integer('location_id').notNull(),
    /** Null for the root of a location, and for its limbo. */
    parentId: integer('parent_id'),
    name: nativePath('name').notNull(),
    /** `naturalSortKey` of the name. */
    sortKey: text('sort_key').notNull(),
    /** 0 folder, 1 file, 2 symlink, 3 other: folders first. */
    kind: integer('kind').notNull(),
    /** Bytes; of a folder the sum of all files below it. */
    size: integer('size').notNull(),
    /** Modification time: milliseconds since 1970 rounded down, and the nanoseconds beyond them. */
    modifiedMs: integer('modified_ms').notNull(),
    modifiedNs: integer('modified_ns').notNull(),
    /** Birth time in milliseconds; null where the file system keeps none. */
    bornMs: integer('born_ms'),
    /** As a signed 64-bit number; null where the file system has none that lasts. */
    inode: integer('inode'),
    /** Unix permission bits. */
    mode: integer('mode'),
    /** Of a file, lower case, without its dot; empty where it has none. */
    extension: text('extension'),
    /** 1: it is in a folder with many children. Where its folder has become small it may still be 1. */
    inLargeFolder: integer('in_large_folder').notNull().default(0),
    /** Of a symlink. */
    linkTarget: nativePath('link_target'),
    /** Of a folder: what is not a folder, and what is, at any depth below it; and all that is directly in it. Null until it has been read once. */
    fileCount: integer('file_count'),
    folderCount: integer('folder_count'),
    childCount: integer('child_count'),
    /** Of a folder: its modification time when its children were read last; null before, and when it may have changed during the reading. */
    listedMs: integer('listed_ms'),
    listedNs: integer('listed_ns'),
    /** Of a folder: a hash of what was found in it when it was read last. While the next reading gives the same, its rows need no comparing. Null once a row has changed since. */
    listingHash: integer('listing_hash'),
    /** Why nothing more is known of it; null when all is well. */
    problem: text('problem'),
  },
  (table) => [
    uniqueIndex('entries_listing').on(table.parentId, table.kind, table.sortKey, table.name),
    index('entries_by_inode').on(table.inode),
    index('entries_by_size').on(table.parentId, table.kind, table.size).where(sql`in_large_folder = 1`),
    index('entries_by_time').on(table.parentId, table.kind, table.modifiedMs).where(sql`in_large_folder = 1`),
    index('entries_by_extension').on(table.parentId, table.kind, table.extension).where(sql`in_large_folder = 1`),
  ],
);

/**
 * The search index: what is searched of each 4,096 entries in a row (`id >> 12`), in columns. Written by the indexer's writer alone, together with
 * the entries. A segment says what its entries were when it was written; those that `search_changes` names, and the ids of which there is no
 * segment yet, have to be read from `entries`. So segments, changes and entries agree at every commit.
 *
 * Where an entry is stands here only as its parent's id, and of a folder's size and counts there is nothing: moving a folder changes one entry,
 * and what happens below it none above.
 */
export const searchSegments = sqliteTable('search_segments', {
  /** `entries.id >> 12` */
  id: integer('id').primaryKey(),
  /** Changes whenever it is written anew. Begins anew with each format (`FIRST_VERSION`): what is older is made again. */
  version: integer('version').notNull(),
});

/** The bytes of a segment (`search/index/segment-format.ts`): what each search needs, what only some need, and how names are spelled. */
export const searchParts = sqliteTable('search_parts', {
  /** `search_segments.id * 4`, and which part of it. */
  id: integer('id').primaryKey(),
  data: bytes('data').notNull(),
});

/**
 * Entries that have changed since their segment was written, in the order in which they have, some more than once. Written by triggers on
 * `entries` (in the migration that makes this table), so that nothing that changes an entry can forget it; whoever makes the table `entries` anew
 * has to make them anew. Taken out when the segment is written again.
 */
export const searchChanges = sqliteTable('search_changes', {
  sequence: integer('sequence').primaryKey({ autoIncrement: true }),
  entryId: integer('entry_id').notNull(),
});

/** A query that a user keeps. Written by `core/search`. What it finds is looked for anew each time. */
export const savedSearches = sqliteTable('saved_searches', {
  uuid: uuidBlob('uuid').primaryKey(),
  name: text('name').notNull(),
  query: text('query').notNull(),
  sort: text('sort', { enum: ['relevance', 'name', 'size', 'modified', 'created'] }).notNull(),
  sortOrder: text('sort_order', { enum: ['asc', 'desc'] }).notNull(),
  createdAt: timestamp('created_at').notNull(),
});

/** Background work, and what became of it. Written by `core/job` alone. Finished ones are kept for 30 days. */
export const jobs = sqliteTable(
  'jobs',
  {
    id: uuidBlob('id').primaryKey(),
    name: text('name').notNull(),
    input: text('input', { mode: 'json' }).$type<Record<string, unknown>>().notNull(),
    /** Its last checkpoint, as MessagePack; null before the first. */
    state: bytes('state'),
    status: text('status', { enum: ['queued', 'running', 'paused', 'completed', 'failed', 'cancelled'] }).notNull(),
    pauseReason: text('pause_reason', { enum: ['user', 'shutdown', 'volume-offline', 'no-space'] }),
    priority: text('priority', { enum: ['user', 'background'] }).notNull(),
    /** While it waits: those of a priority start in this order. The moment of its dispatch, unless the user has put it elsewhere. */
    turn: real('turn').notNull(),
    progress: real('progress'),
    progressData: text('progress_data', { mode: 'json' }).$type<JobProgress>().notNull(),
    output: text('output', { mode: 'json' }).$type<Record<string, unknown>>(),
    errorCode: text('error_code'),
    errorMessage: text('error_message'),
    errorReason: text('error_reason', { mode: 'json' }).$type<Reason>(),
    problemCount: integer('problem_count').notNull().default(0),
    /** Fingerprints of the volumes in use, and of those that are written to. */
    volumes: text('volumes', { mode: 'json' }).$type<string[]>().notNull(),
    writesTo: text('writes_to', { mode: 'json' }).$type<string[]>().notNull(),
    parentId: uuidBlob('parent_id'),
    createdAt: timestamp('created_at').notNull(),
    startedAt: timestamp('started_at'),
    completedAt: timestamp('completed_at'),
    lastCheckpointAt: timestamp('last_checkpoint_at'),
  },
  (table) => [index('jobs_by_status').on(table.status, table.id)],
);

/** What did not work while a job as a whole went on. Written by `core/job`. */
export const jobProblems = sqliteTable(
  'job_problems',
  {
    id: integer('id').primaryKey(),
    jobId: uuidBlob('job_id')
      .notNull()
      .references(() => jobs.id, { onDelete: 'cascade' }),
    path: text('path').notNull(),
    code: text('code').notNull(),
    message: text('message').notNull(),
    reason: text('reason', { mode: 'json' }).$type<Reason>(),
  },
  (table) => [index('job_problems_by_job').on(table.jobId, table.id)],
);

/** What a job has written to its log. Written by `core/job`. */
export const jobLogLines = sqliteTable(
  'job_log_lines',
  {
    id: integer('id').primaryKey(),
    jobId: uuidBlob('job_id')
      .notNull()
      .references(() => jobs.id, { onDelete: 'cascade' }),
    at: timestamp('at').notNull(),
    level: text('level', { enum: ['info', 'warn', 'error'] }).notNull(),
    message: text('message').notNull(),
  },
  (table) => [index('job_log_lines_by_job').on(table.jobId, table.id)],
);

/**
 * Something that the user did, and what became of it. Written by `core/action` alone. Kept for 30 days after it has ended.
 *
 * Addresses in `input` and `undo_facts` are by volume where one is known, so that they hold wherever it is mounted. `undo_facts` is understood by the
 * definition of the action alone. `search_text` holds the type and all paths and names, folded as searches compare them.
 */
export const auditLog = sqliteTable(
  'audit_log',
  {
    id: uuidBlob('id').primaryKey(),
    type: text('type').$type<ActionRecord['type']>().notNull(),
    input: text('input', { mode: 'json' }).$type<ActionRecord['input']>().notNull(),
    expected: text('expected', { mode: 'json' }).$type<ActionRecord['expected']>(),
    /** `running`: it has begun, and its end was not written down. Whether its job is still there is asked of the jobs. */
    status: text('status', { enum: ['running', 'completed', 'failed', 'cancelled'] }).notNull(),
    result: text('result', { mode: 'json' }).$type<ActionRecord['result']>(),
    errorCode: text('error_code'),
    errorMessage: text('error_message'),
    errorReason: text('error_reason', { mode: 'json' }).$type<Reason>(),
    problemCount: integer('problem_count').notNull(),
    /** History: the device may be gone, or called otherwise. */
    deviceId: uuidBlob('device_id').notNull(),
    deviceName: text('device_name').notNull(),
    jobId: uuidBlob('job_id'),
    undoState: text('undo_state', { enum: ['possible', 'impossible', 'undoing', 'undone'] }).notNull(),
    undoReason: text('undo_reason'),
    undoWhy: text('undo_why', { mode: 'json' }).$type<Reason>(),
    undoneBy: uuidBlob('undone_by'),
    undoFacts: text('undo_facts', { mode: 'json' }).$type<Record<string, unknown>>(),
    /** The action that this one takes back. */
    undoes: uuidBlob('undoes'),
    searchText: text('search_text').notNull(),
    at: timestamp('at').notNull(),
    completedAt: timestamp('completed_at'),
  },
  (table) => [index('audit_log_by_status').on(table.status, table.id)],
);
