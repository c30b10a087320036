import { chmodSync, chownSync, mkdirSync, rmdirSync, unlinkSync, utimesSync } from 'node:fs';
import { inNumbers } from '#core/action/expectations.ts';
import { errorNumber, toFsError } from '#core/fs/fs-error.ts';
import { mountAt } from '#core/fs/mounts.ts';
import { type NativePath, toBytes, toSdPath } from '#core/fs/native-path.ts';
import { namesBelow } from '#core/fs/path-names.ts';
import { formatVolumePath } from '#shared/sd-path.ts';
import type { CopyControl } from '../file-copy/copy-control.ts';
import { utimeOf } from '../file-copy/file-times.ts';
import { factsIfExists } from '../file-facts.ts';
import { isMarked } from './folder-pair.ts';
import { decodeName, type FolderLine, type FolderMemory, UNDO_SUFFIX } from './transfer-journal.ts';
import type { TransferItem, TransferMessage, TransferMount, UndoTask } from './transfer-messages.ts';
import { TransferRun } from './transfer-run.ts';
import { newState, type TransferState } from './transfer-state.ts';
import { TransferTally } from './transfer-tally.ts';
import { checkUndo, refused, sourceOf, targetOf } from './undo-check.ts';
import { UndoRecord } from './undo-record.ts';

export interface UndoRunOptions {
  task: UndoTask;
  control: CopyControl;
  send(message: TransferMessage): void;
}

/**
 * Takes a copy or move back. A copy: what it has made is removed, as long as it is unchanged. A move: what it has moved is moved back, by the same
 * ways and with the same care. Done once more after a crash it goes on where it was.
 *
 * @throws MooringError `UNDO_REFUSED`: nothing was changed; else as `TransferRun.run`
 */
export async function runUndo({ task, control, send }: UndoRunOptions): Promise<TransferState> {
  const record = readRecord(task);
  const begun = task.state ?? begin(record, task.deviceId, control);
  send({ type: 'checkpoint', state: begun });
  const undo = new Undo({ task, control, send }, record, begun);
  const state = record.header.kind === 'move' ? await undo.moveBack() : undo.removeCopies();
  undo.restoreTimes(new Set(begun.restorable));
  return { ...state, ...lastingOf(begun) };
}

/** @throws MooringError `UNDO_REFUSED` */
function begin(record: UndoRecord, deviceId: string, control: CopyControl): TransferState {
  const { preview, restorable } = checkUndo(record, deviceId, control);
  return { ...newState(0, 0, inNumbers(preview)), restorable };
}

/** What is found out before anything is done, and holds for all of it. */
function lastingOf({ restorable, expected }: TransferState): Pick<TransferState, 'restorable' | 'expected'> {
  return { restorable, expected };
}

/** @throws MooringError `UNDO_REFUSED` where nothing is known of it any more */
export function readRecord({ journalPath, items }: Pick<UndoTask, 'journalPath' | 'items'>): UndoRecord {
  const record = UndoRecord.read(journalPath, items);
  if (!record) throw refused('journal-gone', {});
  return record;
}

class Undo {
  readonly #options: UndoRunOptions;
  readonly #record: UndoRecord;
  readonly #state: TransferState;

  constructor(options: UndoRunOptions, record: UndoRecord, state: TransferState) {
    this.#options = options;
    this.#record = record;
    this.#state = state;
  }

