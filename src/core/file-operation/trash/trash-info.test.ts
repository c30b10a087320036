import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fromBytes, joinPath, type NativePath } from '#core/fs/native-path.ts';
import { formatTrashInfo, parseTrashInfo, percentDecode, percentEncode } from './trash-info.ts';

const at = new Date(2024, 4, 3, 9, 5, 7);

it('writes what the specification shows', () => {
  expect(formatTrashInfo({ originalPath: '/home/me/foo bar/meow.bow-wow', trashedAt: at }, null)).toBe(
    '[Trash Info]\nPath=/home/me/foo%20bar/meow.bow-wow\nDeletionDate=2024-05-03T09:05:07\n',
  );
});

it('writes paths on volumes from their top folder on', () => {
  const text = formatTrashInfo({ originalPath: '/mnt/stick/a/ü.txt', trashedAt: at }, '/mnt/stick');
  expect(text).toContain('\nPath=a/%C3%BC.txt\n');
  expect(parseTrashInfo(text, '/media/other')).toEqual({ originalPath: '/media/other/a/ü.txt', trashedAt: at });
});

it('reads what other programs write', () => {
  const text = '[Trash Info]\r\nX-Other=1\r\nPath=/home/me/a\r\nDeletionDate=2024-05-03T09:05:07\r\n'.replaceAll('\r', '');
  expect(parseTrashInfo(text, null)).toEqual({ originalPath: '/home/me/a', trashedAt: at });
  expect(parseTrashInfo('[Trash Info]\nPath=/home/me/a\n', null)).toEqual({ originalPath: '/home/me/a', trashedAt: null });
  expect(parseTrashInfo('[Trash Info]\nPath=/home/me/a\nDeletionDate=2024-99-99T09:05:07\n', null)?.trashedAt).toBeNull();
});

it.each([
  ['nothing', ''],
  ['another file', 'Path=/a\n'],
  ['no path', '[Trash Info]\nDeletionDate=2024-05-03T09:05:07\n'],
  ['an empty path', '[Trash Info]\nPath=\n'],
  ['a way out of the volume', '[Trash Info]\nPath=a/../../etc/passwd\n'],
  ['an encoded way out', '[Trash Info]\nPath=%2E%2E/etc/passwd\n'],
  ['a file of this computer', '[Trash Info]\nPath=/etc/passwd\n'],
  ['NUL', '[Trash Info]\nPath=a%00b\n'],
  ['a damaged escape', '[Trash Info]\nPath=a%G1\n'],
])('takes no orders from a record on a stick that holds %s', (_, text) => {
  expect(parseTrashInfo(text, '/mnt/stick')).toBeNull();
});

it('brings any name back', () => {
  const name = fc
    .uint8Array({ minLength: 1, maxLength: 30 })
    .map((bytes) => fromBytes(Buffer.from(bytes.map((byte) => (byte === 0 || byte === 0x2f ? 0x61 : byte)))))
    .filter((one) => String(one) !== '.' && String(one) !== '..');
  fc.assert(
    fc.property(fc.array(name, { minLength: 1, maxLength: 4 }), (names) => {
      const path = names.reduce<NativePath>((above, one) => joinPath(above, one), '/top');
      expect(parseTrashInfo(formatTrashInfo({ originalPath: path, trashedAt: at }, '/top'), '/top')?.originalPath).toEqual(path);
      expect(percentDecode(percentEncode(path))).toEqual(Buffer.from(path));
    }),
  );
});
