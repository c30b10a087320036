import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeHostileTree, removeHostileTree } from '#test/instruments/hostile-tree.ts';
import { makeSeededTree } from '#test/instruments/seeded-tree.ts';
import { readTruth, sumFolders, type TrueEntry } from '#test/instruments/tree-truth.ts';
import { IndexWorld } from './index-world.ts';
import type { IndexRow } from './read-index.ts';

const KINDS: TrueEntry['kind'][] = ['folder', 'file', 'symlink', 'other'];

/** What is said of an entry, and of a folder what is below it, as text: of two maps of texts the difference is found at once. */
async function described(root: string): Promise<Map<string, string>> {
  const truth = await readTruth(root);
  for (const path of [...truth.keys()]) if (path.includes('.sdlibrary/')) truth.delete(path);
  const folders = sumFolders(truth);
  return new Map(
    [...truth.values()].map(({ path, kind, sizeBytes, modifiedNs, inode, mode }) => {
      const { sizeBytes: sum, fileCount, folderCount, childCount } = folders.get(path) ?? {};
      const sums = kind === 'folder' ? `${sum} ${fileCount} ${folderCount} ${childCount}` : kind === 'other' ? 'other' : String(sizeBytes);
      return [path, `${kind} ${modifiedNs} ${inode} ${mode.toString(8)} ${sums}`];
    }),
  );
}

function describedRows(rows: Map<string, IndexRow>): Map<string, string> {
  const found = [...rows].filter(([path]) => !path.startsWith('limbo/'));
  return new Map(
    found.map(([path, { kind, size, modifiedNs, inode, mode, counts }]) => {
      const name = KINDS[kind] ?? 'other';
      const sums = counts ? `${size} ${counts.files} ${counts.folders} ${counts.children}` : name === 'other' ? 'other' : String(size);
      return [path.replace(/^\//, ''), `${name} ${modifiedNs} ${inode} ${mode.toString(8)} ${sums}`];
    }),
  );
}

function differences(a: Map<string, string>, b: Map<string, string>): [path: string, a: string | undefined, b: string | undefined][] {
  const paths = [...new Set([...a.keys(), ...b.keys()])].filter((path) => a.get(path) !== b.get(path));
  return paths.slice(0, 5).map((path) => [path.slice(0, 200), a.get(path), b.get(path)]);
}

describe.skipIf(process.platform !== 'linux')('the index equals what find prints, and sums of it', () => {
  it.each<[string, (folder: string) => unknown]>([
    ['a tree as people have them', (folder) => makeSeededTree(folder, { files: 5000 })],
    ['a hostile tree', (folder) => makeHostileTree(folder)],
  ])('of %s', async (name, make) => {
    await using world = await IndexWorld.make();
    const folder = path.join(world.mountPoint, name);
    mkdirSync(folder);
    try {
      await make(folder);
      const root = world.addLocation(name, { skipSystemJunk: false });
      expect(await world.scan(root)).toMatchObject({ problems: 0 });
      expect(differences(describedRows(world.index(root)), await described(folder))).toEqual([]);
      expect(await world.scan(root)).toMatchObject({ created: 0, modified: 0, moved: 0, removed: 0 });
    } finally {
      removeHostileTree(folder);
    }
  });
});
