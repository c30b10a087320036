import { expect, it } from 'vitest';
import { pageFile } from './page-file.ts';

const folder = process.platform === 'win32' ? 'C:\\app\\renderer' : '/app/renderer';

it('names files of the folder', () => {
  expect(pageFile(folder, 'mooring-app://app/assets/index.js?v=1#top')).toMatch(/renderer.assets.index\.js$/);
});

it.each([
  'mooring-app://app/..%2f..%2fetc%2fpasswd',
  'mooring-app://app/..%5c..%5csecret',
  'mooring-app://app/%2e%2e/main/index.js',
  'mooring-app://app/a%00.html',
  'mooring-app://app/%zz',
  'mooring-app://app/',
])('refuses %s or stays inside', (url) => {
  const path = pageFile(folder, url);
  expect(path === null || path.startsWith(folder)).toBe(true);
  expect(path ?? '').not.toMatch(/passwd$|\0/);
});
