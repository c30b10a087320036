import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SizeNode } from '#shared/contract/entry.ts';
import { formatVolumePath } from '#shared/sd-path.ts';
import { completed, nextEvent, settled, type Tree, treeOnDisk } from '#test/engine/location/location-world.ts';
import { expectError } from '#test/instruments/expect-error.ts';
import { loopMountAbility } from '#test/instruments/host-abilities.ts';
import { createDiskImage, type DiskImage } from '#test/instruments/loop-volume.ts';
import { seededRandom } from '#test/instruments/seeded-random.ts';
import { startTestEngine, type TestEngine } from '#test/instruments/test-engine.ts';

const missing = loopMountAbility().reason;
/** More than a folder whose rows are in the index by size begins with. */
const MANY = 1200;

describe.skipIf(missing !== null)(`the map of where the space went (${missing ?? 'on a real drive'})`, () => {
  let engine: TestEngine;
  let stick: DiskImage;
  let mountPoint: string;
  let fingerprint: string;
  let deviceId: string;

  beforeAll(async () => {
    engine = await startTestEngine();
    stick = await createDiskImage({ fileSystem: 'ext4', sizeMb: 128, label: 'Stick' });
    mountPoint = await stick.mount();
    makeTree(path.join(mountPoint, 'files'));
    makeTree(path.join(mountPoint, 'other/deep'));
    await engine.services.volumes.refresh();
    fingerprint = (await engine.client.volumes.get({ volume: mountPoint })).fingerprint;
    deviceId = (await engine.client.system.info({})).device.id;
    await engine.client.libraries.create({ name: 'Home' });
  });
  afterAll(async () => {
    await engine[Symbol.asyncDispose]();
    await stick.dispose();
  });

  const sizes = (where: string, limit?: number) => engine.client.entries.sizes({ path: where, ...(limit ? { limit } : {}) });
  const addLocation = async (folder: string) => {
    const { location, job } = await engine.client.locations.add({ path: folder, watch: false });
    await completed(engine, job);
    return settled(engine, location.id);
  };
  /** The nodes by their paths below a folder, as both sides can tell them. */
  const below = (folder: string, nodes: readonly SizeNode[]) => {
    const prefix = `sd://${deviceId}${folder}/`;
    return new Map(nodes.map(({ entry }) => [Buffer.from(decodeURIComponent(entry.path.slice(prefix.length))).toString('latin1'), entry]));
  };

  it('knows nothing of a folder that nobody has indexed, and says so', async () => {
    const folder = path.join(mountPoint, 'files');
    expect(await sizes(folder)).toMatchObject({ source: 'none', nodes: [], folder: { name: 'files', kind: 'folder' } });
    await expectError('NOT_A_FOLDER', sizes(path.join(folder, 'note.txt')));
    await expectError('PATH_NOT_FOUND', sizes(path.join(folder, 'nothing')));
  });

  it('shows what an index in memory knows', async () => {
    const folder = path.join(mountPoint, 'other/deep');
    const { job } = await engine.client.indexing.scan({ path: folder, persistence: 'ephemeral' });
    await completed(engine, job);
    const map = await sizes(folder, 50);
    expect(map).toMatchObject({ source: 'memory', locationId: null });
    expect(map.nodes.every(({ entry }) => entry.uuid === null)).toBe(true);
    expectLargest(below(folder, map.nodes), await treeOnDisk(folder), 50);
  });

  it('has the largest of all that lies below, each where it is, and what is left adds up', async () => {
    const folder = path.join(mountPoint, 'files');
    const location = await addLocation(folder);
    const disk = await treeOnDisk(folder);
    for (const limit of [1, 7, 100, 2000]) {
      const map = await sizes(folder, limit);
      expect(map).toMatchObject({ source: 'index', locationId: location.id, isOffline: false, folder: { sizeBytes: disk.get('')?.size } });
      expectLargest(below(folder, map.nodes), disk, limit);
      expectSums(map);
    }
    const inner = await sizes(path.join(folder, 'many'), 10);
    expectLargest(below(path.join(folder, 'many'), inner.nodes), within(disk, 'many/'), 10);
    expect(inner.rest.count).toBe(MANY - 10);
  });

  it('shows a drive by its locations where nothing else is known of it', async () => {
    await addLocation(path.join(mountPoint, 'other/deep'));
    const [files, other] = await Promise.all([sizes(path.join(mountPoint, 'files')), sizes(path.join(mountPoint, 'other/deep'))]);
    const map = await sizes(mountPoint, 60);
    expect(map).toMatchObject({ source: 'locations', locationId: null, rest: { count: 0, sizeBytes: 0 } });
    expect(map.folder.sizeBytes).toBe((files.folder.sizeBytes ?? 0) + (other.folder.sizeBytes ?? 0));
    const top = map.nodes.filter(({ parent }) => parent === null).map(({ entry }) => [entry.name, entry.path, entry.uuid]);
    expect(top.toSorted()).toEqual([
      ['files', files.folder.path, files.folder.uuid],
      ['other/deep', other.folder.path, other.folder.uuid],
    ]);
    expectSums(map);
  });

  it('is the same while the drive is away, but for the addresses', async () => {
    const before = await sizes(path.join(mountPoint, 'files'), 100);
    const gone = nextEvent(engine, 'VolumeMountChanged');
    await stick.unplug();
    await gone;
    const after = await sizes(formatVolumePath(fingerprint, '/files'), 100);
    expect(after).toMatchObject({ source: 'index', isOffline: true });
    const facts = ({ nodes }: typeof after) => nodes.map(({ entry: { path: _path, ...entry }, ...node }) => ({ ...node, entry }));
    expect(facts(after)).toEqual(facts(before));
    expect(after.nodes.every(({ entry }) => entry.path.startsWith(`sd://volume/${fingerprint}/files/`))).toBe(true);
    expect(await sizes(formatVolumePath(fingerprint, '/'))).toMatchObject({
      source: 'locations',
      isOffline: true,
      folder: { name: 'Stick' },
    });
  });
});

