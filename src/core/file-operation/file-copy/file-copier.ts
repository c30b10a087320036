import type { FileFacts } from '../file-facts.ts';
import { copyShare, createCursor, discardShare, verifyShare } from './batch-share.ts';
import { type CopyControl, CopyStopped } from './copy-control.ts';
import { type CopiedFile, type CopyItem, type Outcome, SMALL_BYTES, type VerifyItem } from './copy-item.ts';
import { FileVerifier } from './file-verifier.ts';
import { isSparse } from './holes.ts';
import { LargeFileCopier } from './large-file-copy.ts';
import { receiveShare, SecondThread } from './second-thread.ts';
import { SmallFileCopier, type SmallItem } from './small-file-copy.ts';
import { identityOf } from './source-file.ts';

export type { VerifyItem } from './copy-item.ts';

export interface FileCopierOptions {
  control: CopyControl;
  /** Whether to work out digests. */
  hash: boolean;
  /** Whether a second thread helps with small files: not on a disk with moving parts. */
  parallel: boolean;
  /** Called now and then while a large file is written. @throws what ends the copy (the target has gone) */
  checkTarget(): void;
}

/** Starting a thread takes as long as copying so many files. */
const WORTH_A_THREAD = 500;

/**
 * Gets the bytes and attributes of files to temporary names, each in the best way for where it comes from and goes to. For one
 * thread that may wait for the disk; closing it ends the thread that it may have started.
 */
export class FileCopier implements Disposable {
  readonly #options: FileCopierOptions;
  readonly #small: SmallFileCopier;
  readonly #large: LargeFileCopier;
  readonly #verifier: FileVerifier;
  #second: SecondThread | null = null;
  #secondReadPastCache: boolean | null = null;

  constructor(options: FileCopierOptions) {
    this.#options = options;
    this.#small = new SmallFileCopier(options.control, options.hash);
    this.#large = new LargeFileCopier(options);
    this.#verifier = new FileVerifier(options.control);
  }

  /** Whether verifying has read from the disk itself; null when nothing was read again. */
  get readPastCache(): boolean | null {
    const [first, second] = [this.#verifier.readPastCache, this.#secondReadPastCache];
    return first === null || second === null ? (first ?? second) : first && second;
  }

  /**
   * Copies one file of any size. A source that changes while it is read is read again.
   *
   * @throws MooringError `VERIFICATION_FAILED` when it goes on changing; `CopyStopped`; an error of `node:fs`. What has become of `temp`
   *   then is said at `CopyItem.keepPartial`
   */
  async copyToTemp(item: CopyItem): Promise<CopiedFile> {
    const isSmall = isForBatch(item.facts) && !item.continues;
    return (isSmall ? this.#small.copy(toSmallItem(item)) : null) ?? this.#large.copy(item);
  }

  /** Copies many files that `isForBatch`; outcomes in their order. @throws CopyStopped: nothing is left of any of them then */
  async copyBatch(items: readonly CopyItem[]): Promise<Outcome<CopiedFile>[]> {
    const { control } = this.#options;
    const small = items.map(toSmallItem);
    const cursor = createCursor([]);
    const asked = this.#secondFor(items.length)?.ask({ work: 'copy', items: small, cursor });
    const first = untilStopped(() => copyShare(small, cursor, this.#small, control));
    const second = asked ? receiveShare((await asked).share) : [];
    if (!first || !second) {
      discardShare(small, first ?? second ?? [], control);
      throw new CopyStopped(control.stopped ?? 'cancel');
    }
    const outcomes: Outcome<CopiedFile>[] = [];
    for (const [index, outcome] of [...first, ...second]) outcomes[index] = await this.#orLarge(items[index], outcome);
    return outcomes;
  }

  /**
   * Reads flushed files again, past the cache where the platform allows.
   *
   * @returns whether each holds what was read of its source, in their order
   * @throws CopyStopped
   */
  async verifyBatch(items: readonly VerifyItem[]): Promise<Outcome<boolean>[]> {
    const cursor = createCursor(items);
    const asked = this.#secondFor(items.length)?.ask({ work: 'verify', items, cursor });
    const first = untilStopped(() => verifyShare(items, cursor, this.#verifier));
    const reply = await asked;
    if (reply) this.#secondReadPastCache = reply.readPastCache;
    const second = reply ? receiveShare(reply.share) : [];
    if (!first || !second) throw new CopyStopped(this.#options.control.stopped ?? 'cancel');
    const outcomes: Outcome<boolean>[] = [];
    for (const [index, outcome] of [...first, ...second]) outcomes[index] = outcome;
    return outcomes;
  }

  [Symbol.dispose](): void {
    this.#second?.close();
    this.#second = null;
  }

  /** A file that has grown meanwhile is copied as others of its size. */
  async #orLarge(item: CopyItem | undefined, outcome: Outcome<CopiedFile | null>): Promise<Outcome<CopiedFile>> {
    if ('error' in outcome) return outcome;
    if (outcome.value) return { value: outcome.value };
    try {
      if (item) return { value: await this.#large.copy(item) };
    } catch (error) {
      return { error };
    }
    throw new Error('An outcome without an item');
  }

  #secondFor(count: number): SecondThread | null {
    const { parallel, control, hash } = this.#options;
    if (!parallel || (!this.#second && count < WORTH_A_THREAD)) return null;
    this.#second ??= new SecondThread({ control: control.memory, hash });
    return this.#second;
  }
}

/** What those who have files copied need of it. */
export type FileCopying = Pick<FileCopier, 'copyToTemp' | 'copyBatch' | 'verifyBatch' | 'readPastCache'> & Disposable;

/** Whether a file may be copied in a batch. */
export function isForBatch(facts: FileFacts): boolean {
  return facts.size <= SMALL_BYTES && !isSparse(facts);
}

function toSmallItem({ source, temp, facts, targetDev }: CopyItem): SmallItem {
  return { source, temp, expected: identityOf(facts), targetDev };
}

/** Null when the copy has been stopped. */
function untilStopped<T>(work: () => T): T | null {
  try {
    return work();
  } catch (error) {
    if (error instanceof CopyStopped) return null;
    throw error;
  }
}
