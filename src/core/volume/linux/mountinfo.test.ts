import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { displayName } from '#core/fs/native-path.ts';
import { foldMounts } from './fold-mounts.ts';
import { type Mount, parseMountinfo, reachableMounts } from './mountinfo.ts';

const recorded = (name: string) =>
  parseMountinfo(readFileSync(new URL(`../../../../test/fixtures/volume/linux/${name}.mountinfo`, import.meta.url)));
const parse = (...lines: string[]) => parseMountinfo(Buffer.from(`${lines.join('\n')}\n`));
const reached = (mounts: readonly Mount[]) => reachableMounts(mounts).map((mount) => mount.id);
const visible = (mounts: readonly Mount[], btrfs = new Map<string, string>()) =>
  foldMounts(reachableMounts(mounts), btrfs)
    .filter(({ hiddenBecause }) => hiddenBecause === null)
    .map(({ mounts: folded }) => folded.map((mount) => displayName(mount.mountPoint)));

test('octal escapes are undone once, and other bytes are kept as they are', () => {
  const line = Buffer.concat([
    Buffer.from('9 1 7:0 /a\\040b /mnt/tab\\011nl\\012bs\\134040\\043 ro shared:1 master:2 - ext4 /dev/loop\\0400 rw\n10 1 7:1 / /mnt/'),
    Buffer.from([0xc3, 0xa4, 0x2f, 0xff]),
    Buffer.from(' rw - ext4 /dev/loop1 rw\n'),
  ]);
  const [odd, bytes] = parseMountinfo(line);
  expect(odd).toMatchObject({ root: '/a b', mountPoint: '/mnt/tab\tnl\nbs\\040#', source: '/dev/loop 0', isReadOnly: true, type: 'ext4' });
  expect(bytes?.mountPoint).toEqual(Buffer.concat([Buffer.from('/mnt/ä/'), Buffer.from([0xff])]));
});

test('a line may have no optional fields, many, or an empty source; what is no line is passed over', () => {
  const mounts = parse(
    '5 1 0:4 / /a rw - tmpfs  rw',
    '6 1 0:5 / /b rw shared:3 master:1 propagate_from:2 - tmpfs none rw',
    '',
    'nonsense',
    '7 1 0:6',
  );
  expect(mounts.map(({ mountPoint, source }) => [mountPoint, source])).toEqual([
    ['/a', ''],
    ['/b', 'none'],
  ]);
});

test('a mount whose folder was deleted is left out', () => {
  expect(parse('5 1 7:0 / /mnt/x//deleted rw - ext4 /dev/loop0 rw')).toEqual([]);
});

test('of mounts stacked on one folder the top one is reached, with what is mounted in it', () => {
  const root = '1 0 8:1 / / rw - ext4 /dev/sda1 rw';
  const stacked = ['2 1 8:2 / /m rw - ext4 /dev/sdb1 rw', '3 2 8:3 / /m/in rw - ext4 /dev/sdc1 rw', '4 2 8:4 / /m rw - ext4 /dev/sdd1 rw'];
  expect(reached(parse(root, ...stacked))).toEqual([1, 4]);
  expect(reached(parse(root, ...stacked, '5 4 8:5 / /m/in rw - ext4 /dev/sde1 rw'))).toEqual([1, 4, 5]);
});

test('a mount above covers those below it, by whole names', () => {
  const mounts = parse(
    '1 0 8:1 / / rw - ext4 /dev/sda1 rw',
    '2 1 8:2 / /a/b rw - ext4 /dev/sdb1 rw',
    '3 1 8:3 / /a rw - ext4 /dev/sdc1 rw',
    '4 1 8:4 / /ab rw - ext4 /dev/sdd1 rw',
    '5 1 8:5 / /a-b rw - ext4 /dev/sde1 rw',
  );
  expect(reached(mounts)).toEqual([1, 3, 4, 5]);
});

test('a root that is covered by another root shows nothing', () => {
  expect(
    reached(parse('1 1 0:2 / / rw - rootfs rootfs rw', '2 1 8:1 / / rw - ext4 /dev/sda1 rw', '3 2 8:2 / /home rw - ext4 /dev/sda2 rw')),
  ).toEqual([2, 3]);
});

test('of an Ubuntu desktop people see their disks, sticks and shares', () => {
  expect(visible(recorded('ubuntu-desktop'))).toEqual([
    ['/'],
    ['/data'],
    ['/media/jo/SanDisk Ultra'],
    ['/media/jo/Windows disk'],
    ['/home/jo/server'],
    ['/mnt/nas'],
    ['/mnt/photos'],
  ]);
});

test('the subvolumes of a Fedora are one volume, and the members of a Btrfs too', () => {
  const members = new Map([
    ['/dev/nvme0n1p3', 'f1'],
    ['/dev/sdb', 'f2'],
    ['/dev/sdc', 'f2'],
  ]);
  expect(visible(recorded('fedora-btrfs'), members)).toEqual([
    ['/', '/home'],
    ['/run/media/jo/archive', '/mnt/snapshots'],
  ]);
  const [system] = foldMounts(reachableMounts(recorded('fedora-btrfs')), members);
  expect(system?.hiddenMounts.map((mount) => mount.mountPoint)).toEqual(['/var/lib/docker/btrfs']);
});

test('of a container people see its root and the folders that were given to it', () => {
  expect(visible(recorded('docker-container'))).toEqual([['/'], ['/data']]);
});
