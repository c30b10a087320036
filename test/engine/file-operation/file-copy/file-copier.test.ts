import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  closeSync,
  existsSync,
  lstatSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CopyControl, CopyStopped, createControlMemory } from '#core/file-operation/file-copy/copy-control.ts';
import { type CopiedFile, type CopyItem, type Outcome, RESUMABLE_BYTES, SMALL_BYTES } from '#core/file-operation/file-copy/copy-item.ts';
import { flushFiles } from '#core/file-operation/file-copy/flush.ts';
import { expectError } from '#test/instruments/expect-error.ts';
import { loopMountAbility } from '#test/instruments/host-abilities.ts';
import { b3sum, itemOf, makeCopier, namesIn, newFolder, openPlace } from './copy-world.ts';

const MIB = 1024 * 1024;

describe.skipIf(!loopMountAbility().allows)('the copying of files', () => {
  const cleanup = new AsyncDisposableStack();
  let sourceRoot = '';
  let targetRoot = '';
  let from = '';
  let to = '';

  beforeAll(async () => {
    sourceRoot = cleanup.use(await openPlace('ext4', 900)).root;
    targetRoot = cleanup.use(await openPlace('ext4', 260)).root;
  });
  beforeEach(() => {
    from = newFolder(sourceRoot);
    to = newFolder(targetRoot);
  });
  afterEach(() => {
    for (const folder of [from, to]) rmSync(folder, { recursive: true });
  });
  afterAll(() => cleanup.disposeAsync());

  function makeFile(name: string, sizeBytes: number, text = 'mooring '): string {
    const file = path.join(from, name);
    writeFileSync(file, Buffer.alloc(sizeBytes, text));
    return file;
  }

  describe('of a source that changes', () => {
    it('takes what is there when it is read, and says which file that was', async () => {
      const file = makeFile('small', 5000);
      const item = itemOf(file, to);
      appendFileSync(file, 'more');
      const copied = await makeCopier().copier.copyToTemp(item);
      expect(readFileSync(item.temp)).toEqual(readFileSync(file));
      expect(copied).toMatchObject({ bytes: 5004, source: { size: 5004n, ino: lstatSync(file, { bigint: true }).ino } });
    });

    it('copies a file that has grown too large for a batch all the same', async () => {
      const items = ['a', 'grown', 'c'].map((name) => itemOf(makeFile(name, 100), to));
      appendFileSync(path.join(from, 'grown'), Buffer.alloc(SMALL_BYTES * 2));
      const outcomes = await makeCopier().copier.copyBatch(items);
      expect(outcomes.map(bytesOf)).toEqual([100, SMALL_BYTES * 2 + 100, 100]);
    });

    it('begins once more when a large one has changed', async () => {
      const file = makeFile('large', 70 * MIB);
      const item = itemOf(file, to);
      let times = 0;
      const { copier, control } = makeCopier({ checkTarget: () => times++ === 0 && appendFileSync(file, 'more') });
      const copied = await copier.copyToTemp(item);
      expect(copied).toMatchObject({ bytes: 70 * MIB + 4, digest: b3sum(file) });
      expect(b3sum(item.temp.toString())).toBe(copied.digest);
      expect(control.bytes).toBe(70 * MIB + 4);
    });

    it('gives up on one that never rests, and leaves nothing', async () => {
      const file = makeFile('log', 40 * MIB);
      const { copier, control } = makeCopier({ checkTarget: () => appendFileSync(file, 'line') });
      await expectError('VERIFICATION_FAILED', copier.copyToTemp(itemOf(file, to)));
      expect(namesIn(to)).toEqual([]);
      expect(control.bytes).toBe(0);
    });

    it('does not wait for a pipe, nor follow a link, that has taken the place of a file', async () => {
      for (const sizeBytes of [10, 2 * MIB]) {
        const item = itemOf(makeFile('file', sizeBytes), to);
        rmSync(item.source);
        execFileSync('mkfifo', ['--', item.source.toString()]);
        await expectError('NOT_SUPPORTED', makeCopier().copier.copyToTemp(item));
        rmSync(item.source);
        symlinkSync('/etc/passwd', item.source);
        await expect(makeCopier().copier.copyToTemp(item)).rejects.toThrow('ELOOP');
        rmSync(item.source);
        await expect(makeCopier().copier.copyToTemp(item)).rejects.toThrow('ENOENT');
      }
      expect(namesIn(to)).toEqual([]);
    });
  });

  describe('that ends early', () => {
    it('keeps the beginning when it is paused, and goes on from there', async () => {
      const file = makeFile('large', 100 * MIB);
      const item = itemOf(file, to, { keepPartial: (error) => error instanceof CopyStopped && error.stop === 'pause' });
      const first = makeCopier({ checkTarget: () => first.control.stop('pause') });
      await expect(first.copier.copyToTemp(item)).rejects.toMatchObject({ stop: 'pause' });
      const partial = statSync(item.temp).size;
      expect(partial).toBeGreaterThanOrEqual(RESUMABLE_BYTES);
      expect(partial).toBeLessThan(100 * MIB);
      expect(first.control.bytes).toBe(partial);

      const second = makeCopier();
      const copied = await second.copier.copyToTemp({ ...item, continues: true });
      expect(copied).toMatchObject({ bytes: 100 * MIB, digest: b3sum(file), strategy: 'stream' });
      expect(b3sum(item.temp.toString())).toBe(copied.digest);
      expect(second.control.bytes).toBe(100 * MIB);
    });

    it('keeps nothing when it is cancelled, nor what is not worth it', async () => {
      const item = itemOf(makeFile('large', 70 * MIB), to, { keepPartial: (error) => !(error instanceof CopyStopped) });
      const cancelled = makeCopier({ checkTarget: () => cancelled.control.stop('cancel') });
      await expect(cancelled.copier.copyToTemp(item)).rejects.toMatchObject({ code: 'CANCELLED', stop: 'cancel' });
      const paused = makeCopier();
      paused.control.stop('pause');
      const small = itemOf(makeFile('small', RESUMABLE_BYTES), to, { keepPartial: () => true });
      await expect(paused.copier.copyToTemp(small)).rejects.toMatchObject({ stop: 'pause' });
      expect(namesIn(to)).toEqual([]);
      expect(cancelled.control.bytes + paused.control.bytes).toBe(0);
    });

    it.each([true, false])('goes on from where a beginning agrees with its source, with digests: %s', async (hash) => {
      const file = makeFile('large', 20 * MIB + 5);
      const whole = b3sum(file);
      const damaged = Buffer.concat([readFileSync(file).subarray(0, 9 * MIB), Buffer.alloc(15 * MIB, 'damaged')]);
      for (const beginning of [readFileSync(file), damaged, damaged.subarray(0, 100), Buffer.alloc(0)]) {
        const item = itemOf(file, to, { continues: true });
        writeFileSync(item.temp, beginning, { mode: 0o600 });
        const copied = await makeCopier({ hash }).copier.copyToTemp(item);
        expect(copied.digest).toBe(hash ? whole : null);
        expect(b3sum(item.temp.toString())).toBe(whole);
        expect(lstatSync(item.temp).mode).toBe(lstatSync(file).mode);
      }
    });

    it('lets nothing of a damaged beginning show through holes', async () => {
      const file = path.join(from, 'sparse');
      writeFileSync(file, '');
      truncateSync(file, 12 * MIB);
      const item = itemOf(file, to, { continues: true });
      writeFileSync(item.temp, Buffer.alloc(8 * MIB, 'garbage'));
      await makeCopier().copier.copyToTemp(item);
      expect(b3sum(item.temp.toString())).toBe(b3sum(file));
    });

    it('does not touch what has the temporary name already', async () => {
      for (const sizeBytes of [10, 2 * MIB]) {
        const item = itemOf(makeFile('file', sizeBytes), to);
        writeFileSync(item.temp, 'somebody’s');
        const failure = await makeCopier()
          .copier.copyToTemp(item)
          .then(() => null, codeOf);
        expect(['EEXIST', 'PATH_ALREADY_EXISTS']).toContain(failure);
        const [outcome] = await makeCopier().copier.copyBatch([item]);
        expect(['EEXIST', 'PATH_ALREADY_EXISTS']).toContain(outcome && 'error' in outcome ? codeOf(outcome.error) : null);
        expect(readFileSync(item.temp, 'utf8')).toBe('somebody’s');
      }
    });

    it('writes nothing to another volume that has come in place of the target', async () => {
      for (const sizeBytes of [10, 2 * MIB]) {
        const item = itemOf(makeFile('file', sizeBytes), to, { targetDev: 12345n });
        await expectError('VOLUME_OFFLINE', makeCopier().copier.copyToTemp(item));
      }
      expect(namesIn(to)).toEqual([]);
    });

    it('leaves nothing on a volume that has become full, or the beginning where that is asked for', async () => {
      const file = makeFile('too large', 300 * MIB);
      await expect(makeCopier().copier.copyToTemp(itemOf(file, to))).rejects.toMatchObject({ code: 'ENOSPC' });
      expect(namesIn(to)).toEqual([]);
      // What was removed is free when the journal of the file system has been written.
      execFileSync('sync', ['-f', to]);
      const item = itemOf(file, to, { keepPartial: () => true });
      await expect(makeCopier().copier.copyToTemp(item)).rejects.toMatchObject({ code: 'ENOSPC' });
      expect(statSync(item.temp).size).toBeGreaterThan(RESUMABLE_BYTES);
      rmSync(item.temp);
    });
  });

  describe('of many small ones', () => {
    function makeMany(count: number): CopyItem[] {
      return Array.from({ length: count }, (_, index) => itemOf(makeFile(`file ${index}`, index % 5000, `${index} `), to));
    }
    const parallel = { parallel: true };

    it('is shared between two threads, and answers in order', async () => {
      const items = makeMany(1200);
      rmSync(path.join(from, 'file 700'));
      writeFileSync(items[900]?.temp ?? '', 'in the way');
      const { copier, control } = makeCopier(parallel);
      using _ = copier;
      const outcomes = await copier.copyBatch(items);
      expect(outcomes).toHaveLength(1200);
      const failed = outcomes.flatMap((outcome, index) => ('error' in outcome ? [[index, codeOf(outcome.error)]] : []));
      expect(failed).toEqual([
        [700, 'ENOENT'],
        [900, 'PATH_ALREADY_EXISTS'],
      ]);
      for (const [index, outcome] of outcomes.entries()) {
        if (index === 700 || index === 900) continue;
        expect(bytesOf(outcome)).toBe(index % 5000);
        expect(readFileSync(items[index]?.temp ?? '')).toEqual(readFileSync(path.join(from, `file ${index}`)));
      }
      expect(control.bytes).toBe(sum(outcomes.map(bytesOf)));
      expect(outcomes[1199]).toMatchObject({ value: { digest: b3sum(path.join(from, 'file 1199')), strategy: 'stream' } });

      const written = items.flatMap(({ temp }, index) => (index === 700 || index === 900 ? [] : [temp]));
      await flushFiles(written, to);
      const checks = items.map(({ temp }, index) => ({ path: temp, bytes: index % 5000, digest: digestOf(outcomes[index]) }));
      const damaged = openSync(items[601]?.temp ?? '', 'r+');
      writeSync(damaged, '!');
      closeSync(damaged);
      const verified = await copier.verifyBatch(checks);
      const notEqual = verified.flatMap((outcome, index) => ('value' in outcome && outcome.value ? [] : [index]));
      expect(notEqual).toEqual([601, 700, 900]);
      expect(verified[601]).toEqual({ value: false });
      expect(verified[700]).toHaveProperty('error.code', 'ENOENT');
      expect(copier.readPastCache).toBe(true);
    });

    it('is copied by threads that have copied before, each time as it is asked for now', async () => {
      const items = makeMany(1200);
      for (const hash of [false, true]) {
        const { copier, control } = makeCopier({ ...parallel, hash });
        using _ = copier;
        const outcomes = await copier.copyBatch(items.splice(0, 600));
        expect(outcomes.every((outcome) => 'value' in outcome && (outcome.value.digest !== null) === hash)).toBe(true);
        expect(control.bytes).toBe(sum(outcomes.map(bytesOf)));
      }
    });

    it('leaves nothing of a batch that is stopped in the middle', async () => {
      const items = makeMany(3000);
      const { copier, control } = makeCopier(parallel);
      using _ = copier;
      await copier.copyBatch(items.slice(0, 600));
      const before = control.bytes;
      // So slow that both threads wait for the limit when it is stopped.
      control.limit(4096);
      const other = new CopyControl(control.memory);
      const stopping = stopWhenWritten(other, before + 1);
      await expect(copier.copyBatch(items.slice(600))).rejects.toMatchObject({ stop: 'cancel' });
      await stopping;
      expect(namesIn(to)).toHaveLength(600);
      expect(control.bytes).toBe(before);
    });
  });

  it('finds what a disk has not kept, by reading past the cache', async () => {
    const item = itemOf(makeFile('file', 3 * MIB), to);
    const { copier } = makeCopier();
    const { digest, bytes } = await copier.copyToTemp(item);
    const check = { path: item.temp, bytes, digest: digest ?? '' };
    expect(await copier.verifyBatch([check])).toEqual([{ value: true }]);
    truncateSync(item.temp, bytes - 1);
    expect(await copier.verifyBatch([check])).toEqual([{ value: false }]);
    utimesSync(item.temp, 1, 1);
    writeFileSync(item.temp, Buffer.alloc(bytes, 'mooring?'));
    expect(await copier.verifyBatch([check])).toEqual([{ value: false }]);
  });

  it('tells the verified what could be read through the cache only', async () => {
    await using overlay = await openPlace('fuse');
    const { copier } = makeCopier();
    expect(copier.readPastCache).toBeNull();
    const item = itemOf(makeFile('file', 3 * MIB), overlay.root);
    const { digest, bytes } = await copier.copyToTemp(item);
    expect(await copier.verifyBatch([{ path: item.temp, bytes, digest: digest ?? '' }])).toEqual([{ value: true }]);
    expect(typeof copier.readPastCache).toBe('boolean');
    expect(existsSync(item.temp)).toBe(true);
  });
});

/** In a thread of its own, since the copying thread does nothing else meanwhile. */
function stopWhenWritten(control: CopyControl, bytes: number): Promise<void> {
  const code = `
    const { workerData } = require('node:worker_threads');
    const cells = new BigInt64Array(workerData.memory);
    while (Atomics.load(cells, 1) < BigInt(workerData.bytes)) Atomics.wait(cells, 3, Atomics.load(cells, 3), 1);
    Atomics.store(cells, 0, 2n);
    Atomics.notify(cells, 0);`;
  const worker = new Worker(code, { eval: true, workerData: { memory: control.memory, bytes } });
  return new Promise((resolve) => worker.once('exit', () => resolve()));
}

function bytesOf(outcome: Outcome<CopiedFile>): number {
  return 'value' in outcome ? outcome.value.bytes : 0;
}

function digestOf(outcome: Outcome<CopiedFile> | undefined): string {
  return (outcome && 'value' in outcome && outcome.value.digest) || '';
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : error;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

it('control memory of its own begins with nothing', () => {
  expect(new CopyControl(createControlMemory())).toMatchObject({ bytes: 0, stopped: null });
});
