/**
 * @file Reads folders in a thread of its own: synchronous calls are four times faster than promises, a slow disk delays
 * nobody else, and the folders that are being browsed are kept here. The only one to talk to it is `FolderWorkerClient`.
 */
import { realpathSync, statSync } from 'node:fs';
import { parentPort } from 'node:worker_threads';
import { fsError, toFsError } from '#core/fs/fs-error.ts';
import { type Mount, mountAt } from '#core/fs/mounts.ts';
import { baseName, fromBytes, fromMessage, joinPath, type NativePath, parentOf } from '#core/fs/native-path.ts';
import type { Entry } from '#shared/contract/entry.ts';
import type { ErrorBody } from '#shared/contract/error.ts';
import { describeEntry, describeFolder } from './describe-entry.ts';
import { type FolderPage, type FolderQuery, type FolderQuestion, FolderViews, refuseUnresponsive } from './folder-views.ts';

export interface EntryQuery {
  path: NativePath;
  deviceId: string;
  mounts: Mount[];
}

/** What the engine's thread asks for. */
export type FolderRequest =
  | { type: 'page'; query: FolderQuery }
  | { type: 'entry'; query: EntryQuery }
  | { type: 'question'; query: FolderQuestion };
/** To a question: a number, null where there is none, or names. */
export type FolderResult = FolderPage | Entry | number | null | NativePath[];

/** `working` names the request whose turn it is, before the disk is touched for it. */
export type FolderReply =
  | { type: 'working'; id: number }
  | { type: 'done'; id: number; result: FolderResult }
  | { type: 'failed'; id: number; error: ErrorBody };

const FORGET_INTERVAL_MS = 60_000;

const port = parentPort;
if (!port) throw new Error('folder-worker runs as a worker thread');
const views = new FolderViews();
setInterval(() => views.forgetIdle(), FORGET_INTERVAL_MS).unref();

port.on('message', async ({ id, request }: { id: number; request: FolderRequest }) => {
  const reply = (message: FolderReply) => port.postMessage(message);
  const path = fromMessage(request.query.path);
  const working = () => reply({ type: 'working', id });
  working();
  try {
    reply({ type: 'done', id, result: await answer(request, path, working) });
  } catch (error) {
    reply({ type: 'failed', id, error: toFsError(error, path).toBody() });
  }
});

function answer({ type, query }: FolderRequest, path: NativePath, onSlice: () => void): FolderResult | Promise<FolderResult> {
  if (type === 'page') return views.page({ ...query, path }, onSlice);
  if (type === 'question') return views.answer({ ...query, path }, onSlice);
  return describe({ ...query, path });
}

function describe({ path, deviceId, mounts }: EntryQuery): Entry {
  const parent = fromBytes(realpathSync.native(parentOf(path), 'buffer'));
  const name = baseName(path);
  if (name.length === 0) return describeFolder(path, path, deviceId, mounts);
  refuseUnresponsive(parent, mounts);
  const surroundings = { deviceId, mounts, dev: statSync(parent).dev, volumeFingerprint: mountAt(parent, mounts)?.fingerprint ?? null };
  const entry = describeEntry(path, joinPath(parent, name), 'other', surroundings);
  if (!entry) throw fsError('ENOENT', path);
  return entry;
}
