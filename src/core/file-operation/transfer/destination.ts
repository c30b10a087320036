import { accessSync, constants, realpathSync, statSync } from 'node:fs';
import { fsError, toFsError } from '#core/fs/fs-error.ts';
import { mountAt } from '#core/fs/mounts.ts';
import { displayName, fromBytes, type NativePath, parentOf, samePath } from '#core/fs/native-path.ts';
import { reasonError } from '#core/fs/reason-error.ts';
import type { MooringError } from '#shared/contract/error.ts';
import { type FileFacts, identityOf, isSameFile } from '../file-facts.ts';
import type { TransferMount } from './transfer-messages.ts';

/** A folder that things are put into. */
export interface Destination {
  /** Through no symbolic links. */
  path: NativePath;
  facts: FileFacts;
  /** Null when it lies on no volume that is known. */
  mount: TransferMount | null;
  /** Identities of the folder and of all above it. */
  ancestors: ReadonlySet<string>;
}

/** @throws MooringError when it is no existing folder, or nothing may be written there */
export function checkDestination(destination: NativePath, mounts: readonly TransferMount[]): Destination {
  try {
    refuseUnresponsiveMount(destination, mounts);
    const path = fromBytes(realpathSync.native(destination, 'buffer'));
    const mount = refuseUnresponsiveMount(path, mounts);
    const facts = statSync(path, { bigint: true });
    if (!facts.isDirectory()) throw fsError('ENOTDIR', destination);
    if (mount?.capabilities.isReadOnly) throw readOnly(mount.mountPoint);
    accessSync(path, constants.W_OK | constants.X_OK);
    return { path, facts, mount, ancestors: ancestorsOf(path) };
  } catch (error) {
    const failure = toFsError(error, destination);
    throw failure.code === 'READ_ONLY' ? readOnly(displayName(destination)) : failure;
  }
}

/** Whether the folder is still the one that was checked: when its volume is gone, its path leads elsewhere, or nowhere. */
export function isStillThere({ path, facts }: Pick<Destination, 'path' | 'facts'>): boolean {
  try {
    const now = statSync(path, { bigint: true });
    // The root of another volume that is mounted there by now may have both numbers, but is not of the same age.
    return isSameFile(now, facts) && (process.platform !== 'linux' || now.birthtimeNs === facts.birthtimeNs);
  } catch {
    // Whatever keeps it from being found, it cannot be written to.
    return false;
  }
}

function ancestorsOf(path: NativePath): Set<string> {
  const identities = new Set<string>();
  for (let folder = path; ; folder = parentOf(folder)) {
    identities.add(identityOf(statSync(folder, { bigint: true })));
    if (samePath(folder, parentOf(folder))) return identities;
  }
}

function refuseUnresponsiveMount(path: NativePath, mounts: readonly TransferMount[]): TransferMount | null {
  const found = mountAt(path, mounts);
  const mount = mounts.find((candidate) => candidate === found) ?? null;
  if (!mount?.unresponsive) return mount;
  throw reasonError('VOLUME_UNRESPONSIVE', 'destination-silent', { path: mount.mountPoint });
}

function readOnly(where: string): MooringError {
  return reasonError('VOLUME_READ_ONLY', 'target-read-only', { path: where });
}
