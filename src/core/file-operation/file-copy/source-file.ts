import { constants, fstatSync, openSync } from 'node:fs';
import { displayName, type NativePath } from '#core/fs/native-path.ts';
import { reasonError } from '#core/fs/reason-error.ts';
import type { MooringError } from '#shared/contract/error.ts';
import type { FileFacts } from '../file-facts.ts';
import type { SourceIdentity } from './copy-item.ts';

const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants;

/** An open file that is copied. */
export interface OpenSource {
  fd: number;
  path: NativePath;
  facts: FileFacts;
}

/** Opens a file to be read; what has become a link or a pipe meanwhile is neither followed nor waited for. @throws an error of `node:fs` */
export function openSource(path: NativePath): number {
  return openSync(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
}

/** @throws MooringError `NOT_SUPPORTED` when it is no file (any more); an error of `node:fs` */
export function factsOfOpen(fd: number): FileFacts {
  const facts = fstatSync(fd, { bigint: true });
  if (!facts.isFile()) throw reasonError('NOT_SUPPORTED', 'no-file-any-more', {});
  return facts;
}

export function isSameSource(a: SourceIdentity, b: SourceIdentity): boolean {
  return a.size === b.size && a.mtimeNs === b.mtimeNs && a.ino === b.ino && a.dev === b.dev;
}

export function identityOf({ dev, ino, size, mtimeNs }: SourceIdentity): SourceIdentity {
  return { dev, ino, size, mtimeNs };
}

export function changesMeanwhile(source: NativePath): MooringError {
  return reasonError('VERIFICATION_FAILED', 'changes-meanwhile', { path: displayName(source) });
}
