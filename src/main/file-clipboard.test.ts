import { describe, expect, it } from 'vitest';
import { GNOME_FORMAT, MAC_FORMAT, URI_LIST_FORMAT, WINDOWS_FORMAT } from './file-clipboard.ts';

const PATHS = ['/media/stick/a b & <c>.txt', '/home/é/100%.jpg', '/tmp/line\nbreak'];

describe('files in the system’s clipboard', () => {
  it.each([
    ['GNOME', GNOME_FORMAT],
    ['a list of addresses', URI_LIST_FORMAT],
    ['macOS', MAC_FORMAT],
  ])('come out as they went in: %s', (_name, format) => {
    const written = format.write({ paths: PATHS, isCut: false });
    expect(format.read(written ?? Buffer.alloc(0))).toEqual({ paths: PATHS, isCut: false });
  });

  it('are written as GNOME’s file manager does', () => {
    expect(GNOME_FORMAT.write({ paths: ['/media/a b'], isCut: true })?.toString()).toBe('cut\nfile:///media/a%20b');
    expect(GNOME_FORMAT.read(Buffer.from('cut\nfile:///media/a%20b\0'))).toEqual({ paths: ['/media/a b'], isCut: true });
  });

  it('leave out what is no file of this computer', () => {
    const content = Buffer.from('copy\nfile://elsewhere/share/x\nhttps://example.com/\nfile:///here\nfile:///a%2Fb');
    expect(GNOME_FORMAT.read(content)).toEqual({ paths: ['/here'], isCut: false });
    expect(GNOME_FORMAT.read(Buffer.from('some text'))).toEqual({ paths: [], isCut: false });
    expect(URI_LIST_FORMAT.read(Buffer.from('# a comment\r\nfile:///here\r\n'))).toEqual({ paths: ['/here'], isCut: false });
  });

  it('are read as Windows writes them', () => {
    expect(WINDOWS_FORMAT.read(Buffer.from('D:\\Fotos\\ä.jpg\0', 'utf16le'))).toEqual({ paths: ['D:\\Fotos\\ä.jpg'], isCut: false });
    expect(WINDOWS_FORMAT.read(Buffer.alloc(0))).toEqual({ paths: [], isCut: false });
  });
});
