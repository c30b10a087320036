import { expect, test } from 'vitest';
import { VolumeCapabilities } from '#shared/contract/volume.ts';
import { capabilitiesOf } from './capabilities.ts';

const platforms: NodeJS.Platform[] = ['linux', 'darwin', 'win32'];

test.each(['ext4', 'Btrfs', 'XFS', 'ZFS', 'APFS', 'HFS+', 'FAT32', 'exFAT', 'NTFS', 'ReFS', 'NFS', 'SMB', 'SSHFS', 'something new'])(
  'the capabilities of %s are within the contract, on every platform',
  (fileSystem) => {
    for (const platform of platforms) {
      expect(VolumeCapabilities.safeParse(capabilitiesOf({ fileSystem, isReadOnly: false }, platform)).error).toBeUndefined();
    }
  },
);

test('FAT32 keeps files below 4 GiB, times to two seconds, and no links', () => {
  expect(capabilitiesOf({ fileSystem: 'FAT32', isReadOnly: false }, 'linux')).toMatchObject({
    maxFileSizeBytes: 4_294_967_295,
    timestampGranularityNs: 2_000_000_000,
    symlinks: false,
    hardLinks: false,
    permissions: false,
    caseSensitive: false,
    forbidsTrailingDotOrSpace: true,
  });
});

test('clones are possible on Btrfs, XFS, APFS and ReFS, not on ext4', () => {
  const cow = (fileSystem: string) => capabilitiesOf({ fileSystem, isReadOnly: false }).copyOnWrite;
  expect(['Btrfs', 'XFS', 'APFS', 'ReFS', 'ZFS'].every(cow)).toBe(true);
  expect(['ext4', 'FAT32', 'exFAT', 'NTFS', 'SMB'].some(cow)).toBe(false);
});

test('Windows refuses its names on every file system; Linux lets NTFS hold them and has to try its case', () => {
  const onWindows = capabilitiesOf({ fileSystem: 'NTFS', isReadOnly: false }, 'win32');
  expect(onWindows.forbiddenNames).toContain('COM1');
  expect(onWindows.forbiddenCharacters).toContain(':');
  expect(onWindows.caseSensitive).toBe(false);
  const onLinux = capabilitiesOf({ fileSystem: 'NTFS', isReadOnly: false }, 'linux');
  expect(onLinux.forbiddenCharacters).toBe('\0/');
  expect(onLinux.caseSensitive).toBeNull();
});

test('a volume mounted read-only says so', () => {
  expect(capabilitiesOf({ fileSystem: 'ext4', isReadOnly: true }).isReadOnly).toBe(true);
});
