import { execFileSync } from 'node:child_process';
import { existsSync, linkSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { toSdPath } from '#core/fs/native-path.ts';
import { loopMountAbility } from '#test/instruments/host-abilities.ts';
import { makeTestDir } from '#test/instruments/test-run.ts';
import { device, leftovers, TransferWorld, treeOf } from './transfer-world.ts';

const missing = loopMountAbility().reason;

describe.skipIf(missing !== null)(`copying onto what is there already (${missing ?? 'with real mounts'})`, () => {
  let world: TransferWorld;
  let from: string;
  let to: string;

  beforeEach(async () => {
    world = new TransferWorld(await makeTestDir('copy-data'));
    from = await makeTestDir('from');
    to = await makeTestDir('to');
  });

  afterEach(async () => {
    expect(leftovers(to)).toEqual([]);
    await world[Symbol.asyncDispose]();
  });

  const write = (folder: string, name: string, text: string, seconds?: number) => {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
    if (seconds !== undefined) utimesSync(path.join(folder, name), seconds, seconds);
    return path.join(folder, name);
  };
  const read = (name: string) => readFileSync(path.join(to, name), 'utf8');
  const inode = (name: string) => statSync(path.join(to, name)).ino;

  it('asks first: lists every conflict and changes nothing', async () => {
    write(from, 'tree/a', 'new', 1000);
    write(from, 'tree/b', 'new', 1000);
    write(from, 'tree/sub/c', 'new', 2000);
    write(to, 'tree/a', 'old', 3000);
    write(to, 'tree/sub/c', 'old', 4000);
    const before = treeOf(to);
    const refused = world.copy([path.join(from, 'tree')], to);
    await expect(refused).rejects.toMatchObject({ code: 'CONFLICT', details: { conflictCount: 2 } });
    const { conflicts, unansweredCount } = await world.preview('copy', [path.join(from, 'tree')], to);
    expect(unansweredCount).toBe(2);
    const side = (file: string) => ({
      ...{ path: toSdPath(file, device.id), kind: 'file', sizeBytes: 3, modifiedAt: statSync(file).mtime.toISOString() },
    });
    expect(conflicts.toSorted((a, b) => a.source.path.localeCompare(b.source.path))).toEqual([
      { source: side(`${from}/tree/a`), target: side(`${to}/tree/a`), kind: 'file' },
      { source: side(`${from}/tree/sub/c`), target: side(`${to}/tree/sub/c`), kind: 'file' },
    ]);
    expect(treeOf(to)).toEqual(before);
    expect(world.jobs.list({ limit: 10 }).items).toEqual([]);
  });

  it('skips', async () => {
    const sources = [write(from, 'a', 'new'), write(from, 'b', 'new')];
    write(to, 'a', 'old');
    expect(await world.copy(sources, to, { onConflict: 'skip' })).toMatchObject({
      status: 'completed',
      problemCount: 0,
      output: { filesCopied: 1, skipped: 1 },
    });
    expect([read('a'), read('b')]).toEqual(['old', 'new']);
  });

  it('overwrites by exchanging the whole file, never by emptying the old one', async () => {
    const source = write(from, 'a', 'new');
    write(to, 'a', 'old content');
    linkSync(path.join(to, 'a'), path.join(to, 'old by another name'));
    await world.copy([source], to, { onConflict: 'overwrite' });
    expect(read('a')).toBe('new');
    expect(read('old by another name')).toBe('old content');
  });

  it('overwrites a symbolic link itself, not what it leads to', async () => {
    const source = write(from, 'a', 'new');
    const precious = write(from, 'precious', 'precious');
    symlinkSync(precious, path.join(to, 'a'));
    await world.copy([source], to, { onConflict: 'overwrite' });
    expect(readFileSync(precious, 'utf8')).toBe('precious');
    expect(read('a')).toBe('new');
  });

  it('overwrites only what is older, and copies nothing again the second time', async () => {
    const sources = [write(from, 'newer', 'new', 2000.123456), write(from, 'older', 'new', 1000), write(from, 'same', 'new', 1500)];
    write(to, 'newer', 'old', 1000);
    write(to, 'older', 'old', 2000);
    write(to, 'same', 'old', 1500);
    expect((await world.copy(sources, to, { onConflict: 'newer' })).output).toMatchObject({ filesCopied: 1, skipped: 2 });
    expect([read('newer'), read('older'), read('same')]).toEqual(['new', 'old', 'old']);
    const placed = inode('newer');
    expect((await world.copy(sources, to, { onConflict: 'newer' })).output).toMatchObject({ filesCopied: 0, skipped: 3 });
    expect(inode('newer')).toBe(placed);
  });

  it('keeps both', async () => {
    const long = `${'ö'.repeat(125)}.txt`;
    const sources = [
      write(from, 'a.tar', 'new'),
      write(from, '.profile', 'new'),
      write(from, long, 'new'),
      path.dirname(write(from, 'tree/x', 'new')),
    ];
    for (const name of ['a.tar', 'a (2).tar', '.profile', long, 'tree/x']) write(to, name, 'old');
    const job = await world.copy(sources, to, { onConflict: 'rename' });
    expect(job).toMatchObject({ status: 'completed', problemCount: 0 });
    expect([read('a.tar'), read('a (2).tar'), read('a (3).tar')]).toEqual(['old', 'old', 'new']);
    expect([read('.profile'), read('.profile (2)')]).toEqual(['old', 'new']);
    expect([read('tree/x'), read('tree/x (2)')]).toEqual(['old', 'new']);
    const numbered = readdirSync(to).find((name) => /ö \(2\)\.txt$/.test(name)) ?? '';
    expect(Buffer.byteLength(numbered)).toBeLessThanOrEqual(255);
    expect(read(numbered)).toBe('new');
  });

  it('leaves alone what the target holds already with the same bytes, and of a move removes the source', async () => {
    const sources = [write(from, 'same', 'equal', 2000), write(from, 'other', 'from', 2000)];
    write(to, 'same', 'equal', 1000);
    write(to, 'other', 'into', 1000);
    const [same, other] = [inode('same'), inode('other')];
    const copied = await world.copy(sources, to, { skipIdentical: true, onConflict: 'overwrite' });
    expect(copied).toMatchObject({ problemCount: 0, output: { identical: 1, filesCopied: 1, skipped: 0 } });
    expect([inode('same') === same, inode('other') === other, read('other')]).toEqual([true, false, 'from']);
    expect(await world.copy(sources, to, { skipIdentical: true }), 'asks about nothing').toMatchObject({ output: { identical: 2 } });
    const moved = await world.move(sources, to, { skipIdentical: true });
    expect(moved).toMatchObject({ problemCount: 0, output: { identical: 2, itemsMoved: 0 } });
    expect([readdirSync(from), inode('same') === same, read('same')]).toEqual([[], true, 'equal']);
  });

  it('gives names that the target cannot have the ones that were proposed, where that is asked for', async () => {
    execFileSync('mount', ['--bind', to, to]);
    try {
      world.live.push({ mountPoints: [to], fingerprint: 'e'.repeat(64), fileSystem: 'exFAT', unresponsive: false, isReadOnly: false });
      const tree = path.dirname(write(from, 'tree: 1/what?.txt', 'question'));
      write(from, 'tree: 1/plain', 'plain');
      const left = await world.copy([path.join(tree, 'what?.txt'), path.join(tree, 'plain')], to);
      expect(left).toMatchObject({ problems: [{ code: 'NOT_SUPPORTED' }], output: { filesCopied: 1 } });
      expect(readdirSync(to)).toEqual(['plain']);
      const preview = await world.preview('copy', [tree], to, { unfitNames: 'rename' });
      expect(preview.obstacles.map(({ proposedName }) => proposedName)).toEqual(['tree_ 1', 'what_.txt']);
      expect(await world.copy([tree], to, { unfitNames: 'rename' })).toMatchObject({ problemCount: 0, output: { filesCopied: 2 } });
      expect([read('tree_ 1/what_.txt'), read('tree_ 1/plain')]).toEqual(['question', 'plain']);
      expect(await world.copy([tree], to, { unfitNames: 'rename', onConflict: 'rename' })).toMatchObject({ output: { filesCopied: 2 } });
      expect(read('tree_ 1/what_ (2).txt')).toBe('question');
    } finally {
      execFileSync('umount', [to]);
    }
  });

  it('never merges a new folder with one that somebody else makes while it is filled, nor is in the way of undoing the rest', async () => {
    for (let index = 0; index < 40; index++) write(from, `tree/${index}`, 'x'.repeat(50_000));
    const single = write(from, 'a single one', 'single');
    // At this speed it would take longer than any test may.
    const { id } = await world.start('copy', [single, path.join(from, 'tree')], to, { bytesPerSecond: 20_000 });
    await world.untilBytes(id, 1);
    expect(
      readdirSync(to).filter((name) => !name.startsWith('.mooring-')),
      'it has no name yet',
    ).toEqual([]);
    write(to, 'tree/of somebody else', 'theirs');
    world.transfers.limitSpeed(id, null);
    const job = await world.jobs.ended(id);
    expect(job).toMatchObject({ status: 'completed', problems: [{ code: 'PATH_ALREADY_EXISTS' }], output: { filesCopied: 1 } });
    expect([readdirSync(path.join(to, 'tree')), read('a single one')]).toEqual([['of somebody else'], 'single']);
    const undo = world.transfers.undo.factsOf(job);
    const undoing = await world.transfers.undo.start('facts' in undo ? undo.facts : {}, null);
    expect(await world.jobs.ended(undoing.id)).toMatchObject({ status: 'completed', problemCount: 0 });
    expect([readdirSync(to), read('tree/of somebody else')]).toEqual([['tree'], 'theirs']);
  });

  it('leaves folder against file to skip and rename alone', async () => {
    const sources = [write(from, 'a', 'file'), path.dirname(write(from, 'b/inside', 'inside'))];
    write(to, 'a/inside', 'folder');
    write(to, 'b', 'file');
    for (const onConflict of ['overwrite', 'newer', 'ask'] as const) {
      await expect(world.copy(sources, to, { onConflict })).rejects.toMatchObject({ code: 'CONFLICT', details: { conflictCount: 2 } });
    }
    expect((await world.copy(sources, to, { onConflict: 'skip' })).output).toMatchObject({ skipped: 2, filesCopied: 0 });
    expect((await world.copy(sources, to, { onConflict: 'rename' })).output).toMatchObject({ filesCopied: 2 });
    expect([read('a (2)'), read('b (2)/inside'), read('b'), read('a/inside')]).toEqual(['file', 'inside', 'file', 'folder']);
  });

  it('never puts one source over another of the same name', async () => {
    const sources = [write(from, 'one/a', 'first'), write(from, 'two/a', 'second')];
    await expect(world.copy(sources, to)).rejects.toMatchObject({ code: 'CONFLICT' });
    const overwritten = await world.copy(sources, to, { onConflict: 'overwrite' });
    expect(overwritten).toMatchObject({ status: 'completed', problems: [{ code: 'CONFLICT' }], output: { filesCopied: 1 } });
    expect(read('a')).toBe('first');
    await world.copy(sources, await makeTestDir('other'), { onConflict: 'rename' });
    expect((await world.copy(sources, to, { onConflict: 'rename' })).output).toMatchObject({ filesCopied: 2 });
    expect(readdirSync(to).toSorted()).toEqual(['a', 'a (2)', 'a (3)']);
  });

  it('takes a source that is given twice for one', async () => {
    const source = write(from, 'a', 'x');
    expect((await world.copy([source, toSdPath(source, device.id), `${from}/./a`], to)).output).toMatchObject({ filesCopied: 1 });
  });

  it('refuses a file onto itself, also through a link, and duplicates it when asked', async () => {
    const source = write(to, 'a.txt', 'x');
    symlinkSync(to, path.join(from, 'link'));
    for (const onConflict of ['ask', 'skip', 'overwrite', 'newer'] as const) {
      await expect(world.copy([source], path.join(from, 'link'), { onConflict })).rejects.toMatchObject({ code: 'SAME_FILE' });
    }
    await world.copy([source], to, { onConflict: 'rename' });
    expect(readdirSync(to).toSorted()).toEqual(['a (2).txt', 'a.txt']);
  });

  it('duplicates a folder beside itself', async () => {
    write(to, 'tree/sub/x', 'x');
    await expect(world.copy([path.join(to, 'tree')], to)).rejects.toMatchObject({ code: 'SAME_FILE' });
    expect(await world.copy([path.join(to, 'tree')], to, { onConflict: 'rename' })).toMatchObject({ status: 'completed', problemCount: 0 });
    expect(read('tree (2)/sub/x')).toBe('x');
  });

  it('refuses a folder into itself: directly, through a link, through a bind mount', async () => {
    write(from, 'tree/sub/x', 'x');
    const tree = path.join(from, 'tree');
    symlinkSync(path.join(tree, 'sub'), path.join(from, 'link'));
    for (const destination of [tree, path.join(tree, 'sub'), path.join(from, 'link')]) {
      await expect(world.copy([tree], destination)).rejects.toMatchObject({ code: 'COPY_INTO_ITSELF' });
    }
    const bound = path.join(from, 'bound');
    mkdirSync(bound);
    execFileSync('mount', ['--bind', path.join(tree, 'sub'), bound]);
    try {
      await expect(world.preview('copy', [tree], bound)).rejects.toMatchObject({ code: 'COPY_INTO_ITSELF' });
      expect(await world.copy([tree], bound)).toMatchObject({ status: 'failed', error: { code: 'COPY_INTO_ITSELF' } });
      expect(readdirSync(bound)).toEqual(['x']);
    } finally {
      execFileSync('umount', [bound]);
    }
  });

  it('skips sockets, pipes and devices, and opens none of them', async () => {
    write(from, 'tree/a', 'a');
    execFileSync('mkfifo', [path.join(from, 'tree', 'pipe')]);
    execFileSync('mknod', [path.join(from, 'tree', 'device'), 'c', '1', '5']);
    const job = await world.copy([path.join(from, 'tree')], to);
    expect(job).toMatchObject({ status: 'completed', problemCount: 2, output: { filesCopied: 1 } });
    expect(readdirSync(path.join(to, 'tree'))).toEqual(['a']);
  });

  it('says what is wrong with sources and destination', async () => {
    const source = write(from, 'a', 'x');
    await expect(world.copy([path.join(from, 'missing')], to)).rejects.toMatchObject({ code: 'PATH_NOT_FOUND' });
    await expect(world.copy([source], path.join(to, 'missing'))).rejects.toMatchObject({ code: 'PATH_NOT_FOUND' });
    await expect(world.copy([source], source)).rejects.toMatchObject({ code: 'NOT_A_FOLDER' });
    await expect(world.copy(['a'], to)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    await expect(world.copy(['/'], to)).rejects.toMatchObject({ code: 'COPY_INTO_ITSELF' });
    expect(existsSync(path.join(to, 'a'))).toBe(false);
  });

  it('reports a source that changes while it is read', async () => {
    const growing = write(from, 'growing', 'x'.repeat(60_000_000));
    const child = execFileSync('bash', ['-c', `(while :; do echo line >> "$1"; done) >/dev/null 2>&1 & echo $!`, 'bash', growing], {
      encoding: 'utf8',
    });
    try {
      write(from, 'steady', 'steady');
      execFileSync('bash', ['-c', 'until [ "$(stat -c %s "$1")" -gt 60000000 ]; do :; done', 'bash', growing]);
      // So slowly that the other program gets its turn meanwhile.
      const job = await world.copy([from], to, { bytesPerSecond: 30_000_000 });
      expect(job).toMatchObject({ status: 'completed', problemCount: 1, problems: [{ code: 'VERIFICATION_FAILED' }] });
      expect(readdirSync(path.join(to, path.basename(from)))).toEqual(['steady']);
    } finally {
      process.kill(Number(child));
    }
  });
});
