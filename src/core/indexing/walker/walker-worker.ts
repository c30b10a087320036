/** @file A thread that reads folders for the index worker: see `walk-messages.ts`. It keeps nothing open and knows no database. */
import { parentPort } from 'node:worker_threads';
import { fromMessage } from '#core/fs/native-path.ts';
import type { IndexedRoot } from '../index-task.ts';
import type { WalkFolder, WalkReply, WalkRequest } from '../walk-messages.ts';
import { Walk } from './walk.ts';

const port = parentPort;
if (!port) throw new Error('This file runs as a worker thread');

let walk: Walk | null = null;
port.on('message', (request: WalkRequest) => {
  if (request.type === 'root') {
    walk = new Walk(toRoot(request.root));
    return;
  }
  if (!walk) throw new Error('A walk was asked for before its root was named');
  for (const reply of walk.run(request.requestId, request.folders.map(toFolder))) port.postMessage(reply, transferable(reply));
});

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
