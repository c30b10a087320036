import { describe, expect, it } from 'vitest';
import type { Entry } from '../../../shared/contract/entry.ts';
import { summarize } from './chosen-summary.ts';

const entry = (facts: Partial<Entry>): Entry => ({
  uuid: null,
  path: 'sd://device/x',
  name: 'x',
  kind: 'file',
  sizeBytes: 1,
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
  ...facts,
});

describe('summarize', () => {
  it('counts kinds, adds up sizes, and finds the first and the last change', () => {
    const entries = [
      entry({ extension: 'jpg', sizeBytes: 10, modifiedAt: '2024-05-01T00:00:00.000Z', volumeFingerprint: 'a' }),
      entry({ extension: 'PNG', sizeBytes: 20, modifiedAt: '2020-01-01T00:00:00.000Z', volumeFingerprint: 'b' }),
      entry({ kind: 'folder', sizeBytes: 300, volumeFingerprint: 'a' }),
      entry({ kind: 'symlink', sizeBytes: 7 }),
    ];
    expect(summarize(entries, 4)).toEqual({
      kinds: [
        ['image', 2],
        ['folder', 1],
        ['symlink', 1],
      ],
      sizeBytes: 330,
      isLeast: false,
      modified: { from: '2020-01-01T00:00:00.000Z', to: '2024-05-01T00:00:00.000Z' },
      volumes: ['a', 'b'],
    });
  });

  it('says at least, where a folder is not counted or not all is loaded', () => {
    expect(summarize([entry({ kind: 'folder', sizeBytes: null })], 1)).toMatchObject({ sizeBytes: 0, isLeast: true });
    expect(summarize([entry({})], 2).isLeast).toBe(true);
  });
});
