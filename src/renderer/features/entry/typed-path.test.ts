import { describe, expect, it } from 'vitest';
import { readTypedPath, splitTypedPath } from './typed-path.ts';

const away = 'a'.repeat(64);
const context = {
  folder: 'sd://pc/home/mia/Photos',
  volumes: [
    { name: 'Backup', fingerprint: 'b'.repeat(64), mountPoint: '/media/backup' },
    { name: 'Backup 2', fingerprint: away, mountPoint: null },
  ],
  locations: [{ name: 'Photos', path: 'sd://pc/home/mia/Photos' }],
  deviceId: 'pc',
};
const read = (text: string) => readTypedPath(text, context);

describe('readTypedPath', () => {
  it('leaves whole paths and addresses as they are', () => {
    for (const path of ['/tmp/a b', '~', '~/x', 'sd://pc/tmp/a%20b', 'C:\\Users', '\\\\nas\\share']) expect(read(path)).toBe(path);
  });

  it('takes what shells and browsers have put around a path', () => {
    expect(read('  "/tmp/a b" ')).toBe('/tmp/a b');
    expect(read("'/tmp/x'")).toBe('/tmp/x');
    expect(read('file:///tmp/a%20b')).toBe('/tmp/a b');
    expect(read('file:///C:/Users')).toBe('C:/Users');
  });

  it('knows drives and locations by name, plugged in or not', () => {
    expect(read('backup')).toBe('sd://pc/media/backup');
    expect(read('Backup/2024/50%')).toBe('sd://pc/media/backup/2024/50%25');
    expect(read('BACKUP 2/x')).toBe(`sd://volume/${away}/x`);
    expect(read('Backup 2: /Tax papers')).toBe(`sd://volume/${away}/Tax%20papers`);
    expect(read('Photos/Iceland')).toBe('sd://pc/home/mia/Photos/Iceland');
  });

  it('goes on from the open folder', () => {
    expect(read('Iceland')).toBe('sd://pc/home/mia/Photos/Iceland');
    expect(read('../Papers/./2024/')).toBe('sd://pc/home/mia/Papers/2024');
    expect(read('Backups')).toBe('sd://pc/home/mia/Photos/Backups');
    expect(read('../../../../../..')).toMatch(/^sd:\/\/pc/);
  });
});

it('splitTypedPath divides at the last slash', () => {
  expect(splitTypedPath('/home/mi')).toEqual({ folder: '/home/', begun: 'mi' });
  expect(splitTypedPath('Back')).toEqual({ folder: '', begun: 'Back' });
  expect(splitTypedPath('C:\\Users\\m')).toEqual({ folder: 'C:\\Users\\', begun: 'm' });
  expect(splitTypedPath('a\\b')).toEqual({ folder: '', begun: 'a\\b' });
});
