import { baseName, displayName, type NativePath, toSdPath } from '#core/fs/native-path.ts';
import type { MooringError } from '#shared/contract/error.ts';
import type { CopiedFile, NotKept } from '../file-copy/copy-item.ts';
import type { ChangedNames, MovedEntry, TransferMessage, TransferProgress } from './transfer-messages.ts';
import type { TransferState } from './transfer-state.ts';

const INTERVAL_MS = 50;
/** New entries of the destination that are listed in the result. */
const CREATED_LISTED = 1000;

export interface TransferTallyOptions {
  deviceId: string;
  /** Counted on from there; belongs to the tally from then on. */
  state: TransferState;
  send(message: TransferMessage): void;
}

/** Counts what a transfer does, and tells the engine's thread of it, at most twenty times a second. */
export class TransferTally {
  readonly state: TransferState;
  readonly #deviceId: string;
  readonly #send: (message: TransferMessage) => void;
  #phase: TransferProgress['phase'] = 'copying';
  #current: NativePath | null = null;
  #created: string[] = [];
  #changes = new Map<string, ChangedNames>();
  #moves: MovedEntry[] = [];
  #sentAtMs = 0;
  #savedAtMs = 0;

  constructor({ deviceId, state, send }: TransferTallyOptions) {
    this.#deviceId = deviceId;
    this.state = state;
    this.#send = send;
  }

  phase(phase: TransferProgress['phase']): void {
    this.#phase = phase;
    this.#current = null;
    this.tell();
  }

  current(source: NativePath): void {
    this.#current = source;
    this.#tellSometimes();
  }

  itemDone(bytes: number): void {
    this.state.itemsDone++;
    this.state.bytesDone += bytes;
    this.#tellSometimes();
  }

  fileCopied(
    { bytes, strategy, notKept }: Pick<CopiedFile, 'bytes' | 'strategy' | 'notKept'>,
    source: NativePath,
    isVerified: boolean,
  ): void {
    const { result } = this.state;
    result.filesCopied++;
    result.bytesCopied += bytes;
    if (isVerified) result.verified++;
    let used = result.strategies.find((known) => known.strategy === strategy);
    if (!used) {
      used = { strategy, files: 0, bytes: 0 };
      result.strategies.push(used);
    }
    used.files++;
    used.bytes += bytes;
    for (const what of notKept) this.notKept(what, source);
    this.itemDone(bytes);
  }

  notKept(what: NotKept, source: NativePath): void {
    const { notKept } = this.state.result;
    const known = notKept.find((one) => one.what === what);
    if (known) known.count++;
    else notKept.push({ what, count: 1, example: toSdPath(source, this.#deviceId) });
  }

  moved(bytes: number): void {
    const { result } = this.state;
    result.itemsMoved++;
    let used = result.strategies.find(({ strategy }) => strategy === 'rename');
    if (!used) {
      used = { strategy: 'rename', files: 0, bytes: 0 };
      result.strategies.push(used);
    }
    used.files++;
    used.bytes += bytes;
    this.itemDone(bytes);
  }

  problem(path: NativePath, { code, message, reason }: MooringError): void {
    this.#send({ type: 'problem', problem: { path: toSdPath(path, this.#deviceId), code, message, reason } });
  }

  /** Something new in a destination itself. */
  created(path: NativePath): void {
    const address = toSdPath(path, this.#deviceId);
    this.#created.push(address);
    const { created } = this.state.result;
    if (created.length < CREATED_LISTED && !created.includes(address)) created.push(address);
  }

  /** For whoever follows what is in folders. */
  changed(folder: NativePath, name: NativePath): void {
    const key = displayName(folder);
    const known = this.#changes.get(key);
    if (known) known.names.push(name);
    else this.#changes.set(key, { folder, names: [name] });
  }

  /** Something is gone at one place and whole at another, on another volume. */
  movedAcross(from: NativePath, to: NativePath): void {
    this.#moves.push({ from, to });
  }

  /** All that was counted is done: from here the transfer can go on. `isOften`: it may be left to a later call. */
  checkpoint(cursor: TransferState['cursor'], journalBytes: number, isOften: boolean): void {
    if (isOften && performance.now() - this.#savedAtMs < INTERVAL_MS) return;
    this.#savedAtMs = performance.now();
    this.state.cursor = cursor;
    this.state.journalBytes = journalBytes;
    // At once, since counting goes on in it.
    this.#send({ type: 'checkpoint', state: this.state });
  }

  #tellSometimes(): void {
    if (performance.now() - this.#sentAtMs >= INTERVAL_MS) this.tell();
  }

  /** Tells what has not been told yet. */
  tell(): void {
    this.#sentAtMs = performance.now();
    const { itemsDone, itemsTotal, bytesDone, bytesTotal } = this.state;
    const currentItem = this.#current === null ? null : displayName(baseName(this.#current));
    this.#send({ type: 'progress', progress: { phase: this.#phase, currentItem, itemsDone, itemsTotal, bytesDone, bytesTotal } });
    if (this.#created.length > 0) this.#send({ type: 'created', paths: this.#created });
    if (this.#changes.size > 0) this.#send({ type: 'changed', changes: [...this.#changes.values()], moves: this.#moves });
    this.#created = [];
    this.#changes = new Map();
    this.#moves = [];
  }
}
