import { execFileSync } from 'node:child_process';
import { closeSync, linkSync, mkdirSync, mkdtempSync, openSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { NativePath } from '#core/fs/native-path.ts';
import { LocationRules, type LocationRulesPatch } from '#shared/contract/location.ts';
import type { IndexedRoot } from '../index-task.ts';
import type { WalkFolder, WalkReply } from '../walk-messages.ts';
import { WalkedRows } from '../walked-rows.ts';
import { Walk } from './walk.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'mooring-walk-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function indexed(options: { rules?: LocationRulesPatch; excluded?: NativePath[]; path?: string } = {}): IndexedRoot {
  const rules = LocationRules.parse(options.rules ?? {});
  return { locationId: 1, path: options.path ?? root, mountPoint: '/', rules, excluded: options.excluded ?? [] };
}

function folderAt(at: NativePath, options: Partial<WalkFolder> = {}): WalkFolder {
  return { folderId: 7, path: at, names: null, unlessModified: null, ...options };
}

/** Batches of one request, each with the names of its entries. */
function run(walk: Walk, ...folders: WalkFolder[]) {
  const replies: WalkReply[] = [...walk.run(1, folders)];
  return replies.map((reply) => {
    if (reply.type === 'root-lost') throw new Error('The root was lost');
    const rows = new WalkedRows(reply.batch);
    const names = Array.from({ length: rows.length }, (_, row) => rows.name(row));
    return { ...reply, rows, names, folders: reply.batch.folders };
  });
}

/** The one folder of a request, and its entries. */
function look(folder: WalkFolder, options: Parameters<typeof indexed>[0] = {}) {
  const [reply] = run(new Walk(indexed(options)), folder);
  const [walked] = reply?.folders ?? [];
  if (!reply || !walked) throw new Error('There was no answer');
  return { ...reply, walked };
}

function touch(name: string, content = ''): void {
  mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
  writeFileSync(path.join(root, name), content);
}

/** To the nanosecond, and before 1970: Node can do neither. */
function setTime(name: string, time: string): void {
  execFileSync('touch', ['-d', time, '--', path.join(root, name)]);
}

describe('walking a folder', () => {
  it('tells names, kinds, sizes and times, folders first, in the natural order', () => {
    touch('b10', '0123456789');
    touch('B9');
    touch('folder/inside');
    symlinkSync('b10', path.join(root, 'a link'));
    setTime('b10', '2017-07-14 02:40:00.123456789 UTC');
    const { names, rows, walked } = look(folderAt(root));
    expect(names).toEqual(['folder', 'B9', 'b10', 'a link']);
    expect(walked).toMatchObject({ folderId: 7, outcome: 'listed', count: 4, hasMore: false, error: null });
    expect([0, 1, 2, 3].map((row) => rows.kind(row))).toEqual([0, 1, 1, 2]);
    expect(rows.size(2)).toBe(10);
    expect([rows.modifiedMs(2), rows.modifiedNs(2)]).toEqual([1_500_000_000_123, 456_789]);
    expect(rows.linkTarget(3)).toBe('b10');
    expect(rows.sortKey(2)).toBe('b110');
  });

  it('rounds times before 1970 down', () => {
    touch('old');
    setTime('old', '1969-12-31 23:59:59.999999999 UTC');
    const { rows } = look(folderAt(root));
    expect([rows.modifiedMs(0), rows.modifiedNs(0)]).toEqual([-1, 999_999]);
    setTime('old', '1901-12-14 00:00:00 UTC');
    const again = look(folderAt(root)).rows;
    expect([again.modifiedMs(0), again.modifiedNs(0)]).toEqual([-2_147_472_000_000, 0]);
  });

  it('orders characters beyond the basic plane after all others, and bytes after text, as SQLite does', () => {
    const names = ['\uffff', '😀', 'z'];
    for (const name of names) touch(name);
    writeFileSync(Buffer.concat([Buffer.from(`${root}/`), Buffer.of(0xff)]), '');
    writeFileSync(path.join(root, '\ufffd'), '');
    expect(look(folderAt(root)).names).toEqual(['z', '\ufffd', Buffer.of(0xff), '\uffff', '😀']);
  });

  it('keeps names whose sort key is empty or the name itself', () => {
    for (const name of ['\u0301', 'plain']) touch(name);
    const { rows } = look(folderAt(root));
    expect([rows.sortKey(0), rows.sortKey(1)]).toEqual(['', 'plain']);
  });

  it('gives hard links the same file number', () => {
    touch('one');
    linkSync(path.join(root, 'one'), path.join(root, 'two'));
    const { rows } = look(folderAt(root));
    expect(rows.inode(0)).not.toBeNull();
    expect(rows.inode(0)).toBe(rows.inode(1));
  });

  it('tells the folder itself, and when it was listed unless that was just now', () => {
    utimesSync(root, 1_600_000_000, 1_600_000_000.5);
    const { walked } = look(folderAt(root));
    expect(walked.listedAt).toEqual({ ms: 1_600_000_000_500, ns: 0 });
    expect(walked.self).toMatchObject({ modifiedMs: 1_600_000_000_500, mode: 0o700 });
    touch('new');
    expect(look(folderAt(root)).walked).toMatchObject({ outcome: 'listed', listedAt: null });
  });

  it('does not read a folder that has not been modified', () => {
    touch('file');
    utimesSync(root, 1_600_000_000, 1_600_000_000.5);
    const unlessModified = { ms: 1_600_000_000_500, ns: 0 };
    expect(look(folderAt(root, { unlessModified })).walked).toMatchObject({ outcome: 'unchanged', count: 0 });
    expect(look(folderAt(root, { unlessModified: { ms: 1_600_000_000_500, ns: 1 } })).walked).toMatchObject({
      outcome: 'listed',
      count: 1,
    });
  });

  it('calls a folder gone that is not there, is a file now, or lies behind a link now', () => {
    touch('file');
    touch('elsewhere/folder/secret');
    symlinkSync('elsewhere', path.join(root, 'link'));
    for (const name of ['missing', 'missing/deeper', 'file', 'file/below', 'link', 'link/folder'])
      expect(look(folderAt(path.join(root, name))).walked, name).toMatchObject({ outcome: 'gone', count: 0, self: null });
  });

  it('looks at nothing but the names that it is given', () => {
    for (const name of ['a', 'b', 'c', '.DS_Store']) touch(name);
    const bytes = Buffer.of(0xfe);
    writeFileSync(Buffer.concat([Buffer.from(`${root}/`), bytes]), '');
    const { names, walked } = look(folderAt(root, { names: ['c', 'vanished', 'a', bytes, '.DS_Store', Buffer.of(0xfd)] }));
    expect(names).toEqual(['a', 'c', bytes]);
    expect(walked).toMatchObject({ outcome: 'listed', count: 3, listedAt: null, missingNames: ['vanished', '.DS_Store', Buffer.of(0xfd)] });
  });

  it('cuts a huge folder into batches, and answers several folders in one', () => {
    mkdirSync(path.join(root, 'huge'));
    for (let index = 0; index < 23; index++) closeSync(openSync(path.join(root, 'huge', String(index)), 'w'));
    touch('small/file');
    const walk = new Walk(indexed(), { batchRows: 10 });
    const replies = run(walk, folderAt(path.join(root, 'small')), folderAt(path.join(root, 'huge'), { folderId: 8 }), folderAt(root));
    expect(replies.map(({ folders }) => folders.map(({ folderId, count, hasMore }) => [folderId, count, hasMore]))).toEqual([
      [[7, 1, false]],
      [[8, 10, true]],
      [[8, 10, true]],
      [
        [8, 3, false],
        [7, 2, false],
      ],
    ]);
    expect(replies.map(({ isLast }) => isLast)).toEqual([false, false, false, true]);
    const all = replies.flatMap(({ names }) => names.map(String)).filter((name) => /^\d+$/.test(name));
    expect(all).toEqual(Array.from({ length: 23 }, (_, index) => String(index)));
  });

  it('answers a request of no folders', () => {
    expect(run(new Walk(indexed()))).toMatchObject([{ isLast: true, folders: [] }]);
  });
});

describe('what is not walked into', () => {
  it('is an entry, and has none', () => {
    touch('My.sdlibrary/database.db');
    touch('data/inside/file');
    touch('plain/.git/HEAD');
    const options = { rules: { skipDevelopment: true }, excluded: [path.join(root, 'data')] };
    expect(look(folderAt(root), options).names).toEqual(['data', 'My.sdlibrary', 'plain']);
    for (const name of ['My.sdlibrary', 'data', 'data/inside', 'plain/.git'])
      expect(look(folderAt(path.join(root, name)), options).walked, name).toMatchObject({ outcome: 'listed', count: 0 });
  });

  it('is what rules leave out', () => {
    for (const name of [
      '.DS_Store',
      'Thumbs.db',
      '$RECYCLE.BIN/x',
      'lost+found/x',
      'keep.txt',
      '.hidden/x',
      'project/target/x',
      'project/Cargo.toml',
    ])
      touch(name);
    expect(look(folderAt(root)).names).toEqual(['.hidden', 'project', 'keep.txt']);
    const rules = { skipSystemJunk: false, skipHidden: true, skipDevelopment: true };
    expect(look(folderAt(root), { rules }).names).toEqual(['$RECYCLE.BIN', 'lost+found', 'project', 'keep.txt', 'Thumbs.db']);
    expect(look(folderAt(path.join(root, 'project')), { rules }).names).toEqual(['Cargo.toml']);
    expect(look(folderAt(path.join(root, 'project'), { names: ['target'] }), { rules }).walked.missingNames).toEqual(['target']);
  });

  it('is what .gitignore files say, as they are now', () => {
    touch('.gitignore', '*.log\n!keep.log\n/build/\n');
    touch('a.log');
    touch('keep.log');
    touch('build/x');
    touch('sub/.gitignore', '!b.log\nkeep.log\n');
    for (const name of ['a.log', 'b.log', 'keep.log', 'build/y']) touch(`sub/${name}`);
    const walk = new Walk(indexed({ rules: { honourGitignore: true } }));
    const namesIn = (name: string) => run(walk, folderAt(path.join(root, name)))[0]?.names;
    expect(namesIn('')).toEqual(['sub', '.gitignore', 'keep.log']);
    expect(namesIn('sub')).toEqual(['build', '.gitignore', 'b.log']);
    touch('.gitignore', 'sub\n');
    expect(namesIn('')).toEqual(['build', '.gitignore', 'a.log', 'keep.log']);
  });
});

describe('a root that is not what it was', () => {
  it('is lost when its folder is another one, while the volume is there', () => {
    const place = path.join(root, 'place');
    mkdirSync(place);
    const walk = new Walk(indexed({ path: place }));
    expect([...walk.run(1, [folderAt(place)])]).toMatchObject([{ type: 'batch' }]);
    execFileSync('mv', ['--', place, `${place}-moved`]);
    expect([...walk.run(2, [folderAt(place)])]).toEqual([{ type: 'root-lost', requestId: 2, isVolumeThere: true }]);
    mkdirSync(place);
    expect([...walk.run(3, [folderAt(place)])]).toEqual([{ type: 'root-lost', requestId: 3, isVolumeThere: true }]);
  });

  it('is lost when it was never there', () => {
    const walk = new Walk(indexed({ path: path.join(root, 'never') }));
    expect([...walk.run(1, [])]).toEqual([{ type: 'root-lost', requestId: 1, isVolumeThere: true }]);
  });
});
