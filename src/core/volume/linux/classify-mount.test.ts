import { expect, test } from 'vitest';
import { hiddenByMount, isSystemPartition, isUserSpace } from './classify-mount.ts';
import type { Mount } from './mountinfo.ts';

const mount = (type: string, mountPoint: string, deviceNumber = '8:1'): Mount => ({
  id: 2,
  parentId: 1,
  deviceNumber,
  root: '/',
  mountPoint,
  isReadOnly: false,
  type,
  source: '/dev/sda1',
});

test('what people plug in is shown wherever it is mounted', () => {
  for (const place of ['/', '/mnt', '/media/jo/dev', '/run/media/jo/snap', '/srv/boot', '/bootleg', '/home/jo/.snap']) {
    expect(hiddenByMount(mount('ext4', place)), place).toBeNull();
  }
});

test('firmware, package managers and containers keep to themselves', () => {
  for (const place of ['/boot', '/boot/efi', '/efi']) expect(hiddenByMount(mount('vfat', place)), place).toBe('system');
  for (const place of ['/snap/core/1', '/var/lib/docker/btrfs', '/var/lib/kubelet/pods/x', '/etc/hosts', '/tmp/.mount_Cura5x']) {
    expect(hiddenByMount(mount('ext4', place)), place).toBe('virtual');
  }
  expect(hiddenByMount(mount('squashfs', '/mnt/image', '7:3'))).toBe('virtual');
});

test('what has no device is plumbing, unless it is known to hold files', () => {
  expect(hiddenByMount(mount('a-file-system-of-tomorrow', '/mnt', '0:50'))).toBe('pseudo');
  expect(hiddenByMount(mount('a-file-system-of-tomorrow', '/mnt'))).toBeNull();
  for (const type of ['btrfs', 'zfs', 'nfs4', 'cifs', 'fuse', 'fuse.sshfs', 'fuse.rclone', 'fuse.jmtpfs']) {
    expect(hiddenByMount(mount(type, '/mnt', '0:50')), type).toBeNull();
  }
  for (const type of ['fuse.portal', 'fuse.gvfsd-fuse', 'fusectl', 'cgroup2'])
    expect(hiddenByMount(mount(type, '/mnt', '0:50')), type).toBe('pseudo');
});

test('a label makes a recovery partition of a built-in disk alone', () => {
  const builtIn = { typeGuid: null, label: 'Recovery', isRemovable: false };
  expect(isSystemPartition(builtIn)).toBe(true);
  expect(isSystemPartition({ ...builtIn, isRemovable: true })).toBe(false);
  expect(isSystemPartition({ ...builtIn, label: 'Photos' })).toBe(false);
  expect(isSystemPartition({ typeGuid: 'C12A7328-F81F-11D2-BA4B-00A0C93EC93B', label: null, isRemovable: true })).toBe(true);
});

test('what a process serves may stop answering', () => {
  expect(['fuse', 'fuse.sshfs', 'fuseblk', 'fusectl', 'ext4'].filter((type) => isUserSpace(mount(type, '/mnt')))).toEqual([
    'fuse',
    'fuse.sshfs',
    'fuseblk',
  ]);
});
