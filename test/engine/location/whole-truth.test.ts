/**
 * @file Through a whole engine: the index of a tree is what `find` prints of it, and what addition makes of that. `MOORING_TEST_FILES=1000000`
 * makes the seeded tree as large as that; it takes some minutes, and some gigabytes for the comparison.
 */
import { chmodSync, chownSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { databasePath } from '#core/library/library-folder.ts';
import { EngineProcess } from '#test/instruments/engine-process-client.ts';
import { loopMountAbility } from '#test/instruments/host-abilities.ts';
import { makeHostileTree } from '#test/instruments/hostile-tree.ts';
import { createDiskImage } from '#test/instruments/loop-volume.ts';
import { makeSeededTree } from '#test/instruments/seeded-tree.ts';
import { startTestEngine, type TestEngine } from '#test/instruments/test-engine.ts';
import { makeTestDir } from '#test/instruments/test-run.ts';
import { comparable, readDisk, readIndex } from '../indexing/read-index.ts';
import { completed, currentLibrary, expectSameTree, type Tree, treeInIndex, treeOnDisk } from './location-world.ts';

const missing = loopMountAbility().reason;
const FILES = Number(process.env.MOORING_TEST_FILES ?? 10_000);
const HUGE_FOLDER = 100_000;
const NOBODY = 65_534;
const EVERYTHING = { skipSystemJunk: false };

// Large trees are made on drives of their own: some disks take long for so many files.
describe.skipIf(missing !== null)(`the index of a tree equals the truth (${missing ?? 'through an engine'})`, () => {
  let engine: TestEngine;
  beforeEach(async () => {
    engine = await startTestEngine();
    await engine.client.libraries.create({ name: 'Home' });
  });
  afterEach(() => engine[Symbol.asyncDispose]());

  async function indexOf(root: string, expectedProblems = 0): Promise<Tree> {
    const { location, job } = await engine.client.locations.add({ path: root, rules: EVERYTHING, watch: false });
    const { output } = await completed(engine, job);
    expect((await engine.client.jobs.problems({ id: job.id })).items.map((one) => JSON.stringify(one))).toEqual([]);
    expect(output).toMatchObject({ problems: expectedProblems });
    return treeInIndex(currentLibrary(engine), location.id);
  }

  it('of /usr', { timeout: 120_000 }, async () => {
    expectSameTree(await indexOf('/usr'), await treeOnDisk('/usr', []));
  });

  it(`of ${FILES} files`, { timeout: 1_200_000 }, async () => {
    await using drive = await createDiskImage({ fileSystem: 'ext4', sizeMb: Math.max(600, FILES / 40) });
    const root = path.join(await drive.mount(), 'tree');
    mkdirSync(root);
    makeSeededTree(root, { files: FILES, seed: 9 });
    expectSameTree(await indexOf(root), await treeOnDisk(root, []));
  });

  it(`of a hostile tree with ${HUGE_FOLDER} files in one folder, and a drive mounted in it`, { timeout: 120_000 }, async () => {
    await using outer = await createDiskImage({ fileSystem: 'ext4', sizeMb: 2500 });
    const root = path.join(await outer.mount(), 'hostile');
    mkdirSync(root);
    await makeHostileTree(root, { filesInOneFolder: HUGE_FOLDER });
    await using inner = await createDiskImage({ fileSystem: 'ext4', sizeMb: 4 });
    const inside = await inner.mount(path.join(root, 'names', 'a mount'));
    writeFileSync(path.join(inside, 'theirs'), 'theirs');
    const truth = await treeOnDisk(root, ['database.db']);
    const mount = truth.get('names/a mount');
    // File numbers of another file system say nothing here.
    if (mount) mount.inode = 'null';
    expectSameTree(await indexOf(root), truth);
  });
});

describe.skipIf(missing !== null)('what a user may not read', () => {
  it('is known as far as it may be looked at, and named as a problem; the rest is as find sees it', async () => {
    const dataDir = await makeTestDir('engine');
    const root = await makeTestDir('guarded');
    makeSeededTree(root, { files: 500, seed: 2 });
    for (const [name, mode] of [
      ['no entry', 0o000],
      ['names only', 0o744],
      ['no names', 0o711],
    ] as const) {
      mkdirSync(path.join(root, name));
      writeFileSync(path.join(root, name, 'inside'), 'x');
      mkdirSync(path.join(root, name, 'below'));
      chmodSync(path.join(root, name), mode);
    }
    chmodSync(root, 0o755);
    chownSync(dataDir, NOBODY, NOBODY);
    await using engine = new EngineProcess({ uid: NOBODY, gid: NOBODY }, 'index', dataDir, root);
    const { library } = await engine.said('library');
    await engine.said('settled');
    const database = new Database(databasePath(String(library)), { readonly: true });
    const problems = database.prepare('SELECT DISTINCT path, code FROM job_problems ORDER BY path').all() as {
      path: string;
      code: string;
    }[];
    database.close();
    expect(problems.map(({ path, code }) => `${code} ${decodeURIComponent(path).slice(-20)}`)).toEqual([
      expect.stringMatching(/^PERMISSION_DENIED .*\/names only\/below$/),
      expect.stringMatching(/^PERMISSION_DENIED .*\/names only\/inside$/),
      expect.stringMatching(/^PERMISSION_DENIED .*\/no entry$/),
      expect.stringMatching(/^PERMISSION_DENIED .*\/no names$/),
    ]);
    const index = readIndex(databasePath(String(library)), 1);
    const disk = readDisk(root);
    for (const name of ['/no entry', '/names only', '/no names']) {
      expect(index.get(name)).toMatchObject({ mode: disk.get(name)?.mode, inode: disk.get(name)?.inode, size: 0n });
      for (const entries of [index, disk]) for (const below of [name, `${name}/inside`, `${name}/below`]) entries.delete(below);
    }
    index.delete('');
    disk.delete('');
    expect(new Map([...index].map(([name, entry]) => [name, comparable(entry)]))).toEqual(disk);
  });
});
