import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { readStartOptions, relaunchArguments } from './start-options.ts';

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

it('starts again on the same data folder from any folder, without link and with a window', () => {
  const argv = ['.', '--no-sandbox', '--data-dir', 'data', '--lang=de', '--instance', 'work', '--hidden', 'mooring://settings'];
  const kept = ['--no-sandbox', `--data-dir=${resolve('data')}`, '--lang=de', '--instance=work'];
  expect(relaunchArguments(argv, null)).toEqual(kept);
  expect(relaunchArguments(argv, '/app')).toEqual(['/app', ...kept]);
  expect(readStartOptions(relaunchArguments(argv, '/app'))).toMatchObject({ dataDir: resolve('data'), instance: 'work', hidden: false });
});
