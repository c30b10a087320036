import { oc } from '@orpc/contract';
import { z } from 'zod';
import { ByteCount, Flag, Timestamp } from './paging.ts';

export const LibrarySettings = z.object({
  generateThumbnails: z.boolean(),
  thumbnailQuality: z.number().int().min(1).max(100),
  thumbnailSizes: z.array(z.number().int().min(16).max(4096)).min(1),
  syncEnabled: z.boolean(),
});
export type LibrarySettings = z.infer<typeof LibrarySettings>;

export const LibraryStatistics = z.object({
  totalFiles: z.number().int(),
  totalSize: ByteCount,
  thumbnailCount: z.number().int(),
  trackedVolumes: z.number().int(),
  locations: z.number().int(),
  databaseBytes: ByteCount,
  updatedAt: Timestamp,
});
export type LibraryStatistics = z.infer<typeof LibraryStatistics>;

/** Who holds a library open: the content of `.sdlibrary.lock`. */
export const LockHolder = z.object({
  deviceId: z.string(),
  deviceName: z.string(),
  pid: z.number().int(),
  host: z.string(),
  since: Timestamp,
});
export type LockHolder = z.infer<typeof LockHolder>;

export const Library = z.object({
  id: z.uuid(),
  name: z.string(),
  description: z.string(),
  path: z.string(),
  createdAt: Timestamp,
  settings: LibrarySettings,
  /** `offline`: lies on a volume that is not there now; `failed`: known, but could not be opened (`problem` says why). */
  status: z.enum(['open', 'closed', 'offline', 'failed']),
  isCurrent: z.boolean(),
  problem: z.object({ code: z.string(), message: z.string() }).nullable(),
  statistics: LibraryStatistics.nullable(),
});
export type Library = z.infer<typeof Library>;

export const LibraryBackup = z.object({
  name: z.string(),
  path: z.string(),
  createdAt: Timestamp,
  sizeBytes: ByteCount,
  reason: z.enum(['manual', 'migration', 'restore']),
});
export type LibraryBackup = z.infer<typeof LibraryBackup>;

/** A library by id, exact name, or path of its folder. Left out: the current library. */
export const LibraryRef = z.string().min(1).max(4096);
const OptionalRef = z.object({ library: LibraryRef.optional() });
const Ref = z.object({ library: LibraryRef });

const tag = 'Libraries';
export const librariesContract = {
  list: oc
    .route({ method: 'GET', path: '/libraries', tags: [tag], summary: 'Open libraries and those known from earlier' })
    .output(z.object({ items: z.array(Library), nextCursor: z.null() })),
  get: oc
    .route({ method: 'GET', path: '/libraries/info', tags: [tag] })
    .input(OptionalRef)
    .output(Library),
  current: oc.route({ method: 'GET', path: '/libraries/current', tags: [tag] }).output(Library.nullable()),
  create: oc
    .route({ method: 'POST', path: '/libraries', tags: [tag], successStatus: 201 })
    /** `path`: the folder that will hold `NAME.sdlibrary`; left out: `libraries/` in the data folder. The new library becomes current. */
    .input(
      z.object({
        name: z.string().max(1000),
        path: z.string().min(1).max(4096).optional(),
        description: z.string().max(10_000).optional(),
      }),
    )
    .output(Library),
  open: oc
    .route({ method: 'POST', path: '/libraries/open', tags: [tag] })
    /** `takeOver`: open although a process on another computer, which cannot be checked from here, is written down as the holder. */
    .input(z.object({ library: LibraryRef, takeOver: Flag.default(false) }))
    .output(Library),
  close: oc
    .route({ method: 'POST', path: '/libraries/close', tags: [tag] })
    .input(OptionalRef)
    .output(Library),
  switch: oc
    .route({ method: 'POST', path: '/libraries/switch', tags: [tag], summary: 'Make a library current, opening it if needed' })
    .input(Ref)
    .output(Library),
  discover: oc
    .route({
      method: 'POST',
      path: '/libraries/discover',
      tags: [tag],
      summary: 'Look for libraries in known folders, mounted volumes and given paths',
    })
    .input(z.object({ paths: z.array(z.string().min(1).max(4096)).max(100).default([]) }))
    .output(z.object({ items: z.array(Library), nextCursor: z.null() })),
  rename: oc
    .route({ method: 'POST', path: '/libraries/rename', tags: [tag] })
    .input(z.object({ library: LibraryRef.optional(), name: z.string().max(1000) }))
    .output(Library),
  update: oc
    .route({ method: 'PATCH', path: '/libraries', tags: [tag] })
    .input(
      z.object({
        library: LibraryRef.optional(),
        description: z.string().max(10_000).optional(),
        settings: LibrarySettings.partial().optional(),
      }),
    )
    .output(Library),
  delete: oc
    .route({ method: 'DELETE', path: '/libraries', tags: [tag], summary: 'Move a library to the trash' })
    .input(Ref)
    .output(z.object({ id: z.uuid(), name: z.string(), trashed: z.literal(true) })),
  statistics: oc
    .route({ method: 'GET', path: '/libraries/statistics', tags: [tag] })
    .input(OptionalRef)
    .output(LibraryStatistics),
  backup: oc
    .route({ method: 'POST', path: '/libraries/backup', tags: [tag], summary: 'SQLite online backup while in use' })
    .input(z.object({ library: LibraryRef.optional(), destination: z.string().min(1).max(4096).optional() }))
    .output(LibraryBackup),
  backups: oc
    .route({ method: 'GET', path: '/libraries/backups', tags: [tag] })
    .input(OptionalRef)
    .output(z.object({ items: z.array(LibraryBackup), nextCursor: z.null() })),
  restore: oc
    .route({
      method: 'POST',
      path: '/libraries/restore',
      tags: [tag],
      summary: 'Replace the database by a backup; the present one is backed up first',
    })
    /** `backup`: a name from `backups`, or a path; left out: the newest. */
    .input(z.object({ library: LibraryRef.optional(), backup: z.string().min(1).max(4096).optional() }))
    .output(Library),
  optimize: oc
    .route({ method: 'POST', path: '/libraries/optimize', tags: [tag] })
    .input(OptionalRef)
    .output(
      z.object({ integrity: z.enum(['ok', 'damaged']), problems: z.array(z.string()), bytesBefore: ByteCount, bytesAfter: ByteCount }),
    ),
};
