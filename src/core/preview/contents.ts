import type { MountedVolumes } from '#core/entry/entries-options.ts';
import { Addresses } from '#core/entry/entry-address.ts';
import { mountAt, mountsOf } from '#core/fs/mounts.ts';
import { displayName, type NativePath } from '#core/fs/native-path.ts';
import type { EntryDetails } from '#shared/contract/entry.ts';
import { MooringError } from '#shared/contract/error.ts';
import type { Device } from '#shared/contract/system.ts';
import { ContentThread } from './content-thread.ts';
import type { ContentLook, ContentRequest, ContentResult } from './content-worker.ts';

/** A disk that sleeps needs some seconds to spin up; what takes longer does not answer. */
const SILENCE_LIMIT_MS = 10_000;

export interface ContentsOptions {
  volumes: MountedVolumes;
  device: Pick<Device, 'id'>;
  silenceLimitMs?: number;
}

/** A file whose bytes can be asked for. It is not open between two questions. */
export interface Content extends ContentLook {
  /**
   * Fewer bytes than `length` at the end of the file.
   * @throws MooringError `CONFLICT` when the file has changed since; `PATH_NOT_FOUND`, `IO_ERROR`, `VOLUME_UNRESPONSIVE` …
   */
  read(position: number, length: number): Promise<Uint8Array>;
}

/** The bytes of files on mounted volumes, for previews; and what their file systems know of them. Each mount is read in a thread of its own. */
export class Contents {
  readonly #volumes: MountedVolumes;
  readonly #addresses: Addresses;
  readonly #silenceLimitMs: number;
  /** By mount point. */
  readonly #threads = new Map<string, ContentThread>();

  constructor({ volumes, device, silenceLimitMs = SILENCE_LIMIT_MS }: ContentsOptions) {
    this.#volumes = volumes;
    this.#addresses = new Addresses({ volumes, device });
    this.#silenceLimitMs = silenceLimitMs;
  }

  /**
   * Looks at a file; links are followed.
   * @param address as clients send it
   * @throws MooringError `INVALID_INPUT`, `NOT_SUPPORTED` (no file of a volume), `PATH_NOT_FOUND`, `PERMISSION_DENIED`, `VOLUME_OFFLINE`,
   *   `VOLUME_NOT_FOUND`, `VOLUME_UNRESPONSIVE`, `IO_ERROR`
   */
  async open(address: string): Promise<Content> {
    const path = this.#addresses.toNativePath(address);
    const look = (await this.#ask(path, (mounts) => ({ type: 'look', path, mounts }))) as ContentLook;
    const { version } = look;
    return {
      ...look,
      read: async (position, length) =>
        (await this.#ask(path, (mounts) => ({ type: 'read', path, mounts, version, position, length }))) as Uint8Array,
    };
  }

  /** What the file system knows of an entry beyond what lists show; a link is described, not followed. @throws MooringError as `open` */
  async details(address: string): Promise<EntryDetails> {
    const path = this.#addresses.toNativePath(address);
    return (await this.#ask(path, (mounts) => ({ type: 'details', path, mounts }))) as EntryDetails;
  }

  async close(): Promise<void> {
    await Promise.all([...this.#threads.values()].map((thread) => thread.close()));
  }

  async #ask(path: NativePath, toRequest: (mounts: ReturnType<typeof mountsOf>) => ContentRequest): Promise<ContentResult> {
    const mounts = mountsOf(this.#volumes.live);
    const mount = mountAt(path, mounts);
    if (!mount) throw new MooringError('NOT_SUPPORTED', `“${displayName(path)}” is on no drive that Mooring knows.`);
    try {
      return await this.#threadFor(mount.mountPoint).ask(toRequest(mounts));
    } catch (error) {
      // What was found silent here is shown as silent everywhere, at once and not only after the next round.
      if (error instanceof MooringError && error.code === 'VOLUME_UNRESPONSIVE') void this.#volumes.refresh?.();
      throw error;
    }
  }

  #threadFor(mountPoint: string): ContentThread {
    const running = this.#threads.get(mountPoint);
    if (running) return running;
    const thread: ContentThread = new ContentThread(this.#silenceLimitMs, () => {
      if (this.#threads.get(mountPoint) === thread) this.#threads.delete(mountPoint);
    });
    this.#threads.set(mountPoint, thread);
    return thread;
  }
}
