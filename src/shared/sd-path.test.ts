import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatSdPath, parseSdPath } from './sd-path.ts';

const DEVICE = '018f0000-0000-7000-8000-000000000001';

describe('SdPath', () => {
  it('brings back every path, whatever its bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (name) => {
        const path = Uint8Array.from([0x2f, ...name]);
        expect(parseSdPath(formatSdPath(DEVICE, path))).toEqual({ type: 'physical', deviceId: DEVICE, path });
      }),
      { numRuns: 1000 },
    );
  });

  it('brings back every string that is well formed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (name) => {
        const parsed = parseSdPath(formatSdPath(DEVICE, `/${name}`));
        expect(parsed?.type === 'physical' && new TextDecoder().decode(parsed.path)).toBe(`/${name}`.toWellFormed());
      }),
    );
  });

  it('is plain ASCII without spaces, so that it can be pasted anywhere', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (name) => {
        expect(formatSdPath(DEVICE, Uint8Array.from([0x2f, ...name]))).toMatch(/^[\x21-\x7e]*$/);
      }),
    );
  });

  it('leaves ordinary paths readable', () => {
    expect(formatSdPath(DEVICE, '/home/anna/Fotos/2024 Sommer.jpg')).toBe(`sd://${DEVICE}/home/anna/Fotos/2024%20Sommer.jpg`);
  });

  it('gives a Windows path the slash that an address needs', () => {
    expect(formatSdPath(DEVICE, 'C:/Users')).toBe(`sd://${DEVICE}/C:/Users`);
  });

  it('knows content by its address', () => {
    expect(parseSdPath('sd://content/abc123')).toEqual({ type: 'content', casId: 'abc123' });
  });

  it.each([
    '/plain/path',
    'relative',
    'sd://',
    'sd://device',
    `sd://${DEVICE}/%`,
    `sd://${DEVICE}/%4`,
    `sd://${DEVICE}/%zz`,
    'http://device/path',
  ])('refuses %s', (text) => {
    expect(parseSdPath(text)).toBeNull();
  });
});