  /** The last first. What is gone already is passed over; what has changed in the last instant stays, and is reported. */
  removeCopies(): TransferState {
    const { control, task, send } = this.#options;
    const { placed, folders, made, paths } = this.#record;
    const state = { ...newState(placed.length, 0, null), ...lastingOf(this.#state) };
    const tally = new TransferTally({ deviceId: task.deviceId, state, send });
    tally.phase('undoing');
    for (const line of placed.toReversed()) {
      control.check();
      const target = targetOf(this.#record, line);
      const facts = target === null ? null : factsIfExists(target);
      if (target !== null && facts && isMarked(facts, line.mark)) {
        attempt(tally, target, () => unlinkSync(target));
        const folder = paths.target(line.in);
        if (folder !== null) tally.changed(folder, decodeName(line.to));
      }
      tally.itemDone(0);
    }
    for (const folder of folders.toReversed()) {
      const path = made.has(folder.id) ? paths.target(folder.id) : null;
      if (path === null || String(factsIfExists(path)?.ino) !== made.get(folder.id)) continue;
      attempt(tally, path, () => rmdirSync(path));
      const parent = folder.in === null ? null : paths.target(folder.in);
      if (parent !== null) tally.changed(parent, decodeName(folder.to));
    }
    tally.tell();
    return state;
  }

  async moveBack(): Promise<TransferState> {
    const { task, control, send } = this.#options;
    const remade = this.#remakeFolders();
    const items = this.#itemsBack();
    const { mounts, deviceId } = task;
    const address = (path: NativePath) => lastingAddress(path, mounts, deviceId);
    const header = {
      ...{ version: 2 as const, kind: 'move' as const, tempId: reversed(this.#record.header.tempId) },
      items: items.map(({ source, destination }) => ({ source: address(source), destination: address(destination) })),
    };
    const request = {
      ...{ kind: 'move' as const, items, onConflict: 'ask' as const, answers: [], skipIdentical: false },
      ...{ verify: 'hash' as const, unfitNames: 'skip' as const, deviceId, mounts },
    };
    const isBegun = this.#state.itemsTotal > 0;
    const journalPath = task.journalPath + UNDO_SUFFIX;
    const withLasting = (message: TransferMessage) =>
      send(message.type === 'checkpoint' ? { ...message, state: { ...message.state, ...lastingOf(this.#state) } } : message);
    const run = { task: 'run' as const, request, journalPath, header, state: isBegun ? this.#state : null };
    const state = await new TransferRun({ task: run, control, send: withLasting }).run();
    for (const folder of remade.toReversed()) this.#giveBack(this.#record.paths.source(folder.id), folder.source, true);
    return state;
  }

  /** Of folders that were there before: as they were, where nothing else was done in them since. */
  restoreTimes(restorable: ReadonlySet<number>): void {
    const { folders, paths, made, emptied, header } = this.#record;
    for (const folder of folders.toReversed()) {
      if (!restorable.has(folder.id)) continue;
      if (folder.target && !made.has(folder.id)) this.#giveBack(paths.target(folder.id), folder.target, false);
      if (header.kind === 'move' && !emptied.has(folder.id)) this.#giveBack(paths.source(folder.id), folder.source, false);
    }
  }

  /** What was moved out of folders that had a namesake in the target: the folders are gone since, and are made anew. */
  #remakeFolders(): FolderLine[] {
    const { folders, emptied, made, paths } = this.#record;
    const remade = folders.filter(({ id }) => emptied.has(id) && !made.has(id));
    for (const { id } of remade) {
      const path = paths.source(id);
      if (path === null || factsIfExists(path)) continue;
      mkdirSync(path, { mode: 0o700 });
    }
    return remade;
  }

  /** The uppermost of what is the transfer's own, each to where it was. */
  #itemsBack(): TransferItem[] {
    const { folders, made, placed, paths } = this.#record;
    const entries: { from: NativePath | null; to: NativePath | null }[] = [];
    for (const line of placed)
      if (!made.has(line.in)) entries.push({ from: targetOf(this.#record, line), to: sourceOf(this.#record, line) });
    for (const folder of folders) {
      if (folder.in === null || !made.has(folder.id) || made.has(folder.in)) continue;
      entries.push({ from: paths.target(folder.id), to: paths.source(folder.id) });
    }
    return entries.flatMap(({ from, to }) => (from === null || to === null ? [] : [itemTo(from, to)]));
  }

  #giveBack(path: NativePath | null, { mode, uid, gid, atimeNs, mtimeNs }: FolderMemory, withOwner: boolean): void {
    if (path === null || !factsIfExists(path)?.isDirectory()) return;
    try {
      if (withOwner) {
        if (process.getuid?.() === 0) chownSync(path, uid, gid);
        chmodSync(path, mode);
      }
      utimesSync(path, utimeOf(BigInt(atimeNs)), utimeOf(BigInt(mtimeNs)));
    } catch {
      // A file system that keeps none of these: they were not kept before.
    }
  }
}

function itemTo(source: NativePath, wanted: NativePath): TransferItem {
  const bytes = toBytes(wanted);
  const slash = bytes.lastIndexOf(0x2f);
  const [folder, name] = [bytes.subarray(0, Math.max(slash, 1)), bytes.subarray(slash + 1)];
  return { source, destination: decodeName(folder.toString('latin1')), as: decodeName(name.toString('latin1')) };
}

function attempt(tally: TransferTally, path: NativePath, act: () => void): void {
  try {
    act();
  } catch (error) {
    if (errorNumber(error) === 'ENOENT') return;
    tally.problem(path, toFsError(error, path));
  }
}

/** Temporary files of an undoing have other names than those of what it undoes. */
function reversed(tempId: string): string {
  return [...tempId].toReversed().join('');
}

function lastingAddress(path: NativePath, mounts: readonly TransferMount[], deviceId: string): string {
  const mount = mountAt(path, mounts);
  const first = mounts.filter(({ fingerprint }) => fingerprint === mount?.fingerprint).at(-1);
  const names = mount && first ? namesBelow(path, first.mountPoint) : null;
  if (!mount || names === null) return toSdPath(path, deviceId);
  return formatVolumePath(mount.fingerprint, Buffer.concat(names.flatMap((name) => [Buffer.from('/'), toBytes(name)])));
}
