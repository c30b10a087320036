import { type AddressableVolumes, Addresses } from '#core/entry/entry-address.ts';
import { type NativePath, parentOf, toBytes, toSdPath } from '#core/fs/native-path.ts';
import { capabilitiesOf } from '#core/volume/capabilities.ts';
import type { LiveVolume } from '#core/volume/live-volume.ts';
import type { Volume } from '#shared/contract/volume.ts';
import { formatVolumePath } from '#shared/sd-path.ts';
import type { TransferJobInput } from './transfer-input.ts';
import type { JournalHeader } from './transfer-journal.ts';
import type { TransferItem, TransferMount, TransferRequest } from './transfer-messages.ts';

/** What transfers ask of the volume manager. */
export interface TransferVolumes extends AddressableVolumes {
  readonly live: readonly (Pick<LiveVolume, 'mountPoints' | 'fingerprint' | 'unresponsive' | 'fileSystem' | 'isReadOnly'> &
    Partial<Pick<LiveVolume, 'isRemovable' | 'mountType' | 'diskType' | 'hiddenMountPoints'>>)[];
  /** For the speeds that they had. */
  list?(filter: { all: boolean }): Pick<Volume, 'fingerprint' | 'isMounted' | 'tracking' | 'readSpeedMbps' | 'writeSpeedMbps'>[];
}

/** What the addresses of a transfer mean here and now. */
export class TransferPlaces {
  readonly #volumes: TransferVolumes;
  readonly #addresses: Addresses;
  readonly #deviceId: string;

  constructor({ volumes, deviceId }: { volumes: TransferVolumes; deviceId: string }) {
    this.#volumes = volumes;
    this.#deviceId = deviceId;
    this.#addresses = new Addresses({ volumes, device: { id: deviceId } });
  }

  /** Fingerprints of the volumes that it needs and that are not plugged in. @throws MooringError as `Addresses.read`; `VOLUME_NOT_FOUND` */
  missing(input: TransferJobInput): string[] {
    const addresses = [...input.sources, ...(input.destination === null ? [] : [input.destination])];
    const missing = addresses.map((address) => this.#addresses.read(address)).filter(({ path }) => path === null);
    const fingerprints = [...new Set(missing.flatMap(({ fingerprint }) => fingerprint ?? []))];
    // What nobody knows would be waited for in vain.
    for (const fingerprint of fingerprints) this.#volumes.find?.(fingerprint);
    return fingerprints;
  }

  /** Fingerprints of the volumes by the text of their addresses: those that are read, and those that are written to. */
  volumes({ kind, sources, destination }: TransferJobInput): { sources: string[]; targets: string[] } {
    const of = (addresses: readonly string[]) => [
      ...new Set(addresses.flatMap((address) => this.#addresses.read(address).fingerprint ?? [])),
    ];
    return { sources: of(sources), targets: of(kind === 'duplicate' || destination === null ? sources : [destination]) };
  }

  /** @throws MooringError `VOLUME_OFFLINE`, and as `Addresses.toNativePath` */
  request({ kind, sources, destination, onConflict, answers, ...rest }: TransferJobInput): TransferRequest {
    const toPath = (address: string) => this.#addresses.toNativePath(address);
    const into = destination === null ? null : toPath(destination);
    const items = withoutRepetitions(sources.map(toPath)).map((source) => ({ source, destination: into ?? parentOf(source) }));
    return {
      kind: kind === 'move' ? 'move' : 'copy',
      items,
      onConflict: kind === 'duplicate' ? 'rename' : onConflict,
      answers: answers.map(({ source, answer }) => ({ source: toPath(source), answer })),
      ...{ skipIdentical: rest.skipIdentical, verify: rest.verify, unfitNames: rest.unfitNames },
      ...{ deviceId: this.#deviceId, mounts: this.mounts() },
    };
  }

  /** The items of a journal, where they are now. @throws MooringError `VOLUME_OFFLINE` */
  items(header: JournalHeader): TransferItem[] {
    return header.items.map(({ source, destination }) => ({
      source: this.#addresses.toNativePath(source),
      destination: this.#addresses.toNativePath(destination),
    }));
  }

  /** Fingerprints of the volumes that a journal's items are on. */
  volumesOf(header: JournalHeader): string[] {
    const addresses = header.items.flatMap(({ source, destination }) => [source, destination]);
    return [...new Set(addresses.flatMap((address) => this.#addresses.read(address).fingerprint ?? []))];
  }

  /** An address that holds for long. */
  lasting(path: NativePath): string {
    const { fingerprint, names } = this.#addresses.ofPath(path);
    if (fingerprint === null) return toSdPath(path, this.#deviceId);
    return formatVolumePath(fingerprint, Buffer.concat(names.flatMap((name) => [Buffer.from('/'), toBytes(name)])));
  }

  /** Longest path first. */
  mounts(): TransferMount[] {
    const known = new Map(this.#volumes.list?.({ all: true }).map((volume) => [volume.fingerprint, volume]));
    const mounts = this.#volumes.live.flatMap((live) => {
      const { fingerprint, unresponsive, mountPoints } = live;
      const volume = known.get(fingerprint);
      const facts = {
        ...{ fingerprint, unresponsive, capabilities: capabilitiesOf(live), isDoubtful: isDoubtful(live) },
        ...{ isSpinning: live.diskType === 'HDD' },
        ...{ readMbps: volume?.readSpeedMbps ?? null, writeMbps: volume?.writeSpeedMbps ?? null },
      };
      return mountPoints.map((mountPoint) => ({ mountPoint, ...facts }));
    });
    return mounts.sort((a, b) => b.mountPoint.length - a.mountPoint.length);
  }
}

/** What can be pulled out while it writes, or is reached through others, is read again. */
function isDoubtful({ isRemovable, mountType }: TransferVolumes['live'][number]): boolean {
  return isRemovable !== false || mountType === 'Network' || mountType === 'External' || mountType === 'Image';
}

function withoutRepetitions(paths: NativePath[]): NativePath[] {
  return [...new Map(paths.map((path) => [toBytes(path).toString('latin1'), path])).values()];
}
