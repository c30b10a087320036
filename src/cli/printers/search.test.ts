import pc from 'picocolors';
import { describe, expect, it } from 'vitest';
import type { SearchHit } from '#shared/contract/search.ts';
import { formatHits, formatProblems, formatSavedSearches } from './search.ts';

const output = { colors: pc.createColors(false), units: 'si' } as const;
const hit = (name: string, more: Partial<SearchHit> = {}): SearchHit => ({
  entry: {
    uuid: null,
    path: `sd://dev/media/a%20b/${name}`,
    name,
    kind: 'file',
    sizeBytes: 1500,
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
  },
  folderText: 'Shelf/a b',
  locationId: '01890a5d-ac96-774b-bceb-302099a80557',
  locationName: 'Shelf',
  volumeName: 'STICK',
  isOnline: true,
  matches: [],
  folderMatches: [],
  ...more,
});

describe('what was found', () => {
  it('says where it is, by its path or by what it is on', () => {
    const items = [hit('one.txt'), hit('two.txt', { isOnline: false })];
    const lines = formatHits({ items, nextCursor: null, count: { value: 10_000, isExact: false } }, output).split('\n');
    expect(lines.slice(1)).toEqual([
      '/media/a b/one.txt  1.5 kB  –         STICK',
      'Shelf/a b/two.txt   1.5 kB  –         STICK (offline)',
      'over 10,000 in all',
    ]);
  });

  it('cannot command the terminal, and has in bold what was looked for', () => {
    const colors = pc.createColors(true);
    const text = formatHits(
      { items: [hit('\u001bab', { matches: [{ start: 1, end: 2 }] })], nextCursor: null, count: null },
      { ...output, colors },
    );
    expect(text).toContain(`\\x1b${colors.bold('a')}b`);
  });

  it('is nothing', () => {
    expect(formatHits({ items: [], nextCursor: null, count: { value: 0, isExact: true } }, output)).toBe('Nothing was found.\n0 in all');
  });
});

describe('problems', () => {
  const show = (query: string, start: number, end: number) =>
    formatProblems(query, [{ start, end, kind: 'mistake', code: 'word-empty', params: {}, message: 'Wrong.' }], output).split('\n');

  it('are pointed at', () => {
    expect(show('a siez:3 b', 2, 8)).toEqual(['  a siez:3 b', '    ^^^^^^', 'Wrong.']);
  });

  it('are pointed at behind wide and unsafe characters', () => {
    expect(show('写\u001b x', 3, 4)).toEqual(['  写\\x1b x', '         ^', 'Wrong.']);
  });

  it('are shown with a part of a long query', () => {
    const [line = '', carets = ''] = show(`${'a'.repeat(1000)}X${'b'.repeat(1000)}`, 1000, 1001);
    expect(line).toBe(`  …${'a'.repeat(40)}X${'b'.repeat(30)}…`);
    expect(carets.indexOf('^')).toBe(line.indexOf('X'));
  });
});

it('saved searches are listed', () => {
  const search = { id: 'ID', libraryId: 'L', name: 'Big', query: 'size:>1gb', createdAt: '' };
  const text = formatSavedSearches([
    { ...search, sort: 'size', order: 'desc' },
    { ...search, sort: 'relevance', order: 'desc' },
  ]);
  expect(text.split('\n').slice(1)).toEqual(['Big   size:>1gb  size desc  ID', 'Big   size:>1gb  relevance  ID']);
});
