import { mkdirSync, rmdirSync } from 'node:fs';
import { toFsError } from '#core/fs/fs-error.ts';
import { baseName, displayName, joinPath, type NativePath, samePath, toBytes, toSdPath } from '#core/fs/native-path.ts';
import { namesIn } from '#core/fs/read-folder.ts';
import { MooringError } from '#shared/contract/error.ts';
import type { CopyPlan } from '#shared/contract/file.ts';
import type { Cancellation } from './cancellation.ts';
import { CopyEnd } from './copy-end.ts';
import { CopyJournal } from './copy-journal.ts';
import type { CopyMessage, CopyRequest, CopyResult } from './copy-messages.ts';
import { CopyReport } from './copy-report.ts';
import { type Destination, isStillThere } from './destination.ts';
import { type FileFacts, factsIfExists, factsOf, isNewer, isSameFile } from './file-facts.ts';
import { FileStage } from './file-stage.ts';
import { flushFolder } from './flush.ts';
import { numberedName } from './free-name.ts';
import { refusalOf } from './target-rules.ts';

/** A folder of the target while things are copied into it. */
export interface TargetFolder {
  path: NativePath;
  dev: bigint;
  /** Names that this copy has given, folded: a second one must not replace the first. */
  placed: Set<string>;
}

/** How the name of a copy is to be taken: a free one alone, over the file that has it, or the next free number. */
export type Placement = 'new' | 'over' | 'numbered';

export interface CopyRunOptions {
  request: CopyRequest;
  destination: Destination;
  plan: CopyPlan;
  tempId: string;
  /** Where the journal of temporary files is kept. */
  dataDir: string;
  cancellation: Cancellation;
  send(message: CopyMessage): void;
}

/**
 * The copy itself, depth first. Each file is written under a temporary name, flushed, verified and then given its name;
 * what does not work is reported, and the rest goes on, unless a volume is gone or full.
 */
export class CopyRun {
  readonly #options: CopyRunOptions;
  readonly #report: CopyReport;
  readonly #end: CopyEnd;
  readonly #journal: CopyJournal;
  readonly #stage: FileStage;

  constructor(options: CopyRunOptions) {
    this.#options = options;
    this.#report = new CopyReport(options);
    this.#end = new CopyEnd(options.request, options.destination, this.#report);
    this.#journal = new CopyJournal(options);
    this.#stage = new FileStage({ ...options, journal: this.#journal, report: this.#report, end: this.#end });
  }

  /** @throws MooringError `CANCELLED`, `NO_SPACE`, `VOLUME_OFFLINE`, `IO_ERROR`: what is complete stays, nothing else */
  async run(): Promise<CopyResult> {
    const { destination, request, cancellation } = this.#options;
    const folder: TargetFolder = { path: destination.path, dev: destination.facts.dev, placed: new Set() };
    try {
      for (const source of request.sources) await this.#copyOrReport(source, folder, baseName(source));
      await this.#stage.settle();
      this.#report.phase('flushing');
      await cancellation.during(flushFolder(destination.path));
    } catch (error) {
      this.#stage.discard();
      throw error;
    } finally {
      this.#journal.close(isStillThere(destination));
      this.#report.finish();
    }
    return this.#report.result(this.#stage.readPastCache);
  }

