import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { DarwinTrash } from '#core/file-operation/trash/darwin-trash.ts';
import { listTrash } from '#core/file-operation/trash/list-trash.ts';
import { RecycleBin } from '#core/file-operation/trash/recycle-bin.ts';
import { parseRecycleRecord } from '#core/file-operation/trash/recycle-record.ts';
import { restore } from '#core/file-operation/trash/take-out.ts';
import { throwAway } from '#core/file-operation/trash/throw-away.ts';
import type { TrashSystem } from '#core/file-operation/trash/trash-folder.ts';
import { XdgTrash } from '#core/file-operation/trash/xdg-trash.ts';
import { loopMountAbility } from '#test/instruments/host-abilities.ts';
import { createDiskImage, type DiskImage, type ImageFileSystem } from '#test/instruments/loop-volume.ts';
import { bindMount } from '#test/instruments/mounts.ts';
import { makeTestDir } from '#test/instruments/test-run.ts';
import { at, control, expectConforms, makeHome, type TrashCase } from './trash-conformance.ts';

const uid = process.getuid?.() ?? 0;
const SID = 'S-1-5-21-1-2-3-1001';
const systems: Record<string, (home: string) => TrashSystem> = {
  Linux: (home) => new XdgTrash({ dataHome: home, uid }),
  macOS: (home) => new DarwinTrash({ home, uid }),
  Windows: () => new RecycleBin({ sid: SID, driveOf: () => 'E:' }),
};

/** As the file system of the home. */
async function atHome(makeSystem: (home: string) => TrashSystem): Promise<TrashCase & AsyncDisposable> {
  const home = await makeHome();
  const folder = await makeHome();
  return { system: makeSystem(home), folder, top: home, [Symbol.asyncDispose]: async () => undefined };
}

const images = new Map<string, DiskImage>();
async function onVolume(makeSystem: (home: string) => TrashSystem, fileSystem: ImageFileSystem): Promise<TrashCase & AsyncDisposable> {
  const image = await createDiskImage({ fileSystem, sizeMb: 16 });
  const top = await image.mount();
  images.set(top, image);
  const folder = path.join(top, 'folder');
  mkdirSync(folder);
  return { system: makeSystem(await makeHome()), folder, top, [Symbol.asyncDispose]: () => image.dispose() };
}

async function remount({ top }: TrashCase): Promise<string> {
  const image = images.get(top);
  if (!image) throw new Error(`Nothing is mounted at ${top}`);
  await image.unmount();
  return image.mount();
}

afterEach(() => images.clear());

for (const [name, makeSystem] of Object.entries(systems)) {
  const takesAnyBytes = name !== 'Windows';
  if (name !== 'Windows')
    describe(`the trash of ${name}, at home`, () => expectConforms({ takesAnyBytes, make: () => atHome(makeSystem) }));
  describe.skipIf(!loopMountAbility().allows)(`the trash of ${name}, on a volume with ext4`, () =>
    expectConforms({ takesAnyBytes, remount, make: () => onVolume(makeSystem, 'ext4') }),
  );
}

describe.skipIf(!loopMountAbility().allows)('the trash of a volume', () => {
  for (const [name, makeSystem] of Object.entries(systems)) {
    it(`is where ${name} looks for it, and nowhere else`, async () => {
      await using test = await onVolume(makeSystem, 'ext4');
      writeFileSync(at(test, 'file.txt'), 'content');
      throwAway({ paths: [at(test, 'file.txt')], kept: [] }, test.system, control);
      const places: Record<string, string> = { Linux: `.Trash-${uid}`, macOS: '.Trashes', Windows: '$Recycle.Bin' };
      expect(readdirSync(test.top).sort()).toEqual(['folder', 'lost+found', places[name]].sort());
    });

    it(`is none where ${name} may write nothing`, async () => {
      await using test = await onVolume(makeSystem, 'ext4');
      writeFileSync(at(test, 'file.txt'), 'content');
      const image = images.get(test.top);
      await image?.unmount();
      const top = (await image?.mount(test.top, { readOnly: true })) ?? '';
      const file = path.join(top, 'folder/file.txt');
      expect(() => throwAway({ paths: [file], kept: [] }, test.system, control)).toThrow(expect.objectContaining({ code: 'NO_TRASH' }));
      expect(readFileSync(file, 'utf8')).toBe('content');
    });
  }

  it('is, on Linux, the one that an administrator has made, if it is made as it should be', async () => {
    await using test = await onVolume((home) => new XdgTrash({ dataHome: home, uid }), 'ext4');
    const shared = path.join(test.top, '.Trash');
    mkdirSync(shared);
    const put = (name: string) => {
      writeFileSync(at(test, name), name);
      return String(throwAway({ paths: [at(test, name)], kept: [] }, test.system, control).changes[0]?.to);
    };
    expect(put('one')).toBe(path.join(test.top, `.Trash-${uid}/files/one`));
    chmodSync(shared, 0o1777);
    expect(put('two')).toBe(path.join(shared, `${uid}/files/two`));
    expect(statSync(path.join(shared, String(uid))).mode & 0o777).toBe(0o700);
    expect(listTrash([test.top], test.system, control)).toHaveLength(2);
  });

  it.each(Object.entries(systems))('is no place that a link leads to: %s', async (name, makeSystem) => {
    await using test = await onVolume(makeSystem, 'ext4');
    const elsewhere = await makeTestDir('elsewhere');
    const places: Record<string, string> = { Linux: `.Trash-${uid}`, macOS: '.Trashes', Windows: '$Recycle.Bin' };
    symlinkSync(elsewhere, path.join(test.top, places[name] ?? ''));
    writeFileSync(at(test, 'file'), 'content');
    expect(() => throwAway({ paths: [at(test, 'file')], kept: [] }, test.system, control)).toThrow(
      expect.objectContaining({ code: 'NO_TRASH' }),
    );
    expect(readdirSync(elsewhere)).toEqual([]);
    expect(readFileSync(at(test, 'file'), 'utf8')).toBe('content');
  });

  it('is found through a bind mount, out of which nothing can be renamed', async () => {
    const home = await makeHome();
    const source = await makeTestDir('source');
    const target = await makeTestDir('target');
    writeFileSync(path.join(source, 'file'), 'content');
    await using _mount = await bindMount(source, target);
    const system = new XdgTrash({ dataHome: home, uid });
    const { changes } = throwAway({ paths: [path.join(target, 'file')], kept: [] }, system, control);
    expect(String(changes[0]?.to)).toBe(path.join(target, `.Trash-${uid}/files/file`));
    expect(readdirSync(path.join(home, 'Trash/info'))).toEqual([]);
    restore([changes[0]?.to ?? ''], system, control);
    expect(readFileSync(path.join(source, 'file'), 'utf8')).toBe('content');
  });

  it('of a Btrfs subvolume is in the subvolume', async () => {
    const { execFileSync } = await import('node:child_process');
    await using test = await onVolume((home) => new XdgTrash({ dataHome: home, uid }), 'btrfs');
    const subvolume = path.join(test.top, 'sub');
    execFileSync('btrfs', ['subvolume', 'create', subvolume], { stdio: 'ignore' });
    writeFileSync(path.join(subvolume, 'file'), 'content');
    const { changes } = throwAway({ paths: [path.join(subvolume, 'file')], kept: [] }, test.system, control);
    expect(existsSync(path.join(subvolume, 'file'))).toBe(false);
    restore([changes[0]?.to ?? ''], test.system, control);
    expect(readFileSync(path.join(subvolume, 'file'), 'utf8')).toBe('content');
  });
});

