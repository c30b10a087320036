import { realpathSync, statfsSync, statSync } from 'node:fs';
import { errorNumber, toFsError } from '#core/fs/fs-error.ts';
import { mountAt } from '#core/fs/mounts.ts';
import { displayName, fromBytes, type NativePath, parentOf } from '#core/fs/native-path.ts';
import { reasonError } from '#core/fs/reason-error.ts';
import type { ErrorCode, MooringError } from '#shared/contract/error.ts';
import { CopyStopped } from '../file-copy/copy-control.ts';
import { type Destination, isStillThere } from './destination.ts';
import type { TransferRequest } from './transfer-messages.ts';

/** One after the other, and nothing that works between them: it is not the files, it is the drive. */
const HOPELESS = 20;
const DRIVE_ERRORS = new Set(['EIO', 'ENXIO', 'ENODEV', 'ESTALE', 'ENOTCONN', 'EHOSTDOWN', 'ETIMEDOUT']);
const ENDING: ReadonlySet<ErrorCode> = new Set(['CANCELLED', 'READ_ONLY', 'VOLUME_OFFLINE', 'INTERNAL']);

interface Anchor {
  path: NativePath;
  dev: bigint;
}

/** Tells the failure of one file from what ends the transfer: a volume that is lost or full, a stop, a fault of ours. */
export class TransferEnd {
  readonly #destinations: readonly Destination[];
  readonly #bytesLeft: () => number;
  /** A folder of each source's volume with its device number: another number, and the volume is not there any more. */
  readonly #anchors: Anchor[];
  #driveErrors = 0;
  #ended: MooringError | null = null;

  /** @param bytesLeft how many bytes are still to be copied */
  constructor({ items, mounts }: Pick<TransferRequest, 'items' | 'mounts'>, destinations: readonly Destination[], bytesLeft: () => number) {
    this.#destinations = destinations;
    this.#bytesLeft = bytesLeft;
    const anchors = new Map<string, Anchor>();
    for (const { source } of items) {
      const parent = fromBytes(realpathSync.native(parentOf(source), 'buffer'));
      const path = mountAt(parent, mounts)?.mountPoint ?? parent;
      if (!anchors.has(displayName(path))) anchors.set(displayName(path), { path, dev: statSync(path, { bigint: true }).dev });
    }
    this.#anchors = [...anchors.values()];
  }

  /** To be called with each error. @throws MooringError the one that ends the transfer, if it has to end */
  check(error: unknown, path: NativePath): void {
    this.#ended ??= this.#endFor(error, path);
    if (this.#ended) throw this.#ended;
  }

  /** Whether the transfer ends with this error so that it goes on later: then what is begun is kept. */
  pauses(error: unknown, path: NativePath): boolean {
    if (error instanceof CopyStopped) return error.stop === 'pause';
    const code = this.#endFor(error, path)?.code;
    return code === 'VOLUME_OFFLINE' || code === 'NO_SPACE';
  }

  /** Something worked. */
  progress(): void {
    this.#driveErrors = 0;
  }

  /** @throws MooringError `VOLUME_OFFLINE` when a destination is not the folder any more that was asked for */
  checkTargets(): void {
    const gone = this.#destinations.find((destination) => !isStillThere(destination));
    if (gone) throw targetGone(gone);
  }

  /** @throws MooringError `VOLUME_OFFLINE` */
  targetGone(): never {
    this.checkTargets();
    throw reasonError('VOLUME_OFFLINE', 'target-gone', {});
  }

  #endFor(error: unknown, path: NativePath): MooringError | null {
    const failure = toFsError(error, path);
    if (ENDING.has(failure.code)) return failure;
    const gone = this.#destinations.find((destination) => !isStillThere(destination));
    if (gone) return targetGone(gone);
    if (failure.code === 'NO_SPACE') return this.#full(failure);
    const lost = this.#anchors.find(({ path: anchor, dev }) => !isOnDevice(anchor, dev));
    if (lost) return sourceGone(lost.path);
    const number = errorNumber(error) ?? errorNumber(failure.cause);
    this.#driveErrors = number !== null && DRIVE_ERRORS.has(number) ? this.#driveErrors + 1 : 0;
    return this.#driveErrors < HOPELESS ? null : hopeless(path);
  }

  #full(cause: MooringError): MooringError {
    const free = Math.min(...this.#destinations.map(({ path }) => freeBytes(path)));
    const missingBytes = Math.max(0, this.#bytesLeft() - free);
    const more = { details: { missingBytes }, cause };
    if (missingBytes > 0) return reasonError('NO_SPACE', 'target-full', { missingBytes }, more);
    return reasonError('NO_SPACE', 'target-full-of-files', {}, more);
  }
}

function freeBytes(path: NativePath): number {
  const { bavail, bsize } = statfsSync(path);
  return bavail * bsize;
}

function targetGone({ path }: Destination): MooringError {
  return reasonError('VOLUME_OFFLINE', 'target-gone-at', { path: displayName(path) });
}

function sourceGone(path: NativePath): MooringError {
  return reasonError('VOLUME_OFFLINE', 'source-gone-at', { path: displayName(path) });
}

function hopeless(path: NativePath): MooringError {
  return reasonError('IO_ERROR', 'one-error-after-the-other', { path: displayName(path) });
}

function isOnDevice(path: NativePath, dev: bigint): boolean {
  try {
    return statSync(path, { bigint: true }).dev === dev;
  } catch {
    // Whatever keeps it from being found, nothing can be read there.
    return false;
  }
}
