import { isWithin, type NativePath, toNativePath } from '#core/fs/native-path.ts';
import { joinNames, namesBelow, splitVolumePath } from '#core/fs/path-names.ts';
import type { LiveVolume } from '#core/volume/live-volume.ts';
import { MooringError } from '#shared/contract/error.ts';
import type { Device } from '#shared/contract/system.ts';
import type { Volume } from '#shared/contract/volume.ts';
import { parseSdPath } from '#shared/sd-path.ts';

/** What a client's address means here and now. */
export interface EntryAddress {
  /** The volume that it lies on, by the text of its path; null when it lies on none that is known. */
  fingerprint: string | null;
  /** The way to it from the volume's root; from the system's root where no volume is known. */
  names: readonly NativePath[];
  /** Absolute path on this computer; null while the volume is not mounted. */
  path: NativePath | null;
  /** The volumes that it lies below, by where their mount points are, and the way from them. */
  outer: readonly { fingerprint: string; names: readonly NativePath[] }[];
}

/** What is asked of the volume manager. */
export interface AddressableVolumes {
  readonly live: readonly (Pick<LiveVolume, 'mountPoints' | 'fingerprint'> & Partial<Pick<LiveVolume, 'hiddenMountPoints'>>)[];
  /** @throws MooringError `VOLUME_NOT_FOUND` */
  find?(fingerprint: string): Pick<Volume, 'name' | 'tracking'>;
  list?(filter: { all: boolean }): Pick<Volume, 'fingerprint' | 'isMounted' | 'tracking'>[];
}

/**
 * Reads addresses that clients send: plain absolute paths, `sd://DEVICE/…` and `sd://volume/FINGERPRINT/…`. By their text and by what is
 * mounted now: no disk is touched.
 */
export class Addresses {
  readonly #volumes: AddressableVolumes;
  readonly #deviceId: string;

  constructor({ volumes, device }: { volumes: AddressableVolumes; device: Pick<Device, 'id'> }) {
    this.#volumes = volumes;
    this.#deviceId = device.id;
  }

  /** @throws MooringError `INVALID_INPUT`, `NOT_SUPPORTED` (another device, content) */
  read(input: string): EntryAddress {
    const parsed = /^sd:\/\/volume\//i.test(input) ? parseSdPath(input) : null;
    if (parsed?.type !== 'volume') return this.ofPath(this.#pathFrom(input));
    const names = plainNames(parsed.path);
    const mountPoint = this.#volumes.live.find(({ fingerprint }) => fingerprint === parsed.fingerprint)?.mountPoints[0];
    if (mountPoint === undefined) return { fingerprint: parsed.fingerprint, names, path: null, outer: [] };
    const path = joinNames(mountPoint, names);
    return { fingerprint: parsed.fingerprint, names, path, outer: this.#outer(path, mountPoint) };
  }

  /** Where a path of this computer lies. */
  ofPath(path: NativePath): EntryAddress {
    let best: { fingerprint: string | null; mountPoint: string; names: NativePath[] | null } = {
      fingerprint: null,
      mountPoint: '',
      names: null,
    };
    for (const { fingerprint, mountPoints, hiddenMountPoints = [] } of this.#volumes.live) {
      const [first = ''] = mountPoints;
      for (const mountPoint of [...mountPoints, ...hiddenMountPoints]) {
        if (mountPoint.length <= best.mountPoint.length || !isWithin(path, mountPoint)) continue;
        // What is mounted at other places may be a part of the volume: only from the first on is the way within it known.
        const names = first === '' ? null : namesBelow(path, first);
        best = { fingerprint: names === null ? null : fingerprint, mountPoint, names };
      }
    }
    const { fingerprint, mountPoint, names } = best;
    return { fingerprint, names: names ?? splitVolumePath(path), path, outer: this.#outer(path, mountPoint) };
  }

  /** The path on this computer. @throws MooringError as `read`; `VOLUME_OFFLINE`, `VOLUME_NOT_FOUND` */
  toNativePath(input: string): NativePath {
    const address = this.read(input);
    if (address.path === null) throw this.offline(address);
    return address.path;
  }

  /**
   * Where a path lay that is not there now: on the tracked volume that was mounted above it on this computer when it was seen last, and is
   * not plugged in. Null when there is none.
   */
  remembered(path: NativePath): EntryAddress | null {
    let best: { fingerprint: string; mountPoint: string } | null = null;
    for (const { fingerprint, isMounted, tracking } of this.#volumes.list?.({ all: true }) ?? []) {
      const mountPoint = tracking?.lastSeenMountPoint;
      if (isMounted || !mountPoint || tracking.lastSeenDeviceId !== this.#deviceId || !isWithin(path, mountPoint)) continue;
      if (mountPoint.length > (best?.mountPoint.length ?? 0)) best = { fingerprint, mountPoint };
    }
    return best && { fingerprint: best.fingerprint, names: namesBelow(path, best.mountPoint) ?? [], path: null, outer: [] };
  }

  /**
   * What to tell who wants something on a volume that is not there: which drive it is, and where it was.
   * @throws MooringError `VOLUME_NOT_FOUND` when nobody knows that volume
   */
  offline({ fingerprint }: EntryAddress): MooringError {
    const ref = fingerprint ?? '';
    if (!this.#volumes.find) return new MooringError('VOLUME_OFFLINE', 'Its drive is not plugged in. Connect it, then try again.');
    const { name, tracking } = this.#volumes.find(ref);
    const { lastSeenMountPoint = null, lastSeenDeviceName = '', lastSeenAt = null } = tracking ?? {};
    const where = lastSeenMountPoint === null ? '' : ` It was last seen at ${lastSeenMountPoint} on ${lastSeenDeviceName}.`;
    return new MooringError('VOLUME_OFFLINE', `“${name}” is not plugged in.${where} Connect it, then try again.`, {
      details: { fingerprint, name, lastSeenMountPoint, lastSeenDeviceName, lastSeenAt },
    });
  }

  #outer(path: NativePath, innermost: string): EntryAddress['outer'] {
    return this.#volumes.live.flatMap(({ fingerprint, mountPoints: [mountPoint] }) => {
      const names = mountPoint !== undefined && mountPoint.length < innermost.length ? namesBelow(path, mountPoint) : null;
      return names ? [{ fingerprint, names }] : [];
    });
  }

  #pathFrom(input: string): NativePath {
    if (!/^sd:\/\/volume(\/|$)/i.test(input)) return toNativePath(input, this.#deviceId);
    throw new MooringError(
      'INVALID_INPUT',
      `“${input}” is not a valid address. Addresses within a volume look like sd://volume/FINGERPRINT/folder.`,
    );
  }
}

/** `.` and `..` are resolved by the text alone, and never lead out of the volume. */
function plainNames(path: Uint8Array): NativePath[] {
  if (path.includes(0)) throw new MooringError('INVALID_INPUT', 'A path cannot hold a NUL character.');
  const names: NativePath[] = [];
  for (const name of splitVolumePath(Buffer.from(path))) {
    if (name === '..') names.pop();
    else if (name !== '.') names.push(name);
  }
  return names;
}
