import { oc } from '@orpc/contract';
import { z } from 'zod';
import { ByteCount, Flag, PageInput, Timestamp } from './paging.ts';

/** An SdPath (`sd://DEVICE/percent-encoded/path`), or a plain absolute path on this device. */
export const PathInput = z.string().min(1).max(16_384);

/** One file, folder or symlink, indexed or not. The one Entry type for every source. */
export const Entry = z.object({
  /** The entry's uuid where a library has given it one. */
  uuid: z.uuid().nullable(),
  /** Lossless address: bytes that are not UTF-8 survive in it, percent-encoded. */
  path: z.string(),
  /** For people to read; bytes that are not UTF-8 appear as U+FFFD. Never use it to address the file. */
  name: z.string(),
  /** Sockets, FIFOs and devices are `other`: shown, never opened. */
  kind: z.enum(['file', 'folder', 'symlink', 'other']),
  /** For a folder null until its content has been counted. */
  sizeBytes: ByteCount.nullable(),
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
      }),
    ),
  get: oc
    .route({ method: 'GET', path: '/entries/info', tags: [tag] })
    .input(z.object({ path: PathInput }))
    .output(Entry),
};