describe('what other programs see', () => {
  it('is, on Linux, the record and the size of a folder, as the specification has them', async () => {
    await using test = await atHome((home) => new XdgTrash({ dataHome: home, uid }));
    mkdirSync(at(test, 'my photos/more'), { recursive: true });
    writeFileSync(at(test, 'my photos/a'), Buffer.alloc(1000));
    writeFileSync(at(test, 'my photos/more/b'), Buffer.alloc(234));
    const { changes } = throwAway({ paths: [at(test, 'my photos')], kept: [] }, test.system, control);
    const trash = path.join(test.top, 'Trash');
    const record = path.join(trash, 'info/my photos.trashinfo');
    expect(readFileSync(record, 'utf8')).toMatch(/^\[Trash Info\]\nPath=\/.*\/my%20photos\nDeletionDate=\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\n$/);
    const seconds = Math.floor(statSync(record).mtimeMs / 1000);
    expect(readFileSync(path.join(trash, 'directorysizes'), 'utf8')).toBe(`1234 ${seconds} my%20photos\n`);
    restore([changes[0]?.to ?? ''], test.system, control);
    expect(readFileSync(path.join(trash, 'directorysizes'), 'utf8')).toBe('');
  });

  it('is, on Windows, a pair of files with the extension of the one, and a folder that the Explorer knows', async () => {
    await using test = await atHome((home) => new RecycleBin({ sid: SID, driveOf: () => `${home.slice(1, 2)}:` }));
    await using target = await bindMount(test.folder, path.join(test.top, 'drive'));
    expect(target).toBeDefined();
    const drive = path.join(test.top, 'drive');
    writeFileSync(path.join(drive, 'my photo.jpg'), 'sea');
    throwAway({ paths: [path.join(drive, 'my photo.jpg')], kept: [] }, test.system, control);
    const bin = path.join(drive, '$Recycle.Bin', SID);
    const names = readdirSync(bin).sort();
    expect(names).toEqual([expect.stringMatching(/^\$I[A-Z0-9]{6}\.jpg$/), expect.stringMatching(/^\$R[A-Z0-9]{6}\.jpg$/), 'desktop.ini']);
    expect(names[0]?.slice(2)).toBe(names[1]?.slice(2));
    const record = parseRecycleRecord(readFileSync(path.join(bin, names[0] ?? '')));
    expect(record).toMatchObject({ sizeBytes: 3n, originalPath: expect.stringMatching(/^.:\\my photo\.jpg$/) });
    expect(readFileSync(path.join(bin, 'desktop.ini'), 'utf8')).toContain('{645FF040-5081-101B-9F08-00AA002F954E}');
  });

  it('is, on Windows, nothing where a drive has no letter', async () => {
    await using test = await atHome(() => new RecycleBin({ sid: SID, driveOf: () => null }));
    writeFileSync(at(test, 'photo.jpg'), 'sea');
    expect(() => throwAway({ paths: [at(test, 'photo.jpg')], kept: [] }, test.system, control)).toThrow(
      expect.objectContaining({ code: 'NO_TRASH' }),
    );
    expect(readFileSync(at(test, 'photo.jpg'), 'utf8')).toBe('sea');
  });
});
