import { lstatSync, readFileSync, statfsSync } from 'node:fs';
import type { NativePath } from '#core/fs/native-path.ts';
import { driveAt } from '#core/volume/linux/mounted-drive.ts';
import type { IndexedRoot } from '../index-task.ts';

export type RootState = 'there' | 'root-gone' | 'volume-gone';

const QUIET = { bigint: true, throwIfNoEntry: false } as const;
const MINOR_BITS = 0xffn;

/**
 * Tells whether a location's root is still the one with which a walk began. Neither its path nor the mount point's is proof: when a
 * drive is pulled out, the empty folder below it appears, and another drive may be mounted there at any moment. Nothing is kept open,
 * so that the drive can be unmounted.
 *
 * Whoever asked for the walk says which drive is meant: between that and this the drive may have been swapped.
 */
export class RootGuard {
  readonly #root: NativePath;
  readonly #mountPoint: string;
  readonly #volume: string | null;
  readonly #folder: string | null;

  constructor({ path, mountPoint, drive }: Pick<IndexedRoot, 'path' | 'mountPoint' | 'drive'>) {
    this.#root = path;
    this.#mountPoint = mountPoint;
    const volume = volumeSignature(mountPoint);
    // After the signature, which holds only as long as this drive does.
    this.#volume = drive == null || driveAt(mountPoint) === drive ? volume : null;
    this.#folder = folderSignature(path);
  }

  check(): RootState {
    if (!this.#isVolumeThere()) return 'volume-gone';
    if (this.#folder !== null && folderSignature(this.#root) === this.#folder) return 'there';
    // Between the two looks the volume may have gone, and its folder with it.
    return this.#isVolumeThere() ? 'root-gone' : 'volume-gone';
  }

  #isVolumeThere(): boolean {
    return this.#volume !== null && volumeSignature(this.#mountPoint) === this.#volume;
  }
}

/** Of a folder: device, file number and birth, which do not change while it is used. Null when it is not there, or no folder. */
function folderSignature(path: NativePath): string | null {
  try {
    const stats = lstatSync(path, QUIET);
    return stats?.isDirectory() ? `${stats.dev} ${stats.ino} ${stats.birthtimeNs}` : null;
  } catch {
    // Whatever the reason, what cannot be looked at is not there.
    return null;
  }
}

function volumeSignature(mountPoint: string): string | null {
  const folder = folderSignature(mountPoint);
  if (folder === null) return null;
  try {
    const { type, bsize, blocks } = statfsSync(mountPoint, { bigint: true });
    const dev = BigInt(folder.split(' ', 1)[0] ?? 0);
    const drive = driveSequence(dev);
    // The size of what is no disk of its own (a network share, a pool) is not fixed.
    const isDisk = process.platform !== 'linux' || drive !== '';
    return `${folder} ${type} ${bsize} ${isDisk ? blocks : ''} ${drive}`;
  } catch {
    // As above.
    return null;
  }
}

/**
 * The number that Linux gives to a disk each time that one is plugged in (`diskseq`, since 5.15): two sticks of one make, with equal file
 * systems, at one mount point differ in nothing else. Empty where there is none.
 *
 * @param dev `st_dev`, of which the kernel makes 12 bits major and 20 bits minor (`gnu_dev_major(3)`)
 */
function driveSequence(dev: bigint): string {
  if (process.platform !== 'linux') return '';
  const major = ((dev >> 8n) & 0xfffn) | ((dev >> 32n) & ~0xfffn);
  const minor = (dev & MINOR_BITS) | ((dev >> 12n) & ~MINOR_BITS);
  if (major === 0n) return '';
  const block = `/sys/dev/block/${major}:${minor}`;
  // A partition has the number of the disk above it.
  return readIfThere(`${block}/diskseq`) ?? readIfThere(`${block}/../diskseq`) ?? 'gone';
}

function readIfThere(path: string): string | null {
  try {
    // Most do not have it: to look first is cheaper than an error.
    return lstatSync(path, QUIET) ? readFileSync(path, 'latin1') : null;
  } catch {
    // The disk is gone, or this kernel does not number disks.
    return null;
  }
}
