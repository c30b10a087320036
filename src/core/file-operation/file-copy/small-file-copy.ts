import { closeSync, readSync, type Stats, writeSync } from 'node:fs';
import { Blake3Hasher } from '@napi-rs/blake-hash';
import type { NativePath } from '#core/fs/native-path.ts';
import { type FileFacts, factsOf } from '../file-facts.ts';
import { AttributeCopier } from './attributes.ts';
import { Cloner } from './clone-copy.ts';
import type { CopyControl } from './copy-control.ts';
import { type CopiedFile, type CopyStrategy, type NotKept, SMALL_BYTES, type SourceIdentity } from './copy-item.ts';
import { storedTimeOf, utimeOf } from './file-times.ts';
import { changesMeanwhile, factsOfOpen, identityOf, isSameSource, type OpenSource, openSource } from './source-file.ts';
import { discardTemp, openTemp } from './temp-file.ts';

/** What the copying of one small file needs to know; what it says of the source is looked at again. */
export interface SmallItem {
  source: NativePath;
  temp: NativePath;
  expected: SourceIdentity;
  targetDev: bigint;
}

/** A file that is written to all the time is not waited for. */
const MOST_ATTEMPTS = 3;

/**
 * Copies files that fit into one block of memory: read as a whole, and looked at again, before anything is written; or shares their
 * blocks. One instance serves one thread.
 */
export class SmallFileCopier {
  readonly #control: CopyControl;
  readonly #hasher: Blake3Hasher | null;
  readonly #attributes = new AttributeCopier();
  readonly #cloner = new Cloner();
  /** Those that keep times to the nanosecond, and numbers of files. */
  readonly #exactDevices = new Set<bigint>();
  /** With room for the byte that tells that a file has grown. */
  readonly #block = Buffer.allocUnsafeSlow(SMALL_BYTES + 1);

  constructor(control: CopyControl, hash: boolean) {
    this.#control = control;
    this.#hasher = hash ? new Blake3Hasher() : null;
  }

  /**
   * Nothing is left of the copy after an error.
   *
   * @returns null when the file is not small (any more): it has to be copied in another way
   * @throws MooringError `VERIFICATION_FAILED` when it changes while it is read; `CopyStopped`; an error of `node:fs`
   */
  copy(item: SmallItem): CopiedFile | null {
    this.#control.check();
    const fd = openSource(item.source);
    try {
      let before = item.expected;
      for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt++) {
        const data = this.#readAll(fd, Number(before.size));
        if (data.length > SMALL_BYTES) return null;
        const facts = factsOfOpen(fd);
        const isSame = isSameSource(before, facts) && BigInt(data.length) === facts.size;
        if (isSame) return this.#finish(data, { fd, path: item.source, facts }, item);
        before = facts;
      }
      throw changesMeanwhile(item.source);
    } finally {
      closeSync(fd);
    }
  }

  /** Asks for more than there should be, and so finds out in one step that there is no more. */
  #readAll(fd: number, sizeBytes: number): Buffer {
    let length = 0;
    do {
      const count = this.#readAt(fd, length);
      if (count === 0) break;
      length += count;
    } while (length !== sizeBytes && length <= SMALL_BYTES);
    return this.#block.subarray(0, length);
  }

  #readAt(fd: number, position: number): number {
    try {
      return readSync(fd, this.#block, position, this.#block.length - position, position);
    } catch (error) {
      // Has something else taken its place? That says more than the error of reading it.
      factsOfOpen(fd);
      throw error;
    }
  }

  #finish(data: Buffer, source: OpenSource, { temp, targetDev }: SmallItem): CopiedFile {
    const isCloned = this.#cloner.clone(source.fd, source.path, source.facts.dev, temp, targetDev);
    const { notKept, made } = this.#complete(isCloned ? null : data, source, temp, targetDev);
    this.#waitFor(data.length, temp);
    const strategy: CopyStrategy = isCloned ? 'clone' : 'stream';
    const digest = this.#hasher && digestOf(this.#hasher, data);
    const mark = this.#markOf(temp, made, source.facts, targetDev, notKept);
    return { source: identityOf(source.facts), bytes: data.length, made: mark, digest, strategy, notKept, isFlushed: false };
  }

  /** By which the copy is known again. Where the file system has once kept a time to the nanosecond, what it has of others need not be asked. */
  #markOf(temp: NativePath, made: Stats, facts: FileFacts, targetDev: bigint, notKept: readonly NotKept[]): CopiedFile['made'] {
    const mtimeNs = storedTimeOf(utimeOf(facts.mtimeNs));
    const isKept = !notKept.includes('times') && Number.isSafeInteger(made.ino);
    if (isKept && this.#exactDevices.has(targetDev)) return { ino: BigInt(made.ino), mtimeNs };
    const now = factsOf(temp);
    if (isKept && now.mtimeNs === mtimeNs && mtimeNs % 1000n !== 0n && Number(now.ino) === made.ino) this.#exactDevices.add(targetDev);
    return { ino: now.ino, mtimeNs: now.mtimeNs };
  }

  /** @throws CopyStopped: nothing is left of the copy then */
  #waitFor(bytes: number, temp: NativePath): void {
    try {
      this.#control.written(bytes);
    } catch (error) {
      this.#control.count(-bytes);
      discardTemp(temp);
      throw error;
    }
  }

  /** @param data to be written; null when it is there already */
  #complete(data: Buffer | null, source: OpenSource, temp: NativePath, targetDev: bigint): { notKept: NotKept[]; made: Stats } {
    const { fd, made } = openTemp(temp, data ? 'new' : 'made', targetDev, Number(source.facts.mode) & 0o777);
    let isWhole = false;
    try {
      if (data) for (let written = 0; written < data.length; ) written += writeSync(fd, data, written);
      const notKept = this.#attributes.copyToFile(source, { fd, path: temp }, made);
      isWhole = true;
      return { notKept, made };
    } finally {
      closeSync(fd);
      if (!isWhole) discardTemp(temp);
    }
  }
}

function digestOf(hasher: Blake3Hasher, data: Buffer): string {
  hasher.reset();
  return hasher.update(data).digest('hex');
}
