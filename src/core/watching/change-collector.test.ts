import { expect, it } from 'vitest';
import { ChangeCollector } from './change-collector.ts';
import type { WatchedFolder } from './folder-node.ts';

const HOLD_MS = 2000;
const folderAt = (path: string | null): WatchedFolder => ({ path: () => path });

function collect(): { changes: ChangeCollector; root: WatchedFolder } {
  const root = folderAt('/root');
  return { changes: new ChangeCollector(root, HOLD_MS), root };
}

it('tells each name once, and nothing twice', () => {
  const { changes, root } = collect();
  changes.add(root, 'a', 0);
  changes.add(root, 'a', 1);
  changes.add(root, 'b', 2);
  expect(changes.take(3, { withHeld: false })).toEqual([{ path: '/root', names: ['a', 'b'] }]);
  expect(changes.take(4, { withHeld: true })).toEqual([]);
});

it('has all of a folder looked at when too many of its names have changed', () => {
  const { changes, root } = collect();
  for (let name = 0; name <= 10_000; name++) changes.add(root, `file ${name}`, 0);
  expect(changes.take(1, { withHeld: false })).toEqual([{ path: '/root', names: null, recursive: false }]);
});

it('has everything looked at when too many folders have changed', () => {
  const { changes } = collect();
  for (let folder = 0; folder <= 50_000; folder++) changes.add(folderAt(`/location/${folder}`), 'a', 0);
  expect(changes.take(1, { withHeld: false })).toEqual([{ path: '/root', names: null, recursive: true }]);
});

it('holds a temporary name back until it has been quiet, and not what it is renamed to', () => {
  const { changes, root } = collect();
  changes.add(root, 'film.part', 0);
  changes.add(root, 'film', 0);
  expect(changes.take(1, { withHeld: false })).toEqual([{ path: '/root', names: ['film'] }]);
  changes.add(root, 'film.part', HOLD_MS - 1);
  expect(changes.take(HOLD_MS + 1, { withHeld: false })).toEqual([]);
  expect(changes.isHolding).toBe(true);
  expect(changes.take(2 * HOLD_MS, { withHeld: false })).toEqual([{ path: '/root', names: ['film.part'] }]);
  expect(changes.isHolding).toBe(false);
});

it('leaves out folders that are no longer there', () => {
  const { changes } = collect();
  changes.add(folderAt(null), 'a', 0);
  expect(changes.take(1, { withHeld: true })).toEqual([]);
});

it('keeps names that are not UTF-8', () => {
  const { changes, root } = collect();
  changes.add(root, '\0\xff', 0);
  expect(changes.take(1, { withHeld: true })).toEqual([{ path: '/root', names: [Buffer.from([0xff])] }]);
});
