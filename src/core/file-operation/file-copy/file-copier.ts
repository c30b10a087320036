import type { FileFacts } from '../file-facts.ts';
import { copyShare, createCursor, discardShare, type Share, type SharedCursor, untilStopped, verifyShare } from './batch-share.ts';
import { type CopyControl, CopyStopped } from './copy-control.ts';
import { type CopiedFile, type CopyItem, type Outcome, SMALL_BYTES, type VerifyItem } from './copy-item.ts';
import { FileVerifier } from './file-verifier.ts';
import { isSparse } from './holes.ts';
import { LargeFileCopier } from './large-file-copy.ts';
import { type ReplyTo, SecondThread } from './second-thread.ts';
import { receiveCopies, receiveVerifications, sendItems } from './second-thread-messages.ts';
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

/** Copies that are on their way. */
export interface BegunBatch {
  /** @returns outcomes in the order of the items. @throws CopyStopped: nothing is left of any of them then */
  finish(): Promise<Outcome<CopiedFile>[]>;
}

/** Starting a thread takes as long as copying so many files. */
export const WORTH_A_THREAD = 500;

/**
 * Gets the bytes and attributes of files to temporary names, each in the best way for where it comes from and goes to. For one
 * thread that may wait for the disk; closing it leaves the thread that it may have started.
 */
export class FileCopier implements Disposable {
  readonly #options: FileCopierOptions;
  readonly #small: SmallFileCopier;
  readonly #large: LargeFileCopier;
  readonly #verifier: FileVerifier;
  #second: SecondThread | null = null;
  #secondReadPastCache: boolean | null = null;
  /** Files so far, each time that one was copied or read again in a batch. */
  #asked = 0;

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
  copyBatch(items: readonly CopyItem[]): Promise<Outcome<CopiedFile>[]> {
    return this.beginBatch(items).finish();
  }

  /** As `copyBatch`, but until `finish` is called only the second thread copies, where there is one. It has to be called. */
  beginBatch(items: readonly CopyItem[]): BegunBatch {
    const small = items.map(toSmallItem);
    const cursor = createCursor([]);
    const asked = this.#secondFor(items.length)?.ask({ work: 'copy', items: sendItems(small), cursor });
    asked?.catch(() => {
      // Observed by `finish`.
    });
    return { finish: () => this.#finishBatch(items, small, cursor, asked) };
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
    const second = reply ? reply.share && receiveVerifications(reply.share) : [];
    if (!first || !second) throw new CopyStopped(this.#options.control.stopped ?? 'cancel');
    const outcomes: Outcome<boolean>[] = [];
    for (const [index, outcome] of [...first, ...second]) outcomes[index] = outcome;
    return outcomes;
  }

  [Symbol.dispose](): void {
    this.#second?.leave();
    this.#second = null;
  }

  async #finishBatch(
    items: readonly CopyItem[],
    small: readonly SmallItem[],
    cursor: SharedCursor,
    asked: Promise<ReplyTo<'copy'>> | undefined,
  ): Promise<Outcome<CopiedFile>[]> {
    const { control } = this.#options;
    const first = untilStopped(() => copyShare(small, cursor, this.#small, control));
    const reply = await asked;
    const second = reply ? reply.share && receiveCopies(reply.share) : [];
    const done: Share<CopiedFile | null> = [...(first ?? []), ...(second ?? [])];
    try {
      if (!first || !second) throw new CopyStopped(control.stopped ?? 'cancel');
      await this.#copyGrown(items, done);
    } catch (error) {
      discardShare(small, done, control);
      throw error;
    }
    const outcomes: Outcome<CopiedFile>[] = [];
    for (const [index, outcome] of done) if (isDone(outcome)) outcomes[index] = outcome;
    return outcomes;
  }

  /** Copies files that are not small any more as others of their size. @throws CopyStopped */
  async #copyGrown(items: readonly CopyItem[], done: Share<CopiedFile | null>): Promise<void> {
    for (const entry of done) {
      const [index, outcome] = entry;
      const item = items[index];
      if (!item || isDone(outcome)) continue;
      try {
        entry[1] = { value: await this.#large.copy(item) };
      } catch (error) {
        if (error instanceof CopyStopped) throw error;
        entry[1] = { error };
      }
    }
  }

  #secondFor(count: number): SecondThread | null {
    const { parallel, control, hash } = this.#options;
    this.#asked += count;
    if (!parallel || this.#asked < WORTH_A_THREAD) return null;
    this.#second ??= SecondThread.take({ control: control.memory, hash });
    return this.#second;
  }
}

/** Whether a file may be copied in a batch. */
export function isForBatch(facts: FileFacts): boolean {
  return facts.size <= SMALL_BYTES && !isSparse(facts);
}

function isDone(outcome: Outcome<CopiedFile | null>): outcome is Outcome<CopiedFile> {
  return 'error' in outcome || outcome.value !== null;
}

function toSmallItem({ source, temp, facts, targetDev }: CopyItem): SmallItem {
  return { source, temp, expected: identityOf(facts), targetDev };
}
