/**
 * @file Real volumes for tests: a disk image that is formatted, attached to a loop device and mounted. To the engine it
 * is a drive that somebody plugs in, pulls out, plugs in elsewhere, or clones. Needs root (`loopMountAbility`).
 */
import { execFile, spawnSync } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, open, rm, rmdir } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { findProgram, kernelKnows } from './host-abilities.ts';
import { makeTestDir } from './test-run.ts';

const run = promisify(execFile);

export type ImageFileSystem = 'ext4' | 'xfs' | 'btrfs' | 'vfat' | 'exfat' | 'ntfs' | 'squashfs';

export interface DiskImageOptions {
  fileSystem: ImageFileSystem;
  /** Raised to the least that the file system needs (xfs 300, btrfs 110). The image is sparse. */
  sizeMb: number;
  label?: string;
}

const LEAST_SIZE_MB: Record<ImageFileSystem, number> = { ext4: 4, xfs: 300, btrfs: 110, vfat: 2, exfat: 2, ntfs: 4, squashfs: 1 };

/** Whether this machine can mount `fileSystem`: with the kernel, or with a driver in user space (NTFS-3G, exfat-fuse). */
export function canMount(fileSystem: ImageFileSystem): boolean {
  return kernelKnows(fileSystem === 'ntfs' ? 'fuseblk' : fileSystem) || (fileSystem === 'exfat' && findProgram(EXFAT_FUSE) !== null);
}

const EXFAT_FUSE = 'mount.exfat-fuse';

/** Makes and formats an image; it is neither attached nor mounted yet. */
export async function createDiskImage(options: DiskImageOptions): Promise<DiskImage> {
  const folder = await makeTestDir('volume');
  const imagePath = path.join(folder, 'disk.img');
  if (options.fileSystem === 'squashfs') {
    const content = path.join(folder, 'content');
    await mkdir(content);
    await run('mksquashfs', [content, imagePath, '-quiet', '-no-progress']);
  } else {
    await makeSparseFile(imagePath, Math.max(options.sizeMb, LEAST_SIZE_MB[options.fileSystem]) * 1024 * 1024);
    await run(`mkfs.${options.fileSystem}`, formatArguments(options, imagePath));
  }
  return new DiskImage(folder, imagePath, options.fileSystem, await readUuid(imagePath));
}

export class DiskImage implements AsyncDisposable {
  /** The image file. */
  readonly path: string;
  readonly fileSystem: ImageFileSystem;
  /** UUID of the file system; empty where it has none (squashfs). */
  readonly uuid: string;
  /** The loop device while attached. */
  device: string | null = null;
  /** Where it is mounted; null while it is not. */
  mountPoint: string | null = null;
  readonly #folder: string;
  readonly #madeFolders: string[] = [];

  constructor(folder: string, imagePath: string, fileSystem: ImageFileSystem, uuid: string) {
    this.#folder = folder;
    this.path = imagePath;
    this.fileSystem = fileSystem;
    this.uuid = uuid;
    undisposed.add(this);
  }

  /** Plugs it in (if it is not) and mounts it, by default in a folder of its own. Returns the mount point. */
  async mount(mountPoint?: string, options: { readOnly?: boolean } = {}): Promise<string> {
    if (this.mountPoint !== null) throw new Error(`${this.path} is mounted at ${this.mountPoint}`);
    const target = mountPoint ?? (await mkdtemp(path.join(this.#folder, 'mnt-')));
    if ((await mkdir(target, { recursive: true })) !== undefined) this.#madeFolders.push(target);
    await this.attach();
    const mountOptions = this.fileSystem === 'xfs' ? ['nouuid'] : [];
    if (options.readOnly) mountOptions.push('ro');
    const flags = mountOptions.length > 0 ? ['-o', mountOptions.join(',')] : [];
    if (this.fileSystem === 'exfat' && !kernelKnows('exfat')) await run(EXFAT_FUSE, [...flags, this.device ?? '', target]);
    else await run('mount', [...flags, '--', this.device ?? '', target]);
    this.mountPoint = target;
    return target;
  }

  /** Attaches the image to a loop device without mounting it: a drive that is plugged in, and no more. Returns the device. */
  async attach(): Promise<string> {
    this.device ??= await attachLoopDevice(this.path);
    return this.device;
  }

  /** Unmounts it and leaves it plugged in. `lazy`: also while it is in use. */
  async unmount(options: { lazy?: boolean } = {}): Promise<void> {
    if (this.mountPoint === null) return;
    await run('umount', [...(options.lazy ? ['-l'] : []), '--', this.mountPoint]);
    this.mountPoint = null;
  }

  /** Pulls the cable: gone from every mount point at once, whoever uses it. */
  async unplug(): Promise<void> {
    if (this.mountPoint !== null) await this.unmount({ lazy: true });
    if (this.device !== null) await run('losetup', ['-d', this.device]);
    this.device = null;
  }

  /** A byte for byte copy on other hardware: same UUID, same label, another image file. */
  async clone(): Promise<DiskImage> {
    const folder = await makeTestDir('volume');
    const imagePath = path.join(folder, 'clone.img');
    if (this.mountPoint !== null) await run('sync', ['-f', '--', this.mountPoint]);
    await copyFile(this.path, imagePath);
    return new DiskImage(folder, imagePath, this.fileSystem, this.uuid);
  }

  /** Unplugs it and removes the image and what `mount` made. */
  async dispose(): Promise<void> {
    await this.unplug();
    for (const folder of this.#madeFolders) {
      await rmdir(folder).catch(() => {
        // Something else is mounted there or lies in it: not ours to remove.
      });
    }
    undisposed.delete(this);
    await rm(this.#folder, { recursive: true, force: true });
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.dispose();
  }

  /** For the end of the process, when nothing can be awaited any more. */
  disposeNow(): void {
    if (this.mountPoint !== null) spawnSync('umount', ['-l', '--', this.mountPoint]);
    if (this.device !== null) spawnSync('losetup', ['-d', this.device]);
  }
}

const undisposed = new Set<DiskImage>();
process.once('exit', () => {
  for (const image of undisposed) image.disposeNow();
});

/** Another process may take the same free loop device between finding and attaching it: tried again then. */
async function attachLoopDevice(imagePath: string): Promise<string> {
  for (let attempt = 1; ; attempt++) {
    try {
      const { stdout } = await run('losetup', ['--find', '--show', '--', imagePath]);
      return stdout.trim();
    } catch (error) {
      if (attempt === 20) throw error;
    }
  }
}

async function makeSparseFile(filePath: string, sizeBytes: number): Promise<void> {
  await using file = await open(filePath, 'w');
  await file.truncate(sizeBytes);
}

function formatArguments({ fileSystem, label }: DiskImageOptions, imagePath: string): string[] {
  const labelFlag = { ext4: '-L', xfs: '-L', btrfs: '-L', vfat: '-n', exfat: '-L', ntfs: '-L', squashfs: '' }[fileSystem];
  const quiet = { ext4: ['-q', '-F'], xfs: ['-q'], btrfs: ['-q'], vfat: [], exfat: [], ntfs: ['-Q', '-F', '-q'], squashfs: [] }[fileSystem];
  return [...quiet, ...(label === undefined ? [] : [labelFlag, label]), imagePath];
}

async function readUuid(imagePath: string): Promise<string> {
  const { stdout } = await run('blkid', ['-p', '-s', 'UUID', '-o', 'value', '--', imagePath]).catch(() => ({ stdout: '' }));
  return stdout.trim();
}
