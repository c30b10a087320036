import { describe, expect, it } from 'vitest';
import type { LocationRow } from './location-rows.ts';
import { refuseOverlaps } from './overlaps.ts';

const row = (path: string | Buffer, volumeFingerprint = 'a'): LocationRow => ({
  id: 1,
  uuid: '0193aaaa-0000-7000-8000-000000000001',
  deviceId: '0193aaaa-0000-7000-8000-000000000002',
  volumeFingerprint,
  path,
  name: 'Photos',
  indexMode: 'shallow',
  rules: {} as LocationRow['rules'],
  watchEnabled: true,
  isPaused: false,
  rootEntryId: null,
  lastScanAt: null,
  lastFullScanAt: null,
  problemCount: 0,
  errorCode: null,
  errorMessage: null,
  createdAt: '2026-01-01T00:00:00.000Z',
});
const at = (path: string | Buffer, caseSensitive: boolean | null = true) => ({ volumeFingerprint: 'a', path, caseSensitive });
const codeOf = (...args: Parameters<typeof refuseOverlaps>) => {
  try {
    refuseOverlaps(...args);
  } catch (error) {
    return (error as { code: string }).code;
  }
  return null;
};

describe('a second location', () => {
  it.each([
    ['photos', 'LOCATION_ALREADY_EXISTS'],
    ['photos/2024', 'LOCATION_OVERLAPS'],
    ['', 'LOCATION_OVERLAPS'],
    ['photos2', null],
    ['Photos', null],
    [Buffer.concat([Buffer.from('photos/'), Buffer.from([0xff])]), 'LOCATION_OVERLAPS'],
  ])('at %j of a volume with one at “photos”: %s', (path, code) => {
    expect(codeOf(at(path), [row('photos')], false)).toBe(code);
  });

  it('overlaps when the user wants that, and never lies at the same place', () => {
    expect(codeOf(at('photos/2024'), [row('photos')], true)).toBeNull();
    expect(codeOf(at('photos'), [row('photos')], true)).toBe('LOCATION_ALREADY_EXISTS');
  });

  it('is compared as the file system compares names', () => {
    expect(codeOf(at('PHOTOS', false), [row('photos')], false)).toBe('LOCATION_ALREADY_EXISTS');
    expect(codeOf(at('fotos/u\u0308', false), [row('fotos/ü')], false)).toBe('LOCATION_ALREADY_EXISTS');
  });

  it('may have the same path on another volume', () => {
    expect(codeOf(at('photos'), [row('photos', 'b')], false)).toBeNull();
  });
});
