import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, renameSync, rmSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { displayName, joinPath, type NativePath } from '#core/fs/native-path.ts';
import type { ChangedFolder } from '#core/indexing/index-task.ts';
import { withReachablePath } from '#core/indexing/walker/reachable-path.ts';
import { WatchThread } from '#core/watching/watch-thread.ts';
import { LocationRules } from '#shared/contract/location.ts';
import { indexFolders } from '#test/instruments/folder-index.ts';
import { loopMountAbility } from '#test/instruments/host-abilities.ts';
import { createDiskImage } from '#test/instruments/loop-volume.ts';
import { makeTestDir } from '#test/instruments/test-run.ts';

const LONG_NAME = 'n'.repeat(250);

interface Watched {
  root: string;
  thread: WatchThread;
  watchId: number;
  folderCount: number;
  lost: Promise<void>;
  /** What has been told since the last call, once all that has happened was: `folder/name`, `folder/` for all of a folder, `folder/**` for all below it. */
  told(): Promise<string[]>;
}

const threads: WatchThread[] = [];
afterEach(() => {
  for (const thread of threads.splice(0)) thread.close();
});

async function watchTree(
  prepare: (root: string) => void,
  options: {
    debounceMs?: number;
    rules?: Partial<LocationRules>;
    excluded?: string[];
    root?: string;
    afterIndex?: (root: string) => void;
  } = {},
): Promise<Watched> {
  const dir = await makeTestDir('watch');
  const root = options.root ?? join(dir, 'root');
  mkdirSync(root, { recursive: true });
  prepare(root);
  indexFolders(join(dir, 'database.db'), { root, locationId: 1 });
  options.afterIndex?.(root);
  const ready = Promise.withResolvers<number>();
  const lost = Promise.withResolvers<void>();
  const thread = new WatchThread({ debounceMs: options.debounceMs ?? 60_000, onCrash: ready.reject });
  threads.push(thread);
  let changed: ChangedFolder[] = [];
  const indexed = {
    locationId: 1,
    path: root,
    mountPoint: '/',
    rules: LocationRules.parse(options.rules ?? {}),
    excluded: (options.excluded ?? []).map((name) => join(root, name)),
  };
  const watchId = thread.watch(indexed, join(dir, 'database.db'), {
    onWatching: ready.resolve,
    onChanges: (folders) => changed.push(...folders),
    onLimited: () => ready.reject(new Error('limited')),
    onLost: lost.resolve,
  });
  const folderCount = await ready.promise;
  const told = async () => {
    await thread.settle();
    const lines = changed.flatMap((folder) => describe(folder, root));
    changed = [];
    return [...new Set(lines)].sort();
  };
  return { root, thread, watchId, folderCount, lost: lost.promise, told };
}

function describe({ path, names, recursive }: ChangedFolder, root: string): string[] {
  const folder = `${displayName(path).slice(root.length + 1)}/`.replace(/^\/$/, '');
  if (!names) return [`${folder}${recursive ? '**' : ''}`];
  return names.map((name: NativePath) => `${folder}${displayName(name)}`);
}

it('tells of files that are made, written, renamed and removed, each name once', async () => {
  const { root, told } = await watchTree((root) => {
    mkdirSync(join(root, 'a/b'), { recursive: true });
    writeFileSync(join(root, 'a/old'), '');
  });
  for (let time = 0; time < 3; time++) writeFileSync(join(root, 'a/b/new'), String(time));
  renameSync(join(root, 'a/old'), join(root, 'moved'));
  expect(await told()).toEqual(['a/b/new', 'a/old', 'moved']);
  unlinkSync(join(root, 'moved'));
  expect(await told()).toEqual(['moved']);
});

it('watches folders that are made later, with what was made in them before anyone could watch', async () => {
  const { root, told } = await watchTree(() => undefined);
  mkdirSync(join(root, 'x/y/z'), { recursive: true });
  writeFileSync(join(root, 'x/y/z/early'), '');
  expect(await told()).toEqual(expect.arrayContaining(['x', 'x/**']));
  writeFileSync(join(root, 'x/y/z/late'), '');
  expect(await told()).toEqual(['x/y/z/late']);
});

