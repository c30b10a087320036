import pc from 'picocolors';
import { expect, it } from 'vitest';
import type { Entry } from '#shared/contract/entry.ts';
import { formatEntries } from './entry.ts';
import { formatTreeNode, formatTreeProblem } from './tree.ts';

const output = { colors: pc.createColors(false), units: 'si' as const };

function entry(changes: Partial<Entry>): Entry {
  return {
    uuid: null,
    path: 'sd://x/y',
    name: 'name',
    kind: 'file',
    sizeBytes: null,
    childCount: null,
    fileCount: null,
    folderCount: null,
    modifiedAt: null,
    createdAt: null,
    extension: null,
    isHidden: false,
    linkTarget: null,
    volumeFingerprint: null,
    mode: null,
    problem: null,
    ...changes,
  };
}

const COUNTED = entry({ name: 'album', kind: 'folder', sizeBytes: 3_000_000, fileCount: 1200, folderCount: 3, childCount: 4 });

it('folders have sizes and counts where they are known', () => {
  const page = {
    folder: COUNTED,
    items: [COUNTED, entry({ name: 'new', kind: 'folder' })],
    nextCursor: 'c',
    totalCount: 5,
    isOffline: true,
  };
  expect(formatEntries(page, output).split('\n')).toEqual([
    'Name    Size  Files  Modified',
    'album/  3 MB  1,200  –',
    'new/                 –',
    '5 in all; go on with --cursor c',
    'All below: 3 MB in 1,200 files',
    expect.stringContaining('not plugged in'),
  ]);
});

it('nothing is said of counts where none is known', () => {
  const page = { folder: entry({ kind: 'folder' }), items: [entry({ sizeBytes: 1 })], nextCursor: null, totalCount: 1, isOffline: false };
  expect(formatEntries(page, output)).toBe('Name  Size  Modified\nname   1 B  –');
});

it('a tree shows what is below what, and nothing that a terminal would obey', () => {
  expect(formatTreeNode({ entry: COUNTED, isLast: [false] }, output)).toBe('├── album/  3 MB in 1,200 files');
  expect(formatTreeNode({ entry: entry({ name: 'a\u001b[2J\nb', sizeBytes: 7 }), isLast: [false, true, true] }, output)).toBe(
    '│       └── a\\x1b[2J\\nb  7 B',
  );
  expect(formatTreeNode({ entry: entry({ kind: 'symlink', linkTarget: '../x' }), isLast: [true] }, output)).toBe('└── name → ../x');
  const problem = { path: 'sd://x/y', code: 'PERMISSION_DENIED' as const, message: 'You may not read it.' };
  expect(formatTreeProblem({ problem, isLast: [false, true] }, output)).toBe('│   └── You may not read it.');
});