  async #copyOrReport(source: NativePath, folder: TargetFolder, name: NativePath): Promise<void> {
    this.#options.cancellation.check();
    try {
      await this.#copy(source, folder, name);
    } catch (error) {
      this.#end.check(error, source);
      this.#report.problem(source, toFsError(error, source));
    }
  }

  async #copy(source: NativePath, folder: TargetFolder, name: NativePath): Promise<void> {
    const { request, destination } = this.#options;
    const dead = request.mounts.find(({ mountPoint, unresponsive }) => unresponsive && samePath(source, mountPoint));
    if (dead) throw new MooringError('VOLUME_UNRESPONSIVE', `The volume at “${dead.mountPoint}” does not answer.`);
    const facts = factsOf(source);
    const refusal = refusalOf(name, facts, destination.mount?.capabilities ?? null);
    if (refusal) throw new MooringError(refusal.code, refusal.message);
    if (facts.isDirectory()) return this.#copyFolder(source, facts, folder, name);
    const existing = factsIfExists(joinPath(folder.path, name));
    const placement = existing ? this.#answer(source, facts, existing, folder, name) : this.#placementOfNew(folder, name);
    if (placement === null) return this.#report.skipped(facts);
    folder.placed.add(folded(name));
    await this.#stage.add({ source, facts, folder, name, placement, isTopLevel: this.#isTopLevel(folder) });
  }

  /** Another source may have claimed the name without having it yet, as its file waits to be flushed. */
  #placementOfNew(folder: TargetFolder, name: NativePath): Placement {
    return this.#options.request.onConflict === 'rename' && folder.placed.has(folded(name)) ? 'numbered' : 'new';
  }

  /** What the policy says to a name that is taken; null to leave everything as it is. */
  #answer(source: NativePath, facts: FileFacts, existing: FileFacts, folder: TargetFolder, name: NativePath): Placement | null {
    const { onConflict } = this.#options.request;
    if (onConflict === 'rename') return 'numbered';
    if (isSameFile(facts, existing)) throw new MooringError('SAME_FILE', `“${displayName(source)}” is that very file already.`);
    if (onConflict === 'skip') return null;
    if (folder.placed.has(folded(name))) {
      throw new MooringError('CONFLICT', `“${displayName(source)}” has a name there that another of the copied files has taken.`);
    }
    if (existing.isDirectory()) throw new MooringError('CONFLICT', `There is a folder where “${displayName(source)}” should go.`);
    if (onConflict === 'overwrite') return 'over';
    if (onConflict === 'newer') return isNewer(facts, existing, this.#granularityNs) ? 'over' : null;
    throw new MooringError('PATH_ALREADY_EXISTS', `“${displayName(name)}” has appeared in the target meanwhile, and was left alone.`);
  }

  async #copyFolder(source: NativePath, facts: FileFacts, parent: TargetFolder, name: NativePath): Promise<void> {
    if (isSameFile(facts, this.#options.destination.facts)) {
      throw new MooringError('COPY_INTO_ITSELF', `“${displayName(source)}” is the destination itself.`);
    }
    const existing = factsIfExists(joinPath(parent.path, name));
    const isMerged = existing?.isDirectory() === true && !isSameFile(existing, facts);
    const path = isMerged ? joinPath(parent.path, name) : this.#makeFolder(source, facts, existing, parent, name);
    if (path === null) return this.#report.skipped(facts);
    const folder: TargetFolder = { path, dev: isMerged ? existing.dev : parent.dev, placed: new Set() };
    for (const child of namesIn(source)) await this.#copyOrReport(joinPath(source, child), folder, child);
    if (!isMerged) this.#stage.closeFolder(path, facts);
  }

  /** Null when the policy is to leave out what stands in the way. */
  #makeFolder(source: NativePath, facts: FileFacts, existing: FileFacts | null, parent: TargetFolder, name: NativePath): NativePath | null {
    const { onConflict } = this.#options.request;
    if (existing && onConflict === 'skip') return null;
    if (existing && onConflict !== 'rename') {
      const code = isSameFile(existing, facts) ? 'SAME_FILE' : 'CONFLICT';
      throw new MooringError(code, `Something else stands where the folder “${displayName(source)}” should go.`);
    }
    let path = joinPath(parent.path, name);
    for (let number = 2; existing && factsIfExists(path); number++) path = joinPath(parent.path, numberedName(name, number));
    try {
      // Closed to others until its own mode is set, after its content.
      mkdirSync(path, { mode: 0o700 });
    } catch (error) {
      throw toFsError(error, path);
    }
    if (factsOf(path).dev !== parent.dev) {
      rmdirSync(path);
      throw this.#end.targetGone();
    }
    this.#report.folderCreated(this.#isTopLevel(parent) ? toSdPath(path, this.#options.request.deviceId) : null);
    return path;
  }

  #isTopLevel(folder: TargetFolder): boolean {
    return folder.path === this.#options.destination.path;
  }

  get #granularityNs(): number {
    return this.#options.destination.mount?.capabilities.timestampGranularityNs ?? 0;
  }
}

/** Equal for names that a case-insensitive file system takes for one. */
function folded(name: NativePath): string {
  return typeof name === 'string' ? name.normalize('NFC').toLowerCase() : toBytes(name).toString('latin1');
}