it('watches folders that the index does not know yet', async () => {
  const watched = await watchTree((root) => mkdirSync(join(root, 'known')), {
    afterIndex: (root) => {
      mkdirSync(join(root, 'known/unknown/deep'), { recursive: true });
      // The index would think that it knows all of the folder if its time had not changed.
      expect(readdirSync(join(root, 'known'))).toEqual(['unknown']);
    },
  });
  expect(watched.folderCount).toBe(4);
  writeFileSync(join(watched.root, 'known/unknown/deep/file'), '');
  expect(await watched.told()).toEqual(['known/unknown/deep/file']);
});

it('follows a moved folder: what changes in it has its new path at once', async () => {
  const { root, told } = await watchTree((root) => {
    mkdirSync(join(root, 'from/folder/deep'), { recursive: true });
    mkdirSync(join(root, 'to'));
  });
  renameSync(join(root, 'from/folder'), join(root, 'to/moved'));
  writeFileSync(join(root, 'to/moved/deep/file'), '');
  renameSync(join(root, 'to'), join(root, 'elsewhere'));
  writeFileSync(join(root, 'elsewhere/moved/deep/second'), '');
  const lines = await told();
  expect(lines).toEqual(
    expect.arrayContaining(['from/folder', 'to', 'elsewhere', 'elsewhere/moved/deep/file', 'elsewhere/moved/deep/second']),
  );
  writeFileSync(join(root, 'elsewhere/moved/deep/third'), '');
  expect(await told()).toEqual(['elsewhere/moved/deep/third']);
});

it('tells apart a moved folder and a new one that has got its inode number', async () => {
  const { root, told } = await watchTree((root) => mkdirSync(join(root, 'a')));
  for (let time = 0; time < 20; time++) {
    rmSync(join(root, time === 0 ? 'a' : `n${time - 1}`), { recursive: true });
    mkdirSync(join(root, `n${time}`));
    await told();
    writeFileSync(join(root, `n${time}/file`), '');
    expect(await told()).toEqual([`n${time}/file`]);
  }
});

it('watches a folder anew that was replaced under the same name', async () => {
  const { root, told } = await watchTree((root) => mkdirSync(join(root, 'a/b'), { recursive: true }));
  rmSync(join(root, 'a'), { recursive: true });
  mkdirSync(join(root, 'a/b'), { recursive: true });
  expect(await told()).toEqual(expect.arrayContaining(['a', 'a/**']));
  writeFileSync(join(root, 'a/b/file'), '');
  expect(await told()).toEqual(['a/b/file']);
});

it('no longer tells of a folder that has left the tree', async () => {
  const { root, told } = await watchTree((root) => mkdirSync(join(root, 'folder')));
  renameSync(join(root, 'folder'), `${root}-away`);
  expect(await told()).toEqual(['folder']);
  writeFileSync(join(`${root}-away`, 'file'), '');
  expect(await told()).toEqual([]);
});

it('keeps names that are not UTF-8, or have newlines in them', async () => {
  const { root, told } = await watchTree(() => undefined);
  const strange = Buffer.concat([Buffer.from(`${root}/`), Buffer.from([0xff, 0xfe])]);
  mkdirSync(strange);
  await told();
  writeFileSync(Buffer.concat([strange, Buffer.from('/new\nline')]), '');
  expect(await told()).toEqual(['\ufffd\ufffd/new\nline']);
});

it('watches folders whose paths are longer than the kernel takes', async () => {
  const { root, told } = await watchTree(() => undefined);
  let deepest: NativePath = root;
  for (let depth = 0; depth < 20; depth++) {
    withReachablePath(deepest, (reachable) => mkdirSync(joinPath(reachable, LONG_NAME)));
    deepest = joinPath(deepest, LONG_NAME);
  }
  await told();
  withReachablePath(deepest, (reachable) => writeFileSync(joinPath(reachable, 'file'), ''));
  expect(await told()).toEqual([`${`${LONG_NAME}/`.repeat(20)}file`]);
  // Node cannot remove what it cannot name.
  execFileSync('rm', ['-rf', '--', root]);
});

it('does not follow symbolic links, and never looks into libraries and what is excluded', async () => {
  const outside = await makeTestDir('outside');
  const { root, folderCount, told } = await watchTree(
    (root) => {
      mkdirSync(join(root, 'data/inner'), { recursive: true });
      mkdirSync(join(root, 'My.sdlibrary/backups'), { recursive: true });
      symlinkSync(outside, join(root, 'link'));
      symlinkSync(root, join(root, 'loop'));
    },
    { excluded: ['data'] },
  );
  expect(folderCount).toBe(1);
  writeFileSync(join(outside, 'file'), '');
  writeFileSync(join(root, 'data/inner/file'), '');
  writeFileSync(join(root, 'My.sdlibrary/backups/file'), '');
  expect(await told()).toEqual([]);
});

