import { describe, expect, it } from 'vitest';
import { rankItems } from './rank-items.ts';

const ITEMS = [
  { key: 'file.rename', kind: 'command', label: 'Rename' },
  { key: 'file.newFolder', kind: 'command', label: 'New folder…' },
  { key: 'view.refresh', kind: 'command', label: 'Refresh', keywords: ['Reload'] },
  { key: 'setting:units', kind: 'setting', label: 'Sizes', keywords: ['Powers of 1000, as on the box of a drive, or powers of 1024.'] },
  { key: 'volume:1', kind: 'volume', label: 'New York photos' },
  { key: 'volume:2', kind: 'volume', label: 'Übersicht' },
];
const keysOf = (text: string, recent: string[] = []) => rankItems(ITEMS, text, recent).flatMap(({ items }) => items.map(({ key }) => key));

describe('rankItems', () => {
  it('puts first what begins with what was typed', () => {
    expect(keysOf('ren')[0]).toBe('file.rename');
    expect(keysOf('new f')[0]).toBe('file.newFolder');
  });

  it('finds by the beginnings of words, by other words, and whatever the accents', () => {
    expect(keysOf('nyp')[0]).toBe('volume:1');
    expect(keysOf('reload')[0]).toBe('view.refresh');
    expect(keysOf('uber')).toEqual(['volume:2']);
  });

  it('leaves out what does not fit', () => {
    expect(keysOf('zzz')).toEqual([]);
    expect(keysOf('onerror')).toEqual([]);
    expect(keysOf('box of')).toEqual(['setting:units']);
  });

  it('prefers what was used last', () => {
    expect(keysOf('new')[0]).toBe('file.newFolder');
    expect(keysOf('new', ['volume:1'])[0]).toBe('volume:1');
  });

  it('keeps kinds together, in the order of their best', () => {
    expect(rankItems(ITEMS, 'new', ['volume:1']).map(({ kind }) => kind)).toEqual(['volume', 'command']);
  });

  it('lists everything before something is typed, the recently used first', () => {
    expect(keysOf('', ['view.refresh'])).toEqual([
      'view.refresh',
      'file.rename',
      'file.newFolder',
      'setting:units',
      'volume:1',
      'volume:2',
    ]);
  });
});
