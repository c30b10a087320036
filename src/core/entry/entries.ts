import { type Mount, mountsOf } from '#core/fs/mounts.ts';
import { type NativePath, toNativePath } from '#core/fs/native-path.ts';
import type { LiveVolume } from '#core/volume/live-volume.ts';
import type { Entry, EntrySort } from '#shared/contract/entry.ts';
import { MooringError } from '#shared/contract/error.ts';
import type { Device } from '#shared/contract/system.ts';
import { type FolderPage, refuseUnresponsive } from './folder-views.ts';
import { FolderWorkerClient } from './folder-worker-client.ts';

/** What entries and file operations ask of the volume manager. */
export interface MountedVolumes {
  readonly live: readonly Pick<LiveVolume, 'mountPoints' | 'fingerprint' | 'unresponsive'>[];
  /** Looks at all volumes anew: called when one of them is found silent. */
  refresh?(): Promise<void>;
}

export interface ListInput {
  path: string;
  sort: EntrySort;
  order: 'asc' | 'desc';
  foldersFirst: boolean;
  showHidden: boolean;
  limit: number;
  cursor?: string | undefined;
}

/** One page of a folder, and where it was found. */
export interface EntryPage extends FolderPage {
  source: 'disk' | 'index' | 'memory';
  isOffline: boolean;
  locationId: string | null;
}

/** Files and folders, whatever their source: today straight from disk. */
export class Entries {
  readonly #volumes: MountedVolumes;
  readonly #deviceId: string;
  readonly #worker: FolderWorkerClient;

  constructor({ volumes, device, worker }: { volumes: MountedVolumes; device: Pick<Device, 'id'>; worker?: FolderWorkerClient }) {
    this.#volumes = volumes;
    this.#deviceId = device.id;
    this.#worker = worker ?? new FolderWorkerClient();
  }

  /**
   * One page of a folder. A symbolic link to a folder is opened; the links inside are shown as links.
   *
   * @throws MooringError `INVALID_INPUT`, `NOT_SUPPORTED`, `PATH_NOT_FOUND`, `NOT_A_FOLDER`, `PERMISSION_DENIED`,
   *   `VOLUME_UNRESPONSIVE`, `CURSOR_INVALID`, `IO_ERROR`
   */
  async list({ path, ...order }: ListInput): Promise<EntryPage> {
    const page = await this.#noticingSilence(this.#worker.page({ ...order, ...this.#address(path) }));
    return { ...page, source: 'disk', isOffline: false, locationId: null };
  }

  /** One entry; a symbolic link is described, not followed. @throws MooringError as `list` does */
  async get(path: string): Promise<Entry> {
    return this.#noticingSilence(this.#worker.entry(this.#address(path)));
  }

  close(): Promise<void> {
    return this.#worker.close();
  }

  /** What was found silent here is shown as silent everywhere, at once and not only after the next round. */
  async #noticingSilence<T>(answer: Promise<T>): Promise<T> {
    try {
      return await answer;
    } catch (error) {
      if (error instanceof MooringError && error.code === 'VOLUME_UNRESPONSIVE') void this.#volumes.refresh?.();
      throw error;
    }
  }

  /** A path in a worker's terms. Refuses what lies on a volume known not to answer before anything touches it. */
  #address(path: string): { path: NativePath; deviceId: string; mounts: Mount[] } {
    const native = toNativePath(path, this.#deviceId);
    const mounts = mountsOf(this.#volumes.live);
    refuseUnresponsive(native, mounts);
    return { path: native, deviceId: this.#deviceId, mounts };
  }
}
