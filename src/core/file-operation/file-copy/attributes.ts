import { chmodSync, fchmodSync, fchownSync, futimesSync, lchownSync, lstatSync, lutimesSync, type Stats, utimesSync } from 'node:fs';
import { errorNumber } from '#core/fs/fs-error.ts';
import { type NativePath, parentOf, samePath } from '#core/fs/native-path.ts';
import type { FileFacts } from '../file-facts.ts';
import type { NotKept } from './copy-item.ts';
import {
  ACCESS_ACL,
  attributeNames,
  copyAttributes,
  copyAttributesByProgram,
  DEFAULT_ACL,
  groupBitsOfAcl,
  removeInheritedAcl,
  withTextPath,
} from './extended-attributes.ts';
import { utimeOf } from './file-times.ts';
import type { OpenSource } from './source-file.ts';

/** What a file system says that keeps no modes, owners or times of its own, or not for us. */
const REFUSED = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'EINVAL', 'ENOSYS', 'EACCES']);
const SET_ID_BITS = 0o6000;
/** Coarsest times of file systems are two seconds. */
const BIRTH_TOLERANCE_NS = 2_000_000_000n;
const hasExtendedAttributes = process.platform !== 'win32';

/** Gives copies the mode, owner, extended attributes, ACLs and times of their sources. One instance serves one thread. */
export class AttributeCopier {
  readonly #euid = process.geteuid?.() ?? -1;
  /** Devices of sources that have no extended attributes. */
  readonly #plainDevices = new Set<bigint>();
  /** Whether new files inherit an ACL from the folder that was asked for last. */
  #folder: { path: NativePath; givesAcl: boolean } | null = null;

