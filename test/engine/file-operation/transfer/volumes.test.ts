import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { getAttributeSync, setAttributeSync } from '@napi-rs/xattr';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findProgram, loopMountAbility } from '#test/instruments/host-abilities.ts';
import { canMount, createDiskImage, type DiskImage, type ImageFileSystem } from '#test/instruments/loop-volume.ts';
import { makeTestDir } from '#test/instruments/test-run.ts';
import { differences, leftovers, TransferWorld, treeOf } from './transfer-world.ts';

/** Its owner, a user of the number 1000 and a group may do different things (acl_ea.h of Linux). */
const ACL = Buffer.from('0200000001000600ffffffff02000500e803000004000400ffffffff10000500ffffffff20000000ffffffff', 'hex');
const USB = 'b'.repeat(64);
const DISK = 'a'.repeat(64);

function makeTree(folder: string, names: { hostile: boolean }): void {
  const at = (...parts: string[]) => path.join(folder, ...parts);
  mkdirSync(at('sub', 'deeper', 'empty'), { recursive: true });
  writeFileSync(at('empty'), '');
  writeFileSync(at('small.txt'), 'hello');
  writeFileSync(at('sub', 'large.bin'), Buffer.alloc(5 * 1024 * 1024 + 17, 'mooring'));
  for (let index = 0; index < 300; index++) writeFileSync(at('sub', 'deeper', `file ${index}`), `number ${index}`.repeat(index));
  if (names.hostile) {
    for (const name of ['new\nline', '-rf', '$(reboot)', 'a\\b', 'x'.repeat(255), '\u202Etxt.exe', '*?"<>|']) writeFileSync(at(name), name);
    writeFileSync(Buffer.concat([Buffer.from(at('bytes-')), Buffer.from([0xff, 0xfe])]), 'not UTF-8');
    symlinkSync('small.txt', at('link'));
    symlinkSync('/nowhere/at all', at('dangling'));
    symlinkSync('.', at('loop'));
    chmodSync(at('small.txt'), 0o600);
    chmodSync(at('sub', 'deeper'), 0o511);
  }
  utimesSync(at('small.txt'), 1_600_000_000, 1_500_000_000);
  utimesSync(at('sub', 'large.bin'), 1_600_000_000, 1_000_000_000);
  utimesSync(at('sub', 'deeper'), 1_600_000_000, 1_200_000_000);
  utimesSync(at('sub'), 1_600_000_000, 1_100_000_000);
}

/** The destination has a folder of its own, and a time. */
const SAME_BUT_ROOT = /^(\*deleting +lost\+found\/\n)?(\.d[^ ]+ \.\/\n)?$/;
const missing = loopMountAbility().reason;
const noExfat = findProgram('mount.exfat-fuse') === null ? 'not installed: exfat-fuse' : null;

