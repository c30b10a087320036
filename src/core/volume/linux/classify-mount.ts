import { displayName } from '#core/fs/native-path.ts';
import { isNetworkFileSystem, isPseudoFileSystem } from '../file-system-facts.ts';
import type { Mount } from './mountinfo.ts';

export type HiddenBecause = 'pseudo' | 'system' | 'virtual' | null;

/** Without a block device, and yet full of files. Everything else without one is plumbing. */
const REAL_WITHOUT_DEVICE = new Set(['btrfs', 'zfs', 'bcachefs', 'ubifs', 'jffs2', 'vboxsf', 'ecryptfs', 'ntfs', 'vmhgfs', 'prl_fs']);
/** Made from other files: package images, layers of containers, memory. */
const VIRTUAL = new Set([
  'tmpfs',
  'ramfs',
  'overlay',
  'aufs',
  'squashfs',
  'erofs',
  'cramfs',
  'composefs',
  'fuse.squashfuse',
  'fuse.snapfuse',
]);
const VIRTUAL_FUSE = /^fuse\.(fuse-overlayfs|squashfuse.*|.*\.appimage|erofsfuse)$/i;
const PORTALS = new Set(['fuse.gvfs-fuse-daemon', 'fuse.kio-fuse', 'fuse.portal']);

/** Below these folders container runtimes and package managers keep mounts of their own. */
const VIRTUAL_FOLDERS = [
  ...['/snap', '/var/snap', '/var/lib/snapd', '/run/snapd', '/var/lib/docker', '/run/docker', '/var/lib/containers', '/var/lib/containerd'],
  ...[
    '/run/containerd',
    '/var/lib/kubelet',
    '/var/lib/lxc',
    '/var/lib/lxd',
    '/var/lib/incus',
    '/run/netns',
    '/run/credentials',
    '/run/secrets',
  ],
  ...['/proc', '/sys', '/dev', '/run/systemd', '/run/user', '/tmp/.mount_', '/etc/hosts', '/etc/hostname', '/etc/resolv.conf', '/run/host'],
];
const SYSTEM_FOLDERS = ['/boot', '/efi', '/esp', '/recovery'];
/** Desktop file managers mount what a user plugs in below these. */
const REMOVABLE_FOLDERS = ['/media', '/run/media'];

/** What the mount table alone says about a mount, before anything behind it is touched. */
export function hiddenByMount(mount: Mount): HiddenBecause {
  const type = mount.type.toLowerCase();
  // Whatever the system runs from is where its users' files are, also the overlay of a live system.
  if (mount.mountPoint === '/') return null;
  if (VIRTUAL.has(type) || VIRTUAL_FUSE.test(type)) return 'virtual';
  if (isPseudoFileSystem(type) || PORTALS.has(type)) return 'pseudo';
  if (mount.deviceNumber.startsWith('0:') && !REAL_WITHOUT_DEVICE.has(type) && !isUserSpace(mount) && !isNetworkFileSystem(type)) {
    return 'pseudo';
  }
  const mountPoint = displayName(mount.mountPoint);
  if (isInOneOf(mountPoint, VIRTUAL_FOLDERS) && !isInOneOf(mountPoint, REMOVABLE_FOLDERS)) return 'virtual';
  if (isInOneOf(mountPoint, SYSTEM_FOLDERS)) return 'system';
  return null;
}

/** GPT types of partitions that belong to firmware or a system's recovery. */
const SYSTEM_PARTITION_TYPES = new Set([
  'c12a7328-f81f-11d2-ba4b-00a0c93ec93b', // EFI system
  '21686148-6449-6e6f-744e-656564454649', // BIOS boot
  'e3c9e316-0b5c-4db8-817d-f92df00215ae', // Microsoft reserved
  'de94bba4-06d1-4d40-a16a-bfd50179d6ac', // Windows recovery
  'bc13c2ff-59e6-4262-a352-b275fd6f7172', // Linux extended boot
  '426f6f74-0000-11aa-aa11-00306543ecac', // Apple boot
  '5265636f-7665-11aa-aa11-00306543ecac', // Apple recovery
]);
const SYSTEM_LABELS = new Set(['efi', 'esp', 'efi system partition', 'recovery', 'winre', 'winre_drv', 'system reserved', 'hp_recovery']);

/** Whether a partition of a built-in disk belongs to firmware or recovery. On what a user plugs in, a label is just a name. */
export function isSystemPartition(partition: { typeGuid: string | null; label: string | null; isRemovable: boolean }): boolean {
  if (partition.typeGuid !== null && SYSTEM_PARTITION_TYPES.has(partition.typeGuid.toLowerCase())) return true;
  return !partition.isRemovable && partition.label !== null && SYSTEM_LABELS.has(partition.label.trim().toLowerCase());
}

/** Whether a process serves the file system: it may stop answering at any time. */
export function isUserSpace(mount: Mount): boolean {
  return mount.type === 'fuse' || mount.type.startsWith('fuse.') || mount.type === 'fuseblk';
}

export function isNetwork(mount: Mount): boolean {
  return isNetworkFileSystem(mount.type);
}

export function isWhereUsersPlugIn(mountPoint: string): boolean {
  return isInOneOf(mountPoint, REMOVABLE_FOLDERS);
}

function isInOneOf(mountPoint: string, folders: readonly string[]): boolean {
  return folders.some((folder) => mountPoint === folder || mountPoint.startsWith(folder.endsWith('_') ? folder : `${folder}/`));
}
