import type { Addresses } from '#core/entry/entry-address.ts';
import { type NativePath, toSdPath } from '#core/fs/native-path.ts';
import { joinVolumePath } from '#core/fs/path-names.ts';
import { formatVolumePath } from '#shared/sd-path.ts';

/** Between addresses, which are kept for long, and where things are now. */
export class FileAddresses {
  readonly #addresses: Addresses;
  readonly #deviceId: string;

  constructor(addresses: Addresses, deviceId: string) {
    this.#addresses = addresses;
    this.#deviceId = deviceId;
  }

  /** @throws MooringError `INVALID_INPUT`, `NOT_SUPPORTED`, `VOLUME_OFFLINE`, `VOLUME_NOT_FOUND` */
  toPath(address: string): NativePath {
    return this.#addresses.toNativePath(address);
  }

  /** By volume where one is known: it holds wherever that is mounted. */
  of(path: NativePath): string {
    const { fingerprint, names } = this.#addresses.ofPath(path);
    return fingerprint === null ? toSdPath(path, this.#deviceId) : formatVolumePath(fingerprint, joinVolumePath(names));
  }

  /** The volume that an address lies on, plugged in or not; null where none is known. @throws MooringError as `toPath`, but for `VOLUME_OFFLINE` */
  volumeOf(address: string): { fingerprint: string | null; isPluggedIn: boolean } {
    const { fingerprint, path } = this.#addresses.read(address);
    return { fingerprint, isPluggedIn: path !== null };
  }
}
