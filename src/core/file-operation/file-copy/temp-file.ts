import { closeSync, constants, fstatSync, openSync, type Stats, unlink, unlinkSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { errorNumber, toFsError } from '#core/fs/fs-error.ts';
import { displayName, type NativePath, parentOf } from '#core/fs/native-path.ts';
import { reasonError } from '#core/fs/reason-error.ts';

const unlinkAsync = promisify(unlink);
/** Of the quarter of a second in which a stop takes effect. */
const SOON_MS = 50;

const { O_RDONLY, O_RDWR, O_WRONLY, O_CREAT, O_EXCL, O_NOFOLLOW = 0 } = constants;

/** How a temporary file is opened: made anew, one that a clone has made, or one to go on with. */
const FLAGS = { new: O_WRONLY | O_CREAT | O_EXCL, made: O_RDONLY, begun: O_RDWR };

/**
 * Opens a temporary file, on the volume that it is meant for.
 *
 * @param mode of a new one
 * @throws MooringError that names the folder, where the cause lies; `VOLUME_OFFLINE` when another volume is there: nothing is left then
 */
export function openTemp(path: NativePath, as: keyof typeof FLAGS, targetDev: bigint, mode = 0o600): { fd: number; made: Stats } {
  const fd = openInFolder(path, FLAGS[as], mode);
  const made = fstatSync(fd);
  if (made.isFile() && BigInt(made.dev) === targetDev) return { fd, made };
  closeSync(fd);
  if (as !== 'begun') discardTemp(path);
  const where = displayName(parentOf(path));
  throw reasonError('VOLUME_OFFLINE', 'target-volume-changed', { path: where });
}

function openInFolder(path: NativePath, flags: number, mode: number): number {
  try {
    return openSync(path, flags | O_NOFOLLOW, mode);
  } catch (error) {
    throw toFsError(error, parentOf(path));
  }
}

/**
 * Removes a temporary file, of which nobody waits for long who has stopped a copy: a large one takes seconds.
 *
 * @returns whether it is gone; else that is under way, or its volume is out of reach
 */
export async function discardSoon(path: NativePath): Promise<boolean> {
  const removed = unlinkAsync(path).then(
    () => true,
    (error: unknown) => errorNumber(error) === 'ENOENT',
  );
  const late = new AbortController();
  const isGone = await Promise.race([removed, delay(SOON_MS, false, { signal: late.signal }).catch(() => false)]);
  late.abort();
  return isGone;
}

/** Removes a temporary file. Where that cannot be, its volume is out of reach, and the journal of the copy names it. */
export function discardTemp(path: NativePath): void {
  try {
    unlinkSync(path);
  } catch (error) {
    if (errorNumber(error) === null) throw error;
  }
}
