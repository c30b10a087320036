/**
 * @file Watches the locations of one volume in a thread of its own: a volume that hangs, or a fault, costs this thread alone. The only one
 * to talk to it is `WatchThread`. What it does not catch ends it, and it is started anew.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { fromMessage } from '#core/fs/native-path.ts';
import type { IndexedRoot } from '#core/indexing/index-task.ts';
import { FolderTreeWatch } from './folder-tree-watch.ts';
import { OverflowGuard } from './overflow-guard.ts';
import { RecursiveWatch } from './recursive-watch.ts';
import type { WatchReply, WatchRequest, WatchWorkerData } from './watch-messages.ts';
import { WatchRunner } from './watch-runner.ts';

/** Names that look temporary are told after so many times the time that others wait: an editor saves faster than that. */
const HOLD_FACTOR = 20;
const ROOT_CHECK_MS = 2000;

const port = parentPort;
if (!port) throw new Error('watch-worker runs as a worker thread');
const { debounceMs } = workerData as WatchWorkerData;
const runners = new Map<number, WatchRunner>();
const guard = new OverflowGuard(() => {
  for (const runner of runners.values()) void runner.recover();
});
/** One after the other: a location that meets the system's limit lets go of its watches before the next one needs some. */
let starts = Promise.resolve();
const FolderWatchHere = process.platform === 'linux' ? FolderTreeWatch : RecursiveWatch;

port.on('message', async (request: WatchRequest) => {
  if (request.type === 'watch') await watch(request);
  else if (request.type === 'taken') runners.get(request.watchId)?.taken();
  else if (request.type === 'unwatch') {
    await runners.get(request.watchId)?.close();
    runners.delete(request.watchId);
    reply({ type: 'unwatched', watchId: request.watchId });
  } else {
    await Promise.all([...runners.values()].map((runner) => runner.settle()));
    reply({ type: 'settled', settleId: request.settleId });
  }
});

setInterval(() => {
  for (const runner of runners.values()) void runner.checkRoot();
}, ROOT_CHECK_MS);

async function watch({ watchId, root, databasePath }: Extract<WatchRequest, { type: 'watch' }>): Promise<void> {
  const startedMs = performance.now();
  const options = { root: fromMessageRoot(root), databasePath, holdMs: debounceMs * HOLD_FACTOR, guard };
  const runner = new WatchRunner({
    debounceMs,
    makeWatch: (onEvent) => new FolderWatchHere({ ...options, onEvent }),
    onWatching: (folderCount) => reply({ type: 'watching', watchId, folderCount, elapsedMs: performance.now() - startedMs }),
    onChanges: (folders) => reply({ type: 'changes', watchId, folders }),
    onLimited: (limit) => end({ type: 'limited', watchId, limit }),
    onLost: () => end({ type: 'lost', watchId }),
  });
  const end = (message: WatchReply) => {
    runners.delete(watchId);
    reply(message);
  };
  runners.set(watchId, runner);
  starts = starts.then(() => runner.start());
  await starts;
}

function fromMessageRoot(root: IndexedRoot): IndexedRoot {
  return { ...root, path: fromMessage(root.path), excluded: root.excluded.map(fromMessage) };
}

function reply(message: WatchReply): void {
  port?.postMessage(message);
}
