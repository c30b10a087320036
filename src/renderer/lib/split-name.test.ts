import { describe, expect, it } from 'vitest';
import { freeName, splitName } from './split-name.ts';

describe('splitName', () => {
  it.each([
    ['photo.jpg', 'photo', '.jpg'],
    ['archive.tar.gz', 'archive.tar', '.gz'],
    ['.profile', '.profile', ''],
    ['.config.json', '.config', '.json'],
    ['no extension', 'no extension', ''],
    ['ends with.', 'ends with.', ''],
    ['v1. the first', 'v1. the first', ''],
  ])('%s', (name, stem, extension) => expect(splitName(name)).toEqual({ stem, extension }));
});

describe('freeName', () => {
  it('counts on until nothing has the name', () => {
    expect(freeName('New folder', [])).toBe('New folder');
    expect(freeName('New folder', ['new folder', 'New folder (2)'])).toBe('New folder (3)');
    expect(freeName('notes.txt', ['notes.txt'])).toBe('notes (2).txt');
  });
});
