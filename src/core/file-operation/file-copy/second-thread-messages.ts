/**
 * @file What a copy's thread and its second thread say to each other. Batches have thousands of files, so that items and outcomes are
 * sent in columns: an object for each would take longer to send than its file to copy.
 */
import { fromMessage } from '#core/fs/native-path.ts';
import type { Share, SharedCursor } from './batch-share.ts';
import type { CopiedFile, CopyStrategy, NotKept, Outcome, SourceIdentity, VerifyItem } from './copy-item.ts';
import { receiveError, type SentError, sendError } from './sent-error.ts';
import type { SmallItem } from './small-file-copy.ts';

/** What it works for from now on. */
export interface SecondThreadStart {
  work: 'start';
  /** Of `CopyControl`. */
  control: SharedArrayBuffer;
  hash: boolean;
}

/** A batch that both threads work off. */
export type SecondThreadRequest =
  | { work: 'copy'; items: SentItems; cursor: SharedCursor }
  | { work: 'verify'; items: readonly VerifyItem[]; cursor: SharedCursor };

/** A share is null when the thread has stopped, as it was told to. */
export type SecondThreadReply =
  | { work: 'copy'; share: SentCopies | null }
  | { work: 'verify'; share: SentVerifications | null; readPastCache: boolean | null };

type SentPath = string | Uint8Array;

interface SentItems {
  sources: readonly SentPath[];
  temps: readonly SentPath[];
  /** Four of each source, as `identityColumns` orders them, then the target's device. */
  numbers: BigInt64Array;
}

interface SentCopies {
  indices: Int32Array;
  identities: BigInt64Array;
  /** Two of each copy: its number, and its time. */
  made: BigInt64Array;
  digests: (string | null)[] | null;
  strategies: CopyStrategy[];
  notKept: [at: number, what: readonly NotKept[]][];
  /** Of items that are not small any more. */
  large: number[];
  errors: [index: number, error: SentError][];
}

interface SentVerifications {
  equal: number[];
  different: number[];
  errors: [index: number, error: SentError][];
}

const ITEM_NUMBERS = 5;
const IDENTITY_NUMBERS = 4;
const MADE_NUMBERS = 2;

export function sendItems(items: readonly SmallItem[]): SentItems {
  const numbers = new BigInt64Array(items.length * ITEM_NUMBERS);
  for (const [index, { expected, targetDev }] of items.entries()) {
    writeIdentity(numbers, index * ITEM_NUMBERS, expected);
    numbers[index * ITEM_NUMBERS + IDENTITY_NUMBERS] = targetDev;
  }
  return { sources: items.map(({ source }) => source), temps: items.map(({ temp }) => temp), numbers };
}

export function receiveItems({ sources, temps, numbers }: SentItems): SmallItem[] {
  return sources.map((source, index) => ({
    source: fromMessage(source),
    temp: fromMessage(temps[index] ?? ''),
    expected: readIdentity(numbers, index * ITEM_NUMBERS),
    targetDev: BigInt.asUintN(64, numbers[index * ITEM_NUMBERS + IDENTITY_NUMBERS] ?? 0n),
  }));
}

export function sendCopies(share: Share<CopiedFile | null>, hash: boolean): SentCopies {
  const copied = share.flatMap(([index, outcome]) => ('value' in outcome && outcome.value ? [{ index, value: outcome.value }] : []));
  const identities = new BigInt64Array(copied.length * IDENTITY_NUMBERS);
  const made = new BigInt64Array(copied.length * MADE_NUMBERS);
  for (const [at, { value }] of copied.entries()) {
    writeIdentity(identities, at * IDENTITY_NUMBERS, value.source);
    made[at * MADE_NUMBERS] = value.made.ino;
    made[at * MADE_NUMBERS + 1] = value.made.mtimeNs;
  }
  return {
    indices: Int32Array.from(copied, ({ index }) => index),
    identities,
    made,
    digests: hash ? copied.map(({ value }) => value.digest) : null,
    strategies: copied.map(({ value }) => value.strategy),
    notKept: copied
      .flatMap(({ value }, at) => (value.notKept.length > 0 ? [[at, value.notKept] as const] : []))
      .map(([at, what]) => [at, what]),
    large: share.flatMap(([index, outcome]) => ('value' in outcome && !outcome.value ? [index] : [])),
    errors: errorsOf(share),
  };
}

export function receiveCopies(sent: SentCopies): Share<CopiedFile | null> {
  const { indices, identities, made, digests, strategies, notKept, large, errors } = sent;
  const kept = new Map(notKept);
  const share: Share<CopiedFile | null> = [];
  for (const [at, index] of indices.entries()) {
    const source = readIdentity(identities, at * IDENTITY_NUMBERS);
    const strategy = strategies[at] ?? 'stream';
    const value = {
      source,
      bytes: Number(source.size),
      made: { ino: BigInt.asUintN(64, made[at * MADE_NUMBERS] ?? 0n), mtimeNs: made[at * MADE_NUMBERS + 1] ?? 0n },
      digest: digests?.[at] ?? null,
      strategy,
      notKept: kept.get(at) ?? [],
      isFlushed: false,
    };
    share.push([index, { value }]);
  }
  for (const index of large) share.push([index, { value: null }]);
  return [...share, ...receiveErrors(errors)];
}

export function sendVerifications(share: Share<boolean>): SentVerifications {
  const numbersOf = (isEqual: boolean) =>
    share.flatMap(([index, outcome]) => ('value' in outcome && outcome.value === isEqual ? [index] : []));
  return { equal: numbersOf(true), different: numbersOf(false), errors: errorsOf(share) };
}

export function receiveVerifications({ equal, different, errors }: SentVerifications): Share<boolean> {
  const of = (numbers: number[], value: boolean): Share<boolean> => numbers.map((index) => [index, { value }]);
  return [...of(equal, true), ...of(different, false), ...receiveErrors(errors)];
}

function errorsOf(share: Share<unknown>): [number, SentError][] {
  return share.flatMap(([index, outcome]) => ('error' in outcome ? [[index, sendError(outcome.error)] as [number, SentError]] : []));
}

function receiveErrors(errors: readonly [number, SentError][]): [number, Outcome<never>][] {
  return errors.map(([index, error]) => [index, { error: receiveError(error) }]);
}

function writeIdentity(numbers: BigInt64Array, at: number, { dev, ino, size, mtimeNs }: SourceIdentity): void {
  numbers[at] = dev;
  numbers[at + 1] = ino;
  numbers[at + 2] = size;
  numbers[at + 3] = mtimeNs;
}

function readIdentity(numbers: BigInt64Array, at: number): SourceIdentity {
  const [dev = 0n, ino = 0n, size = 0n, mtimeNs = 0n] = numbers.subarray(at, at + IDENTITY_NUMBERS);
  return { dev: BigInt.asUintN(64, dev), ino: BigInt.asUintN(64, ino), size, mtimeNs };
}
