import { closeSync, constants, linkSync, mkdirSync, openSync, rmdirSync, statSync, symlinkSync, unlinkSync } from 'node:fs';
import path from 'node:path';
import { errorNumber, toFsError } from '#core/fs/fs-error.ts';
import { displayName, fromBytes, joinPath, type NativePath, toBytes } from '#core/fs/native-path.ts';
import { reasonError } from '#core/fs/reason-error.ts';
import type { MooringError } from '#shared/contract/error.ts';
import { factsIfExists, factsOf } from '../file-facts.ts';
import { type FileIdentity, isStill, isUnchanged, toIdentity } from '../file-task/file-identity.ts';
import type { TaskChanges, TaskInput, TaskObstacle } from '../file-task/file-task.ts';
import { proposedIn, refuseUnfitName } from '../file-task/fitting-names.ts';
import { freeNameIn } from '../file-task/free-name-beside.ts';
import { RealFolders } from '../file-task/real-folders.ts';
import { refusedUndo } from '../file-task/refused-undo.ts';

/** What is to be made. */
export type NewEntry =
  | { kind: 'folder' }
  | { kind: 'file' }
  /** `isRelative`: both lie on one volume, and a relative link leads to it wherever that is mounted. */
  | { kind: 'symbolic'; target: NativePath; isRelative: boolean }
  | { kind: 'hard'; target: NativePath };

export interface CreateRequest {
  parent: NativePath;
  name: NativePath;
  entry: NewEntry;
}

/** What was made, to be taken away again. */
export interface CreateUndo {
  path: NativePath;
  made: NewEntry['kind'];
  identity: FileIdentity;
}

/**
 * Makes a folder, an empty file or a link. Of a symbolic link the target need not exist.
 *
 * @throws MooringError `PATH_ALREADY_EXISTS`, and what the file system says: nothing has changed then
 */
export function createTask({ request, mounts, isRehearsal }: TaskInput<'create'>): TaskChanges {
  const folder = realParent(request.parent);
  const place = joinPath(folder, request.name);
  try {
    refuseUnfitName(folder, request.name, mounts);
    if (factsIfExists(place)) throw nameTaken(request.name);
  } catch (error) {
    if (!isRehearsal) throw toFsError(error, place);
    return { changes: [], obstacles: [toObstacle(folder, request.name, toFsError(error, place))] };
  }
  if (request.entry.kind === 'hard') refuseForHardLink(request.entry.target, folder);
  if (isRehearsal) return { changes: [{ from: null, to: place, identity: null }], obstacles: [] };
  try {
    make(place, folder, request.entry);
  } catch (error) {
    throw errorNumber(error) === 'EXDEV' ? otherVolume() : toFsError(error, place);
  }
  return { changes: [{ from: null, to: place, identity: toIdentity(factsOf(place)) }], obstacles: [] };
}

/** Takes away what was made, if nobody has touched it since. @throws MooringError `UNDO_REFUSED` */
export function createBackTask({ undo, isRehearsal }: TaskInput<'create-back'>): TaskChanges {
  const { path: place, made, identity } = undo;
  const facts = factsIfExists(place);
  const shown = displayName(place);
  if (!facts) throw refusedUndo('gone-since', { path: shown });
  if (!isStill(facts, identity)) throw refusedUndo('name-of-another-now', { path: shown });
  if (made === 'file' && (facts.size > 0n || !isUnchanged(facts, identity))) throw refusedUndo('written-since', { path: shown });
  if (made === 'hard' && facts.nlink < 2n) throw refusedUndo('only-name-now', { path: shown });
  if (!isRehearsal) remove(place, made);
  return { changes: [{ from: place, to: null, identity: null }], obstacles: [] };
}

function realParent(parent: NativePath): NativePath {
  try {
    const folder = new RealFolders().of(parent);
    if (!statSync(folder).isDirectory()) throw reasonError('NOT_A_FOLDER', 'ENOTDIR', { path: displayName(parent) });
    return folder;
  } catch (error) {
    throw toFsError(error, parent);
  }
}

function nameTaken(name: NativePath): MooringError {
  return reasonError('PATH_ALREADY_EXISTS', 'exists-in-that-folder', { path: displayName(name) });
}

function toObstacle(folder: NativePath, name: NativePath, error: MooringError): TaskObstacle {
  const { code, message, reason } = error;
  const proposedName = code === 'PATH_ALREADY_EXISTS' ? freeNameIn(folder, name) : proposedIn(error);
  return { path: joinPath(folder, name), code, message, reason, proposedName };
}

function refuseForHardLink(target: NativePath, folder: NativePath): void {
  let facts: ReturnType<typeof factsOf>;
  try {
    facts = factsOf(target);
  } catch (error) {
    throw toFsError(error, target);
  }
  if (facts.isDirectory()) throw reasonError('NOT_SUPPORTED', 'hard-link-to-folder', {});
  if (facts.dev !== factsOf(folder).dev) throw otherVolume();
}

function otherVolume(): MooringError {
  return reasonError('NOT_SUPPORTED', 'hard-link-across', {});
}

function make(place: NativePath, folder: NativePath, entry: NewEntry): void {
  if (entry.kind === 'folder') mkdirSync(place);
  else if (entry.kind === 'file') closeSync(openSync(place, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, 0o666));
  else if (entry.kind === 'hard') linkSync(entry.target, place);
  else symlinkSync(entry.isRelative ? relativePath(folder, entry.target) : entry.target, place, linkType(entry.target));
}

/** Windows has two kinds of symbolic links. */
function linkType(target: NativePath): 'dir' | 'file' {
  return statSync(target, { throwIfNoEntry: false })?.isDirectory() ? 'dir' : 'file';
}

function relativePath(folder: NativePath, target: NativePath): NativePath {
  if (typeof folder === 'string' && typeof target === 'string') return path.relative(folder, target) || '.';
  // Latin-1 carries any bytes through the text functions unharmed.
  const [from, to] = [folder, target].map((one) => toBytes(one).toString('latin1'));
  return fromBytes(Buffer.from(path.posix.relative(from ?? '', to ?? '') || '.', 'latin1'));
}

function remove(place: NativePath, made: NewEntry['kind']): void {
  try {
    if (made === 'folder') rmdirSync(place);
    else unlinkSync(place);
  } catch (error) {
    if (errorNumber(error) === 'ENOTEMPTY') throw refusedUndo('not-empty-now', { path: displayName(place) });
    throw toFsError(error, place);
  }
}