  /**
   * @param target just made, of whatever mode; its content is complete, or its size at least
   * @param made of `target`, by `fstat`
   * @returns what it does not keep
   * @throws an error of `node:fs` other than a refusal
   */
  copyToFile(source: OpenSource, target: { fd: number; path: NativePath }, made: Stats): NotKept[] {
    const notKept = new Set<NotKept>();
    const { facts } = source;
    const isOwned = this.#giveOwner(facts, made, (uid, gid) => fchownSync(target.fd, uid, gid));
    if (!isOwned) notKept.add('owner');
    const givesAcl = this.#givesAcl(target.path);
    if (givesAcl) withTextPath(target.path, (path) => removeInheritedAcl(path, ACCESS_ACL));
    let mode = modeOf(facts, isOwned);
    const setMode = () => fchmodSync(target.fd, mode);
    // Giving away a file takes its set-id bits.
    if (givesAcl || !isOwned || (made.mode & 0o7777) !== mode || mode & SET_ID_BITS) if (!wasTaken(setMode)) notKept.add('mode');
    for (const what of this.#copyExtended(source, target)) notKept.add(what);
    if (notKept.has('acl')) {
      mode = withoutAcl(mode, source.path);
      wasTaken(setMode);
    }
    if (!wasTaken(() => futimesSync(target.fd, utimeOf(facts.atimeNs), utimeOf(facts.mtimeNs)))) notKept.add('times');
    if (isBirthLost(facts)) notKept.add('birthtime');
    return [...notKept];
  }

  /**
   * For a folder that we made, when everything is in it.
   *
   * @returns what it does not keep
   * @throws an error of `node:fs` other than a refusal
   */
  copyToFolder(source: NativePath, facts: FileFacts, target: NativePath): NotKept[] {
    const notKept = new Set<NotKept>();
    const made = lstatSync(target);
    const isOwned = this.#giveOwner(facts, made, (uid, gid) => lchownSync(target, uid, gid));
    if (!isOwned) notKept.add('owner');
    if (hasExtendedAttributes) {
      for (const acl of [ACCESS_ACL, DEFAULT_ACL] as const) withTextPath(target, (path) => removeInheritedAcl(path, acl));
    }
    let mode = modeOf(facts, isOwned);
    if (!wasTaken(() => chmodSync(target, mode))) notKept.add('mode');
    for (const what of this.#copyExtendedByPath(source, facts, target) ?? ['xattr' as const]) notKept.add(what);
    if (notKept.has('acl')) {
      mode = withoutAcl(mode, source);
      wasTaken(() => chmodSync(target, mode));
    }
    if (!wasTaken(() => utimesSync(target, utimeOf(facts.atimeNs), utimeOf(facts.mtimeNs)))) notKept.add('times');
    return [...notKept];
  }

  /** Of a symbolic link itself. @returns what it does not keep. @throws an error of `node:fs` other than a refusal */
  copyToLink(source: NativePath, facts: FileFacts, target: NativePath): NotKept[] {
    const notKept = new Set<NotKept>();
    if (!this.#giveOwner(facts, lstatSync(target), (uid, gid) => lchownSync(target, uid, gid))) notKept.add('owner');
    for (const what of this.#copyExtendedByPath(source, facts, target) ?? []) notKept.add(what);
    if (!wasTaken(() => lutimesSync(target, utimeOf(facts.atimeNs), utimeOf(facts.mtimeNs)))) notKept.add('times');
    return [...notKept];
  }

  /** False when the owner or group is another than that of the source. */
  #giveOwner(facts: FileFacts, made: Stats, give: (uid: number, gid: number) => void): boolean {
    const [uid, gid] = [Number(facts.uid), Number(facts.gid)];
    if (this.#euid < 0 || (made.uid === uid && made.gid === gid)) return true;
    if (this.#euid === 0 || made.uid === uid) return wasTaken(() => give(uid, gid));
    // The group can be kept where we belong to it.
    if (made.gid !== gid) wasTaken(() => give(made.uid, gid));
    return false;
  }

  #copyExtended(source: OpenSource, target: { fd: number; path: NativePath }): Iterable<NotKept> {
    const byPath = this.#copyExtendedByPath(source.path, source.facts, target.path);
    return byPath ?? copyAttributesByProgram(source.fd, target.fd);
  }

  /** Null when it cannot be done by path: the name is not UTF-8. */
  #copyExtendedByPath(source: NativePath, facts: FileFacts, target: NativePath): Iterable<NotKept> | null {
    if (!hasExtendedAttributes || this.#plainDevices.has(facts.dev)) return [];
    return withTextPath(source, (sourcePath) => {
      const names = attributeNames(sourcePath);
      if (names === null) this.#plainDevices.add(facts.dev);
      if (!names?.length) return [];
      return withTextPath(target, (targetPath) => copyAttributes(sourcePath, targetPath, names));
    });
  }

  #givesAcl(target: NativePath): boolean {
    if (!hasExtendedAttributes) return false;
    const path = parentOf(target);
    if (!this.#folder || !samePath(this.#folder.path, path)) {
      const names = withTextPath(path, (text) => attributeNames(text));
      // A folder whose name is not UTF-8 is taken to give one: to remove what is not there does no harm.
      this.#folder = { path, givesAcl: names?.includes(DEFAULT_ACL) ?? typeof path !== 'string' };
    }
    return this.#folder.givesAcl;
  }
}

/** Without its owner, a program that runs as its owner would run as somebody else. */
function modeOf(facts: FileFacts, isOwned: boolean): number {
  return Number(facts.mode) & (isOwned ? 0o7777 : 0o7777 & ~SET_ID_BITS);
}

/** The mode for a target without ACLs: the owning group gets what its entry says, not what the mask does. */
function withoutAcl(mode: number, source: NativePath): number {
  const group = withTextPath(source, groupBitsOfAcl);
  return group === null ? mode : mode & (0o7707 | (group << 3));
}

/** Lost is only what the time of modification does not tell as well. */
function isBirthLost({ birthtimeNs, mtimeNs }: FileFacts): boolean {
  return birthtimeNs > 0n && birthtimeNs < mtimeNs - BIRTH_TOLERANCE_NS;
}

/** False when the target does not take it. @throws an error of `node:fs` other than a refusal */
function wasTaken(apply: () => void): boolean {
  try {
    apply();
    return true;
  } catch (error) {
    if (REFUSED.has(errorNumber(error) ?? '')) return false;
    throw error;
  }
}
