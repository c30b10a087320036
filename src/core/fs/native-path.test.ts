import { homedir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { baseName, displayName, isWithin, joinPath, parentOf, toBytes, toNativePath, toSdPath } from './native-path.ts';

const device = '01890a5d-ac96-774b-bcce-b302099a8057';
const badBytes = Buffer.from([0x2f, 0x61, 0xff, 0xfe, 0x2f, 0xc3]);

describe.skipIf(process.platform === 'win32')('native paths', () => {
  it('takes plain absolute paths and normalises them', () => {
    expect(toNativePath('/a//b/./c/../d/', device)).toBe('/a/b/d');
    expect(toNativePath('/', device)).toBe('/');
    expect(toNativePath('/..', device)).toBe('/');
  });

  it('takes ~ for the home folder, and for nothing else', () => {
    expect(toNativePath('~', device)).toBe(homedir());
    expect(toNativePath('~/a/../b', device)).toBe(join(homedir(), 'b'));
    for (const input of ['~root', 'a/~', '~~'])
      expect(() => toNativePath(input, device)).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }));
    expect(toNativePath('/a/~', device)).toBe('/a/~');
  });

  it('keeps bytes that are not UTF-8', () => {
    const path = toNativePath(toSdPath(badBytes, device), device);
    expect(path).toEqual(badBytes);
    expect(displayName(path)).toBe('/a\uFFFD\uFFFD/\uFFFD');
    expect(toSdPath(path, device)).toBe(`sd://${device}/a%FF%FE/%C3`);
  });

  it.each(['relative', './a', '', 'C:\\a'])('refuses the relative path “%s”', (input) => {
    expect(() => toNativePath(input, device)).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }));
  });

  it('refuses NUL, also percent-encoded', () => {
    expect(() => toNativePath('/a\0b', device)).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }));
    expect(() => toNativePath(`sd://${device}/a%00b`, device)).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }));
  });

  it('refuses damaged addresses, other devices and content addresses', () => {
    expect(() => toNativePath(`sd://${device}/a%zz`, device)).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }));
    expect(() => toNativePath('sd:', device)).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }));
    expect(() => toNativePath('sd://elsewhere/a', device)).toThrow(expect.objectContaining({ code: 'NOT_SUPPORTED' }));
    expect(() => toNativePath('sd://content/abc', device)).toThrow(expect.objectContaining({ code: 'NOT_SUPPORTED' }));
  });

  it('takes a path apart and puts it together again', () => {
    expect(baseName('/a/b')).toBe('b');
    expect(baseName('/')).toBe('');
    expect(parentOf('/a')).toBe('/');
    expect(parentOf(badBytes)).toEqual(Buffer.from([0x2f, 0x61, 0xff, 0xfe]));
    expect(joinPath('/', 'a')).toBe('/a');
    expect(joinPath(parentOf(badBytes), baseName(badBytes))).toEqual(badBytes);
    expect(joinPath('/a', Buffer.from([0xff]))).toEqual(Buffer.from([0x2f, 0x61, 0x2f, 0xff]));
  });

  it('knows what lies within a folder', () => {
    expect(isWithin('/a/b', '/a')).toBe(true);
    expect(isWithin('/a', '/a')).toBe(true);
    expect(isWithin('/ab', '/a')).toBe(false);
    expect(isWithin('/ab', '/')).toBe(true);
  });

  it('round-trips any bytes through an address', () => {
    const part = fc
      .uint8Array({ minLength: 1, maxLength: 12 })
      .map((bytes) => Buffer.from(bytes.map((byte) => (byte === 0 || byte === 0x2f ? 0x41 : byte))))
      .filter((bytes) => !['.', '..'].includes(bytes.toString('latin1')));
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 4 }), (parts) => {
        const bytes = Buffer.concat(parts.flatMap((name) => [Buffer.from('/'), name]));
        expect(toBytes(toNativePath(toSdPath(bytes, device), device))).toEqual(bytes);
      }),
    );
  });
});
