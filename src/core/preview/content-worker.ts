/**
 * @file Reads files for previews in a thread of its own, one for each mount, so that a drive that hangs holds up nobody else. The only one to
 * talk to it is `ContentThread`.
 *
 * A file is opened for each piece that is read, and closed again before the piece is handed over: however long somebody looks at a film that
 * is paused, its drive can be ejected.
 */
import { closeSync, constants, fstatSync, lstatSync, openSync, readSync, realpathSync, statfsSync } from 'node:fs';
import { parentPort } from 'node:worker_threads';
import { refuseUnresponsive } from '#core/entry/folder-views.ts';
import { toFsError } from '#core/fs/fs-error.ts';
import { type Mount, mountAt } from '#core/fs/mounts.ts';
import { baseName, displayName, fromBytes, fromMessage, type NativePath } from '#core/fs/native-path.ts';
import type { EntryDetails } from '#shared/contract/entry.ts';
import { type ErrorBody, MooringError } from '#shared/contract/error.ts';
import { describeDetails } from './describe-details.ts';

export interface ContentLook {
  /** As people read it; of a link, that of the file it leads to. */
  name: string;
  sizeBytes: number;
  /** Another one whenever the file may be another one, or hold something else. */
  version: string;
}

/** What the engine's thread asks for. `path` as the user knows it; links are followed. */
export type ContentRequest =
  | { type: 'look'; path: NativePath; mounts: Mount[] }
  /** Fewer bytes at the end of the file. Fails as `CONFLICT` when the file is not of that version any more. */
  | { type: 'read'; path: NativePath; mounts: Mount[]; version: string; position: number; length: number }
  /** Of the entry itself: links are not followed. */
  | { type: 'details'; path: NativePath; mounts: Mount[] };

export type ContentResult = ContentLook | Uint8Array<ArrayBuffer> | EntryDetails;

export type ContentReply =
  | { type: 'working'; id: number }
  | { type: 'done'; id: number; result: ContentResult }
  | { type: 'failed'; id: number; error: ErrorBody };

/** File systems whose “files” are questions to the kernel: reading one may wait for ever, or change something. `statfs(2)`. */
const KERNEL_FILE_SYSTEMS = new Set([
  ...[0x9fa0, 0x62656572, 0x64626720, 0x74726163, 0x63677270, 0x0027e0eb, 0x1cd1, 0x6e736673, 0x73636673, 0xcafe4a11, 0x6165676c],
]);
/** The file may be a pipe by the time it is opened: that must not wait for a writer. Absent on Windows, which has none. */
const READ_FLAGS = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOFOLLOW ?? 0);

const port = parentPort;
if (!port) throw new Error('content-worker runs as a worker thread');

port.on('message', ({ id, request }: { id: number; request: ContentRequest }) => {
  const reply = (message: ContentReply, transfer: ArrayBuffer[] = []) => port.postMessage(message, transfer);
  const path = fromMessage(request.path);
  reply({ type: 'working', id });
  try {
    if (request.type === 'read') {
      const result = readPiece(path, request);
      reply({ type: 'done', id, result }, [result.buffer]);
    } else {
      const result = request.type === 'look' ? lookAt(path, request.mounts) : describeDetails(path, request.mounts);
      reply({ type: 'done', id, result });
    }
  } catch (error) {
    reply({ type: 'failed', id, error: toFsError(error, path).toBody() });
  }
});

function lookAt(path: NativePath, mounts: readonly Mount[]): ContentLook {
  return withFile(path, mounts, (_file, look) => look);
}

function readPiece(path: NativePath, request: ContentRequest & { type: 'read' }): Uint8Array<ArrayBuffer> {
  return withFile(path, request.mounts, (file, { version }) => {
    if (version !== request.version) {
      throw new MooringError('CONFLICT', `“${displayName(path)}” has changed while it was read. Open it again.`);
    }
    const bytes = new Uint8Array(request.length);
    let filled = 0;
    while (filled < bytes.length) {
      const count = readSync(file, bytes, filled, bytes.length - filled, request.position + filled);
      if (count === 0) break;
      filled += count;
    }
    return filled === bytes.length ? bytes : bytes.slice(0, filled);
  });
}

/** @throws an error of `node:fs`; `NOT_SUPPORTED` for what is no file of a volume */
function withFile<T>(path: NativePath, mounts: readonly Mount[], use: (file: number, look: ContentLook) => T): T {
  const real = fromBytes(realpathSync.native(path, 'buffer'));
  refuseUnresponsive(real, mounts);
  // What is no file is not even opened: that alone may have an effect on a device.
  const isOnVolume = mountAt(real, mounts) !== null && !KERNEL_FILE_SYSTEMS.has(statfsSync(real).type);
  if (!isOnVolume || !lstatSync(real).isFile()) throw notAFile(path);
  const file = openSync(real, READ_FLAGS);
  try {
    const stats = fstatSync(file, { bigint: true });
    if (!stats.isFile()) throw notAFile(path);
    const version = [stats.dev, stats.ino, stats.size, stats.mtimeNs].map((part) => part.toString(36)).join('-');
    return use(file, { name: displayName(baseName(real)), sizeBytes: Number(stats.size), version });
  } finally {
    closeSync(file);
  }
}

function notAFile(path: NativePath): MooringError {
  return new MooringError('NOT_SUPPORTED', `“${displayName(path)}” is no file of a drive: there is nothing to show of it.`);
}
