import { describe, expect, it } from 'vitest';
import { presentAddress } from './entry-path.ts';
import { readableAddress } from './readable-address.ts';

const device = '018f2c0a-0000-7000-8000-000000000001';
const fingerprint = 'ab'.repeat(32);
const here = [{ fingerprint, mountPoint: '/media/stick', name: 'Stick' }];
const away = [{ fingerprint, mountPoint: null, name: 'Stick' }];

describe('addresses by volume', () => {
  it('become those by device while the volume is here', () => {
    expect(presentAddress(`sd://volume/${fingerprint}/a%20b/c`, here, device)).toBe(`sd://${device}/media/stick/a%20b/c`);
    expect(presentAddress(`sd://volume/${fingerprint}/`, here, device)).toBe(`sd://${device}/media/stick`);
    expect(presentAddress(`sd://volume/${fingerprint}/x`, away, device)).toBe(`sd://volume/${fingerprint}/x`);
    expect(presentAddress(`sd://${device}/x`, here, device)).toBe(`sd://${device}/x`);
  });

  it('are read as paths, or by the name of what is away', () => {
    expect(readableAddress(`sd://volume/${fingerprint}/a%20b`, here, device)).toBe('/media/stick/a b');
    expect(readableAddress(`sd://volume/${fingerprint}/a%20b`, away, device)).toBe('Stick: /a b');
    expect(readableAddress(`sd://volume/${fingerprint}/x`, [], device)).toBe('abababab: /x');
    expect(readableAddress('/plain/path', here, device)).toBe('/plain/path');
  });
});
