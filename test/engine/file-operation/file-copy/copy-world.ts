import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { getAttributeSync, listAttributesSync } from '@napi-rs/xattr';
import { CopyControl, createControlMemory } from '#core/file-operation/file-copy/copy-control.ts';
import type { CopyItem } from '#core/file-operation/file-copy/copy-item.ts';
import { FileCopier, type FileCopierOptions } from '#core/file-operation/file-copy/file-copier.ts';
import { joinPath, type NativePath } from '#core/fs/native-path.ts';
import { createDiskImage, type ImageFileSystem } from '#test/instruments/loop-volume.ts';
import { FuseMount } from '#test/instruments/mounts.ts';
import { makeTestDir } from '#test/instruments/test-run.ts';

export type PlaceKind = ImageFileSystem | 'tmpfs' | 'fuse';

/** A mounted file system of some kind, until disposed. */
export async function openPlace(kind: PlaceKind, sizeMb = 400): Promise<{ root: string } & AsyncDisposable> {
  if (kind === 'fuse') {
    const mount = await FuseMount.create();
    return { root: mount.mountPoint, [Symbol.asyncDispose]: () => mount[Symbol.asyncDispose]() };
  }
  if (kind === 'tmpfs') {
    const root = await makeTestDir('tmpfs');
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${sizeMb}m`, 'tmpfs', root]);
    return { root, [Symbol.asyncDispose]: async () => void execFileSync('umount', ['-l', '--', root]) };
  }
  const image = await createDiskImage({ fileSystem: kind, sizeMb });
  return { root: await image.mount(), [Symbol.asyncDispose]: () => image.dispose() };
}

export function makeCopier(options: Partial<FileCopierOptions> = {}): { copier: FileCopier; control: CopyControl } {
  const control = options.control ?? new CopyControl(createControlMemory());
  return { control, copier: new FileCopier({ hash: true, parallel: false, checkTarget: () => undefined, ...options, control }) };
}

/** A file on its way into `folder`, as whoever orders copies would say it. */
export function itemOf(source: NativePath, folder: NativePath, more: Partial<CopyItem> = {}): CopyItem {
  const facts = lstatSync(source, { bigint: true });
  const targetDev = lstatSync(folder, { bigint: true }).dev;
  return { source, facts, temp: joinPath(folder, `.mooring-0123456789ab-${nextNumber++}.part`), targetDev, ...more };
}

let nextNumber = 1;

export function newFolder(root: string): string {
  mkdirSync(root, { recursive: true });
  return mkdtempSync(path.join(root, 'folder-'));
}

/** What must be the same of a file and its copy. */
export function looksOf(file: NativePath) {
  const { mode, uid, gid, size, mtimeNs } = lstatSync(file, { bigint: true });
  return {
    mode: (Number(mode) & 0o7777).toString(8),
    owner: `${uid}:${gid}`,
    size: Number(size),
    second: mtimeNs >= 0n ? mtimeNs / 1_000_000_000n : (mtimeNs - 999_999_999n) / 1_000_000_000n,
    content: createHash('sha256').update(readFileSync(file)).digest('hex'),
    attributes: typeof file === 'string' ? attributesOf(file) : null,
  };
}

/** Without those that the file system itself makes. */
export function attributesOf(file: string): Record<string, string> {
  const names = listAttributesSync(file).filter((name) => !/^(security\.selinux|trusted\.SGI_ACL_FILE)$/.test(name));
  return Object.fromEntries(names.sort().map((name) => [name, getAttributeSync(file, name)?.toString('hex') ?? '']));
}

/** The reference implementation's own program. */
export function b3sum(file: string): string {
  return execFileSync('b3sum', ['--no-names', '--', file], { encoding: 'utf8' }).trim();
}

export function namesIn(folder: string): string[] {
  return readdirSync(folder).sort();
}
