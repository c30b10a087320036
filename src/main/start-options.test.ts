import { expect, it } from 'vitest';
import { readStartOptions } from './start-options.ts';

it('finds its own options between those of Chromium', () => {
  const options = readStartOptions([
    '.',
    '--no-sandbox',
    '--data-dir',
    '/data',
    '--lang=de',
    '--instance=work',
    '--hidden',
    'mooring://settings',
  ]);
  expect(options).toEqual({ dataDir: '/data', instance: 'work', hidden: true, link: 'mooring://settings' });
});

it('has a default for everything', () => {
  expect(readStartOptions([])).toEqual({ dataDir: undefined, instance: undefined, hidden: false, link: undefined });
});

it('takes an option without its value as not given', () => {
  expect(readStartOptions(['--data-dir']).dataDir).toBeUndefined();
});
