import { lstatSync } from 'node:fs';
import { expect } from 'vitest';
import { fromBytes, type NativePath } from '#core/fs/native-path.ts';
import type { ChangedFolder, IndexedRoot } from '#core/indexing/index-task.ts';
import type { IndexWorld } from './index-world.ts';
import { comparable, type IndexedEntry, type IndexRow, readDisk } from './read-index.ts';

/** Compares the index of locations with the disk; rows that have vanished are left out. */
export function expectTruth(world: IndexWorld, roots: readonly IndexedRoot[]): void {
  for (const root of roots) {
    expect(sorted(world.index(root))).toEqual(sorted(readDisk(String(root.path))));
  }
}

/** The row of each file that has one path alone, by what a file remains itself by: its number and birth. */
export function idsByFile(world: IndexWorld, roots: readonly IndexedRoot[]): Map<string, bigint> {
  const ids = new Map<string, bigint>();
  for (const root of roots) {
    for (const [path, row] of world.index(root)) {
      if (path === '' || path.startsWith('limbo/')) continue;
      const stats = lstatSync(Buffer.from(`${Buffer.from(String(root.path)).toString('latin1')}${path}`, 'latin1'), { bigint: true });
      if (stats.isDirectory() || stats.nlink === 1n) ids.set(`${row.kind} ${stats.ino} ${stats.birthtimeNs}`, row.id);
    }
  }
  return ids;
}

/** What has remained itself has kept its row. */
export function expectKept(before: ReadonlyMap<string, bigint>, after: ReadonlyMap<string, bigint>): void {
  const kept = [...after].filter(([file]) => before.has(file));
  expect(kept.map(([file, id]) => [file, id])).toEqual(kept.map(([file]) => [file, before.get(file)]));
}

/** What a watcher would tell of the difference between two states of a tree. */
export function hintsOf(root: IndexedRoot, before: Map<string, IndexedEntry>, after: Map<string, IndexedEntry>): ChangedFolder[] {
  const names = new Map<string, Set<string>>();
  for (const path of new Set([...before.keys(), ...after.keys()])) {
    if (isSame(before.get(path), after.get(path))) continue;
    if (path === '') {
      names.set('', names.get('') ?? new Set());
      continue;
    }
    const cut = path.lastIndexOf('/');
    const folder = path.slice(0, cut);
    names.set(folder, (names.get(folder) ?? new Set()).add(path.slice(cut + 1)));
  }
  const absolute = Buffer.from(String(root.path)).toString('latin1');
  return [...names].map(([folder, changed]) => ({ path: native(absolute + folder), names: [...changed].map(native) }));
}

function native(latin1: string): NativePath {
  return fromBytes(Buffer.from(latin1, 'latin1'));
}

function isSame(a: IndexedEntry | undefined, b: IndexedEntry | undefined): boolean {
  if (!a || !b) return false;
  const size = a.kind === 0 || a.size === b.size;
  return size && a.kind === b.kind && a.modifiedNs === b.modifiedNs && a.inode === b.inode && a.mode === b.mode;
}

function sorted(entries: Map<string, IndexedEntry | IndexRow>): [string, IndexedEntry][] {
  return [...entries]
    .filter(([path]) => !path.startsWith('limbo/'))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, entry]) => [path, comparable(entry)]);
}
