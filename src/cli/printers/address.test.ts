import { expect, it } from 'vitest';
import { shownPath } from './address.ts';

const DEVICE = '01890000-0000-7000-8000-000000000000';

it('shows addresses on this device as paths, and nothing that a terminal would obey', () => {
  expect(shownPath(`sd://${DEVICE}/a%20b/%C3%A9`)).toBe('/a b/é');
  expect(shownPath(`sd://${DEVICE}/caf%E9%1B%5B31m`)).toBe('/caf\ufffd\\x1b[31m');
  expect(shownPath('/plain/50%25\u202e')).toBe('/plain/50%25\\u202e');
});

it('leaves addresses within volumes as they are', () => {
  const address = `sd://volume/${'0a'.repeat(32)}/a%20b`;
  expect(shownPath(address)).toBe(address);
});
