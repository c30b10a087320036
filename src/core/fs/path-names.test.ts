import { expect, it } from 'vitest';
import { joinNames, joinVolumePath, namesBelow, splitVolumePath } from './path-names.ts';

const odd = Buffer.from([0x61, 0xff]);

it('takes a path within a volume apart and puts it together again', () => {
  for (const path of ['', 'a', 'a/b c/ü', Buffer.concat([Buffer.from('x/'), odd, Buffer.from('/y')])]) {
    expect(joinVolumePath(splitVolumePath(path))).toEqual(path);
  }
  expect(splitVolumePath(Buffer.concat([odd, Buffer.from('/y')]))).toEqual([odd, 'y']);
});

it('names what lies between a folder and something below it', () => {
  expect(namesBelow('/mnt/stick/a/b', '/mnt/stick')).toEqual(['a', 'b']);
  expect(namesBelow('/mnt/stick', '/mnt/stick')).toEqual([]);
  expect(namesBelow('/etc', '/')).toEqual(['etc']);
  expect(namesBelow('/mnt/sticks/a', '/mnt/stick')).toBeNull();
  expect(namesBelow(joinNames('/mnt', [odd, 'b']), '/mnt')).toEqual([odd, 'b']);
});
