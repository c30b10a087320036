import { mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { joinPath, type NativePath, toBytes } from '#core/fs/native-path.ts';
import type { WalkBatch } from '#core/indexing/walk-messages.ts';
import { WalkedRows } from '#core/indexing/walked-rows.ts';
import { Walk } from '#core/indexing/walker/walk.ts';
import { LocationRules } from '#shared/contract/location.ts';
import { fuseAbility, loopMountAbility } from '#test/instruments/host-abilities.ts';
import { makeHostileTree, removeHostileTree } from '#test/instruments/hostile-tree.ts';
import { canMount, createDiskImage } from '#test/instruments/loop-volume.ts';
import { bindMount, FuseMount } from '#test/instruments/mounts.ts';
import { makeSeededTree } from '#test/instruments/seeded-tree.ts';
import { makeTestDir } from '#test/instruments/test-run.ts';
import { readTruth, type TrueEntry } from '#test/instruments/tree-truth.ts';

const KINDS: TrueEntry['kind'][] = ['folder', 'file', 'symlink', 'other'];
const FOLDERS_PER_REQUEST = 20;
const ALL = LocationRules.parse({ skipSystemJunk: false });

type Seen = Omit<TrueEntry, 'device'>;

interface Pending {
  path: NativePath;
  below: string;
}

/** Walks a tree as the index writer does: folders are asked for when they have been found. */
function walkTree(root: string, { mountPoint = '/', crossVolumes = false }: { mountPoint?: string; crossVolumes?: boolean } = {}) {
  const walk = new Walk({ locationId: 1, path: root, mountPoint, rules: { ...ALL, crossVolumes }, excluded: [] });
  const seen = new Map<string, Seen>();
  const problems = new Map<string, string>();
  const pending: Pending[] = [{ path: root, below: '' }];
  while (pending.length > 0) {
    const asked = pending.splice(-FOLDERS_PER_REQUEST);
    const folders = asked.map(({ path }, folderId) => ({ folderId, path, names: null, unlessModified: null }));
    for (const reply of walk.run(1, folders)) {
      if (reply.type === 'root-lost') throw new Error('The root was lost');
      pending.push(...takeBatch(reply.batch, asked, seen, problems));
    }
  }
  return { seen, problems };
}

/** @returns the folders that it tells of */
function takeBatch(batch: WalkBatch, asked: Pending[], seen: Map<string, Seen>, problems: Map<string, string>): Pending[] {
  const rows = new WalkedRows(batch);
  const found: Pending[] = [];
  let row = 0;
  for (const { folderId, outcome, error, count } of batch.folders) {
    const { path, below } = asked[folderId] ?? { path: '', below: '' };
    if (outcome !== 'listed') problems.set(below, error?.code ?? outcome);
    for (const end = row + count; row < end; row++) {
      const entry = toSeen(rows, row, below);
      seen.set(entry.path, entry);
      const problem = rows.problem(row);
      if (problem) problems.set(entry.path, problem);
      if (entry.kind === 'folder') found.push({ path: joinPath(path, rows.name(row)), below: entry.path });
    }
  }
  return found;
}

function toSeen(rows: WalkedRows, row: number, below: string): Seen {
  const kind = KINDS[rows.kind(row)] ?? 'other';
  const target = rows.linkTarget(row);
  return {
    path: (below === '' ? '' : `${below}/`) + toBytes(rows.name(row)).toString('latin1'),
    kind,
    sizeBytes: kind === 'file' || kind === 'symlink' ? rows.ownSize(row) : 0,
    modifiedNs: BigInt(rows.modifiedMs(row)) * 1_000_000n + BigInt(rows.modifiedNs(row)),
    inode: BigInt(rows.inode(row) ?? 0),
    mode: rows.mode(row) ?? -1,
    linkTarget: target === null ? null : toBytes(target).toString('latin1'),
  };
}

/** The truth in the walk's terms: no size of folders and others, no file numbers of other file systems. */
async function expected(root: string, options: { crossVolumes?: boolean; inodes?: boolean } = {}): Promise<Map<string, Seen>> {
  const truth = await readTruth(root, options);
  const device = truth.get('')?.device;
  const entries = new Map<string, Seen>();
  for (const { device: own, ...entry } of truth.values()) {
    if (entry.path === '' || entry.path.includes('.sdlibrary/')) continue;
    const hasSize = entry.kind === 'file' || entry.kind === 'symlink';
    const hasInode = own === device && options.inodes !== false;
    entries.set(entry.path, { ...entry, sizeBytes: hasSize ? entry.sizeBytes : 0, inode: hasInode ? entry.inode : 0n });
  }
  return entries;
}

/** Deep equality of large maps, with a short message. */
function expectEqual(seen: Map<string, Seen>, truth: Map<string, Seen>): void {
  expect([...truth.keys()].filter((key) => !seen.has(key)).slice(0, 5), 'missing').toEqual([]);
  expect([...seen.keys()].filter((key) => !truth.has(key)).slice(0, 5), 'too many').toEqual([]);
  for (const [key, entry] of truth) {
    const own = seen.get(key);
    const isEqual = own && (Object.keys(entry) as (keyof Seen)[]).every((field) => own[field] === entry[field]);
    if (!isEqual) expect(own).toEqual(entry);
  }
}

describe.skipIf(process.platform !== 'linux')('a walk sees what find sees', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await makeTestDir('walk');
  });
  afterAll(() => removeHostileTree(folder));

  it('in a tree as people have them', async () => {
    const root = path.join(folder, 'seeded');
    mkdirSync(root);
    makeSeededTree(root, { files: 3000 });
    expectEqual(walkTree(root).seen, await expected(root));
  });

  it('in a hostile tree', async () => {
    const root = path.join(folder, 'hostile');
    mkdirSync(root);
    await makeHostileTree(root);
    const { seen, problems } = walkTree(root);
    expectEqual(seen, await expected(root));
    expect([...problems]).toEqual([]);
    expect([...seen.keys()].some((key) => key.length > 50_000)).toBe(true);
  });

  it('in /usr/share/doc', async () => {
    expectEqual(walkTree('/usr/share/doc').seen, await expected('/usr/share/doc'));
  });

  it.runIf(loopMountAbility().allows)('on a drive with another one mounted inside, entered only when it is to be', async () => {
    await using outer = await createDiskImage({ fileSystem: 'ext4', sizeMb: 8 });
    await using inner = await createDiskImage({ fileSystem: 'ext4', sizeMb: 4 });
    const root = await outer.mount();
    writeFileSync(path.join(root, 'own'), 'own');
    mkdirSync(path.join(root, 'a', 'b'), { recursive: true });
    const inside = await inner.mount(path.join(root, 'a', 'inside'));
    writeFileSync(path.join(inside, 'theirs'), 'theirs');
    await using _bound = await bindMount(path.join(root, 'a'), path.join(root, 'bound'));
    const { seen } = walkTree(root, { mountPoint: root });
    expect([...seen.keys()].sort()).toEqual(['a', 'a/b', 'a/inside', 'bound', 'lost+found', 'own']);
    const truth = await expected(root, { crossVolumes: true });
    for (const key of truth.keys()) if (key.startsWith('bound/')) truth.delete(key);
    expectEqual(walkTree(root, { mountPoint: root, crossVolumes: true }).seen, truth);
  });

  it.runIf(loopMountAbility().allows && canMount('vfat'))('on FAT, whose file numbers do not last (needs FAT in the kernel)', async () => {
    await using image = await createDiskImage({ fileSystem: 'vfat', sizeMb: 4 });
    const root = await image.mount();
    mkdirSync(path.join(root, 'Ordner'));
    writeFileSync(path.join(root, 'Ordner', 'Größe.TXT'), 'fat');
    expectEqual(walkTree(root, { mountPoint: root }).seen, await expected(root, { inodes: false }));
    const walk = new Walk({ locationId: 1, path: root, mountPoint: root, rules: ALL, excluded: [] });
    const folder = { folderId: 1, path: path.join(root, 'Ordner'), names: ['GRÖSSE.txt', 'größe.txt', 'Größe.TXT'], unlessModified: null };
    const [reply] = [...walk.run(1, [folder])];
    expect(reply).toMatchObject({ type: 'batch', batch: { names: 'Größe.TXT', folders: [{ missingNames: ['GRÖSSE.txt', 'größe.txt'] }] } });
  });
});