/** Folders in folders, sizes from nothing to a megabyte, hidden files, links, odd names, and one folder of very many files. */
function makeTree(root: string): void {
  const random = seededRandom(7);
  const folders = [root];
  mkdirSync(root, { recursive: true });
  for (let number = 0; number < 40; number++) {
    const folder = path.join(
      folders[Math.floor(random() * folders.length)] ?? root,
      number % 9 === 0 ? `.folder ${number}` : `föld?er ${number}`,
    );
    mkdirSync(folder);
    folders.push(folder);
  }
  const write = (file: string, bytes: number) => {
    writeFileSync(file, '');
    truncateSync(file, bytes);
  };
  for (let number = 0; number < 400; number++) {
    write(path.join(folders[Math.floor(random() * folders.length)] ?? root, `file ${number}.bin`), Math.floor(2 ** (random() * 20)));
  }
  mkdirSync(path.join(root, 'many'));
  for (let number = 0; number < MANY; number++) write(path.join(root, 'many', `${number}.txt`), 10_000 + ((number * 7919) % MANY));
  write(path.join(root, 'note.txt'), 0);
  symlinkSync('many', path.join(root, 'link to a folder whose name is longer than what is in it'));
}

/** As many as are asked for, or as can be seen, and none of them smaller than one that is missing. */
function expectLargest(shown: ReadonlyMap<string, SizeNode['entry']>, disk: Tree, limit: number): void {
  for (const [key, entry] of shown) {
    const there = disk.get(key);
    expect([key, entry.sizeBytes, entry.childCount, entry.kind]).toEqual([
      key,
      there?.size,
      there?.childCount,
      there?.kind === 0 ? 'folder' : 'file',
    ]);
  }
  const least = Math.min(...[...shown.values()].map((entry) => entry.sizeBytes ?? 0));
  const seen = Math.max(1, Math.floor((disk.get('')?.size ?? 0) / 40_000));
  const missing = [...disk].filter(([key, { kind }]) => key !== '' && kind <= 1 && !shown.has(key)).map(([, { size }]) => size);
  if (shown.size < limit) expect(Math.max(0, ...missing)).toBeLessThan(seen);
  else expect(Math.max(0, ...missing)).toBeLessThanOrEqual(least);
  expect(shown.size).toBeGreaterThan(0);
}

/** Of every folder, what is shown in it and what is not are all of it. */
function expectSums({ folder, nodes, rest }: { folder: SizeNode['entry']; nodes: readonly SizeNode[]; rest: SizeNode['rest'] }): void {
  for (const [index, node] of [{ entry: folder, parent: null, rest }, ...nodes].entries()) {
    const inside = nodes.filter(({ parent }) => parent === (index === 0 ? null : index - 1));
    expect(node.parent === null || node.parent < index - 1).toBe(true);
    expect(node.rest === null).toBe(inside.length === 0 && index > 0);
    if (!node.rest) continue;
    expect(node.rest.count + inside.length).toBe(node.entry.childCount);
    expect(node.rest.sizeBytes + inside.reduce((sum, { entry }) => sum + (entry.sizeBytes ?? 0), 0)).toBe(node.entry.sizeBytes);
  }
}

/** What is below a folder of a tree, as a tree. */
function within(tree: Tree, folder: string): Tree {
  const inside = [...tree].filter(([key]) => key.startsWith(folder)).map(([key, seen]) => [key.slice(folder.length), seen] as const);
  const root = tree.get(folder.slice(0, -1));
  return new Map([...(root ? [['', root] as const] : []), ...inside]);
}
