/** @file A thread that reads folders for the index worker: see `walk-messages.ts`. It keeps nothing open and knows no database. */
import { parentPort, workerData } from 'node:worker_threads';
import { fromMessage } from '#core/fs/native-path.ts';
import type { IndexedRoot } from '../index-task.ts';
import { ROWS_AHEAD, type WalkerData, type WalkFolder, type WalkReply, type WalkRequest } from '../walk-messages.ts';
import { Walk } from './walk.ts';

const port = parentPort;
if (!port) throw new Error('This file runs as a worker thread');

const rowsAhead = new Int32Array((workerData as WalkerData).rowsAhead);
let walk: Walk | null = null;
port.on('message', (request: WalkRequest) => {
  if (request.type === 'root') {
    walk = new Walk(toRoot(request.root));
    return;
  }
  if (!walk) throw new Error('A walk was asked for before its root was named');
  for (const reply of walk.run(request.requestId, request.folders.map(toFolder))) {
    if (reply.type === 'batch') waitForWriter(reply.batch.inodes.length);
    port.postMessage(reply, transferable(reply));
  }
});

/** Holds back while the writer has more than enough to do, so that what waits for it takes bounded memory. */
function waitForWriter(rows: number): void {
  for (let ahead = Atomics.load(rowsAhead, 0); ahead > ROWS_AHEAD; ahead = Atomics.load(rowsAhead, 0)) Atomics.wait(rowsAhead, 0, ahead);
  Atomics.add(rowsAhead, 0, rows);
}

/** Bytes arrive as plain arrays. */
function toRoot(root: IndexedRoot): IndexedRoot {
  return { ...root, path: fromMessage(root.path), excluded: root.excluded.map(fromMessage) };
}

function toFolder(folder: WalkFolder): WalkFolder {
  return { ...folder, path: fromMessage(folder.path), names: folder.names?.map(fromMessage) ?? null };
}

function transferable(reply: WalkReply): ArrayBuffer[] {
  return reply.type === 'batch' ? [reply.batch.numbers.buffer as ArrayBuffer, reply.batch.inodes.buffer as ArrayBuffer] : [];
}
