import { readFileSync } from 'node:fs';
import { displayName, type NativePath, parentOf, samePath } from '#core/fs/native-path.ts';
import { reasonError } from '#core/fs/reason-error.ts';
import { type FileFacts, factsOf } from '../file-facts.ts';
import { pathKey } from './real-folders.ts';

/**
 * Where anything is mounted, at this moment. On Linux as the kernel lists it, since a bind mount has the device number of what is around it;
 * elsewhere another device number tells.
 */
export class MountPoints {
  readonly #listed: ReadonlySet<string> = new Set(process.platform === 'linux' ? listMountPoints() : []);

  /** @param path without symbolic links on the way */
  has(path: NativePath, facts: FileFacts): boolean {
    const parent = parentOf(path);
    if (samePath(parent, path) || this.#listed.has(pathKey(path))) return true;
    return facts.isDirectory() && factsOf(parent).dev !== facts.dev && process.platform !== 'linux';
  }

  /** @throws MooringError `NOT_SUPPORTED` */
  refuse(path: NativePath, facts: FileFacts): void {
    if (!this.has(path, facts)) return;
    throw reasonError('NOT_SUPPORTED', 'root-of-a-volume', { path: displayName(path) });
  }
}

/** Fields and escapes: proc_pid_mountinfo(5). As Latin-1, which carries any bytes. */
function listMountPoints(): string[] {
  const lines = readFileSync('/proc/self/mountinfo', 'latin1').split('\n');
  return lines.flatMap((line) => {
    const mountPoint = line.split(' ')[4];
    return mountPoint === undefined
      ? []
      : [mountPoint.replace(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)))];
  });
}
