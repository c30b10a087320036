import { spawnSync } from 'node:child_process';
import { closeSync, constants, openSync } from 'node:fs';
import { constants as os } from 'node:os';
import { getAttributeSync, listAttributesSync, removeAttributeSync, setAttributeSync } from '@napi-rs/xattr';
import { baseName, type NativePath, parentOf } from '#core/fs/native-path.ts';
import type { NotKept } from './copy-item.ts';

export const ACCESS_ACL = 'system.posix_acl_access';
export const DEFAULT_ACL = 'system.posix_acl_default';
const ACLS = new Set([ACCESS_ACL, DEFAULT_ACL]);
/** What the target's system gives by itself, or what only means something where it is. */
const OWN_TO_A_PLACE =
  /^(security\.(selinux|ima|evm|apparmor|SMACK64.*)|trusted\.(overlay\..*|SGI_ACL_.*)|btrfs\.compression|system\.(?!posix_acl_).*)$/;
/** `O_PATH` of Linux, which Node does not name: only to lead to what is inside. */
const O_PATH = 0o10000000;
const UNSUPPORTED = new Set([os.errno.ENOTSUP, os.errno.EOPNOTSUPP, os.errno.ENOSYS]);

/** Names of all attributes, nothing followed; null where the file system has none. @throws an error of the system */
export function attributeNames(path: string): string[] | null {
  try {
    return listAttributesSync(path);
  } catch (error) {
    if (UNSUPPORTED.has(systemErrorOf(error) ?? 0)) return null;
    throw error;
  }
}

/**
 * Gives `target` the attributes `names` of `source`, both UTF-8.
 *
 * @returns what it did not take
 */
export function copyAttributes(source: string, target: string, names: readonly string[]): Set<NotKept> {
  const notKept = new Set<NotKept>();
  for (const name of names) {
    if (OWN_TO_A_PLACE.test(name)) continue;
    try {
      const value = getAttributeSync(source, name);
      if (value) setAttributeSync(target, name, value);
    } catch {
      // Whatever the reason (no room, no right, no such attributes there): it is told.
      notKept.add(ACLS.has(name) ? 'acl' : 'xattr');
    }
  }
  return notKept;
}

/** Removes access rights that a new file or folder has been given by the folder that it is in. */
export function removeInheritedAcl(path: string, name: typeof ACCESS_ACL | typeof DEFAULT_ACL): void {
  try {
    removeAttributeSync(path, name);
  } catch (error) {
    const number = systemErrorOf(error);
    // There is none.
    if (number !== os.errno.ENODATA && !UNSUPPORTED.has(number ?? 0)) throw error;
  }
}

/**
 * What the owning group may do by an ACL, for targets that keep none: the mode of its file says instead what anybody named in it may do
 * at most. Format: acl_ea.h of Linux (version, then tag, permissions and id of each entry).
 *
 * @returns three bits; null when the file has no such ACL
 */
export function groupBitsOfAcl(path: string): number | null {
  const OWNING_GROUP = 0x04;
  const acl = getAttributeSync(path, ACCESS_ACL);
  if (acl === null || acl.length < 4 || acl.readUInt32LE(0) !== 2) return null;
  for (let offset = 4; offset + 8 <= acl.length; offset += 8) {
    if (acl.readUInt16LE(offset) === OWNING_GROUP) return acl.readUInt16LE(offset + 2) & 7;
  }
  return null;
}

/**
 * Calls `use` with a path in UTF-8 that leads to the same file, since the library takes no other: a folder whose path is not UTF-8 is
 * entered by its descriptor. Null, and not called, where the name itself is not UTF-8.
 */
export function withTextPath<T>(path: NativePath, use: (path: string) => T): T | null {
  if (typeof path === 'string') return use(path);
  const name = baseName(path);
  if (typeof name !== 'string') return null;
  const folder = openSync(parentOf(path), O_PATH | (constants.O_DIRECTORY ?? 0));
  try {
    return use(`/proc/self/fd/${folder}/${name}`);
  } finally {
    closeSync(folder);
  }
}

/** As `copyAttributes` does it with all, for open files whose names are not UTF-8: by coreutils, at a few milliseconds each. */
export function copyAttributesByProgram(sourceFd: number, targetFd: number): Set<NotKept> {
  const files = ['/proc/self/fd/3', '/proc/self/fd/4'];
  const { status } = spawnSync('cp', ['--attributes-only', '--preserve=xattr', '--', ...files], {
    stdio: ['ignore', 'ignore', 'ignore', sourceFd, targetFd],
  });
  return new Set<NotKept>(status === 0 ? [] : ['xattr']);
}

/** The library tells the system's error number in its message alone. */
function systemErrorOf(error: unknown): number | null {
  const number = error instanceof Error ? /\(os error (\d+)\)/.exec(error.message)?.[1] : undefined;
  return number === undefined ? null : Number(number);
}
