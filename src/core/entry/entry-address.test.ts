import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromBytes, joinPath, type NativePath, toBytes, toSdPath } from '#core/fs/native-path.ts';
import { joinNames, joinVolumePath } from '#core/fs/path-names.ts';
import { formatVolumePath } from '#shared/sd-path.ts';
import { type AddressableVolumes, Addresses } from './entry-address.ts';

const device = { id: '01890a5d-ac96-774b-bcce-b302099a8057' };
const SYSTEM = 'a'.repeat(64);
const STICK = 'b'.repeat(64);
const GONE = 'c'.repeat(64);

const tracking = {
  uuid: device.id,
  displayName: 'Blue stick',
  isFavorite: false,
  color: null,
  icon: null,
  trackedAt: '2024-01-01T00:00:00.000Z',
  lastSeenAt: '2024-01-02T00:00:00.000Z',
  lastSeenMountPoint: '/media/blue',
  lastSeenDeviceId: device.id,
  lastSeenDeviceName: 'desk',
  totalFiles: null,
  totalDirectories: null,
  lastSpeedTestAt: null,
};

const volumes: AddressableVolumes = {
  live: [
    { fingerprint: SYSTEM, mountPoints: ['/', '/home'], hiddenMountPoints: ['/srv/bound'] },
    { fingerprint: STICK, mountPoints: ['/media/stick', '/mnt/again'] },
  ],
  find: () => ({ name: 'Blue stick', tracking }),
  list: () => [
    { fingerprint: GONE, isMounted: false, tracking },
    {
      fingerprint: 'd'.repeat(64),
      isMounted: false,
      tracking: { ...tracking, lastSeenDeviceId: 'another', lastSeenMountPoint: '/media/blue/in' },
    },
  ],
};
const addresses = new Addresses({ volumes, device });

/** Any bytes that a name on Linux can have. */
const name = fc
  .uint8Array({ minLength: 1, maxLength: 40 })
  .map((bytes) => Buffer.from(bytes.map((byte) => (byte === 0 || byte === 0x2f ? 0x5f : byte))))
  .filter((bytes) => !['.', '..'].includes(bytes.toString('latin1')))
  .map((bytes): NativePath => fromBytes(bytes));

describe('an address', () => {
  it('is the volume, and the way within it', () => {
    expect(addresses.read('/media/stick/a/b')).toEqual({
      fingerprint: STICK,
      names: ['a', 'b'],
      path: '/media/stick/a/b',
      outer: [{ fingerprint: SYSTEM, names: ['media', 'stick', 'a', 'b'] }],
    });
    expect(addresses.read('/media/stick')).toMatchObject({ fingerprint: STICK, names: [], path: '/media/stick' });
    expect(addresses.read('/media/sticky')).toMatchObject({ fingerprint: SYSTEM, names: ['media', 'sticky'] });
    expect(addresses.read(`sd://${device.id}/media/stick/a`)).toMatchObject({ fingerprint: STICK, names: ['a'] });
  });

  it('leads to where the volume is mounted now', () => {
    expect(addresses.read(`sd://volume/${STICK}/a/b%20c`)).toMatchObject({
      fingerprint: STICK,
      names: ['a', 'b c'],
      path: '/media/stick/a/b c',
    });
    expect(addresses.toNativePath(`sd://volume/${STICK}/`)).toBe('/media/stick');
    expect(addresses.read(`sd://volume/${SYSTEM}/etc`)).toMatchObject({ path: '/etc' });
  });

  it('has no path while the volume is not there, and says which drive it is', () => {
    expect(addresses.read(`sd://volume/${GONE}/a`)).toEqual({ fingerprint: GONE, names: ['a'], path: null, outer: [] });
    expect(() => addresses.toNativePath(`sd://volume/${GONE}/a`)).toThrow(/“Blue stick” is not plugged in.*\/media\/blue on desk/);
    expect(() => addresses.toNativePath(`sd://volume/${GONE}/a`)).toThrow(expect.objectContaining({ code: 'VOLUME_OFFLINE' }));
  });

  it('of a place that may show a part of a volume is of no volume, unless it is seen from its first mount point', () => {
    expect(addresses.read('/mnt/again/a')).toMatchObject({ fingerprint: null, names: ['mnt', 'again', 'a'] });
    expect(addresses.read('/home/u')).toMatchObject({ fingerprint: SYSTEM, names: ['home', 'u'] });
    expect(addresses.read('/srv/bound/x')).toMatchObject({ fingerprint: SYSTEM, names: ['srv', 'bound', 'x'], path: '/srv/bound/x' });
  });

  it('of a drive that was mounted here is remembered', () => {
    expect(addresses.remembered('/media/blue/in/x')).toEqual({ fingerprint: GONE, names: ['in', 'x'], path: null, outer: [] });
    expect(addresses.remembered('/media/blues')).toBeNull();
  });

  it('never leads out of its volume', () => {
    expect(addresses.read(`sd://volume/${STICK}/../../etc/./x`)).toMatchObject({ names: ['etc', 'x'], path: '/media/stick/etc/x' });
    expect(addresses.read(`sd://volume/${STICK}/a/../b//c`)).toMatchObject({ names: ['b', 'c'] });
  });

  it.each([
    'relative',
    'sd://volume/',
    'sd://volume',
    'sd://volume/abc/x',
    `sd://volume/${STICK}/a%00b`,
    `sd://volume/${STICK}/a%zz`,
    '/a\0b',
  ])('is refused when it is none: %j', (input) => {
    expect(() => addresses.read(input)).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }));
  });

  it('keeps any bytes, whichever way it is written', () => {
    fc.assert(
      fc.property(fc.array(name, { maxLength: 6 }), (names) => {
        const path = joinNames('/media/stick', names);
        const bytes = names.map(toBytes);
        const byVolume = addresses.read(formatVolumePath(STICK, toBytes(joinVolumePath(names))));
        const byDevice = addresses.read(toSdPath(path, device.id));
        for (const { fingerprint, names: found, path: there } of [byVolume, byDevice, addresses.ofPath(path)]) {
          expect(fingerprint).toBe(STICK);
          expect(found.map(toBytes)).toEqual(bytes);
          expect(there).toEqual(path);
          expect(joinPath(there ?? '', 'x')).toEqual(joinPath(path, 'x'));
        }
      }),
    );
  });
});
