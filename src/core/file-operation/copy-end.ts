import { realpathSync, statfsSync, statSync } from 'node:fs';
import { errorNumber, toFsError } from '#core/fs/fs-error.ts';
import { mountAt } from '#core/fs/mounts.ts';
import { displayName, fromBytes, type NativePath, parentOf } from '#core/fs/native-path.ts';
import { type ErrorCode, MooringError } from '#shared/contract/error.ts';
import type { CopyRequest } from './copy-messages.ts';
import type { CopyReport } from './copy-report.ts';
import { type Destination, isStillThere } from './destination.ts';

/** One after the other, and nothing that works between them: it is not the files, it is the drive. */
const HOPELESS = 20;
const DRIVE_ERRORS = new Set(['EIO', 'ENXIO', 'ENODEV', 'ESTALE', 'ENOTCONN', 'EHOSTDOWN', 'ETIMEDOUT']);
const ENDING: ReadonlySet<ErrorCode> = new Set(['CANCELLED', 'READ_ONLY', 'VOLUME_OFFLINE', 'INTERNAL']);

/** Tells the failure of one file from what ends the copy: a volume that is lost or full, a cancellation, a fault of ours. */
export class CopyEnd {
  readonly #destination: Destination;
  readonly #report: CopyReport;
  /** A folder of each source's volume with its device number: another number, and the volume is not there any more. */
  readonly #anchors: { path: NativePath; dev: bigint }[];
  #driveErrors = 0;
  #ended: MooringError | null = null;

  constructor({ sources, mounts }: Pick<CopyRequest, 'sources' | 'mounts'>, destination: Destination, report: CopyReport) {
    this.#destination = destination;
    this.#report = report;
    this.#anchors = sources.map((source) => {
      const parent = fromBytes(realpathSync.native(parentOf(source), 'buffer'));
      const path = mountAt(parent, mounts)?.mountPoint ?? parent;
      return { path, dev: statSync(path, { bigint: true }).dev };
    });
  }

  /** To be called with each error. @throws MooringError the one that ends the copy, if it has to end */
  check(error: unknown, path: NativePath): void {
    this.#ended ??= this.#endFor(error, path);
    if (this.#ended) throw this.#ended;
  }

  /** Something worked. */
  progress(): void {
    this.#driveErrors = 0;
  }

  /** Ends the copy when the destination is not the folder any more that was asked for. @throws MooringError `VOLUME_OFFLINE` */
  checkTarget(): void {
    if (!isStillThere(this.#destination)) throw this.targetGone();
  }

  targetGone(): MooringError {
    const where = displayName(this.#destination.path);
    return new MooringError('VOLUME_OFFLINE', `The target “${where}” is not there any more. What was copied until then is complete.`);
  }

  #endFor(error: unknown, path: NativePath): MooringError | null {
    const failure = toFsError(error, path);
    if (ENDING.has(failure.code)) return failure;
    if (!isStillThere(this.#destination)) return this.targetGone();
    if (failure.code === 'NO_SPACE') return this.#full(failure);
    const lost = this.#anchors.find(({ path: anchor, dev }) => !isOnDevice(anchor, dev));
    if (lost) return sourceGone(lost.path);
    const number = errorNumber(error) ?? errorNumber(failure.cause);
    this.#driveErrors = number !== null && DRIVE_ERRORS.has(number) ? this.#driveErrors + 1 : 0;
    return this.#driveErrors < HOPELESS ? null : hopeless(path);
  }

  #full(cause: MooringError): MooringError {
    const { bavail, bsize } = statfsSync(this.#destination.path);
    const missingBytes = Math.max(0, this.#report.bytesLeft - bavail * bsize);
    const amount = missingBytes > 0 ? `${missingBytes} more bytes are needed` : 'it has no room for further files';
    const message = `The target is full: ${amount}. What was copied until then is complete.`;
    return new MooringError('NO_SPACE', message, { details: { missingBytes }, cause });
  }
}

function sourceGone(path: NativePath): MooringError {
  const where = displayName(path);
  return new MooringError('VOLUME_OFFLINE', `The source “${where}” is not there any more. What was copied until then is complete.`);
}

function hopeless(path: NativePath): MooringError {
  const last = displayName(path);
  return new MooringError(
    'IO_ERROR',
    `A drive reports one error after the other, the last for “${last}”. It may be damaged, or was unplugged.`,
  );
}

function isOnDevice(path: NativePath, dev: bigint): boolean {
  try {
    return statSync(path, { bigint: true }).dev === dev;
  } catch {
    // Whatever keeps it from being found, nothing can be read there.
    return false;
  }
}
