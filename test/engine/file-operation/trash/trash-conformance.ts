/** @file What every system's trash has to do. Each runs it on real file systems. */
import { lstatSync, mkdirSync, readdirSync, readFileSync, readlinkSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { factsOf } from '#core/file-operation/file-facts.ts';
import { toIdentity } from '#core/file-operation/file-task/file-identity.ts';
import { TaskControl } from '#core/file-operation/file-task/task-control.ts';
import { listTrash } from '#core/file-operation/trash/list-trash.ts';
import { rehearseRestore, restore, trashBack } from '#core/file-operation/trash/take-out.ts';
import { rehearseTrash, throwAway } from '#core/file-operation/trash/throw-away.ts';
import type { TrashSystem } from '#core/file-operation/trash/trash-folder.ts';
import { joinPath } from '#core/fs/native-path.ts';
import { makeTestDir } from '#test/instruments/test-run.ts';

export interface TrashCase {
  system: TrashSystem;
  /** A folder on a file system whose trash the system knows, and where that file system begins. */
  folder: string;
  top: string;
}

export interface TrashKind {
  /** Names that are not Unicode can be thrown away, too. */
  takesAnyBytes: boolean;
  /** Shows the same file system at another place. */
  remount?(trashCase: TrashCase): Promise<string>;
  make(): Promise<TrashCase & AsyncDisposable>;
}

export const control = new TaskControl(new SharedArrayBuffer(4), () => undefined);

export function expectConforms({ make, takesAnyBytes, remount }: TrashKind): void {
  it('takes files, folders and links, and gives each back as it was', async () => {
    await using test = await make();
    const { system, folder } = test;
    mkdirSync(at(test, 'photos/summer'), { recursive: true });
    writeFileSync(at(test, 'photos/summer/sea.jpg'), 'sea');
    symlinkSync('nowhere', at(test, 'photos/dangling'));
    symlinkSync('photos', at(test, 'link'));
    writeFileSync(at(test, 'a b%.txt\n'), 'odd');
    const before = treeOf(folder);
    const names = ['photos', 'link', 'a b%.txt\n'];
    const { changes } = throwAway({ paths: names.map((name) => at(test, name)), kept: [] }, system, control);
    expect(readdirSync(folder)).toEqual([]);
    const listed = listTrash([test.top], system, control);
    expect(listed.map(({ originalPath, kind, sizeBytes }) => [String(originalPath), kind, sizeBytes]).sort()).toEqual([
      [at(test, 'a b%.txt\n'), 'file', 3],
      [at(test, 'link'), 'symlink', 6],
      [at(test, 'photos'), 'folder', null],
    ]);
    for (const { trashedMs } of listed) expect(Math.abs(Date.now() - (trashedMs ?? 0))).toBeLessThan(3_600_000);
    restore(
      changes.map(({ to }) => to ?? ''),
      system,
      control,
    );
    expect(treeOf(folder)).toEqual(before);
    expect(listTrash([test.top], system, control)).toEqual([]);
    expect(leftovers(test)).toEqual([]);
  });

  it('takes several of one name, and gives each back', async () => {
    await using test = await make();
    for (const folder of ['one', 'two', 'three']) {
      mkdirSync(at(test, folder));
      writeFileSync(at(test, `${folder}/same.txt`), folder);
      throwAway({ paths: [at(test, `${folder}/same.txt`)], kept: [] }, test.system, control);
    }
    const listed = listTrash([test.top], test.system, control);
    expect(new Set(listed.map(({ path: place }) => String(place))).size).toBe(3);
    restore(
      listed.map(({ path: place }) => place),
      test.system,
      control,
    );
    for (const folder of ['one', 'two', 'three']) expect(readFileSync(at(test, `${folder}/same.txt`), 'utf8')).toBe(folder);
  });

  it('takes names as long as names can be', async () => {
    await using test = await make();
    const names = [`${'n'.repeat(251)}.txt`, 'ü'.repeat(127), `${'n'.repeat(250)}.jpeg`];
    for (const name of names) writeFileSync(at(test, name), name);
    const { changes } = throwAway({ paths: names.map((name) => at(test, name)), kept: [] }, test.system, control);
    restore(
      changes.map(({ to }) => to ?? ''),
      test.system,
      control,
    );
    expect(readdirSync(test.folder).sort()).toEqual(names.toSorted());
  });

  it('takes names that are not Unicode, or says why not', async () => {
    await using test = await make();
    const odd = joinPath(test.folder, Buffer.from([0x61, 0xff, 0x0a]));
    writeFileSync(odd, 'odd');
    const put = () => throwAway({ paths: [odd], kept: [] }, test.system, control);
    if (!takesAnyBytes) {
      expect(put).toThrow(expect.objectContaining({ code: 'NO_TRASH' }));
      expect(readFileSync(odd, 'utf8')).toBe('odd');
      return;
    }
    restore([put().changes[0]?.to ?? ''], test.system, control);
    expect(readdirSync(test.folder, 'buffer')).toEqual([Buffer.from([0x61, 0xff, 0x0a])]);
  });

  it('gives nothing back over something else, and makes folders that are gone', async () => {
    await using test = await make();
    mkdirSync(at(test, 'a/b'), { recursive: true });
    writeFileSync(at(test, 'a/b/file'), 'old');
    const [{ to } = { to: null }] = throwAway({ paths: [at(test, 'a/b/file')], kept: [] }, test.system, control).changes;
    writeFileSync(at(test, 'a/b/file'), 'new');
    expect(() => restore([to ?? ''], test.system, control)).toThrow(expect.objectContaining({ code: 'PATH_ALREADY_EXISTS' }));
    expect(rehearseRestore([to ?? ''], test.system, control).obstacles).toMatchObject([
      { code: 'PATH_ALREADY_EXISTS', proposedName: 'file (2)' },
    ]);
    expect(readFileSync(at(test, 'a/b/file'), 'utf8')).toBe('new');
    rmSync(at(test, 'a'), { recursive: true });
    const { changes } = restore([to ?? ''], test.system, control);
    expect(changes.map(({ from, to: now }) => [from === null, String(now)])).toEqual([
      [true, at(test, 'a')],
      [true, at(test, 'a/b')],
      [false, at(test, 'a/b/file')],
    ]);
    expect(readFileSync(at(test, 'a/b/file'), 'utf8')).toBe('old');
  });

  it('takes all or nothing', async () => {
    await using test = await make();
    writeFileSync(at(test, 'one'), '1');
    const before = treeOf(test.folder);
    const request = { paths: [at(test, 'one'), at(test, 'missing')], kept: [] };
    expect(() => throwAway(request, test.system, control)).toThrow(expect.objectContaining({ code: 'PATH_NOT_FOUND' }));
    expect(treeOf(test.folder)).toEqual(before);
    expect(listTrash([test.top], test.system, control)).toEqual([]);
  });

  it('gives back all or nothing', async () => {
    await using test = await make();
    for (const name of ['one', 'two']) writeFileSync(at(test, name), name);
    const places = throwAway({ paths: [at(test, 'one'), at(test, 'two')], kept: [] }, test.system, control).changes.map(
      ({ to }) => to ?? '',
    );
    rmSync(places[1] ?? '');
    expect(() => restore(places, test.system, control)).toThrow(expect.objectContaining({ code: 'PATH_NOT_FOUND' }));
    expect(readdirSync(test.folder)).toEqual([]);
    restore(places.slice(0, 1), test.system, control);
    expect(readdirSync(test.folder)).toEqual(['one']);
  });

  it('makes nothing when it is only asked', async () => {
    await using test = await make();
    writeFileSync(at(test, 'one'), '1');
    const before = treeOf(test.top);
    expect(rehearseTrash({ paths: [at(test, 'one')], kept: [] }, test.system, control)).toMatchObject({
      obstacles: [],
      changes: [{ to: null }],
    });
    expect(treeOf(test.top)).toEqual(before);
  });

  it('takes back what was thrown away, unless something else is there by now', async () => {
    await using test = await make();
    writeFileSync(at(test, 'one'), '1');
    const identity = toIdentity(factsOf(at(test, 'one')));
    const before = treeOf(test.folder);
    const [{ to } = { to: null }] = throwAway({ paths: [at(test, 'one')], kept: [] }, test.system, control).changes;
    const item = { path: to ?? '', originalPath: at(test, 'one'), identity };
    writeFileSync(at(test, 'one'), 'other');
    expect(() => trashBack([item], false, test.system, control)).toThrow(expect.objectContaining({ code: 'UNDO_REFUSED' }));
    rmSync(at(test, 'one'));
    trashBack([item], false, test.system, control);
    expect(treeOf(test.folder)).toEqual(before);
    expect(() => trashBack([item], false, test.system, control)).toThrow(expect.objectContaining({ code: 'UNDO_REFUSED' }));
  });

  it('restores nothing that does not lie in a trash', async () => {
    await using test = await make();
    writeFileSync(at(test, 'file'), 'here');
    expect(() => restore([at(test, 'file')], test.system, control)).toThrow(expect.objectContaining({ code: 'PATH_NOT_FOUND' }));
    expect(readdirSync(test.folder)).toEqual(['file']);
  });

  if (remount) {
    it('finds its things where the volume is mounted now', async () => {
      await using test = await make();
      writeFileSync(at(test, 'file'), 'content');
      throwAway({ paths: [at(test, 'file')], kept: [] }, test.system, control);
      const below = path.relative(test.top, test.folder);
      const top = await remount(test);
      const [item] = listTrash([top], test.system, control);
      expect(String(item?.originalPath)).toBe(path.join(top, below, 'file'));
      restore([item?.path ?? ''], test.system, control);
      expect(readFileSync(path.join(top, below, 'file'), 'utf8')).toBe('content');
    });
  }
}

/** A folder that stands for a home, on the file system of the tests. */
export async function makeHome(): Promise<string> {
  return realpathSync(await makeTestDir('home'));
}

export function at({ folder }: Pick<TrashCase, 'folder'>, name: string): string {
  return path.join(folder, name);
}

/** All that is below a folder, with what tells whether it is the same. Times of folders are those of their content. */
export function treeOf(folder: string): Map<string, unknown> {
  const found = new Map<string, unknown>();
  const visit = (place: Buffer, below: string) => {
    for (const name of readdirSync(place, 'buffer')) {
      const child = Buffer.concat([place, Buffer.from('/'), name]);
      const key = `${below}/${name.toString('latin1')}`;
      const facts = lstatSync(child, { bigint: true });
      const { ino, mode, size, mtimeNs } = facts;
      if (facts.isDirectory()) {
        found.set(key, { ino, mode });
        visit(child, key);
      } else
        found.set(key, { ino, mode, size, mtimeNs, content: facts.isSymbolicLink() ? readlinkSync(child) : readFileSync(child, 'latin1') });
    }
  };
  visit(Buffer.from(folder), '');
  return found;
}

/** Records of things that are not in the trash any more. */
function leftovers({ top }: TrashCase): string[] {
  return readdirSync(top, { recursive: true, encoding: 'utf8' }).filter((name) => /(\.trashinfo|[/\\]\$I[^/\\]*)$/.test(name));
}
