import { oc } from '@orpc/contract';
import { z } from 'zod';
import { ByteCount, Flag, PageInput, Timestamp } from './paging.ts';

/**
 * An SdPath, or a plain absolute path on this device, in which `~` is the home folder of the engine's user. `sd://DEVICE/percent-encoded/path`
 * names a path on a device, `sd://volume/FINGERPRINT/percent-encoded/path` a path within a volume, whether that is plugged in or not.
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

/** What the file system knows of an entry beyond what lists show. Null where it does not keep it. */
export const EntryDetails = z.object({
  modifiedAt: Timestamp.nullable(),
  createdAt: Timestamp.nullable(),
  /** When it was read last, as far as the file system notes that at all. */
  accessedAt: Timestamp.nullable(),
  /** When its name, permissions or owner changed last. */
  changedAt: Timestamp.nullable(),
  /** Its number in its file system; text, since it may need 64 bits. */
  inode: z.string(),
  hardLinkCount: z.number().int(),
  /** Of a file: what it takes up on its disk, which is less than its size where it has holes or is compressed. */
  allocatedBytes: ByteCount.nullable(),
  /** Names on this computer, or numbers that nobody has here. */
  owner: z.string().nullable(),
  group: z.string().nullable(),
});
export type EntryDetails = z.infer<typeof EntryDetails>;

/**
 * What the entries of a folder are sorted by before their names. By `created`, `items` (directly in a folder), `permissions` and `link` (what it leads
 * to), entries that have no such thing come last, whichever the order.
 */
export const EntrySort = z.enum(['name', 'size', 'modified', 'kind', 'created', 'items', 'permissions', 'link']);
export type EntrySort = z.infer<typeof EntrySort>;

/** One file or folder in a map of where the space went. */
export const SizeNode = z.object({
  entry: Entry,
  /** Of the folder that holds it, its index among the nodes, which is lower; null: directly in the folder that was asked for. */
  parent: z.number().int().nonnegative().nullable(),
  /** Of a folder of which some entries are nodes: what is directly in it besides them. Null of all others. */
  rest: z.object({ count: z.number().int().nonnegative(), sizeBytes: ByteCount }).nullable(),
});
export type SizeNode = z.infer<typeof SizeNode>;

/** A folder, and in which order its entries are. */
const FolderOrder = z.object({
  path: PathInput,
  sort: EntrySort.default('name'),
  order: z.enum(['asc', 'desc']).default('asc'),
  foldersFirst: Flag.default(true),
  showHidden: Flag.default(true),
});

const tag = 'Entries';
export const entriesContract = {
  list: oc
    .route({ method: 'GET', path: '/entries', tags: [tag], summary: 'The entries of one folder' })
    .input(
      PageInput.extend({
        ...FolderOrder.shape,
        /** The number of its first entry, from 0 on, where no cursor tells where it begins: a page from the middle of a long list. */
        from: z.coerce.number().int().min(0).optional(),
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
  /** As `list`, of which it has the addresses alone: for what is done to all of a long list. */
  paths: oc
    .route({ method: 'GET', path: '/entries/paths', tags: [tag], summary: 'The addresses of the entries of one folder' })
    .input(
      FolderOrder.extend({
        from: z.coerce.number().int().min(0).optional(),
        cursor: PageInput.shape.cursor,
        limit: z.coerce.number().int().min(1).max(10_000).default(10_000),
      }),
    )
    .output(z.object({ paths: z.array(z.string()), nextCursor: z.string().nullable(), totalCount: z.number().int() })),
  get: oc
    .route({ method: 'GET', path: '/entries/info', tags: [tag] })
    .input(z.object({ path: PathInput }))
    .output(Entry),
  /** Asked of the disk: fails where the drive is not there. A link is described, not followed. */
  details: oc
    .route({ method: 'GET', path: '/entries/details', tags: [tag], summary: 'What the file system knows of one entry' })
    .input(z.object({ path: PathInput }))
    .output(EntryDetails),
  /** At which number of a folder's order an entry is. */
  find: oc
    .route({ method: 'GET', path: '/entries/find', tags: [tag], summary: 'Where an entry is in the list of its folder' })
    .input(
      FolderOrder.extend({
        /** The address of an entry. */
        entry: PathInput.optional(),
        /** Else the next entry whose name begins with this text, whatever its case, from `start` on and going round. */
        typed: z.string().max(255).default(''),
        start: z.coerce.number().int().min(0).default(0),
      }),
    )
    .output(z.object({ /** Null where there is none, or it is not shown. */ index: z.number().int().nonnegative().nullable() })),
  /** Of addresses in one folder, those at which nothing is any more: what was chosen in it may have gone. */
  missing: oc
    .route({ method: 'POST', path: '/entries/missing', tags: [tag] })
    .input(z.object({ path: PathInput, entries: z.array(PathInput).max(1000) }))
    .output(z.object({ entries: z.array(z.string()) })),
  /** By the index alone: no disk is touched, but to describe a folder of which nothing is known. */
  sizes: oc
    .route({ method: 'GET', path: '/entries/sizes', tags: [tag], summary: 'Where the space of a folder went' })
    .input(z.object({ path: PathInput, limit: z.coerce.number().int().min(1).max(2000).default(1000) }))
    .output(
      z.object({
        folder: Entry,
        /** The largest files and folders at any depth below the folder, hidden ones too. The largest first, so that a folder comes before what is in it. */
        nodes: z.array(SizeNode),
        /** As `SizeNode.rest`, of the folder itself. */
        rest: z.object({ count: z.number().int().nonnegative(), sizeBytes: ByteCount }),
        /** `locations`: the folder is in no index, but locations lie in it, and they are its nodes. `none`: nothing is known of it; `indexing.scan` finds out. */
        source: z.enum(['index', 'memory', 'locations', 'none']),
        isOffline: z.boolean(),
        locationId: z.uuid().nullable(),
      }),
    ),
};
