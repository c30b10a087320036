import type { DetectedVolume } from './detector.ts';
import { readMarker } from './marker.ts';

/** Volumes with nothing else to know them by may carry a marker; nobody waits longer for it than this. */
const GRACE_MS = 60;

/** Reads each weak volume's marker once per mount. One that comes late is reported, and counts from the next look on. */
export class MarkerCache {
  #ids = new Map<string, { mount: string; id: string | null }>();
  readonly #timeoutMs: () => number;
  readonly #onLate: () => void;

  constructor(timeoutMs: () => number, onLate: () => void) {
    this.#timeoutMs = timeoutMs;
    this.#onLate = onLate;
  }

  /** Marker ids by volume key, of those volumes that have one. */
  async of(detected: readonly DetectedVolume[]): Promise<Map<string, string>> {
    const weak = detected.filter((volume) => isWeak(volume) && volume.hiddenBecause === null);
    const mounts = new Map(weak.map((volume) => [volume.key, mountOf(volume)]));
    for (const [key, { mount }] of this.#ids) if (mounts.get(key) !== mount) this.#ids.delete(key);
    // One that does not answer keeps the marker that was read from this very mount: it is no other drive for being silent.
    await Promise.all(weak.filter((volume) => !volume.unresponsive).map((volume) => this.#read(volume)));
    return new Map([...this.#ids].flatMap(([key, { id }]) => (id === null ? [] : [[key, id]])));
  }

  /** After a marker was written: reads it, however long that takes. */
  async readAgain(volume: DetectedVolume): Promise<void> {
    const id = await readMarker(volume, this.#timeoutMs());
    this.#ids.set(volume.key, { mount: mountOf(volume), id });
  }

  async #read(volume: DetectedVolume): Promise<void> {
    if (this.#ids.has(volume.key)) return;
    const entry = { mount: mountOf(volume), id: null as string | null };
    this.#ids.set(volume.key, entry);
    let isLate = false;
    const reading = readMarker(volume, this.#timeoutMs()).then((id) => {
      entry.id = id;
      if (isLate && id !== null) this.#onLate();
    });
    await Promise.race([reading, new Promise((resolve) => setTimeout(resolve, GRACE_MS))]);
    isLate = true;
  }
}

function mountOf({ mountPoints, device }: DetectedVolume): string {
  return `${mountPoints[0]} ${device}`;
}

function isWeak({ identity, totalBytes, deviceBytes }: DetectedVolume): boolean {
  const hasHardware = identity.serial !== null && (deviceBytes ?? totalBytes) !== null;
  return identity.fileSystemUuid === null && identity.partitionGuid === null && !hasHardware;
}
