import { baseName, displayName, type NativePath, toSdPath } from '#core/fs/native-path.ts';
import type { MooringError } from '#shared/contract/error.ts';
import type { CopyPlan } from '#shared/contract/file.ts';
import type { CopyMessage, CopyProgress, CopyRequest, CopyResult } from './copy-messages.ts';
import type { FileFacts } from './file-facts.ts';

const INTERVAL_MS = 50;

/** Counts what a copy does and tells the engine's thread of it, progress and new entries at most twenty times a second. */
export class CopyReport {
  readonly #send: (message: CopyMessage) => void;
  readonly #deviceId: string;
  readonly #progress: CopyProgress;
  readonly #counts = { filesCopied: 0, foldersCreated: 0, symlinksCopied: 0, bytesCopied: 0, skipped: 0, verified: 0 };
  #created: string[] = [];
  #sentAtMs = 0;

  constructor({ request, plan, send }: { request: CopyRequest; plan: CopyPlan; send(message: CopyMessage): void }) {
    this.#send = send;
    this.#deviceId = request.deviceId;
    const itemsTotal = plan.files + plan.symlinks;
    this.#progress = { phase: 'copying', currentItem: null, itemsDone: 0, itemsTotal, bytesDone: 0, bytesTotal: plan.totalBytes };
    this.#tell();
  }

  phase(phase: CopyProgress['phase']): void {
    this.#progress.phase = phase;
    this.#progress.currentItem = null;
    this.#tell();
  }

  current(source: NativePath): void {
    this.#progress.currentItem = displayName(baseName(source));
    this.#tellSometimes();
  }

  /** @param count negative when bytes have to be copied again */
  bytes(count: number): void {
    this.#progress.bytesDone += count;
    this.#tellSometimes();
  }

  fileCopied(bytes: number, isVerified: boolean): void {
    this.#counts.filesCopied++;
    this.#counts.bytesCopied += bytes;
    if (isVerified) this.#counts.verified++;
    this.#itemDone();
  }

  symlinkCopied(): void {
    this.#counts.symlinksCopied++;
    this.#itemDone();
  }

  /** @param sdPath null when it lies deeper than in the destination itself */
  folderCreated(sdPath: string | null): void {
    this.#counts.foldersCreated++;
    if (sdPath !== null) this.created(sdPath);
  }

  created(sdPath: string): void {
    this.#created.push(sdPath);
    this.#tellSometimes();
  }

  skipped(facts: FileFacts): void {
    this.#counts.skipped++;
    if (!facts.isDirectory()) this.#tellSometimes();
  }

  problem(path: NativePath, { code, message }: MooringError): void {
    this.#send({ type: 'problem', problem: { path: toSdPath(path, this.#deviceId), code, message } });
  }

  /** Bytes of the plan that are still to be copied. */
  get bytesLeft(): number {
    return Math.max(0, (this.#progress.bytesTotal ?? 0) - this.#counts.bytesCopied);
  }

  /** Tells what has not been told yet. */
  finish(): void {
    this.#tell();
  }

  result(readPastCache: boolean | null): CopyResult {
    return { ...this.#counts, readPastCache, strategy: 'stream' };
  }

  #itemDone(): void {
    this.#progress.itemsDone++;
    this.#tellSometimes();
  }

  #tellSometimes(): void {
    if (performance.now() - this.#sentAtMs >= INTERVAL_MS) this.#tell();
  }

  #tell(): void {
    this.#sentAtMs = performance.now();
    this.#send({ type: 'progress', progress: { ...this.#progress } });
    if (this.#created.length > 0) this.#send({ type: 'created', paths: this.#created });
    this.#created = [];
  }
}