it('watches no folders that rules leave out, there from the start or made later', async () => {
  const rules = { skipDevelopment: true, excludeGlobs: ['work/raw'] };
  const { root, folderCount, told } = await watchTree(
    (root) => {
      mkdirSync(join(root, 'node_modules/deep'), { recursive: true });
      mkdirSync(join(root, 'work/raw/deep'), { recursive: true });
    },
    { rules },
  );
  expect(folderCount).toBe(2);
  mkdirSync(join(root, 'work/node_modules/later'), { recursive: true });
  await told();
  writeFileSync(join(root, 'work/node_modules/later/file'), '');
  writeFileSync(join(root, 'work/raw/deep/file'), '');
  expect(await told()).toEqual([]);
});

it('watches no folders that .gitignore files leave out, as these are now', async () => {
  const { root, folderCount, told } = await watchTree(
    (root) => {
      mkdirSync(join(root, 'work/build/deep'), { recursive: true });
      mkdirSync(join(root, 'build/deep'), { recursive: true });
      writeFileSync(join(root, '.gitignore'), 'build\n');
    },
    { rules: { honourGitignore: true } },
  );
  expect(folderCount).toBe(2);
  mkdirSync(join(root, 'work/more/build/deep'), { recursive: true });
  await told();
  writeFileSync(join(root, 'work/more/build/deep/file'), '');
  writeFileSync(join(root, 'build/deep/file'), '');
  expect(await told()).toEqual([]);
  writeFileSync(join(root, '.gitignore'), '/work\n');
  expect(await told()).toEqual(['**']);
  writeFileSync(join(root, 'work/more/file'), '');
  writeFileSync(join(root, 'build/deep/file'), 'changed');
  expect(await told()).toEqual(['build/deep/file']);
  rmSync(join(root, '.gitignore'));
  await told();
  writeFileSync(join(root, 'work/more/build/deep/file'), 'changed');
  expect(await told()).toEqual(['work/more/build/deep/file']);
});

it('says that it has lost the root when that is removed, or moved away', async () => {
  const { root, lost } = await watchTree((root) => mkdirSync(join(root, 'a')), { debounceMs: 10 });
  renameSync(root, `${root}-away`);
  await lost;
});

it.skipIf(loopMountAbility().reason !== null)('lets a volume be unmounted, and says that it is lost', async () => {
  const image = await createDiskImage({ fileSystem: 'ext4', sizeMb: 8 });
  try {
    const mountPoint = await image.mount();
    const { lost } = await watchTree((root) => mkdirSync(join(root, 'a/b'), { recursive: true }), { root: mountPoint, debounceMs: 10 });
    await image.unmount();
    await lost;
  } finally {
    await image.dispose();
  }
});

it('stops telling once it is asked to', async () => {
  const { root, thread, watchId, told } = await watchTree(() => undefined);
  await thread.unwatch(watchId);
  writeFileSync(join(root, 'file'), '');
  expect(await told()).toEqual([]);
});

it('holds names back that look temporary, and tells them in the end', async () => {
  const { root, thread, told } = await watchTree(() => undefined, { debounceMs: 10 });
  const order: string[] = [];
  const reports = Promise.withResolvers<void>();
  const indexed = { locationId: 1, path: root, mountPoint: '/', rules: LocationRules.parse({}), excluded: [] };
  await told();
  thread.watch(indexed, join(root, '../database.db'), {
    onWatching: () => {
      writeFileSync(join(root, 'film.mkv.part'), '');
      writeFileSync(join(root, 'letter.txt~'), '');
      writeFileSync(join(root, 'letter.txt'), '');
    },
    onChanges: (folders) => {
      order.push(...folders.flatMap(({ names }) => (names ?? []).map(String)));
      if (order.length === 3) reports.resolve();
    },
    onLimited: reports.reject,
    onLost: reports.reject,
  });
  await reports.promise;
  expect(order[0]).toBe('letter.txt');
  expect(order.slice(1).sort()).toEqual(['film.mkv.part', 'letter.txt~']);
});
