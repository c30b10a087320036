/** @file What `FileTasks` and `file-task-worker.ts` send each other. */
import { fromMessage, type NativePath } from '#core/fs/native-path.ts';
import type { ErrorBody, ErrorCode } from '#shared/contract/error.ts';
import type { Reason } from '#shared/contract/reason.ts';
import type { CreateRequest, CreateUndo } from '../create/create-task.ts';
import type { DeleteCounts, DeletePlan, DeleteRequest } from '../delete/delete-task.ts';
import type { TemporaryName } from '../rename/rename-journal.ts';
import type { RenameBackItem, WantedNames } from '../rename/rename-task.ts';
import type { ThrownAway } from '../trash/take-out.ts';
import type { TrashRequest } from '../trash/throw-away.ts';
import type { FileIdentity } from './file-identity.ts';
import type { NamingMount } from './fitting-names.ts';

/** What cannot be done, and the name that would do where it is the name. */
export interface TaskObstacle {
  path: NativePath;
  code: ErrorCode;
  message: string;
  reason: Reason | undefined;
  proposedName: NativePath | null;
}

/** A file, link or folder that has, or would have, another path: `from` null when it is new, `to` null when it is gone. */
export interface TaskChange {
  from: NativePath | null;
  to: NativePath | null;
  /** Of what is at `to` now, or of what is still at `from`. */
  identity: FileIdentity | null;
}

/** What a task would do, or has done. */
export interface TaskChanges {
  changes: TaskChange[];
  obstacles: TaskObstacle[];
}

/** Something in a trash, for a list of it. */
export interface TrashListing {
  path: NativePath;
  originalPath: NativePath;
  /** In milliseconds since 1970. */
  trashedMs: number | null;
  kind: FileIdentity['kind'];
  /** Null for folders. */
  sizeBytes: number | null;
}

/** What each kind of task takes and gives. With `isRehearsal` nothing is changed, and obstacles are told instead of thrown. */
export interface FileTaskTypes {
  rename: {
    input: { wanted: WantedNames; kept: NativePath[]; mounts: NamingMount[]; isRehearsal: boolean; journalPath: string };
    result: TaskChanges;
  };
  'rename-back': { input: { items: RenameBackItem[]; isRehearsal: boolean; journalPath: string }; result: TaskChanges };
  /** Removes what a killed batch has left. */
  'finish-renames': { input: { journalPath: string }; result: TemporaryName[] };
  create: { input: { request: CreateRequest; mounts: NamingMount[]; isRehearsal: boolean }; result: TaskChanges };
  'create-back': { input: { undo: CreateUndo; isRehearsal: boolean }; result: TaskChanges };
  trash: { input: { request: TrashRequest; isRehearsal: boolean }; result: TaskChanges };
  'trash-back': { input: { items: ThrownAway[]; isRehearsal: boolean }; result: TaskChanges };
  /** By where things are in the trash. */
  restore: { input: { paths: NativePath[]; isRehearsal: boolean }; result: TaskChanges };
  'restore-back': {
    input: { items: { path: NativePath; identity: FileIdentity }[]; madeFolders: NativePath[]; isRehearsal: boolean };
    result: TaskChanges;
  };
  'list-trash': { input: { mountPoints: string[] }; result: TrashListing[] };
  'plan-delete': { input: { request: DeleteRequest; isCounted: boolean }; result: DeletePlan };
  /** One after the other; tells of each when it is done. */
  delete: { input: { request: DeleteRequest; counts: DeleteCounts }; result: DeleteCounts };
}

export type FileTaskType = keyof FileTaskTypes;
export type TaskInput<Type extends FileTaskType> = FileTaskTypes[Type]['input'];
export type TaskResult<Type extends FileTaskType> = FileTaskTypes[Type]['result'];
export type FileTask = { [Type in FileTaskType]: { type: Type; input: TaskInput<Type> } }[FileTaskType];

/** `cancel` holds one Int32: 0, or 1 to end early. */
export interface FileTaskRequest {
  task: FileTask;
  cancel: SharedArrayBuffer;
}

/** What a long task tells on its way. */
export interface TaskProgress {
  currentItem: NativePath | null;
  itemsDone: number;
  bytesDone: number;
}

export type FileTaskMessage =
  | { type: 'progress'; progress: TaskProgress | null }
  | { type: 'problem'; path: NativePath; code: ErrorCode; message: string; reason: Reason | undefined }
  /** Of `delete`: what was named is gone, or what could be deleted of it; `counts` is of all so far. */
  | { type: 'deleted'; path: NativePath; isWhole: boolean; counts: DeleteCounts };

export type FileTaskReply = FileTaskMessage | { type: 'done'; result: unknown } | { type: 'failed'; error: ErrorBody };

/** Restores the paths in whatever came from another thread: bytes are in it for nothing else. */
export function restorePaths(value: unknown): unknown {
  if (value instanceof Uint8Array) return fromMessage(value);
  if (Array.isArray(value)) return value.map(restorePaths);
  if (typeof value !== 'object' || value === null || value instanceof SharedArrayBuffer) return value;
  return Object.fromEntries(Object.entries(value).map(([key, held]) => [key, restorePaths(held)]));
}
