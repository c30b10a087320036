import { readFileSync } from 'node:fs';
import { baseName, isWithin, type NativePath, parentOf } from '#core/fs/native-path.ts';
import { fileSystemFacts, fileSystemName, isPseudoFileSystem } from '#core/volume/file-system-facts.ts';
import { isNetwork, isUserSpace } from '#core/volume/linux/classify-mount.ts';
import { type Mount, parseMountinfo, reachableMounts } from '#core/volume/linux/mountinfo.ts';

/** How old the mount table may be: who mounts something while it is being indexed may see a little of it indexed. */
const MAX_AGE_MS = 500;

export interface NestedMount {
  /** Whether it may be read at all: it holds files, and none that are also elsewhere below the root. */
  isEnterable: boolean;
  /** A server or a process answers for it, or does not: it is not even looked at unless it is to be entered. */
  mayHang: boolean;
}

/** What is mounted below a location's root. On Linux the mount table tells; elsewhere a device number does. */
export class NestedMounts {
  readonly #root: NativePath;
  #byPath = new Map<string, NestedMount>();
  #namesByFolder = new Map<string, NativePath[]>();
  #table = '';
  #readAtMs = Number.NEGATIVE_INFINITY;
  /** Of the file system that the root lies on, as the kernel names it; empty where unknown. */
  fileSystem = '';

  constructor(root: NativePath) {
    this.#root = root;
    this.refresh();
  }

  /** Reads the mount table again when it is old. */
  refresh(nowMs: number = performance.now()): void {
    if (process.platform !== 'linux' || nowMs - this.#readAtMs < MAX_AGE_MS) return;
    this.#readAtMs = nowMs;
    const content = readFileSync('/proc/self/mountinfo');
    const table = content.toString('latin1');
    if (table === this.#table) return;
    this.#table = table;
    const mounts = reachableMounts(parseMountinfo(content));
    const own = mounts
      .filter(({ mountPoint }) => isWithin(this.#root, mountPoint))
      .sort((a, b) => b.mountPoint.length - a.mountPoint.length)[0];
    this.fileSystem = own?.type ?? '';
    const nested = mounts.filter((mount) => mount !== own && isWithin(mount.mountPoint, this.#root));
    this.#byPath = new Map(nested.map((mount) => [keyOf(mount.mountPoint), describe(mount, own)]));
    const byFolder = Map.groupBy(nested, ({ mountPoint }) => keyOf(parentOf(mountPoint)));
    this.#namesByFolder = new Map([...byFolder].map(([folder, inIt]) => [folder, inIt.map(({ mountPoint }) => baseName(mountPoint))]));
  }

  get isEmpty(): boolean {
    return this.#byPath.size === 0;
  }

  at(path: NativePath): NestedMount | null {
    return this.#byPath.get(keyOf(path)) ?? null;
  }

  /** Names of the mount points that are directly in a folder. */
  namesIn(folder: NativePath): readonly NativePath[] {
    return this.#namesByFolder.get(keyOf(folder)) ?? [];
  }

  /** Whether a name that is found may be another spelling of the one that was asked for. */
  get isCaseBlind(): boolean {
    return !this.#facts?.caseSensitive;
  }

  /** FAT has no file numbers, and FUSE programs mostly make theirs up: the same file has another one later. */
  get hasLastingInodes(): boolean {
    const name = this.fileSystem;
    return !(name === 'vfat' || name === 'msdos' || name === 'exfat' || name === 'fuse' || name.startsWith('fuse.'));
  }

  get #facts() {
    return this.fileSystem === '' ? null : fileSystemFacts(fileSystemName(this.fileSystem));
  }
}

function describe(mount: Mount, own: Mount | undefined): NestedMount {
  const isOther = mount.deviceNumber !== own?.deviceNumber;
  const hasFiles = mount.type === 'tmpfs' || !isPseudoFileSystem(mount.type);
  return { isEnterable: isOther && hasFiles, mayHang: isNetwork(mount) || isUserSpace(mount) };
}

function keyOf(path: NativePath): string {
  return typeof path === 'string' ? path : `\0${path.toString('latin1')}`;
}
