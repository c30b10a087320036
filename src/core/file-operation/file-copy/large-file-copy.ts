import { closeSync, fstatSync, fsync, ftruncateSync } from 'node:fs';
import { promisify } from 'node:util';
import { Blake3Hasher } from '@napi-rs/blake-hash';
import { factsOf } from '../file-facts.ts';
import { AttributeCopier } from './attributes.ts';
import { Cloner, copyByKernel } from './clone-copy.ts';
import { type CopyControl, CopyStopped } from './copy-control.ts';
import { type CopiedFile, type CopyItem, type CopyStrategy, RESUMABLE_BYTES } from './copy-item.ts';
import { isSparse } from './holes.ts';
import { changesMeanwhile, factsOfOpen, identityOf, isSameSource, type OpenSource, openSource } from './source-file.ts';
import { StreamCopier } from './stream-copy.ts';
import { discardSoon, discardTemp, openTemp } from './temp-file.ts';

const flush = promisify(fsync);

/** The kernel is not interrupted in a copy of its own, so that only this much is given to it at a time. */
const KERNEL_BYTES = 4 * 1024 * 1024;

export interface LargeFileOptions {
  control: CopyControl;
  hash: boolean;
  checkTarget(): void;
}

/** One attempt at a file. */
interface Attempt {
  item: CopyItem;
  source: OpenSource;
  /** Whether there is a temporary file of ours. */
  isMade: boolean;
  /** Bytes of it that hold what is in the source: they stay counted while it stays. */
  bytes: number;
}

/** Copies files of any size by whatever way is best for them. One instance serves one thread. */
export class LargeFileCopier {
  readonly #options: LargeFileOptions;
  readonly #stream = new StreamCopier();
  readonly #cloner = new Cloner();
  readonly #attributes = new AttributeCopier();

  constructor(options: LargeFileOptions) {
    this.#options = options;
  }

  /** As `FileCopier.copyToTemp`. */
  async copy(item: CopyItem): Promise<CopiedFile> {
    const copied = (await this.#copyOnce(item)) ?? (await this.#copyOnce({ ...item, continues: false }));
    if (copied) return copied;
    throw changesMeanwhile(item.source);
  }

  /** Null when the source was not the same before and after: nothing is left of the copy then. */
  async #copyOnce(item: CopyItem): Promise<CopiedFile | null> {
    this.#options.control.check();
    const fd = openSource(item.source);
    const attempt: Attempt = {
      item,
      source: { fd, path: item.source, facts: factsOfOpenOrClose(fd) },
      isMade: item.continues === true,
      bytes: 0,
    };
    let stays = false;
    let isStopped = false;
    try {
      const copied = await this.#attempt(attempt);
      stays = copied !== null;
      return copied;
    } catch (error) {
      stays = attempt.bytes >= RESUMABLE_BYTES && item.keepPartial?.(error) === true;
      isStopped = error instanceof CopyStopped;
      throw error;
    } finally {
      closeSync(fd);
      if (!stays) {
        this.#options.control.count(-attempt.bytes);
        if (attempt.isMade && isStopped) await discardSoon(item.temp);
        else if (attempt.isMade) discardTemp(item.temp);
      }
    }
  }

  async #attempt(attempt: Attempt): Promise<CopiedFile | null> {
    const { item, source } = attempt;
    const strategy = item.continues ? 'stream' : this.#copyWithoutReading(item, source);
    const isStream = strategy === 'stream';
    attempt.isMade ||= !isStream;
    const { fd, made } = openTemp(item.temp, isStream ? (item.continues ? 'begun' : 'new') : 'made', item.targetDev);
    attempt.isMade = true;
    try {
      const digest = isStream ? await this.#streamTo(fd, attempt) : await this.#digestOf(attempt);
      const size = fstatSync(fd, { bigint: true }).size;
      if (!isSameSource(source.facts, factsOfOpen(source.fd)) || size !== source.facts.size) return null;
      const notKept = this.#attributes.copyToFile(source, { fd, path: item.temp }, made);
      if (isStream && isSparse(source.facts) && !isSparse(fstatSync(fd, { bigint: true }))) notKept.push('hole');
      if (isStream) await this.#options.control.during(flush(fd));
      const { ino, mtimeNs } = factsOf(item.temp);
      return {
        source: identityOf(source.facts),
        bytes: Number(size),
        made: { ino, mtimeNs },
        digest,
        strategy,
        notKept,
        isFlushed: isStream,
      };
    } finally {
      closeSync(fd);
    }
  }

  /** Clones a file, or has the kernel copy it. `stream` when neither can be. */
  #copyWithoutReading({ temp, targetDev }: CopyItem, { fd, path, facts }: OpenSource): CopyStrategy {
    if (this.#cloner.clone(fd, path, facts.dev, temp, targetDev)) return 'clone';
    const isForKernel = facts.dev === targetDev && facts.size <= KERNEL_BYTES && !isSparse(facts) && !this.#options.hash;
    if (!isForKernel) return 'stream';
    copyByKernel(fd, path, temp);
    return 'kernel';
  }

  /** @returns the digest of what was read */
  async #streamTo(targetFd: number, attempt: Attempt): Promise<string | null> {
    const { control, checkTarget, hash } = this.#options;
    const { fd: sourceFd, facts } = attempt.source;
    const hasher = hash ? new Blake3Hasher() : null;
    const count = (bytes: number) => {
      attempt.bytes += bytes;
    };
    let doneBytes = 0;
    if (attempt.item.continues) {
      doneBytes = this.#stream.compare({ sourceFd, targetFd, hasher, control }, count);
      // Holes are not written: nothing of an earlier run may show through them.
      ftruncateSync(targetFd, doneBytes);
    }
    const sizeBytes = Number(facts.size);
    await this.#stream.copy({ sourceFd, sizeBytes, isSparse: isSparse(facts), targetFd, doneBytes, hasher, control, checkTarget }, count);
    return hasher?.digest('hex') ?? null;
  }

  /** Of a file that was copied without being read here. */
  async #digestOf(attempt: Attempt): Promise<string | null> {
    const { control, hash } = this.#options;
    const { fd, facts } = attempt.source;
    const hasher = hash ? new Blake3Hasher() : null;
    if (hasher) this.#stream.read(fd, hasher, control);
    const bytes = Number(facts.size);
    attempt.bytes = bytes;
    control.written(bytes);
    return hasher?.digest('hex') ?? null;
  }
}

function factsOfOpenOrClose(fd: number) {
  try {
    return factsOfOpen(fd);
  } catch (error) {
    closeSync(fd);
    throw error;
  }
}
