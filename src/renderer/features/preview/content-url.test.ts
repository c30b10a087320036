import { describe, expect, it } from 'vitest';
import { contentUrl, thumbnailUrl, viewerOf } from './content-url.ts';

const file = {
  path: 'sd://device/a%20b.png',
  name: 'a b.png',
  kind: 'file',
  linkTarget: null,
  sizeBytes: 10,
  modifiedAt: '2024-01-01T00:00:00.000Z',
  problem: null,
} as const;

describe('contentUrl', () => {
  it('keeps the address as it is, and is another one when the file has changed', () => {
    const url = new URL(contentUrl(file) ?? '', 'http://page');
    expect(url.pathname).toBe('/content');
    expect(url.searchParams.get('path')).toBe('sd://device/a%20b.png');
    expect(contentUrl({ ...file, sizeBytes: 11 })).not.toBe(contentUrl(file));
  });

  it('is none of folders, of what cannot be read, and of drives that are away', () => {
    expect(contentUrl({ ...file, kind: 'folder' })).toBeNull();
    expect(contentUrl({ ...file, kind: 'other' })).toBeNull();
    expect(contentUrl({ ...file, problem: 'PERMISSION_DENIED' })).toBeNull();
    expect(contentUrl({ ...file, path: `sd://volume/${'a'.repeat(64)}/b.png` })).toBeNull();
  });
});

it('has small pictures of images alone, and of none that is too large for that', () => {
  expect(thumbnailUrl(file)).toBe(contentUrl(file));
  expect(thumbnailUrl({ ...file, name: 'a.txt' })).toBeNull();
  expect(thumbnailUrl({ ...file, sizeBytes: 50_000_000 })).toBeNull();
});

it('knows by the name with what a file is shown', () => {
  expect(
    ['a.JPG', 'b.webm', 'c.flac', 'd.pdf', 'e.html', 'f.exe', 'Makefile', '.gitignore'].map((name) => viewerOf({ name, linkTarget: null })),
  ).toEqual(['image', 'video', 'audio', 'pdf', 'text', null, null, 'text']);
  expect(viewerOf({ name: 'newest', linkTarget: '../photos/harbour.png' })).toBe('image');
});
