import { expect, it } from 'vitest';
import { parseSize } from './parse-size.ts';

it('reads sizes as people write them', () => {
  expect(parseSize('500')).toBe(500);
  expect(parseSize(' 1.5 MB ')).toBe(1_500_000);
  expect(parseSize('1,5 mb')).toBe(1_500_000);
  expect(parseSize('2 GiB')).toBe(2 * 1024 ** 3);
  expect(parseSize('10k')).toBe(10_000);
  expect(parseSize('12 B')).toBe(12);
});

it('refuses what is no size', () => {
  for (const text of ['', 'ten', '-1', '1.2.3', '5 XB', '1e5', '99999999 PB']) expect(parseSize(text), text).toBeNull();
});
