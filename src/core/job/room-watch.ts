import { statfs } from 'node:fs/promises';
import type { Library } from '#core/library/library.ts';
import type { JobRun } from './job-run.ts';
import type { JobVolumes } from './job-surroundings.ts';

/** So much more free space than there was is worth a try. */
const ROOM_BYTES = 1024 * 1024;

/** Free space, in bytes, of the places that a job writes to. */
type FreeSpace = Map<string, number>;

/**
 * Tells when a job that was paused for want of space may be tried again: there is more on one of the drives that it writes to (its volumes, and
 * its library's) than there was at the least since.
 */
export class RoomWatch {
  readonly #least = new WeakMap<JobRun, FreeSpace>();
  readonly #volumes: JobVolumes | undefined;

  constructor(volumes: JobVolumes | undefined) {
    this.#volumes = volumes;
  }

  /** The first call after a pause measures, and is false. */
  async hasRoom(run: JobRun, library: Library | null): Promise<boolean> {
    const free = await this.#measure(run, library);
    const least = this.#least.get(run);
    if (!least) {
      this.#least.set(run, free);
      return false;
    }
    for (const [place, bytes] of free) {
      const before = least.get(place) ?? bytes;
      if (bytes >= before + ROOM_BYTES) {
        this.#least.delete(run);
        return true;
      }
      least.set(place, Math.min(before, bytes));
    }
    return false;
  }

  forget(run: JobRun): void {
    this.#least.delete(run);
  }

  async #measure(run: JobRun, library: Library | null): Promise<FreeSpace> {
    const free: FreeSpace = new Map();
    for (const { fingerprint, availableBytes } of this.#volumes?.live ?? []) {
      if (availableBytes !== null && run.writesTo.includes(fingerprint)) free.set(fingerprint, availableBytes);
    }
    const ofLibrary = library && (await freeBytes(library.path));
    if (ofLibrary !== null) free.set('library', ofLibrary);
    return free;
  }
}

async function freeBytes(path: string): Promise<number | null> {
  try {
    const { bavail, bsize } = await statfs(path);
    return bavail * bsize;
  } catch {
    // Its drive is gone: then room is not what is missing.
    return null;
  }
}
