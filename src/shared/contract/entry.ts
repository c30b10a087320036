import { oc } from '@orpc/contract';
import { z } from 'zod';
import { ByteCount, Flag, PageInput, Timestamp } from './paging.ts';

/**
 * An SdPath, or a plain absolute path on this device. `sd://DEVICE/percent-encoded/path` names a path on a device,
 * `sd://volume/FINGERPRINT/percent-encoded/path` a path within a volume, whether that is plugged in or not.
 */
export const PathInput = z.string().min(1).max(16_384);

/** One file, folder or symlink, indexed or not. The one Entry type for every source. */
export const Entry = z.object({
  /** The entry's uuid where a library has given it one. */
  uuid: z.uuid().nullable(),
  /** Lossless address, by device where the file can be reached, else by volume: bytes that are not UTF-8 survive in it, percent-encoded. */
  path: z.string(),
  /** For people to read; bytes that are not UTF-8 appear as U+FFFD. Never use it to address the file. */
  name: z.string(),
  /** Sockets, FIFOs and devices are `other`: shown, never opened. */
  kind: z.enum(['file', 'folder', 'symlink', 'other']),
  /** Of a folder: the bytes of all files below it that are indexed; null until they have been counted. */
  sizeBytes: ByteCount.nullable(),
  /** Of a folder: entries directly in it, and below it all that are not folders, and all that are. Null until they have been counted. */
  childCount: z.number().int().nullable(),
  fileCount: z.number().int().nullable(),
  folderCount: z.number().int().nullable(),
  modifiedAt: Timestamp.nullable(),
  createdAt: Timestamp.nullable(),
  extension: z.string().nullable(),
  isHidden: z.boolean(),
  linkTarget: z.string().nullable(),
  /** Volume the entry lies on; null where it lies on none that is known. */
  volumeFingerprint: z.string().nullable(),
  /** Unix permission bits, e.g. 0o644; null where the file system has none. */
  mode: z.number().int().nullable(),
  /** Why nothing more is known of it (`PERMISSION_DENIED`, `IO_ERROR`); null when all is well. */
  problem: z.string().nullable(),
});
export type Entry = z.infer<typeof Entry>;

export const EntrySort = z.enum(['name', 'size', 'modified', 'kind']);
export type EntrySort = z.infer<typeof EntrySort>;

const tag = 'Entries';
export const entriesContract = {
  list: oc
    .route({ method: 'GET', path: '/entries', tags: [tag], summary: 'The entries of one folder' })
    .input(
      PageInput.extend({
        path: PathInput,
        sort: EntrySort.default('name'),
        order: z.enum(['asc', 'desc']).default('asc'),
        foldersFirst: Flag.default(true),
        showHidden: Flag.default(true),
      }),
    )
    .output(
      z.object({
        folder: Entry,
        items: z.array(Entry),
        nextCursor: z.string().nullable(),
        /** Of all pages, after `showHidden`. */
        totalCount: z.number().int(),
        /** `index`: as it was last seen, which is checked in the background while the volume is there. `memory`: an ephemeral index. */
        source: z.enum(['disk', 'index', 'memory']),
        /** The volume is not plugged in: this is what a library remembers. */
        isOffline: z.boolean(),
        /** The location that holds the folder. */
        locationId: z.uuid().nullable(),
      }),
    ),
  get: oc
    .route({ method: 'GET', path: '/entries/info', tags: [tag] })
    .input(z.object({ path: PathInput }))
    .output(Entry),
};
