import { expect, test } from 'vitest';
import { fileSystemFacts, fileSystemName, isNetworkFileSystem, isPseudoFileSystem } from './file-system-facts.ts';

test.each([
  ['vfat', 'FAT32'],
  ['msdos', 'FAT32'],
  ['exfat', 'exFAT'],
  ['ExFAT', 'exFAT'],
  ['ntfs3', 'NTFS'],
  ['NTFS', 'NTFS'],
  ['apfs', 'APFS'],
  ['hfs', 'HFS+'],
  ['btrfs', 'Btrfs'],
  ['zfs', 'ZFS'],
  ['ReFS', 'ReFS'],
  ['cifs', 'SMB'],
  ['nfs4', 'NFS'],
  ['fuse.sshfs', 'SSHFS'],
  ['fuse.rclone', 'rclone'],
  ['ext4', 'ext4'],
  ['constructor', 'constructor'],
])('%s is known as %s', (systemName, name) => {
  expect(fileSystemName(systemName)).toBe(name);
});

test('fuseblk is whatever lies on the device, and stays unknown without that', () => {
  expect(fileSystemName('fuseblk', 'ntfs')).toBe('NTFS');
  expect(fileSystemName('fuseblk', 'exfat')).toBe('exFAT');
  expect(fileSystemName('fuseblk')).toBe('fuseblk');
  expect(fileSystemFacts('fuseblk').caseSensitive).toBeNull();
});

test('every limit is a number that survives JSON exactly', () => {
  for (const name of ['FAT32', 'exFAT', 'NTFS', 'APFS', 'ext4', 'XFS', 'Btrfs', 'ZFS', 'HFS+', 'F2FS']) {
    const { maxFileSizeBytes } = fileSystemFacts(name);
    expect(maxFileSizeBytes === null || Number.isSafeInteger(maxFileSizeBytes), name).toBe(true);
  }
  expect(fileSystemFacts('FAT32').maxFileSizeBytes).toBe(2 ** 32 - 1);
});

test('a name from outside never reads a property of Object', () => {
  expect(fileSystemFacts('toString').maxNameLength).toBe(255);
  expect(fileSystemFacts('__proto__').maxNameLength).toBe(255);
});

test('pseudo and network file systems are recognised by the name the system gives them', () => {
  for (const name of ['proc', 'sysfs', 'cgroup2', 'tmpfs', 'fuse.portal', 'devfs']) expect(isPseudoFileSystem(name), name).toBe(true);
  for (const name of ['ext4', 'vfat', 'fuse.sshfs', 'overlay', 'squashfs']) expect(isPseudoFileSystem(name), name).toBe(false);
  for (const name of ['nfs4', 'cifs', 'smbfs', 'fuse.sshfs', '9p']) expect(isNetworkFileSystem(name), name).toBe(true);
  for (const name of ['ext4', 'fuseblk', 'apfs']) expect(isNetworkFileSystem(name), name).toBe(false);
});