describe.skipIf(missing !== null)(`copying between volumes (${missing ?? 'real ones'})`, () => {
  let world: TransferWorld;
  let image: DiskImage;
  let source: string;
  let target: string;

  const plug = async (fileSystem: ImageFileSystem, sizeMb: number, readOnly = false) => {
    image = await createDiskImage({ fileSystem, sizeMb });
    await image.mount(undefined, { readOnly });
    target = world.add(image, USB, { isReadOnly: readOnly });
  };

  beforeEach(async () => {
    world = new TransferWorld(await makeTestDir('transfer-data'));
    source = await makeTestDir('copy-source');
    world.live.push({ mountPoints: ['/'], fingerprint: DISK, fileSystem: 'ext4', unresponsive: false, isReadOnly: false });
  });

  afterEach(async () => {
    await world[Symbol.asyncDispose]();
    await image.dispose();
  });

  it.each(['ext4', 'xfs', 'btrfs'] as const)('copies a tree with all its oddities to %s', async (fileSystem) => {
    await plug(fileSystem, 64);
    mkdirSync(path.join(source, 'tree'));
    makeTree(path.join(source, 'tree'), { hostile: true });
    for (const name of ['small.txt', 'sub']) {
      setAttributeSync(path.join(source, 'tree', name), 'user.note', Buffer.from('kept'));
      setAttributeSync(path.join(source, 'tree', name), 'system.posix_acl_access', ACL);
    }
    utimesSync(path.join(source, 'tree'), 1_600_000_000, 1_300_000_000);
    const plan = await world.preview('copy', [path.join(source, 'tree')], target);
    const job = await world.copy([path.join(source, 'tree')], target);
    expect(job).toMatchObject({ status: 'completed', problemCount: 0, volumes: [DISK, USB], progress: { fraction: 1 } });
    expect(treeOf(path.join(target, 'tree'))).toEqual(treeOf(path.join(source, 'tree')));
    expect(statSync(path.join(target, 'tree')).mtimeMs).toBe(1_300_000_000_000);
    for (const name of ['small.txt', 'sub']) {
      expect(getAttributeSync(path.join(target, 'tree', name), 'user.note')).toEqual(Buffer.from('kept'));
      expect(getAttributeSync(path.join(target, 'tree', name), 'system.posix_acl_access')).toEqual(ACL);
    }
    expect(job.output).toMatchObject({
      filesCopied: plan.files,
      bytesCopied: plan.totalBytes,
      symlinksCopied: 3,
      skipped: 0,
      verified: plan.files,
      readPastCache: true,
      strategies: [{ strategy: 'stream', files: plan.files, bytes: plan.totalBytes }],
      notKept: [],
    });
    expect(leftovers(target)).toEqual([]);
    const created = world.seen.flatMap((event) => (event.type === 'EntryCreated' ? event.paths : []));
    expect(created).toEqual([expect.stringMatching(/^sd:\/\/[^/]+\/.*\/tree$/)]);
  });

  // Not every kernel has FAT. Its limits are tested without it in target-rules.test.ts, and the way of placing files below.
  it.skipIf(!canMount('vfat'))('copies to FAT what FAT can hold, and says what it cannot (needs FAT in the kernel)', async () => {
    await plug('vfat', 64);
    makeTree(source, { hostile: false });
    symlinkSync('small.txt', path.join(source, 'link'));
    writeFileSync(path.join(source, 'a:b?'), '');
    writeFileSync(path.join(source, 'Readme'), 'one');
    writeFileSync(path.join(source, 'readme'), 'two');
    truncateSync(path.join(source, 'empty'), 2 ** 32);
    const plan = await world.preview('copy', [source], target);
    expect(plan.obstacles.map((obstacle) => path.posix.basename(obstacle.path)).toSorted()).toEqual(['a:b%3F', 'empty', 'link']);
    const job = await world.copy([source], target);
    expect(job).toMatchObject({ status: 'completed', problemCount: 4 });
    expect(job.problems.map(({ code }) => code).toSorted()).toEqual([
      'NOT_SUPPORTED',
      'NOT_SUPPORTED',
      'NOT_SUPPORTED',
      'PATH_ALREADY_EXISTS',
    ]);
    const copied = path.join(target, path.basename(source));
    expect(treeOf(path.join(copied, 'sub')).sums).toBe(treeOf(path.join(source, 'sub')).sums);
    expect(['one', 'two']).toContain(readFileSync(path.join(copied, 'readme'), 'utf8'));
    expect(statSync(path.join(copied, 'sub', 'large.bin')).mtimeMs).toBe(1_000_000_000_000);
    expect(leftovers(target)).toEqual([]);
  });

  // The kernel's exFAT is not everywhere; the driver in user space has the same limits: no links, no modes, one case.
  it.skipIf(noExfat !== null)(
    `copies to exFAT, where there are no hard links, without overwriting (${noExfat ?? 'by its FUSE driver'})`,
    async () => {
      image = await createDiskImage({ fileSystem: 'exfat', sizeMb: 64 });
      target = await makeTestDir('exfat');
      execFileSync('mount.exfat-fuse', [await image.attach(), target], { stdio: 'ignore' });
      try {
        world.live.push({ mountPoints: [target], fingerprint: USB, fileSystem: 'exFAT', unresponsive: false, isReadOnly: false });
        makeTree(source, { hostile: false });
        symlinkSync('small.txt', path.join(source, 'link'));
        writeFileSync(path.join(source, 'a:b?'), '');
        writeFileSync(path.join(source, 'Readme'), 'one');
        writeFileSync(path.join(source, 'readme'), 'two');
        const plan = await world.preview('copy', [source], target);
        expect(plan.obstacles.map((obstacle) => path.posix.basename(obstacle.path)).toSorted()).toEqual(['a:b%3F', 'link']);
        const job = await world.copy([source], target);
        expect(job.problems.map(({ code }) => code).toSorted()).toEqual(['NOT_SUPPORTED', 'NOT_SUPPORTED', 'PATH_ALREADY_EXISTS']);
        expect(job).toMatchObject({ status: 'completed', output: { filesCopied: 304, verified: 304 } });
        const copied = path.join(target, path.basename(source));
        expect(treeOf(path.join(copied, 'sub')).sums).toBe(treeOf(path.join(source, 'sub')).sums);
        expect(statSync(path.join(copied, 'sub', 'large.bin')).mtimeMs).toBe(1_000_000_000_000);
        const small = path.join(source, 'small.txt');
        writeFileSync(path.join(target, 'small.txt'), 'old');
        await world.copy([small], target, { onConflict: 'rename' });
        expect(readFileSync(path.join(target, 'small.txt'), 'utf8')).toBe('old');
        expect(readFileSync(path.join(target, 'small (2).txt'), 'utf8')).toBe('hello');
        await world.copy([small], target, { onConflict: 'overwrite' });
        expect(readFileSync(path.join(target, 'small.txt'), 'utf8')).toBe('hello');
        expect(existsSync(path.join(target, 'SMALL.TXT'))).toBe(true);
        expect(leftovers(target)).toEqual([]);
        // Whatever is said of the file system, what the folder itself does counts.
        world.live.splice(-1, 1, { mountPoints: [target], fingerprint: USB, fileSystem: 'ext4', unresponsive: false, isReadOnly: false });
        const both = [path.join(source, 'Readme'), path.join(source, 'readme')];
        expect(await world.preview('copy', both, target)).toMatchObject({ conflictCount: 1 });
        expect(await world.preview('copy', both, source.replace(/[^/]+$/, ''))).toMatchObject({ conflictCount: 0 });
      } finally {
        execFileSync('umount', [target]);
      }
    },
  );

  it('copies back what it has copied, names that are not UTF-8 included', async () => {
    await plug('ext4', 64);
    mkdirSync(path.join(source, 'tree'));
    makeTree(path.join(source, 'tree'), { hostile: true });
    await world.copy([path.join(source, 'tree')], target);
    const back = await makeTestDir('copy-back');
    expect(await world.copy([path.join(target, 'tree')], back)).toMatchObject({ status: 'completed', problemCount: 0 });
    expect(treeOf(back)).toEqual(treeOf(source));
  });

  it('refuses a volume that is read-only', async () => {
    await plug('ext4', 16, true);
    writeFileSync(path.join(source, 'f'), 'f');
    await expect(world.copy([path.join(source, 'f')], target)).rejects.toMatchObject({ code: 'VOLUME_READ_ONLY' });
    world.live.length = 1;
    await expect(world.preview('copy', [path.join(source, 'f')], target)).rejects.toMatchObject({ code: 'VOLUME_READ_ONLY' });
  });

  it('says how much is missing before the first byte', async () => {
    await plug('ext4', 16);
    writeFileSync(path.join(source, 'big'), Buffer.alloc(20 * 1024 * 1024, 1));
    const plan = await world.preview('copy', [path.join(source, 'big')], target);
    expect(plan).toMatchObject({ space: { fits: false }, totalBytes: 20 * 1024 * 1024 });
    const { id } = await world.start('copy', [path.join(source, 'big')], target);
    expect(await world.untilPaused(id)).toMatchObject({ status: 'paused', pauseReason: 'no-space' });
    expect(world.jobs.log(id, { limit: 10 }).items.at(-1)?.message).toMatch(/\d+ more bytes are needed/);
    await world.jobs.cancel(id);
    expect(existsSync(path.join(target, 'big'))).toBe(false);
  });

  it('waits when the volume fills up meanwhile, and goes on when there is room', async () => {
    await plug('ext4', 300);
    const sources = [path.join(source, 'a first'), path.join(source, 'b second')];
    writeFileSync(path.join(source, 'a first'), Buffer.alloc(8 * 1024 * 1024, 1));
    writeFileSync(path.join(source, 'b second'), Buffer.alloc(140 * 1024 * 1024, 2));
    const job = await world.start('copy', sources, target, { bytesPerSecond: 5_000_000 });
    await world.untilBytes(job.id, 1);
    execFileSync('bash', ['-c', 'head -c 1G /dev/zero > "$1" 2> /dev/null; true', 'bash', path.join(target, 'someone else')]);
    expect(await world.untilPaused(job.id)).toMatchObject({ status: 'paused', pauseReason: 'no-space' });
    expect(world.jobs.log(job.id, { limit: 10 }).items.at(-1)?.message).toMatch(/\d+ more bytes are needed/);
    expect(existsSync(path.join(target, 'b second'))).toBe(false);
    rmSync(path.join(target, 'someone else'));
    world.transfers.limitSpeed(job.id, null);
    world.jobs.resume(job.id);
    expect(await world.jobs.ended(job.id)).toMatchObject({ status: 'completed', problemCount: 0 });
    expect(treeOf(target).sums).toContain(treeOf(source).sums.split('\n')[0]);
    expect(leftovers(target)).toEqual([]);
  });

  it('cancels in the middle of a large file, and removes the partial', async () => {
    await plug('xfs', 1500);
    execFileSync('fallocate', ['-l', '1G', path.join(source, 'big')]);
    writeFileSync(path.join(source, 'a small one'), 'complete');
    const sources = [path.join(source, 'a small one'), path.join(source, 'big')];
    const job = await world.start('copy', sources, target, { bytesPerSecond: 50_000_000 });
    await world.untilBytes(job.id, 50_000_000);
    const startMs = performance.now();
    const cancelled = await world.jobs.cancel(job.id);
    const tookMs = performance.now() - startMs;
    console.info(`cancelled in ${tookMs.toFixed(0)} ms at ${cancelled.progress.bytesDone} bytes`);
    expect(cancelled).toMatchObject({ status: 'cancelled', output: { filesCopied: 1, expected: { files: 2 } } });
    expect(cancelled.progress.bytesDone).toBeLessThan(1_000_000_000);
    await world.transfers.tidied;
    expect(readdirSync(target)).toEqual(['a small one']);
  });

  it('pauses in the middle of a large file and goes on from there, at another place', async () => {
    await plug('ext4', 900);
    execFileSync('bash', ['-c', 'head -c 500M /dev/urandom > "$1"', 'bash', path.join(source, 'big')]);
    const { id } = await world.start('copy', [path.join(source, 'big')], target, { bytesPerSecond: 30_000_000 });
    await world.untilBytes(id, 60_000_000);
    const startMs = performance.now();
    const paused = await world.jobs.pause(id);
    console.info(`paused in ${(performance.now() - startMs).toFixed(0)} ms`);
    expect(paused).toMatchObject({ status: 'paused', pauseReason: 'user' });
    const [partial = ''] = leftovers(target);
    const { ino, size } = statSync(partial);
    expect(size).toBeGreaterThanOrEqual(60_000_000);
    world.transfers.limitSpeed(id, null);
    await image.unmount();
    world.remove(USB);
    target = await image.mount(await makeTestDir('elsewhere'));
    world.add(image, USB);
    world.jobs.resume(id);
    expect(await world.jobs.ended(id)).toMatchObject({ status: 'completed', problemCount: 0, output: { filesCopied: 1, verified: 1 } });
    expect(statSync(path.join(target, 'big')).ino).toBe(ino);
    expect(differences(source, target)).toMatch(SAME_BUT_ROOT);
    expect(leftovers(target)).toEqual([]);
  });

  it('gives a new folder its name when it is whole, or holds as much as may be lost, and begins it anew after a pause', async () => {
    await plug('ext4', 300);
    mkdirSync(path.join(source, 'tree', 'sub'), { recursive: true });
    for (let index = 100; index < 200; index++) execFileSync('fallocate', ['-l', '1M', path.join(source, 'tree', 'sub', `${index}`)]);
    const { id } = await world.start('copy', [path.join(source, 'tree')], target, { bytesPerSecond: 5_000_000 });
    await world.untilBytes(id, 1_000_000);
    expect(existsSync(path.join(target, 'tree'))).toBe(false);
    await world.jobs.pause(id);
    expect(
      readdirSync(target).filter((name) => name !== 'lost+found'),
      'nothing half is left',
    ).toEqual([]);
    world.transfers.limitSpeed(id, 50_000_000);
    world.jobs.resume(id);
    await world.untilBytes(id, 80_000_000);
    const early = readdirSync(path.join(target, 'tree', 'sub')).filter((name) => !name.startsWith('.mooring-'));
    expect(early.length).toBeGreaterThan(50);
    expect(early.every((name) => statSync(path.join(target, 'tree', 'sub', name)).size === 1024 * 1024)).toBe(true);
    world.transfers.limitSpeed(id, null);
    expect(await world.jobs.ended(id)).toMatchObject({ status: 'completed', problemCount: 0, output: { filesCopied: 100 } });
    expect(differences(source, target)).toMatch(SAME_BUT_ROOT);
    expect(leftovers(target)).toEqual([]);
  });

  it('leaves out of a new folder what reads differently than it was written, twice, and tells of it', async () => {
    await plug('ext4', 60);
    mkdirSync(path.join(source, 'tree'));
    for (const name of ['before', 'spoilt', 'then']) writeFileSync(path.join(source, 'tree', name), name.repeat(1000));
    const spoiling = spoilBelow(target, 'spoilt');
    const job = await world.copy([path.join(source, 'tree')], target, { verify: 'hash' });
    await spoiling.end();
    expect(job).toMatchObject({
      status: 'completed',
      output: { filesCopied: 2, verified: 2 },
      problems: [{ code: 'VERIFICATION_FAILED', reason: { code: 'reads-differently' } }],
    });
    expect(readdirSync(path.join(target, 'tree')).sort()).toEqual(['before', 'then']);
    expect(leftovers(target)).toEqual([]);
  });

  it('goes faster as soon as it may, and reports what it has done page by page', async () => {
    await plug('ext4', 100);
    for (const name of ['a', 'b', 'c', 'd', 'e']) writeFileSync(path.join(source, name), Buffer.alloc(1_000_000, name));
    const sources = ['a', 'b', 'c', 'd', 'e'].map((name) => path.join(source, name));
    // At this speed it would take longer than any test may.
    const { id } = await world.start('copy', sources, target, { bytesPerSecond: 20_000, verify: 'hash' });
    await world.untilBytes(id, 1);
    world.transfers.limitSpeed(id, null);
    expect(await world.jobs.ended(id)).toMatchObject({ status: 'completed', output: { filesCopied: 5 } });
    expect(() => world.transfers.limitSpeed(id, 1024)).toThrow('has ended');
    const names: string[] = [];
    let cursor: string | undefined;
    let pages = 0;
    do {
      const page = world.transfers.report({ job: id, limit: 2, cursor });
      names.push(...page.items.map(({ target: address, state }) => `${path.posix.basename(address)} ${state}`));
      cursor = page.nextCursor ?? undefined;
      pages++;
    } while (cursor !== undefined);
    expect([names, pages]).toEqual([['a', 'b', 'c', 'd', 'e'].map((name) => `${name} verified`), 3]);
  });

  it('copies where renaming does not lead, though it looks like one volume: between subvolumes, and through a bind mount', async () => {
    await plug('btrfs', 120);
    for (const name of ['one', 'other']) execFileSync('btrfs', ['subvolume', 'create', path.join(target, name)], { stdio: 'ignore' });
    mkdirSync(path.join(target, 'one', 'tree', 'sub'), { recursive: true });
    for (const name of ['tree/a', 'tree/sub/b', 'c']) writeFileSync(path.join(target, 'one', name), name);
    const before = treeOf(path.join(target, 'one'));
    const across = await world.move([path.join(target, 'one', 'tree'), path.join(target, 'one', 'c')], path.join(target, 'other'));
    expect(across).toMatchObject({ status: 'completed', problemCount: 0, output: { filesCopied: 3, itemsMoved: 0 } });
    expect([treeOf(path.join(target, 'other')), readdirSync(path.join(target, 'one'))]).toEqual([before, []]);
    const [bound, into] = [path.join(target, 'bound'), path.join(target, 'into')];
    for (const folder of [bound, into, path.join(target, 'from')]) mkdirSync(folder);
    for (const name of ['tree', 'file'])
      execFileSync('cp', ['-a', path.join(target, 'other', name === 'file' ? 'c' : name), path.join(target, 'from', name)]);
    execFileSync('mount', ['--bind', into, bound]);
    try {
      expect(statSync(bound).dev).toBe(statSync(path.join(target, 'from')).dev);
      const through = await world.move(
        ['tree', 'file'].map((name) => path.join(target, 'from', name)),
        bound,
      );
      expect(through).toMatchObject({ status: 'completed', problemCount: 0, output: { filesCopied: 3, itemsMoved: 0 } });
      expect([readdirSync(into).toSorted(), readdirSync(path.join(target, 'from'))]).toEqual([['file', 'tree'], []]);
      expect(readFileSync(path.join(into, 'tree', 'sub', 'b'), 'utf8')).toBe('tree/sub/b');
    } finally {
      execFileSync('umount', [bound]);
    }
  });

  it('removes what a killed transfer has left under names that its journal tells, and nothing else', async () => {
    await plug('ext4', 32);
    const dataDir = await makeTestDir('killed');
    const id = '01890a5d-ac96-774b-bcce-0123456789ab';
    const memory = { mode: 0o755, uid: 0, gid: 0, atimeNs: '0', mtimeNs: '0' };
    const folder = { do: 'folder', id: 1, in: null, item: 0, from: '', to: '', made: false, source: memory, target: memory };
    const temp = (number: number) => `.mooring-0123456789ab-${number}.part`;
    const lines = [
      { version: 2, kind: 'copy', tempId: '0123456789ab', items: [{ source: `${source}/a`, destination: `sd://volume/${USB}/` }] },
      folder,
      { do: 'temps', in: 1 },
      ...['held', 'filled', 'old'].map((name) => ({ do: 'hold', in: 1, from: name, to: name, temp: temp(1), atMs: Date.now() })),
    ];
    mkdirSync(path.join(dataDir, 'undo'));
    writeFileSync(path.join(dataDir, 'undo', `${id}.open`), lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
    mkdirSync(path.join(target, temp(2), 'sub'), { recursive: true });
    for (const name of [temp(1), `${temp(2)}/a`, `${temp(2)}/sub/b`, 'filled', '.mooring-ffffffffffff-1.part']) {
      writeFileSync(path.join(target, name), 'content');
    }
    for (const name of ['held', 'old']) writeFileSync(path.join(target, name), '');
    utimesSync(path.join(target, 'old'), 1_000_000_000, 1_000_000_000);
    await using later = new TransferWorld(dataDir);
    later.live.push(...world.live);
    later.tellOfMount(USB, true);
    await later.transfers.tidied;
    expect(readdirSync(target).toSorted()).toEqual(['.mooring-ffffffffffff-1.part', 'filled', 'lost+found', 'old']);
    expect(readdirSync(path.join(dataDir, 'undo'))).toEqual([`${id}.journal`]);
  });

  it('removes what was kept of a file when a paused copy is cancelled', async () => {
    await plug('ext4', 400);
    execFileSync('bash', ['-c', 'head -c 100M /dev/urandom > "$1"', 'bash', path.join(source, 'big')]);
    const { id } = await world.start('copy', [path.join(source, 'big')], target, { bytesPerSecond: 10_000_000 });
    await world.untilBytes(id, 20_000_000);
    await world.jobs.pause(id);
    expect(leftovers(target)).toHaveLength(1);
    await world.jobs.cancel(id);
    await world.transfers.tidied;
    expect(leftovers(target)).toEqual([]);
    expect(existsSync(path.join(target, 'big'))).toBe(false);
  });

  it('waits for a target that is pulled out, writes nothing where it was mounted, and goes on wherever it is back', async () => {
    await plug('ext4', 300);
    const mountPoint = target;
    execFileSync('fallocate', ['-l', '120M', path.join(source, 'big')]);
    writeFileSync(path.join(source, 'then'), 'more');
    const job = await world.start('copy', [path.join(source, 'big'), path.join(source, 'then')], target, {
      bytesPerSecond: 10_000_000,
    });
    await world.untilBytes(job.id, 20_000_000);
    await image.unplug();
    world.remove(USB);
    expect(await world.untilPaused(job.id)).toMatchObject({ status: 'paused', pauseReason: 'volume-offline' });
    expect(readdirSync(mountPoint)).toEqual([]);
    world.transfers.limitSpeed(job.id, null);
    while (execFileSync('losetup', ['-j', image.path], { encoding: 'utf8' }) !== '') await delay(10);
    target = await image.mount(await makeTestDir('elsewhere'));
    world.add(image, USB);
    expect(await world.jobs.ended(job.id)).toMatchObject({ status: 'completed', problemCount: 0, output: { filesCopied: 2 } });
    expect(readdirSync(mountPoint)).toEqual([]);
    expect(differences(source, target)).toMatch(SAME_BUT_ROOT);
  });

  it('waits for a volume that is not plugged in when it is asked for', async () => {
    await plug('ext4', 64);
    writeFileSync(path.join(source, 'f'), 'f');
    await image.unmount();
    world.remove(USB);
    const address = `sd://volume/${USB}/`;
    expect(await world.preview('copy', [path.join(source, 'f')], address)).toMatchObject({ waitsFor: [USB] });
    const { id } = await world.start('copy', [path.join(source, 'f')], address);
    expect(await world.untilPaused(id)).toMatchObject({ pauseReason: 'volume-offline' });
    target = await image.mount(await makeTestDir('elsewhere'));
    world.add(image, USB);
    expect(await world.jobs.ended(id)).toMatchObject({ status: 'completed', problemCount: 0 });
    expect(readFileSync(path.join(target, 'f'), 'utf8')).toBe('f');
  });

  it('goes on past a file that cannot be read', async () => {
    await plug('ext4', 32);
    for (const name of ['before', 'broken', 'later']) writeFileSync(path.join(source, name), name);
    // Reading the memory of a process at address zero is an input/output error.
    execFileSync('mount', ['--bind', `/proc/${process.pid}/mem`, path.join(source, 'broken')]);
    try {
      const job = await world.copy([source], target);
      expect(job).toMatchObject({ status: 'completed', problemCount: 1, problems: [{ code: 'IO_ERROR' }], output: { filesCopied: 2 } });
      expect(execFileSync('ls', ['-A', path.join(target, path.basename(source))], { encoding: 'utf8' })).toBe('before\nlater\n');
    } finally {
      execFileSync('umount', [path.join(source, 'broken')]);
    }
  });
});

/** In a thread of its own, which goes before all others: writes into a file of that name, in any hidden folder below `root`, as soon and as often as it is there. */
function spoilBelow(root: string, name: string): { end(): Promise<void> } {
  const code = `
    const { workerData: { root, name, ended } } = require('node:worker_threads');
    const fs = require('node:fs');
    require('node:os').setPriority(-20);
    while (Atomics.load(ended, 0) === 0) {
      for (const hidden of fs.readdirSync(root)) {
        if (!hidden.startsWith('.mooring-')) continue;
        try {
          const fd = fs.openSync(root + '/' + hidden + '/' + name, 'r+');
          fs.writeSync(fd, '!', 0);
          fs.closeSync(fd);
        } catch {
          // It is not there yet, or not any more.
        }
      }
      Atomics.wait(ended, 0, 0, 0.2);
    }`;
  const ended = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(code, { eval: true, workerData: { root, name, ended } });
  const exited = once(worker, 'exit');
  return {
    end: async () => {
      Atomics.store(ended, 0, 1);
      await exited;
    },
  };
}
