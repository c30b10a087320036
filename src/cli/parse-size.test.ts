import { expect, it } from 'vitest';
import { parseSize } from './parse-size.ts';

it('reads sizes as people write them', () => {
  expect(parseSize('0')).toBe(0);
  expect(parseSize('4096')).toBe(4096);
  expect(parseSize('10B')).toBe(10);
  expect(parseSize(' 10 kB ')).toBe(10_000);
  expect(parseSize('10k')).toBe(10_000);
  expect(parseSize('10KiB')).toBe(10_240);
  expect(parseSize('1.5 GB')).toBe(1_500_000_000);
  expect(parseSize('1.5gib')).toBe(1_610_612_736);
  expect(parseSize('2T')).toBe(2_000_000_000_000);
});

it('takes nothing else for a size', () => {
  for (const text of [
    '',
    ' ',
    'MB',
    '-1',
    '1e3',
    '1,5 GB',
    '10 XB',
    '1..2',
    '0x10',
    '１０',
    '10 MB 5',
    '9'.repeat(20),
    'Infinity',
    'constructor',
    '1 constructor',
  ]) {
    expect(parseSize(text), text).toBeNull();
  }
});
