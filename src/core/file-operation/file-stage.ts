import {
  type BigIntStats,
  chmodSync,
  closeSync,
  constants,
  fchmodSync,
  fstatSync,
  futimesSync,
  lutimesSync,
  openSync,
  readlinkSync,
  symlinkSync,
  utimesSync,
} from 'node:fs';
import { errorNumber, toFsError } from '#core/fs/fs-error.ts';
import { displayName, fromBytes, joinPath, type NativePath, toSdPath } from '#core/fs/native-path.ts';
import { MooringError } from '#shared/contract/error.ts';
import { DataCopier } from './copy-data.ts';
import type { CopyEnd } from './copy-end.ts';
import type { CopyReport } from './copy-report.ts';
import type { CopyRunOptions, Placement, TargetFolder } from './copy-run.ts';
import { CopyVerifier } from './copy-verifier.ts';
import { type FileFacts, factsOf, secondsOf } from './file-facts.ts';
import { flushFd, flushFiles } from './flush.ts';
import { numberedName } from './free-name.ts';
import { discardTemp, placeNew, placeOver } from './place.ts';

/** One file or symbolic link on its way. */
export interface StageItem {
  source: NativePath;
  facts: FileFacts;
  folder: TargetFolder;
  name: NativePath;
  placement: Placement;
  /** Whether it lies in the destination itself. */
  isTopLevel: boolean;
}

interface Staged extends StageItem {
  temp: NativePath;
  bytes: number;
  digest: string | null;
}

type Pending = { type: 'file'; file: Staged } | { type: 'folder'; path: NativePath; facts: FileFacts };

/** Files from this size on are flushed by themselves; smaller ones wait for each other. */
const LARGE_BYTES = 4 * 1024 * 1024;
const BATCH_FILES = 2048;
const BATCH_BYTES = 32 * 1024 * 1024;
const { O_RDONLY, O_WRONLY, O_CREAT, O_EXCL, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants;
/** What a file system says that keeps no modes. */
const NO_MODES = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'EINVAL', 'ENOSYS']);

/**
 * Where files stand under temporary names until they are flushed and verified, and then get their own. Small files are
 * flushed together; the times of a folder are set when all of its files have their names.
 */
export class FileStage {
  readonly #options: CopyRunOptions & { report: CopyReport; end: CopyEnd };
  readonly #copier = new DataCopier();
  readonly #verifier = new CopyVerifier();
  #pending: Pending[] = [];
  #pendingBytes = 0;
  #writing: NativePath | null = null;
  #tempNumber = 0;

  constructor(options: CopyRunOptions & { report: CopyReport; end: CopyEnd }) {
    this.#options = options;
  }

  get readPastCache(): boolean | null {
    return this.#verifier.readPastCache;
  }

  /** Copies a file to its temporary name, or a symbolic link to its own. @throws an error of this item alone, or one that ends the copy */
  async add(item: StageItem): Promise<void> {
    this.#options.report.current(item.source);
    if (item.facts.isSymbolicLink()) return this.#copyLink(item);
    const file = await this.#write(item);
    this.#pending.push({ type: 'file', file });
    this.#pendingBytes += file.bytes;
    if (this.#pending.length >= BATCH_FILES || this.#pendingBytes >= BATCH_BYTES || file.bytes >= LARGE_BYTES) await this.settle();
  }

  /** Everything inside has been added: its mode and times are set once it has its name. */
  closeFolder(path: NativePath, facts: FileFacts): void {
    this.#pending.push({ type: 'folder', path, facts });
  }

  /** Flushes, verifies and names what waits. Problems of single files are reported. @throws what ends the copy */
  async settle(): Promise<void> {
    const { cancellation } = this.#options;
    // Large files have been flushed already.
    const small = this.#pending.flatMap((pending) => (pending.type === 'file' && pending.file.bytes < LARGE_BYTES ? [pending.file] : []));
    for (const files of Map.groupBy(small, ({ folder }) => folder.dev).values()) await cancellation.during(flush(files));
    for (let next = this.#pending[0]; next; next = this.#pending[0]) {
      if (next.type === 'file') await this.#finishOrReport(next.file);
      else closeFolderNow(next.path, next.facts);
      this.#pending.shift();
    }
    this.#pendingBytes = 0;
  }

  /** Removes all temporary files. */
  discard(): void {
    if (this.#writing) discardTemp(this.#writing);
    for (const pending of this.#pending) {
      if (pending.type === 'file') discardTemp(pending.file.temp);
    }
    this.#pending = [];
    this.#writing = null;
  }

  async #finishOrReport(file: Staged): Promise<void> {
    const { end, report } = this.#options;
    try {
      await this.#finish(file);
      end.progress();
    } catch (error) {
      end.check(error, file.source);
      report.problem(file.source, toFsError(error, file.source));
    }
  }

  /** A copy that does not compare equal is made once more. Nothing is left of it when it fails. */
  async #finish(file: Staged): Promise<void> {
    const { report, request, cancellation } = this.#options;
    let current = file;
    try {
      cancellation.check();
      if (!this.#isVerified(file)) {
        report.bytes(-file.bytes);
        discardTemp(file.temp);
        current = await this.#write(file);
        if (current.bytes < LARGE_BYTES) await cancellation.during(flush([current]));
        if (!this.#isVerified(current)) throw unverified(file.source);
      }
      this.#place(current);
    } catch (error) {
      discardTemp(current.temp);
      throw error;
    }
    report.fileCopied(current.bytes, request.verify !== 'none');
  }

  #isVerified({ temp, bytes, digest }: Staged): boolean {
    const { verify } = this.#options.request;
    if (verify === 'none') return true;
    if (factsOf(temp).size !== BigInt(bytes)) return false;
    return verify === 'size' || this.#verifier.digestOf(temp, this.#options.cancellation) === digest;
  }

