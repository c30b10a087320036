/**
 * @file Scans a location in a process of its own, which kills itself when it hears of its `killAt`th commit that has changed something: prints
 * each checkpoint, and `done` if it comes to its end before.
 */
import { WriteTurn } from '#core/db/write-turn.ts';
import type { IndexedRoot, ScanCheckpoint } from '#core/indexing/index-task.ts';
import { IndexWorkerClient } from '#core/indexing/index-worker-client.ts';

const [databasePath = '', root = '', resumeFrom = 'null', killAt = ''] = process.argv.slice(2);
const log = { child: () => log, info: () => undefined, warn: console.error, error: console.error } as never;
const writeTurn = new WriteTurn();
const database = { databasePath, writeTurn, deferCheckpoints: () => undefined };
const indexer = new IndexWorkerClient({ database, deviceId: 'd', log });
// Whoever wants to write makes transactions short, so that there are many, however fast the machine is.
const timer = setInterval(() => writeTurn.take(() => undefined), 1);
let commits = 0;
const checkpoint: ScanCheckpoint | null = JSON.parse(resumeFrom);
await indexer.scan(
  { root: JSON.parse(root) as IndexedRoot, depth: 'full', below: [], maxDepth: null, resumeFrom: checkpoint, walkers: 2 },
  {
    onChanges: () => {
      commits++;
      if (commits === Number(killAt)) process.kill(process.pid, 'SIGKILL');
    },
    onCheckpoint: (state) => console.log(JSON.stringify(state)),
  },
  new AbortController().signal,
);
clearInterval(timer);
console.log('done');
await indexer.release();
