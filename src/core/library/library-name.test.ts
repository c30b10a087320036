import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { libraryFolderName, parseLibraryName } from './library-name.ts';

describe('a library’s name', () => {
  it('is trimmed, composed, and without the suffix of its folder', () => {
    expect(parseLibraryName('  Fotos.sdlibrary ')).toBe('Fotos');
    expect(parseLibraryName('Mu\u0308nchen')).toBe('M\u00fcnchen');
  });

  it.each(['aux', 'CON.txt', 'a:b', 'what?', 'ends in a dot.'])('on Windows cannot be %j', (name) => {
    expect(() => parseLibraryName(name, 'win32')).toThrow(/Windows/);
    expect(parseLibraryName(name, 'linux')).toBe(name);
  });

  it('always gives a folder of its own, directly in its parent', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (input) => {
        let folder: string;
        try {
          folder = libraryFolderName(parseLibraryName(input, 'linux'));
        } catch {
          // Refused: no folder is made.
          return;
        }
        expect(Buffer.byteLength(folder)).toBeLessThanOrEqual(255);
        expect(folder).not.toMatch(/[/\\\0]/);
        expect(folder.endsWith('.sdlibrary')).toBe(true);
        expect(Buffer.from(folder).toString()).toBe(folder);
      }),
      { numRuns: 300 },
    );
  });
});
