import type { Volume } from '../../shared/contract/volume.ts';
import { formatSdPath, formatVolumePath, parseSdPath } from '../../shared/sd-path.ts';

/** One step of a breadcrumb: the name to show, and the address that it leads to. */
export interface PathStep {
  name: string;
  path: string;
}

const decoder = new TextDecoder();

/** The address of a volume's root: a mount point (also `D:\`) on this device. */
export function mountPointToSdPath(deviceId: string, mountPoint: string): string {
  return formatSdPath(deviceId, mountPoint.replaceAll('\\', /^[A-Za-z]:/.test(mountPoint) ? '/' : '\\'));
}

/** The address of a volume's root that holds whether it is plugged in or not. */
export function volumeRoot(fingerprint: string): string {
  return formatVolumePath(fingerprint, '/');
}

/** The part of `path` below `root`, without a slash at its ends; empty for the root itself, null for what does not lie in it. */
export function pathBelow(root: string, path: string): string | null {
  const base = root.replace(/\/+$/, '');
  const trimmed = path.replace(/\/+$/, '');
  if (trimmed === base) return '';
  return trimmed.startsWith(`${base}/`) ? trimmed.slice(base.length + 1) : null;
}

/** The address of what lies `below` a folder, as `pathBelow` gave it. */
export function joinPath(root: string, below: string | null): string {
  return below === null || below === '' ? root : `${root.replace(/\/+$/, '')}/${below}`;
}

/** The steps below `root` that lead to `path`; null when `path` does not lie in `root`. */
export function stepsBelow(root: string, path: string): PathStep[] | null {
  const base = root.endsWith('/') ? root.slice(0, -1) : root;
  if (path === root || path === base) return [];
  if (!path.startsWith(`${base}/`)) return null;
  const steps: PathStep[] = [];
  let address = base;
  for (const part of path.slice(base.length + 1).split('/')) {
    if (part === '') continue;
    address += `/${part}`;
    steps.push({ name: lastName(address), path: address });
  }
  return steps;
}

/** The last name of an SdPath, decoded for people to read; of a plain path, its last part. */
export function lastName(path: string): string {
  const parsed = parseSdPath(path);
  if (parsed?.type === 'content') return path;
  const text = parsed ? decoder.decode(parsed.path) : path;
  const trimmed = text.replace(parsed ? /\/+$/ : /[\\/]+$/, '');
  return trimmed.split(parsed ? '/' : /[\\/]/).at(-1) ?? text;
}

/** The folder that holds `path`; null at the root of the file system. */
export function parentPath(path: string): string | null {
  const trimmed = path.replace(/\/+$/, '');
  const cut = trimmed.lastIndexOf('/');
  return cut <= 'sd://'.length ? null : trimmed.slice(0, cut);
}

/** The plain path of an SdPath on this device, for people to read and copy. */
export function plainPath(path: string): string {
  const parsed = parseSdPath(path);
  if (parsed?.type !== 'physical') return path;
  const text = decoder.decode(parsed.path);
  return /^\/[A-Za-z]:\//.test(text) ? text.slice(1).replaceAll('/', '\\') : text;
}

/**
 * An address by volume as the one by device, while the volume is mounted: that is how lists name what is in them. Any other address, and
 * that of a volume that is away, stays as it is.
 */
export function presentAddress(address: string, volumes: readonly Pick<Volume, 'fingerprint' | 'mountPoint'>[], deviceId: string): string {
  const [, fingerprint] = /^sd:\/\/volume\/([0-9a-f]{64})(?:\/|$)/.exec(address) ?? [];
  const mountPoint = volumes.find((volume) => volume.fingerprint === fingerprint)?.mountPoint ?? null;
  if (fingerprint === undefined || mountPoint === null) return address;
  return joinPath(mountPointToSdPath(deviceId, mountPoint), pathBelow(volumeRoot(fingerprint), address));
}

/** An address on a drive that is plugged in as the one by volume, which holds when it is not. Any other address stays as it is. */
export function lastingAddress(address: string, volumes: readonly Pick<Volume, 'fingerprint' | 'mountPoints'>[], deviceId: string): string {
  const roots = volumes
    .flatMap(({ fingerprint, mountPoints }) =>
      mountPoints.map((mountPoint) => ({ fingerprint, root: mountPointToSdPath(deviceId, mountPoint) })),
    )
    .filter(({ root }) => pathBelow(root, address) !== null)
    // Of volumes that are mounted in one another, the innermost.
    .sort((a, b) => b.root.length - a.root.length);
  const [home] = roots;
  return home ? joinPath(volumeRoot(home.fingerprint), pathBelow(home.root, address)) : address;
}
