import type { z } from 'zod';
import type { DiskType, MountType } from '#shared/contract/volume.ts';

/**
 * One file system that is mounted now, as a platform's detector found it: facts only. What it means (fingerprint,
 * tracking, prompts) is added by `Volumes`.
 */
export interface DetectedVolume {
  /** Tells the file systems that are mounted now apart: `8:17` on Linux, `disk3s1` on macOS, the volume's GUID path on Windows. Not stable across reboots. */
  key: string;
  /** At least one; the first is the one to use (the shortest that shows the root of the file system). */
  mountPoints: string[];
  /** Places that show it as well, but are of no interest to people (below a container runtime's folder, say). */
  hiddenMountPoints?: string[];
  device: string | null;
  /**
   * Says which drive it is, and which time it was plugged in; null or left out where the platform does not tell. Whoever reads the volume
   * without asking `Volumes` again can see by it that another one has taken its place.
   */
  drive?: string | null;
  /** The name that people know: `ext4`, `NTFS`, `APFS`, `exFAT`, `FAT32`, `Btrfs`, `XFS`, `HFS+`, `ZFS`, `ReFS`; else the system's own. */
  fileSystem: string;
  label: string | null;
  mountType: z.infer<typeof MountType>;
  diskType: z.infer<typeof DiskType>;
  isReadOnly: boolean;
  isRemovable: boolean;
  /** Whether unmounting or ejecting it makes sense for a user (never for the system's own volumes). */
  isEjectable: boolean;
  /** Null when people want to see it, else why they do not. */
  hiddenBecause: 'pseudo' | 'system' | 'virtual' | null;
  /** Null while it does not answer. */
  totalBytes: number | null;
  availableBytes: number | null;
  unresponsive: boolean;
  /** Answers through a network or a process: any access may wait for ever. */
  mayHang?: boolean;
  /** Size of the partition or disk that it lies on, where that is known. */
  deviceBytes?: number | null;
  hardwareModel: string | null;
  /** Volumes with the same value take their space from one pool (an APFS container): sums count it once. */
  spacePool?: string;
  identity: {
    fileSystemUuid: string | null;
    partitionGuid: string | null;
    /** Serial number of the disk, as the system tells it. */
    serial: string | null;
    /** `server:/export`, `//server/share`, `host:path` of a network file system. */
    networkAddress: string | null;
    /** For a disk image: what identifies the image file itself (its own device and inode), so that a copy is told apart. */
    imageId: string | null;
  };
}

/** What a platform offers. Every implementation passes the conformance suite (`test/engine/volume/detector-conformance.ts`). */
export interface VolumeDetector {
  /** Everything that is mounted now, hidden or not. Never rejects because of one volume: that one is returned `unresponsive`. */
  detect(): Promise<DetectedVolume[]>;
  /**
   * Calls `onChange` at once when something was mounted or unmounted, until `signal` aborts. Resolves `true` when the
   * platform reports by itself, `false` when the caller has to poll; `onLost` is called when reporting ends early.
   */
  watch(onChange: () => void, onLost: (reason: string) => void, signal: AbortSignal): Promise<boolean>;
  /** A value that changes whenever what is mounted changes; cheap enough to be asked every two seconds. */
  changeToken(): Promise<string>;
}
