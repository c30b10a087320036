import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeText, detectEncoding, type TextEncoding, wholeLines } from './text-encoding.ts';

const bytesOf = (text: string) => new TextEncoder().encode(text);
const latin1 = (text: string) => Uint8Array.from(text, (char) => char.charCodeAt(0));
const wide = (text: string, isLittle: boolean) =>
  Uint8Array.from(
    text.split('').flatMap((char) => {
      const pair = [char.charCodeAt(0) & 0xff, char.charCodeAt(0) >> 8];
      return isLittle ? pair : pair.toReversed();
    }),
  );

describe('detectEncoding', () => {
  it.each<[string, Uint8Array, TextEncoding | null]>([
    ['plain text', bytesOf('plain\n'), 'utf-8'],
    ['nothing', bytesOf(''), 'utf-8'],
    ['umlauts in UTF-8', bytesOf('Grüße'), 'utf-8'],
    ['umlauts in Latin-1', latin1('Grüße'), 'windows-1252'],
    ['UTF-16 with its mark', wide('\uFEFFGrüße', true), 'utf-16le'],
    ['UTF-16 the other way round', wide('\uFEFFGrüße', false), 'utf-16be'],
    ['UTF-16 without its mark', wide('plain text', true), 'utf-16le'],
    ['the other way round without it', wide('plain text', false), 'utf-16be'],
    ['colours of a terminal', bytesOf('\u001b[31mred\u001b[0m\n'), 'utf-8'],
    ['a program', new Uint8Array([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, 0, 0]), null],
    ['a picture', new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3, 4, 5, 6]), null],
  ])('knows %s', (_what, bytes, encoding) => expect(detectEncoding(bytes, true)).toBe(encoding));

  it('takes a character that is cut off for one, unless the file ends there', () => {
    const cut = bytesOf('abc€').slice(0, -1);
    expect(detectEncoding(cut, false)).toBe('utf-8');
    expect(detectEncoding(cut, true)).toBe('windows-1252');
  });
});

describe('wholeLines', () => {
  it('ends after the last line that is whole', () => {
    expect(wholeLines(bytesOf('one\ntwo\nthr'), 'utf-8')).toBe(8);
    expect(wholeLines(wide('one\ntwo\nthr', true), 'utf-16le')).toBe(16);
    expect(wholeLines(wide('one\ntwo\nthr', false), 'utf-16be')).toBe(16);
  });

  it('cuts between characters where there are no lines: parts put together are the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 4, max: 16 }), (text, length) => {
        const plain = text.replaceAll('\uFEFF', '');
        const bytes = bytesOf(plain.toWellFormed());
        let shown = '';
        for (let start = 0; start < bytes.length; ) {
          const part = bytes.slice(start, start + length);
          const end = start + length >= bytes.length ? part.length : wholeLines(part, 'utf-8');
          shown += decodeText(part.slice(0, end), 'utf-8');
          start += end;
        }
        expect(shown).toBe(plain.toWellFormed());
      }),
    );
  });
});
