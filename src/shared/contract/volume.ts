import { oc } from '@orpc/contract';
import { z } from 'zod';
import { LibraryRef } from './library.ts';
import { ByteCount, Flag, PageInput, pageOf, Timestamp } from './paging.ts';

export const MountType = z.enum(['System', 'External', 'Network', 'Image']);
export const DiskType = z.enum(['SSD', 'HDD', 'Network', 'Virtual', 'Unknown']);

/** 64 hexadecimal digits: BLAKE3 over the strongest stable identity at hand. Never depends on the mount point. */
export const Fingerprint = z.string().regex(/^[0-9a-f]{64}$/);

/** How the fingerprint was found, and how far it can be relied upon. */
export const VolumeIdentity = z.object({
  /** The file system's own UUID; the partition's GUID; serial + capacity + file system + label; a marker file that Mooring wrote with consent; a network share's address; or only what is mounted where. */
  source: z.enum(['filesystem-uuid', 'partition-guid', 'hardware', 'marker', 'network-address', 'none']),
  /** `doubtful`: the same identity was seen on other hardware: a clone, or the same drive in another reader. The user is asked. */
  confidence: z.enum(['strong', 'weak', 'doubtful']),
  /** For a doubtful volume: the fingerprint of the volume that it looks like. */
  resembles: Fingerprint.nullable(),
});
export type VolumeIdentity = z.infer<typeof VolumeIdentity>;

/** What a library remembers of a tracked volume. Present also while the volume is offline. */
export const VolumeTracking = z.object({
  uuid: z.uuid(),
  displayName: z.string(),
  isFavorite: z.boolean(),
  color: z.string().nullable(),
  icon: z.string().nullable(),
  trackedAt: Timestamp,
  lastSeenAt: Timestamp,
  lastSeenMountPoint: z.string().nullable(),
  lastSeenDeviceId: z.uuid(),
  lastSeenDeviceName: z.string(),
  totalFiles: z.number().int().nullable(),
  totalDirectories: z.number().int().nullable(),
  lastSpeedTestAt: Timestamp.nullable(),
});
export type VolumeTracking = z.infer<typeof VolumeTracking>;

/** A file system that is mounted now, or that the library remembers. `isMounted` is computed, never stored. */
export const Volume = z.object({
  fingerprint: Fingerprint,
  /** The user's name for it, else its label, else a name made from what it is. */
  name: z.string(),
  label: z.string().nullable(),
  status: z.enum(['mounted', 'offline']),
  isMounted: z.boolean(),
  /** The mount point to use; null while offline. */
  mountPoint: z.string().nullable(),
  mountPoints: z.array(z.string()),
  mountType: MountType,
  diskType: DiskType,
  fileSystem: z.string(),
  device: z.string().nullable(),
  hardwareId: z.string().nullable(),
  hardwareModel: z.string().nullable(),
  totalBytes: ByteCount,
  /** As last seen while offline. */
  availableBytes: ByteCount,
  isReadOnly: z.boolean(),
  isRemovable: z.boolean(),
  isEjectable: z.boolean(),
  isUserVisible: z.boolean(),
  supportsCow: z.boolean(),
  caseSensitive: z.boolean().nullable(),
  maxFileSize: ByteCount.nullable(),
  readSpeedMbps: z.number().nullable(),
  writeSpeedMbps: z.number().nullable(),
  unresponsive: z.boolean(),
  identity: VolumeIdentity,
  tracking: VolumeTracking.nullable(),
  /** A question to the user that is open: whether to track the volume, or whether it is the drive it resembles. */
  prompt: z.enum(['track', 'identity']).nullable(),
});
export type Volume = z.infer<typeof Volume>;

/** What a volume can hold. `null` means that it is not known and has to be found out by trying. */
export const VolumeCapabilities = z.object({
  fileSystem: z.string(),
  copyOnWrite: z.boolean(),
  caseSensitive: z.boolean().nullable(),
  maxFileSizeBytes: ByteCount.nullable(),
  maxNameLength: z.number().int(),
  maxNameUnit: z.enum(['bytes', 'utf16']),
  /** Coarsest step of a modification time, in nanoseconds (FAT: two seconds). */
  timestampGranularityNs: z.number().int(),
  forbiddenCharacters: z.string(),
  forbiddenNames: z.array(z.string()),
  forbidsTrailingDotOrSpace: z.boolean(),
  symlinks: z.boolean(),
  hardLinks: z.boolean(),
  permissions: z.boolean(),
  extendedAttributes: z.boolean(),
  sparseFiles: z.boolean(),
  isReadOnly: z.boolean(),
});
export type VolumeCapabilities = z.infer<typeof VolumeCapabilities>;

export const VolumeOperation = z.object({
  id: z.uuid(),
  type: z.enum(['mount', 'unmount', 'eject', 'speed-test']),
  status: z.enum(['pending', 'executing', 'completed', 'failed', 'cancelled']),
  fingerprint: Fingerprint,
  request: z.record(z.string(), z.unknown()),
  response: z.record(z.string(), z.unknown()).nullable(),
  error: z.object({ code: z.string(), message: z.string() }).nullable(),
  createdAt: Timestamp,
  updatedAt: Timestamp,
  completedAt: Timestamp.nullable(),
});
export type VolumeOperation = z.infer<typeof VolumeOperation>;

