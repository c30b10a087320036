import { UNDO_IS_FINAL } from '#core/action/told-undo.ts';
import { displayName, joinPath, type NativePath, toSdPath } from '#core/fs/native-path.ts';
import { namesIn } from '#core/fs/read-folder.ts';
import { reasonError } from '#core/fs/reason-error.ts';
import type { ActionPreview } from '#shared/contract/action.ts';
import type { MooringError } from '#shared/contract/error.ts';
import { type ReasonCode, type ReasonParams, reason, sentenceOf } from '#shared/contract/reason.ts';
import type { CopyControl } from '../file-copy/copy-control.ts';
import { factsIfExists } from '../file-facts.ts';
import { isMarked } from './folder-pair.ts';
import { decodeName, encodeName, type FolderLine, type MoveLine, type PlaceLine } from './transfer-journal.ts';
import type { UndoRecord } from './undo-record.ts';

const LISTED = 1000;

/** What taking a transfer back would do, found out without doing it. */
export interface UndoCheck {
  preview: ActionPreview;
  /** Ids of folders that were there before and in which nothing else was done since: their times can be brought back. */
  restorable: number[];
}

/** Looks whether everything is still as a transfer has left it. @throws MooringError `UNDO_REFUSED` with the reason; `CopyStopped` */
export function checkUndo(record: UndoRecord, deviceId: string, control: CopyControl): UndoCheck {
  const { header, placed, identical, made } = record;
  if (placed.length === 0 && made.size === 0) throw refused('changed-nothing', {});
  if (header.kind === 'move' && identical > 0) {
    throw refused('identical-removed', { count: identical });
  }
  const counts = { files: 0, folders: 0, symlinks: 0, bytes: 0 };
  const changes: ActionPreview['changes'] = [];
  for (const line of placed) {
    control.check();
    const target = checkPlaced(record, line);
    if (target === null) continue;
    count(counts, line);
    const source = header.kind === 'move' ? sourceOf(record, line) : null;
    if (changes.length < LISTED) changes.push({ from: toSdPath(target, deviceId), to: source && toSdPath(source, deviceId) });
  }
  const ours = namesOfOurs(record);
  for (const folder of record.folders) {
    control.check();
    if (made.has(folder.id) && checkFolder(record, folder, ours.get(folder.id) ?? new Set())) counts.folders++;
  }
  return { preview: previewOf(counts, changes, placed.length), restorable: restorableOf(record) };
}

/** Null where it is gone, which is what undoing a copy would do. @throws MooringError `UNDO_REFUSED` */
function checkPlaced(record: UndoRecord, line: PlaceLine | MoveLine): NativePath | null {
  const target = targetOf(record, line);
  const shown = displayName(decodeName(line.to));
  if (line.over) throw refused('has-replaced', { path: shown });
  const facts = target === null ? null : factsIfExists(target);
  const isMove = record.header.kind === 'move';
  if (!facts || target === null) {
    if (isMove) throw refused('gone-since', { path: shown });
    return null;
  }
  if (!isMove && !isMarked(facts, line.mark)) throw refused('changed-since-copied', { path: shown });
  if (!isMove) return target;
  if (String(facts.ino) !== line.mark.ino && !isMarked(facts, line.mark, false)) throw refused('another-file-now', { path: shown });
  const source = sourceOf(record, line);
  if (source !== null && factsIfExists(source)) throw refused('source-place-taken', { path: displayName(decodeName(line.from)) });
  if (source === null || !hasFolder(record, line.in)) throw refused('source-folder-gone', { path: shown });
  return target;
}

/** Whether the folder that something came from is there, or can be made anew as it was. */
function hasFolder(record: UndoRecord, id: number): boolean {
  const path = record.paths.source(id);
  if (path !== null && factsIfExists(path)?.isDirectory()) return true;
  const parent = record.paths.get(id)?.in;
  return record.emptied.has(id) && parent !== null && parent !== undefined && hasFolder(record, parent);
}

/** @returns false when it is gone @throws MooringError `UNDO_REFUSED` when something else is in it */
function checkFolder(record: UndoRecord, folder: FolderLine, ours: ReadonlySet<string>): boolean {
  const path = record.paths.target(folder.id);
  const facts = path === null ? null : factsIfExists(path);
  const shown = displayName(decodeName(folder.to));
  if (path === null || !facts) {
    if (record.header.kind === 'move') throw refused('folder-gone-since', { path: shown });
    return false;
  }
  if (!facts.isDirectory() || String(facts.ino) !== record.made.get(folder.id)) throw refused('another-folder-now', { path: shown });
  for (const name of namesIn(path)) {
    if (ours.has(encodeName(name))) continue;
    throw refused('added-since', { path: displayName(name), folder: shown });
  }
  return true;
}

/** Names that the transfer has given, by the folder that they are in. */
function namesOfOurs({ placed, folders, made }: UndoRecord): Map<number, Set<string>> {
  const names = new Map<number, Set<string>>();
  const add = (id: number, name: string) => {
    const known = names.get(id) ?? new Set();
    names.set(id, known.add(name));
  };
  for (const line of placed) add(line.in, line.to);
  for (const folder of folders) if (folder.in !== null && made.has(folder.id)) add(folder.in, folder.to);
  return names;
}

function restorableOf({ folders, left, paths }: UndoRecord): number[] {
  return folders.flatMap(({ id }) => {
    const line = left.get(id);
    const [source, target] = [paths.source(id), paths.target(id)];
    const isAsLeft = (path: NativePath | null, mtimeNs: string | null | undefined) =>
      path !== null && mtimeNs !== undefined && String(factsIfExists(path)?.mtimeNs ?? null) === String(mtimeNs);
    return line && isAsLeft(source, line.source) && isAsLeft(target, line.target) ? [id] : [];
  });
}

function count(counts: { files: number; folders: number; symlinks: number; bytes: number }, line: PlaceLine | MoveLine): void {
  if (line.do === 'place' && line.kind === 'symlink') counts.symlinks++;
  else if (line.do === 'move' && line.isFolder) counts.folders++;
  else counts.files++;
  if (line.do === 'move' ? !line.isFolder : line.kind === 'file') counts.bytes += line.mark.size;
}

function previewOf(
  { files, folders, symlinks, bytes }: { files: number; folders: number; symlinks: number; bytes: number },
  changes: ActionPreview['changes'],
  changeCount: number,
): ActionPreview {
  return {
    ...{ files, folders, symlinks, totalBytes: bytes, transfers: [], changes, changeCount, conflicts: [], conflictCount: 0 },
    ...{ unansweredCount: 0, obstacles: [], obstacleCount: 0, space: null, waitsFor: [], secondsEstimated: null },
    undo: UNDO_IS_FINAL,
    needsConfirmation: false,
  };
}

export function sourceOf({ paths }: UndoRecord, line: PlaceLine | MoveLine): NativePath | null {
  const folder = paths.source(line.in);
  return folder === null ? null : joinPath(folder, decodeName(line.from));
}

export function targetOf({ paths }: UndoRecord, line: PlaceLine | MoveLine): NativePath | null {
  const folder = paths.target(line.in);
  return folder === null ? null : joinPath(folder, decodeName(line.to));
}

export function refused<Code extends ReasonCode>(why: Code, params: ReasonParams<Code>): MooringError {
  const message = `This cannot be taken back: ${sentenceOf(reason(why, params))}`;
  return reasonError('UNDO_REFUSED', why, params, { message });
}