describe.runIf(fuseAbility().allows)('what may not be read', () => {
  it('is a problem of its own, and the rest is seen', async () => {
    await using mount = await FuseMount.create();
    for (const name of ['open', 'gone bad']) {
      mkdirSync(path.join(mount.source, name));
      writeFileSync(path.join(mount.source, name, 'file'), 'file');
    }
    const walk = new Walk({ locationId: 1, path: '/', mountPoint: '/', rules: { ...ALL, crossVolumes: true }, excluded: [] });
    const folders = ['open', 'gone bad'].map((name, folderId) => ({
      folderId,
      path: path.join(mount.mountPoint, name),
      names: null,
      unlessModified: null,
    }));
    expect([...walk.run(1, folders)]).toMatchObject([
      {
        batch: {
          folders: [
            { outcome: 'listed', count: 1 },
            { outcome: 'listed', count: 1 },
          ],
        },
      },
    ]);
    await mount.die();
    expect([...walk.run(2, folders)]).toMatchObject([
      { batch: { folders: [{ outcome: 'failed', error: { code: 'VOLUME_UNRESPONSIVE' } }, { outcome: 'failed' }] } },
    ]);
  });
});

describe.runIf(loopMountAbility().allows)('a drive that is pulled out', () => {
  it('is lost, also when another of the same make takes its place', async () => {
    await using image = await createDiskImage({ fileSystem: 'ext4', sizeMb: 4 });
    const mountPoint = await image.mount();
    writeFileSync(path.join(mountPoint, 'file'), '');
    await using twin = await image.clone();
    const walk = new Walk({ locationId: 1, path: mountPoint, mountPoint, rules: ALL, excluded: [] });
    const folder = { folderId: 1, path: mountPoint, names: null, unlessModified: null };
    const lost = [{ type: 'root-lost', isVolumeThere: false }];
    expect([...walk.run(1, [folder])]).toMatchObject([{ type: 'batch' }]);
    const { dev } = statSync(mountPoint);
    await image.unplug();
    expect([...walk.run(2, [folder])]).toMatchObject(lost);
    await twin.mount(mountPoint);
    // On the very same loop device nothing but the number of the plugging-in tells them apart.
    if (statSync(mountPoint).dev !== dev) console.warn('Another loop device was free first: this run has not seen the hardest case');
    expect([...walk.run(3, [folder])]).toMatchObject(lost);
    rmSync(path.join(mountPoint, 'file'));
  });
});
