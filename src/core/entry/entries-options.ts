/** @file What entries need of the rest of the engine. */
import type { NativePath } from '#core/fs/native-path.ts';
import type { LiveVolume } from '#core/volume/live-volume.ts';
import type { Device } from '#shared/contract/system.ts';
import type { AddressableVolumes, EntryAddress } from './entry-address.ts';
import type { EntryDatabase } from './entry-statements.ts';
import type { FolderWorkerClient } from './folder-worker-client.ts';

/** What entries and file operations ask of the volume manager. */
export interface MountedVolumes extends AddressableVolumes {
  readonly live: readonly (Pick<LiveVolume, 'mountPoints' | 'fingerprint' | 'unresponsive'> &
    Partial<Pick<LiveVolume, 'hiddenMountPoints'>>)[];
  /** Looks at all volumes anew: called when one of them is found silent. */
  refresh?(): Promise<void>;
}

/** A folder that is shown from the index. */
export interface OpenedFolder {
  libraryId: string;
  /** uuid */
  locationId: string;
  path: NativePath;
  /** As the index has it. */
  childCount: number;
}

/** What entries ask of locations: to keep what they show true. */
export interface LocationChecks {
  /** Whether what changes below the location reaches the index by itself. @param locationId uuid */
  isWatched(libraryId: string, locationId: string): boolean;
  /**
   * Has the index look at one folder, soon and in the background, unless it just did or others are opened meanwhile; an `EntriesChanged`
   * follows if something differs. Never throws.
   */
  checkFolder(folder: OpenedFolder): void;
}

/** Indexes of folders that no location holds. */
export interface EphemeralFolders {
  /** The one that holds an address, which counts as its use. */
  covering(address: EntryAddress): EntryDatabase | null;
}

export interface EntriesOptions {
  volumes: MountedVolumes;
  device: Pick<Device, 'id'>;
  /** Left out: nothing is indexed. */
  libraries?: { readonly current: EntryDatabase | null };
  checks?: LocationChecks;
  ephemeral?: EphemeralFolders;
  worker?: FolderWorkerClient;
}
