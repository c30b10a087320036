import { describe, expect, it } from 'vitest';
import { joinPath, lastName, mountPointToSdPath, parentPath, pathBelow, plainPath, stepsBelow, volumeRoot } from './entry-path.ts';

const device = '0190a0a0-0000-7000-8000-000000000001';

describe('paths of the breadcrumb', () => {
  it('lists the steps below a mount point', () => {
    const root = mountPointToSdPath(device, '/mnt/we ird');
    expect(stepsBelow(root, `${root}/a%20b/c`)).toEqual([
      { name: 'a b', path: `${root}/a%20b` },
      { name: 'c', path: `${root}/a%20b/c` },
    ]);
    expect(stepsBelow(root, root)).toEqual([]);
  });

  it('does not take /mnt/ab for a folder of /mnt/a', () => {
    expect(stepsBelow(mountPointToSdPath(device, '/mnt/a'), mountPointToSdPath(device, '/mnt/ab'))).toBeNull();
  });

  it('works at the root of the file system', () => {
    const root = mountPointToSdPath(device, '/');
    expect(stepsBelow(root, `sd://${device}/etc`)).toEqual([{ name: 'etc', path: `sd://${device}/etc` }]);
    expect(parentPath(`sd://${device}/etc/`)).toBe(`sd://${device}`);
  });

  it('reads Windows drives', () => {
    const root = mountPointToSdPath(device, 'D:\\');
    expect(root).toBe(`sd://${device}/D:/`);
    expect(stepsBelow(root, `sd://${device}/D:/Fotos`)).toEqual([{ name: 'Fotos', path: `sd://${device}/D:/Fotos` }]);
    expect(plainPath(`sd://${device}/D:/Fotos`)).toBe('D:\\Fotos');
  });

  it('keeps names that are not UTF-8 addressable', () => {
    expect(lastName(`sd://${device}/mnt/%FFx`)).toBe('\ufffdx');
    expect(lastName(`sd://${device}/mnt/back\\slash`)).toBe('back\\slash');
  });

  it('names plain paths as well', () => {
    expect(lastName('/mnt/a b/')).toBe('a b');
    expect(lastName('D:\\Fotos\\2024')).toBe('2024');
  });

  it('leads through a volume that is not plugged in', () => {
    const root = volumeRoot('a'.repeat(64));
    expect(root).toBe(`sd://volume/${'a'.repeat(64)}/`);
    expect(stepsBelow(root, `${root}a%20b/c`)).toEqual([
      { name: 'a b', path: `${root}a%20b` },
      { name: 'c', path: `${root}a%20b/c` },
    ]);
    expect(lastName(`${root}a%20b`)).toBe('a b');
  });

  it('takes a path apart at a root and puts it together at another', () => {
    const here = mountPointToSdPath(device, '/mnt/stick/Photos');
    const offline = `${volumeRoot('a'.repeat(64))}Photos`;
    const below = pathBelow(here, `${here}/2024/a%FF`);
    expect(below).toBe('2024/a%FF');
    expect(joinPath(offline, below)).toBe(`${offline}/2024/a%FF`);
    expect(joinPath(volumeRoot('a'.repeat(64)), 'x')).toBe(`${volumeRoot('a'.repeat(64))}x`);
    expect(pathBelow(here, here)).toBe('');
    expect(joinPath(here, '')).toBe(here);
    expect(pathBelow(here, `${here}2/x`)).toBeNull();
  });
});