  #place(file: Staged): void {
    if (file.placement === 'over') {
      placeOver(file.temp, joinPath(file.folder.path, file.name));
      return;
    }
    for (let number = 1; ; number++) {
      const target = joinPath(file.folder.path, number === 1 ? file.name : numberedName(file.name, number));
      if (placeNew(file.temp, target)) {
        if (file.isTopLevel) this.#options.report.created(toSdPath(target, this.#options.request.deviceId));
        return;
      }
      if (file.placement === 'new') throw appeared(file.name);
    }
  }

  /** A source that changes while it is read is read once more. */
  async #write(item: StageItem): Promise<Staged> {
    const first = await this.#writeOnce(item);
    const second = first ?? (await this.#writeOnce(item));
    if (second) return second;
    const name = displayName(item.source);
    throw new MooringError('VERIFICATION_FAILED', `“${name}” changes while it is copied. Copy it again when nothing writes to it.`);
  }

  /** Null when the source was not the same before and after. Nothing is left of the copy then, nor after an error. */
  async #writeOnce(item: StageItem): Promise<Staged | null> {
    const { report } = this.#options;
    const temp = joinPath(item.folder.path, `.mooring-${this.#options.tempId}-${++this.#tempNumber}.part`);
    const sourceFd = openSync(item.source, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
    let copied = 0;
    let isWhole = false;
    try {
      const before = fstatSync(sourceFd, { bigint: true });
      if (!before.isFile()) throw new MooringError('NOT_SUPPORTED', 'It is not a file any more.');
      const staged = await this.#writeTemp(item, before, sourceFd, temp, (count) => {
        copied += count;
        report.bytes(count);
      });
      isWhole = isUnchanged(before, fstatSync(sourceFd, { bigint: true })) && BigInt(staged.bytes) === before.size;
      return isWhole ? staged : null;
    } finally {
      closeSync(sourceFd);
      if (!isWhole) {
        discardTemp(temp);
        report.bytes(-copied);
      }
      this.#writing = null;
    }
  }

  async #writeTemp(
    item: StageItem,
    facts: BigIntStats,
    sourceFd: number,
    temp: NativePath,
    onBytes: (count: number) => void,
  ): Promise<Staged> {
    const { cancellation, end, request } = this.#options;
    const targetFd = openTemp(temp, item.folder.path);
    this.#writing = temp;
    try {
      // With its volume gone, the path leads to another file system: nothing may be written there.
      if (fstatSync(targetFd, { bigint: true }).dev !== item.folder.dev) throw end.targetGone();
      const hash = request.verify === 'hash';
      const onFlush = () => end.checkTarget();
      const { bytes, digest } = await this.#copier.copy({ sourceFd, targetFd, hash, cancellation, onBytes, onFlush });
      applyMode(() => fchmodSync(targetFd, Number(facts.mode) & 0o777));
      futimesSync(targetFd, secondsOf(facts.atimeNs), secondsOf(facts.mtimeNs));
      if (bytes >= LARGE_BYTES) await cancellation.during(flushFd(targetFd));
      return { ...item, temp, bytes, digest };
    } finally {
      closeSync(targetFd);
    }
  }

  /** @throws what is to be reported of an item whose link could not be made */
  #copyLink(item: StageItem): void {
    const { report, request } = this.#options;
    const text = fromBytes(readlinkSync(item.source, 'buffer'));
    for (let number = 1; ; number++) {
      const target = joinPath(item.folder.path, number === 1 ? item.name : numberedName(item.name, number));
      const path =
        item.placement === 'over' ? joinPath(item.folder.path, `.mooring-${this.#options.tempId}-${++this.#tempNumber}.part`) : target;
      try {
        symlinkSync(text, path);
      } catch (error) {
        if (errorNumber(error) !== 'EEXIST') throw error;
        if (item.placement === 'new') throw appeared(item.name);
        continue;
      }
      lutimesSync(path, secondsOf(item.facts.atimeNs), secondsOf(item.facts.mtimeNs));
      if (item.placement === 'over') placeOver(path, target);
      else if (item.isTopLevel) report.created(toSdPath(target, request.deviceId));
      report.symlinkCopied();
      return;
    }
  }
}

async function flush(files: readonly Staged[]): Promise<void> {
  const paths = files.map(({ temp }) => temp);
  if (files[0]) await flushFiles(paths, files[0].folder.path);
}

function unverified(source: NativePath): MooringError {
  const message = `“${displayName(source)}” reads differently from the target than from the source, twice. The copy was removed.`;
  return new MooringError('VERIFICATION_FAILED', message);
}

/** @throws MooringError that names the folder, where the cause lies */
function openTemp(temp: NativePath, folder: NativePath): number {
  try {
    return openSync(temp, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0o600);
  } catch (error) {
    throw toFsError(error, folder);
  }
}

function isUnchanged(before: BigIntStats, after: BigIntStats): boolean {
  return before.size === after.size && before.mtimeNs === after.mtimeNs;
}

function closeFolderNow(path: NativePath, facts: FileFacts): void {
  applyMode(() => chmodSync(path, Number(facts.mode) & 0o1777));
  utimesSync(path, secondsOf(facts.atimeNs), secondsOf(facts.mtimeNs));
}

function applyMode(apply: () => void): void {
  try {
    apply();
  } catch (error) {
    if (!NO_MODES.has(errorNumber(error) ?? '')) throw error;
  }
}

function appeared(name: NativePath): MooringError {
  return new MooringError('PATH_ALREADY_EXISTS', `“${displayName(name)}” has appeared in the target meanwhile, and was left alone.`);
}
