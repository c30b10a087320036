/** @file What `IndexWorkerClient` and `index-worker.ts` send each other. */
import { fromMessage, type NativePath } from '#core/fs/native-path.ts';
import type { ErrorBody } from '#shared/contract/error.ts';
import type { IndexMetrics } from '#shared/contract/indexing.ts';
import type {
  AdoptTask,
  ChangesTask,
  IndexChanges,
  IndexedRoot,
  RelocateTask,
  ScanCheckpoint,
  ScanProgress,
  ScanTask,
} from './index-task.ts';

/** What an index worker is started with. */
export interface IndexWorkerData {
  databasePath: string;
  /** Of the library's `WriteTurn`. */
  turn: SharedArrayBuffer;
  /** Its entries are searched. */
  isSearched: boolean;
}

export type IndexTask =
  | { type: 'scan'; task: ScanTask }
  | { type: 'changes'; task: ChangesTask }
  | { type: 'relocate'; task: RelocateTask }
  | { type: 'prune'; root: IndexedRoot }
  | { type: 'adopt'; task: AdoptTask }
  | { type: 'remove'; locationId: number }
  | { type: 'search-tidy' }
  | { type: 'search-rebuild' };

/** `cancel` holds one Int32: 0, or 1 to end soon. */
export type IndexRequest =
  | { type: 'run'; id: number; task: IndexTask; cancel: SharedArrayBuffer }
  | { type: 'prepare' }
  | { type: 'cancel'; id: number }
  | { type: 'close' };

export interface IndexProblem {
  path: NativePath;
  code: string;
  message: string;
}

/** `closed`: the database is closed, and the thread ends. */
export type IndexReply =
  | { type: 'progress'; id: number; progress: ScanProgress }
  | { type: 'checkpoint'; id: number; checkpoint: ScanCheckpoint }
  | { type: 'changes'; id: number; changes: IndexChanges }
  | { type: 'problem'; id: number; problem: IndexProblem }
  | { type: 'segments'; id: number; done: number; total: number }
  | { type: 'done'; id: number; metrics: IndexMetrics }
  /** `fault`: for the log, where the error is one of the program. */
  | { type: 'failed'; id: number; error: ErrorBody; fault: string | null }
  | { type: 'closed' };

/** Restores the paths of a task, which change on the way into another thread. */
export function receiveTask(task: IndexTask): IndexTask {
  if (task.type === 'prune') return { ...task, root: receiveRoot(task.root) };
  if (task.type === 'relocate') {
    const moves = task.task.moves.map(({ from, to }) => ({ from: fromMessage(from), to: fromMessage(to) }));
    return { type: 'relocate', task: { roots: task.task.roots.map(receiveRoot), moves } };
  }
  if (task.type !== 'scan' && task.type !== 'changes') return task;
  if (task.type === 'scan') {
    const { root, below } = task.task;
    return { type: 'scan', task: { ...task.task, root: receiveRoot(root), below: below.map(fromMessage) } };
  }
  const { roots, folders } = task.task;
  return {
    type: 'changes',
    task: {
      roots: roots.map(receiveRoot),
      folders: folders.map((folder) => ({
        ...folder,
        path: fromMessage(folder.path),
        names: folder.names?.map(fromMessage) ?? null,
      })),
    },
  };
}

/** Restores the paths of what a commit has changed. */
export function receiveChanges(changes: IndexChanges): IndexChanges {
  return {
    ...changes,
    folders: changes.folders.map(fromMessage),
    moves: changes.moves.map(({ entryId, from, to }) => ({ entryId, from: fromMessage(from), to: fromMessage(to) })),
  };
}

export function receiveProgress({ currentPath, ...progress }: ScanProgress): ScanProgress {
  return { ...progress, currentPath: currentPath === null ? null : fromMessage(currentPath) };
}

function receiveRoot(root: IndexedRoot): IndexedRoot {
  return { ...root, path: fromMessage(root.path), excluded: root.excluded.map(fromMessage) };
}
