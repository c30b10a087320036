import { lstat, readlink } from 'node:fs/promises';
import path from 'node:path';
import { fromBytes, isWithin, type NativePath, toBytes } from '../fs/native-path.ts';
import type { LiveVolume } from './live-volume.ts';
import { runCommand } from './run-command.ts';

/** As many as Linux follows. */
const MOST_LINKS = 40;
const CHILD_TIMEOUT_MS = 2000;

/** The volume whose mount point is the longest that holds `nativePath`, by the text of both alone. */
export function volumeContaining<V extends Pick<LiveVolume, 'mountPoints' | 'hiddenMountPoints'>>(
  live: readonly V[],
  nativePath: NativePath,
): V | null {
  let best: { volume: V; length: number } | null = null;
  for (const volume of live) {
    for (const mountPoint of [...volume.mountPoints, ...(volume.hiddenMountPoints ?? [])]) {
      if (mountPoint.length > (best?.length ?? -1) && holds(mountPoint, nativePath)) best = { volume, length: mountPoint.length };
    }
  }
  return best?.volume ?? null;
}

/**
 * The path with its symbolic links resolved, as far as it exists. Never waits on a mount that does not answer: before
 * each step it is known, from the mount table, on which volume the step lies. What may hang is resolved by a child
 * process with a deadline; what is known not to answer is taken as written.
 */
export async function resolveLinks(nativePath: NativePath, live: readonly LiveVolume[]): Promise<NativePath> {
  if (process.platform === 'win32') return nativePath;
  // Latin-1 carries any bytes through the text functions unharmed.
  const pending = toBytes(nativePath).toString('latin1').split('/');
  let resolved = '/';
  let links = 0;
  while (pending.length > 0) {
    const name = pending.shift() ?? '';
    if (name === '' || name === '.') continue;
    const next = name === '..' ? path.posix.dirname(resolved) : path.posix.join(resolved, name);
    const volume = volumeContaining(live, nativeFrom(next));
    const written = nativeFrom(path.posix.join(next, ...pending));
    if (volume?.unresponsive) return written;
    if (volume?.mayHang) return resolveInChild(written);
    const target = await readLinkAt(next);
    if (target === 'missing') return written;
    if (target === null) {
      resolved = next;
      continue;
    }
    if (++links > MOST_LINKS) return written;
    if (target.startsWith('/')) resolved = '/';
    pending.unshift(...target.split('/'));
  }
  return nativeFrom(resolved);
}

/** Target of a symbolic link; null for anything else that exists. */
async function readLinkAt(step: string): Promise<string | null | 'missing'> {
  const bytes = Buffer.from(step, 'latin1');
  try {
    if (!(await lstat(bytes)).isSymbolicLink()) return null;
    return (await readlink(bytes, { encoding: 'buffer' })).toString('latin1');
  } catch {
    return 'missing'; // Or out of our reach: then, too, the rest of the path cannot be looked at.
  }
}

async function resolveInChild(written: NativePath): Promise<NativePath> {
  if (typeof written !== 'string') return written;
  try {
    const { stdout } = await runCommand('realpath', ['-m', '-z', '--', written], { timeoutMs: CHILD_TIMEOUT_MS });
    return stdout.replace(/\0$/, '') || written;
  } catch {
    return written; // It hangs, or there is no such tool: the path as written lies on that volume.
  }
}

function holds(mountPoint: string, nativePath: NativePath): boolean {
  if (process.platform !== 'win32' || typeof nativePath !== 'string') return isWithin(nativePath, mountPoint);
  return isWithin(nativePath.toLowerCase(), mountPoint.toLowerCase().replace(/(?<=.:)\\$/, '\\'));
}

function nativeFrom(latin1: string): NativePath {
  return fromBytes(Buffer.from(latin1, 'latin1'));
}
