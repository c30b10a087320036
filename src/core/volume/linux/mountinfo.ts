import { fromBytes, type NativePath } from '#core/fs/native-path.ts';

/** One line of `/proc/self/mountinfo`. */
export interface Mount {
  id: number;
  parentId: number;
  /** `major:minor` of the file system's device; major 0 means that there is no block device behind it. */
  deviceNumber: string;
  /** The folder of the file system that is mounted: `/`, or another one for bind mounts and subvolumes. */
  root: string;
  mountPoint: NativePath;
  isReadOnly: boolean;
  /** The kernel's own name, e.g. `ext4`, `fuse.sshfs`. */
  type: string;
  source: string;
}

/**
 * Parses `/proc/self/mountinfo` (format: proc_pid_mountinfo(5)). Takes bytes, because mount points are bytes: the kernel
 * escapes space, tab, newline, backslash and `#` in octal and passes everything else through. Mounts whose folder was
 * deleted are left out, as is whatever is not a line of that format.
 */
export function parseMountinfo(content: Buffer): Mount[] {
  const mounts: Mount[] = [];
  // Latin-1 carries any bytes through the text functions unharmed.
  for (const line of content.toString('latin1').split('\n')) {
    const mount = parseLine(line);
    if (mount) mounts.push(mount);
  }
  return mounts;
}

function parseLine(line: string): Mount | null {
  const separator = line.indexOf(' - ');
  if (separator < 0) return null;
  const [id, parentId, deviceNumber, root, mountPoint, options] = line.slice(0, separator).split(' ');
  const [type, source, superOptions] = line.slice(separator + 3).split(' ');
  if (!id || !parentId || !deviceNumber || !root || !mountPoint || !options || !type) return null;
  if (mountPoint.endsWith('//deleted')) return null;
  return {
    id: Number(id),
    parentId: Number(parentId),
    deviceNumber,
    root: unescapeOctal(root).toString('utf8'),
    mountPoint: fromBytes(unescapeOctal(mountPoint)),
    isReadOnly: hasOption(options, 'ro') || hasOption(superOptions ?? '', 'ro'),
    type,
    source: unescapeOctal(source ?? '').toString('utf8'),
  };
}

function hasOption(options: string, name: string): boolean {
  return options.split(',').includes(name);
}

function unescapeOctal(field: string): Buffer {
  const plain = field.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));
  return Buffer.from(plain, 'latin1');
}

/**
 * The mounts that a path can reach: without those that another mount on the same folder, or on a folder above, has
 * covered. Order is kept.
 *
 * A mount's children are looked at in the way a path walk meets them: one that lies on the mount's own folder covers all
 * the others; of two where one lies above the other, the upper covers the lower (had the lower come later, it would be
 * the upper's child).
 */
export function reachableMounts(mounts: readonly Mount[]): Mount[] {
  const ids = new Set(mounts.map((mount) => mount.id));
  const childrenByParent = Map.groupBy(mounts, (mount) => (ids.has(mount.parentId) && mount.parentId !== mount.id ? mount.parentId : null));
  const reachable = new Set<Mount>();
  const pending: { mountPoint: string | null; children: Mount[] }[] = [{ mountPoint: null, children: childrenByParent.get(null) ?? [] }];
  for (let next = pending.pop(); next; next = pending.pop()) {
    for (const child of uncovered(next.children)) {
      reachable.add(child);
      pending.push({ mountPoint: textOf(child), children: childrenByParent.get(child.id) ?? [] });
    }
  }
  // A mount that another one covers on its own folder is passed through by the walk, but shows nothing of itself.
  const covered = new Set(
    mounts.filter((mount) => (childrenByParent.get(mount.id) ?? []).some((child) => textOf(child) === textOf(mount))),
  );
  return mounts.filter((mount) => reachable.has(mount) && !covered.has(mount));
}

/** Of sibling mounts, those that no other sibling covers. Of several on one folder the last counts. */
function uncovered(siblings: readonly Mount[]): Mount[] {
  const lastByFolder = new Map(siblings.map((mount) => [`${textOf(mount)}/`.replace(/^\/+$/, '/'), mount]));
  const result: Mount[] = [];
  let cover: string | null = null;
  // With a slash at the end, whatever lies below a folder follows it directly: `/a-b/`, `/a/`, `/a/b/`.
  for (const folder of [...lastByFolder.keys()].sort()) {
    const mount = lastByFolder.get(folder);
    if (!mount || (cover !== null && folder.startsWith(cover))) continue;
    cover = folder;
    result.push(mount);
  }
  return result;
}

/** Mount points as text that differs when they differ, bytes that are not UTF-8 included. */
function textOf(mount: Mount): string {
  return typeof mount.mountPoint === 'string' ? mount.mountPoint : mount.mountPoint.toString('latin1');
}