/** Speeds in megabytes (a million bytes each) per second. */
export const SpeedTestResult = z.object({
  readSpeedMbps: z.number(),
  writeSpeedMbps: z.number(),
  bytesWritten: ByteCount,
  bytesRead: ByteCount,
  durationMs: z.number(),
  /** False where the platform gave no way to read past its cache: the read figure may then flatter the drive. */
  readPastCache: z.boolean(),
});
export type SpeedTestResult = z.infer<typeof SpeedTestResult>;

export const VolumeStatistics = z.object({
  mounted: z.number().int(),
  offline: z.number().int(),
  tracked: z.number().int(),
  totalBytes: ByteCount,
  availableBytes: ByteCount,
  byMountType: z.record(z.string(), z.number().int()),
  byFileSystem: z.record(z.string(), z.number().int()),
});
export type VolumeStatistics = z.infer<typeof VolumeStatistics>;

/** A volume by fingerprint (8 digits or more suffice), tracking uuid, name, device, or any path on it. */
export const VolumeRef = z.string().min(1).max(4096);
const Ref = z.object({ volume: VolumeRef, library: LibraryRef.optional() });
const VolumeList = z.object({ items: z.array(Volume), nextCursor: z.null() });

/** `#rrggbb`. */
export const VolumeColor = z.string().regex(/^#[0-9a-f]{6}$/i);
export const VOLUME_ICONS = [
  'drive',
  'ssd',
  'usb',
  'sd-card',
  'camera',
  'network',
  'cloud',
  'archive',
  'music',
  'film',
  'photo',
  'briefcase',
  'home',
  'lab',
] as const;
export const VolumeIcon = z.enum(VOLUME_ICONS);

const tag = 'Volumes';
export const volumesContract = {
  list: oc
    .route({ method: 'GET', path: '/volumes', tags: [tag], summary: 'Live volumes joined with those that the library remembers' })
    .input(z.object({ all: Flag.default(false), library: LibraryRef.optional() }))
    .output(VolumeList),
  get: oc
    .route({ method: 'GET', path: '/volumes/info', tags: [tag] })
    .input(Ref)
    .output(Volume),
  refresh: oc.route({ method: 'POST', path: '/volumes/refresh', tags: [tag], summary: 'Detect again, now' }).output(VolumeList),
  track: oc
    .route({ method: 'POST', path: '/volumes/track', tags: [tag] })
    /** `writeMarker`: the user's consent to a small marker file, needed where only a weak identity exists. */
    .input(Ref.extend({ name: z.string().min(1).max(255).optional(), writeMarker: Flag.default(false) }))
    .output(Volume),
  untrack: oc
    .route({ method: 'POST', path: '/volumes/untrack', tags: [tag] })
    /** What to do with the indexed locations on it. */
    .input(Ref.extend({ locations: z.enum(['keep', 'remove']).default('keep') }))
    .output(Volume.nullable()),
  update: oc
    .route({ method: 'PATCH', path: '/volumes', tags: [tag] })
    .input(
      Ref.extend({
        displayName: z.string().min(1).max(255).optional(),
        isFavorite: Flag.optional(),
        color: VolumeColor.nullable().optional(),
        icon: VolumeIcon.nullable().optional(),
      }),
    )
    .output(Volume),
  dismissPrompt: oc
    .route({
      method: 'POST',
      path: '/volumes/dismiss-prompt',
      tags: [tag],
      summary: '“Not now” (until it is plugged in again) or “Never for this drive”',
    })
    .input(z.object({ volume: VolumeRef, forever: Flag.default(false) }))
    .output(Volume),
  resolveIdentity: oc
    .route({ method: 'POST', path: '/volumes/resolve-identity', tags: [tag], summary: 'Answer “is this the same drive?”' })
    .input(Ref.extend({ same: Flag }))
    .output(Volume),
  mount: oc
    .route({ method: 'POST', path: '/volumes/mount', tags: [tag] })
    .input(Ref)
    .output(VolumeOperation),
  unmount: oc
    .route({ method: 'POST', path: '/volumes/unmount', tags: [tag] })
    .input(Ref)
    .output(VolumeOperation),
  eject: oc
    .route({ method: 'POST', path: '/volumes/eject', tags: [tag] })
    .input(Ref)
    .output(VolumeOperation),
  speedTest: oc
    .route({
      method: 'POST',
      path: '/volumes/speed-test',
      tags: [tag],
      summary: 'Answers when the test has ended, at most half a minute later',
    })
    .input(Ref)
    .output(VolumeOperation),
  operations: oc
    .route({ method: 'GET', path: '/volumes/operations', tags: [tag], summary: 'Newest first' })
    .input(PageInput.extend({ volume: VolumeRef.optional(), library: LibraryRef.optional() }))
    .output(pageOf(VolumeOperation)),
  forPath: oc
    .route({ method: 'GET', path: '/volumes/for-path', tags: [tag] })
    .input(z.object({ path: z.string().min(1).max(8192) }))
    .output(Volume),
  same: oc
    .route({ method: 'GET', path: '/volumes/same', tags: [tag], summary: 'Whether two paths lie on one volume' })
    .input(z.object({ a: z.string().min(1).max(8192), b: z.string().min(1).max(8192) }))
    .output(z.object({ same: z.boolean() })),
  withSpace: oc
    .route({ method: 'GET', path: '/volumes/with-space', tags: [tag] })
    .input(z.object({ bytes: z.coerce.number().int().nonnegative() }))
    .output(VolumeList),
  capabilities: oc
    .route({ method: 'GET', path: '/volumes/capabilities', tags: [tag] })
    .input(Ref)
    .output(VolumeCapabilities),
  statistics: oc.route({ method: 'GET', path: '/volumes/statistics', tags: [tag] }).output(VolumeStatistics),
};
