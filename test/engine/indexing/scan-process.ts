/** @file Scans a location in a process of its own, which can be killed: prints a line after each commit, and `done` at the end. */
import { WriteTurn } from '#core/db/write-turn.ts';
import type { IndexedRoot, ScanCheckpoint } from '#core/indexing/index-task.ts';
import { IndexWorkerClient } from '#core/indexing/index-worker-client.ts';

const [databasePath = '', root = '', resumeFrom = 'null'] = process.argv.slice(2);
const log = { child: () => log, info: () => undefined, warn: console.error, error: console.error } as never;
const database = { databasePath, writeTurn: new WriteTurn(), deferCheckpoints: () => undefined };
const indexer = new IndexWorkerClient({ database, deviceId: 'd', log });
const checkpoint: ScanCheckpoint | null = JSON.parse(resumeFrom);
await indexer.scan(
  { root: JSON.parse(root) as IndexedRoot, depth: 'full', below: [], maxDepth: null, resumeFrom: checkpoint, walkers: 2 },
  {
    onChanges: () => console.log('commit'),
    onCheckpoint: (state) => console.log(JSON.stringify(state)),
  },
  new AbortController().signal,
);
console.log('done');
await indexer.release();
