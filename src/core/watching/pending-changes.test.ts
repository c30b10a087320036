import { expect, it } from 'vitest';
import { PendingChanges } from './pending-changes.ts';

it('makes one of many reports of a folder', () => {
  const pending = new PendingChanges();
  pending.add([{ path: '/r/a', names: ['x', 'y'] }], '/r');
  pending.add([{ path: '/r/a', names: ['y', 'z'] }], '/r');
  pending.add([{ path: '/r/b', names: ['x'] }], '/r');
  pending.add([{ path: '/r/b', names: null }], '/r');
  expect(pending.take()).toEqual([
    { path: '/r/a', names: ['x', 'y', 'z'] },
    { path: '/r/b', names: null },
  ]);
  expect(pending.isEmpty).toBe(true);
});

it('remembers that all below a folder has to be looked at', () => {
  const pending = new PendingChanges();
  pending.add([{ path: '/r/a', names: null, recursive: true }], '/r');
  pending.add([{ path: '/r/a', names: ['x'] }], '/r');
  expect(pending.take()).toEqual([{ path: '/r/a', names: null, recursive: true }]);
});

it('has all of a location looked at when too many folders wait', () => {
  const pending = new PendingChanges();
  pending.add(
    Array.from({ length: 50_001 }, (_, folder) => ({ path: `/r/${folder}`, names: ['x'] })),
    '/r',
  );
  expect(pending.take()).toEqual([{ path: '/r', names: null, recursive: true }]);
});
