import type { Mount } from '#core/fs/mounts.ts';
import { fromMessage, type NativePath } from '#core/fs/native-path.ts';
import type { ActionPreview } from '#shared/contract/action.ts';
import type { ErrorBody } from '#shared/contract/error.ts';
import type { ConflictAnswer, ConflictPolicy, FileConflict, TransferInput, VerifyChoice } from '#shared/contract/file.ts';
import type { JobProblem } from '#shared/contract/job.ts';
import type { VolumeCapabilities } from '#shared/contract/volume.ts';
import type { JournalHeader } from './transfer-journal.ts';
import type { TransferState } from './transfer-state.ts';

export type TransferKind = 'copy' | 'move';

/** Where something may be copied to, and what can lie there. */
export interface TransferMount extends Mount {
  capabilities: VolumeCapabilities;
  /** Whether what is written there from elsewhere is read again: it is removable, or not of this computer. */
  isDoubtful: boolean;
  /** A disk with moving parts. */
  isSpinning: boolean;
  readMbps: number | null;
  writeMbps: number | null;
}

/** A file or folder, and the folder that it goes into. Paths are absolute. */
export interface TransferItem {
  source: NativePath;
  destination: NativePath;
  /** The name that it gets there; left out, its own. */
  as?: NativePath;
}

/** What is to be copied or moved, in the paths of this computer as it is now. */
export interface TransferRequest extends Pick<TransferInput, 'skipIdentical' | 'unfitNames'> {
  kind: TransferKind;
  items: TransferItem[];
  onConflict: ConflictPolicy;
  answers: { source: NativePath; answer: ConflictAnswer }[];
  verify: VerifyChoice;
  deviceId: string;
  /** Longest path first. */
  mounts: TransferMount[];
}

/** What must be known before a transfer may begin. */
export interface TransferCheck {
  conflicts: FileConflict[];
  conflictCount: number;
  unansweredCount: number;
  /** The items' real paths: through no symbolic links but what the item itself is. */
  items: TransferItem[];
  sourceVolumes: string[];
  targetVolumes: string[];
}

/** A folder, and names in it with which something was done. */
export interface ChangedNames {
  folder: NativePath;
  names: NativePath[];
}

export interface MovedEntry {
  from: NativePath;
  to: NativePath;
}

export interface TransferRunTask {
  task: 'run';
  request: TransferRequest;
  /** Without its ending. */
  journalPath: string;
  header: JournalHeader;
  /** Null when it begins. */
  state: TransferState | null;
}

export interface UndoTask {
  /** `check-undo` changes nothing. */
  task: 'check-undo' | 'undo';
  journalPath: string;
  /** Of the journal's header, as they are on this computer now. */
  items: TransferItem[];
  deviceId: string;
  mounts: TransferMount[];
  /** Of `undo`: null when it begins. */
  state: TransferState | null;
}

export interface SweepTask {
  task: 'sweep';
  /** Without its ending. */
  journalPath: string;
  items: TransferItem[];
}

export type TransferTask = { task: 'check' | 'plan'; request: TransferRequest } | TransferRunTask | UndoTask | SweepTask;

export interface TransferTaskResults {
  check: TransferCheck;
  plan: ActionPreview;
  run: { state: TransferState };
  'check-undo': ActionPreview;
  undo: { state: TransferState };
  /** Files removed. */
  sweep: number;
}

export interface TransferProgress {
  phase: 'planning' | 'copying' | 'flushing' | 'undoing';
  currentItem: string | null;
  itemsDone: number;
  itemsTotal: number | null;
  /** Of files that are finished; those under way are counted in the shared memory. */
  bytesDone: number;
  bytesTotal: number | null;
}

export type TransferMessage =
  | { type: 'progress'; progress: TransferProgress }
  | { type: 'problem'; problem: JobProblem }
  /** What is behind it is done, and on the disk as far as a dying process is concerned. */
  | { type: 'checkpoint'; state: TransferState }
  | { type: 'changed'; changes: ChangedNames[]; moves: MovedEntry[] }
  /** Addresses of what is new in a destination itself. */
  | { type: 'created'; paths: string[] }
  | { type: 'done'; result: TransferTaskResults[TransferTask['task']] }
  | { type: 'failed'; error: ErrorBody };

/** What the worker is sent, one after the other. `control` is the memory of a `CopyControl`. */
export interface TransferAsk {
  task: TransferTask;
  control: SharedArrayBuffer;
}

/** Restores paths that are not UTF-8 on their way into another thread. */
export function receiveItems(items: readonly TransferItem[]): TransferItem[] {
  return items.map(({ source, destination }) => ({ source: fromMessage(source), destination: fromMessage(destination) }));
}

export function receiveRequest(request: TransferRequest): TransferRequest {
  const answers = request.answers.map(({ source, answer }) => ({ source: fromMessage(source), answer }));
  return { ...request, items: receiveItems(request.items), answers };
}

export function receiveChanges(changes: readonly ChangedNames[]): ChangedNames[] {
  return changes.map(({ folder, names }) => ({ folder: fromMessage(folder), names: names.map(fromMessage) }));
}

export function receiveMoves(moves: readonly MovedEntry[]): MovedEntry[] {
  return moves.map(({ from, to }) => ({ from: fromMessage(from), to: fromMessage(to) }));
}
