import pc from 'picocolors';
import { expect, it } from 'vitest';
import type { Entry } from '#shared/contract/entry.ts';
import { formatSizes } from './sizes.ts';

const output = { colors: pc.createColors(false), units: 'si' as const };

function entry(kind: Entry['kind'], name: string, sizeBytes: number | null, fileCount: number | null = null): Entry {
  const unknown = { uuid: null, childCount: null, folderCount: null, modifiedAt: null, createdAt: null, extension: null, linkTarget: null };
  return {
    ...unknown,
    path: `sd://x/${name}`,
    name,
    kind,
    sizeBytes,
    fileCount,
    isHidden: false,
    volumeFingerprint: null,
    mode: null,
    problem: null,
  };
}

const FOLDER = entry('folder', 'album', 2_000_000, 1200);

it('the largest entries are listed with their ways and shares, and what is left', () => {
  const nodes = [
    { entry: entry('folder', 'films\u001b[31m', 1_500_000, 2), parent: null, rest: { count: 1, sizeBytes: 500_000 } },
    { entry: entry('file', 'trip.mkv', 1_000_000), parent: 0, rest: null },
    { entry: entry('file', 'note.txt', 200), parent: null, rest: null },
  ];
  const map = { folder: FOLDER, nodes, rest: { count: 1198, sizeBytes: 499_800 }, source: 'index' as const, isOffline: true };
  expect(formatSizes(map, output).split('\n')).toEqual([
    '  Size  Share  Where',
    '1.5 MB   75 %  films\\x1b[31m/',
    '  1 MB   50 %  films\\x1b[31m/trip.mkv',
    ' 200 B   <1 %  note.txt',
    '500 kB   25 %  1,198 smaller entries in it',
    'In all: 2 MB in 1,200 files',
    'This drive is not plugged in: that is what was last seen of it.',
  ]);
});

it('nothing is said of what nobody knows, but how to find out', () => {
  const map = { folder: FOLDER, nodes: [], rest: { count: 0, sizeBytes: 0 }, isOffline: false };
  expect(formatSizes({ ...map, source: 'none' }, output)).toContain('mooring index browse');
  expect(formatSizes({ ...map, source: 'locations' }, output)).toContain('Only what lies in locations');
  expect(formatSizes({ ...map, folder: entry('folder', 'empty', 0, 0), source: 'index' }, output)).toContain('There are no files in it.');
});
