import type { Mount } from '#core/fs/mounts.ts';
import { fromMessage, type NativePath } from '#core/fs/native-path.ts';
import type { ErrorBody } from '#shared/contract/error.ts';
import type { ConflictPolicy, CopyConflict, CopyPlan, VerifyMode } from '#shared/contract/file.ts';
import type { JobProblem } from '#shared/contract/job.ts';
import type { VolumeCapabilities } from '#shared/contract/volume.ts';
import type { LeftoverSweep } from './leftover-sweep.ts';

/** Where something may be copied to, and what can lie there. */
export interface CopyMount extends Mount {
  capabilities: VolumeCapabilities;
}

/** What is to be copied. Paths are absolute; sources are given once each. */
export interface CopyRequest {
  sources: NativePath[];
  destination: NativePath;
  onConflict: ConflictPolicy;
  verify: VerifyMode;
  deviceId: string;
  /** Longest path first. */
  mounts: CopyMount[];
}

/** What must be known before a copy may begin. */
export interface CopyCheck {
  conflicts: CopyConflict[];
  conflictCount: number;
  /** Those among them that `onConflict` cannot answer. */
  unansweredCount: number;
  volumes: CopyPlan['volumes'];
}

/** The result of a copy as the job tells it. */
export interface CopyResult {
  filesCopied: number;
  foldersCreated: number;
  symlinksCopied: number;
  bytesCopied: number;
  /** Left as they were, as `onConflict` wants it. */
  skipped: number;
  /** Files whose copy was compared with its source in the way that was asked for. */
  verified: number;
  /** Whether verifying read from the disk itself; null when nothing was read again. */
  readPastCache: boolean | null;
  strategy: 'stream';
}

/** What a thread is started for. */
export type CopyTask =
  | { task: 'check' | 'plan'; request: CopyRequest }
  /** `tempId` is in the names of temporary files; what they are is kept in a journal in `dataDir`. */
  | { task: 'copy'; request: CopyRequest; tempId: string; dataDir: string }
  | { task: 'sweep'; sweep: LeftoverSweep };

/** `cancel` holds one Int32: 0, or 1 to end early. */
export interface CopyWorkerData {
  task: CopyTask;
  cancel: SharedArrayBuffer;
}

export interface CopyTaskResults {
  check: CopyCheck;
  plan: CopyPlan;
  copy: CopyResult;
  /** Files removed. */
  sweep: number;
}

export interface CopyProgress {
  phase: 'planning' | 'copying' | 'flushing';
  currentItem: string | null;
  itemsDone: number;
  itemsTotal: number | null;
  bytesDone: number;
  bytesTotal: number | null;
}

export type CopyMessage =
  | { type: 'progress'; progress: CopyProgress }
  | { type: 'problem'; problem: JobProblem }
  /** SdPaths of new entries in the destination itself. */
  | { type: 'created'; paths: string[] }
  | { type: 'done'; result: CopyTaskResults[CopyTask['task']] }
  | { type: 'failed'; error: ErrorBody };

/** Restores what changes on the way into another thread. */
export function receiveRequest(request: CopyRequest): CopyRequest {
  return { ...request, sources: request.sources.map(fromMessage), destination: fromMessage(request.destination) };
}
