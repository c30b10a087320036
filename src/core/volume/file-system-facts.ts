/** What is true of every file system of one kind, before anything is known about how this one is mounted. */
export interface FileSystemFacts {
  /** Whether files can be cloned without copying their data (`FICLONE`, `clonefile`, block cloning). */
  supportsCow: boolean;
  /** As the file system is usually made; null when it differs from one to the next. */
  caseSensitive: boolean | null;
  /** Null when unknown. Limits beyond `Number.MAX_SAFE_INTEGER` are given as that. */
  maxFileSizeBytes: number | null;
  maxNameLength: number;
  maxNameUnit: 'bytes' | 'utf16';
  /** Coarsest step of a modification time. */
  timestampGranularityNs: number;
  /** Characters that no name may contain, besides `/` and NUL. */
  forbiddenCharacters: string;
  forbidsTrailingDotOrSpace: boolean;
  symlinks: boolean;
  hardLinks: boolean;
  permissions: boolean;
  extendedAttributes: boolean;
  sparseFiles: boolean;
}

const KIB = 1024;
const GIB = KIB ** 3;
const TIB = KIB ** 4;
const PIB = KIB ** 5;
const BEYOND_SAFE = Number.MAX_SAFE_INTEGER;
const SECOND_NS = 1_000_000_000;

const CONTROLS = Array.from({ length: 31 }, (_, index) => String.fromCharCode(index + 1)).join('');
/** Control characters and `" * : < > ? \ |`, which Windows and the FAT family refuse. */
export const WINDOWS_FORBIDDEN_CHARACTERS = `${CONTROLS}"*:<>?\\|`;

const posix: FileSystemFacts = {
  supportsCow: false,
  caseSensitive: true,
  maxFileSizeBytes: BEYOND_SAFE,
  maxNameLength: 255,
  maxNameUnit: 'bytes',
  timestampGranularityNs: 1,
  forbiddenCharacters: '',
  forbidsTrailingDotOrSpace: false,
  symlinks: true,
  hardLinks: true,
  permissions: true,
  extendedAttributes: true,
  sparseFiles: true,
};

const fat: FileSystemFacts = {
  supportsCow: false,
  caseSensitive: false,
  maxFileSizeBytes: 4 * GIB - 1,
  maxNameLength: 255,
  maxNameUnit: 'utf16',
  timestampGranularityNs: 2 * SECOND_NS,
  forbiddenCharacters: WINDOWS_FORBIDDEN_CHARACTERS,
  forbidsTrailingDotOrSpace: true,
  symlinks: false,
  hardLinks: false,
  permissions: false,
  extendedAttributes: false,
  sparseFiles: false,
};

/** A server or a FUSE program decides; assumed is what none of them fails at. */
const remote: FileSystemFacts = {
  ...posix,
  caseSensitive: null,
  maxFileSizeBytes: null,
  timestampGranularityNs: SECOND_NS,
  symlinks: false,
  hardLinks: false,
  permissions: false,
  extendedAttributes: false,
  sparseFiles: false,
};

/**
 * By the name that people know. Sources:
 * FAT32, exFAT, NTFS, ReFS: Microsoft, "File System Functionality Comparison", "File Times", "Naming Files, Paths, and
 *   Namespaces", and the FAT and exFAT specifications (exFAT §7.4.8: 10 ms increments,
 *   of which exfat-fuse keeps whole seconds: the coarsest is told); Linux `fs/fat/namei_vfat.c`, `fs/exfat/namei.c`.
 * APFS, HFS+: Apple, "File System Programming Guide" and "Apple File System Reference"; TN1150 (HFS+: dates in seconds, 255 UTF-16 units).
 * ext2/3/4: Linux `Documentation/filesystems/ext4/` (16 TiB with 4 KiB blocks; ext3's 128-byte inodes hold whole seconds).
 * XFS: xfs(5), mkfs.xfs(8) (reflink is the default); Btrfs: btrfs(5); ZFS: zfsprops(7), zpool-features(7) (block_cloning); F2FS: Linux
 *   `Documentation/filesystems/f2fs.rst`; UDF: ECMA-167, OSTA UDF 2.60 (microseconds, 254 bytes); NTFS-3G: ntfs-3g(8).
 * SMB: [MS-FSCC] (100 ns); NFS: RFC 1813, RFC 7530; SFTP: draft-ietf-secsh-filexfer-02 (seconds); WebDAV: RFC 4918 (HTTP dates, seconds).
 */
const FACTS: Readonly<Record<string, FileSystemFacts>> = {
  ext2: { ...posix, maxFileSizeBytes: 2 * TIB, timestampGranularityNs: SECOND_NS },
  ext3: { ...posix, maxFileSizeBytes: 2 * TIB, timestampGranularityNs: SECOND_NS },
  ext4: { ...posix, maxFileSizeBytes: 16 * TIB },
  Btrfs: { ...posix, supportsCow: true },
  XFS: { ...posix, supportsCow: true },
  ZFS: { ...posix, supportsCow: true },
  bcachefs: { ...posix, supportsCow: true },
  F2FS: { ...posix, maxFileSizeBytes: 4 * TIB },
  tmpfs: posix,
  overlay: { ...posix, maxFileSizeBytes: null },
  APFS: { ...posix, supportsCow: true, caseSensitive: false, maxNameUnit: 'utf16' },
  'APFS (case-sensitive)': { ...posix, supportsCow: true, maxNameUnit: 'utf16' },
  'HFS+': { ...posix, caseSensitive: false, maxNameUnit: 'utf16', timestampGranularityNs: SECOND_NS, sparseFiles: false },
  'HFS+ (case-sensitive)': { ...posix, maxNameUnit: 'utf16', timestampGranularityNs: SECOND_NS, sparseFiles: false },
  FAT32: fat,
  FAT16: { ...fat, maxFileSizeBytes: 2 * GIB - 1 },
  exFAT: { ...fat, maxFileSizeBytes: BEYOND_SAFE, timestampGranularityNs: 1_000_000_000 },
  // Names that Windows refuses are refused by Windows, not by the format: other systems' drivers store them (see `capabilities.ts`).
  NTFS: { ...posix, caseSensitive: false, maxFileSizeBytes: 8 * PIB - 2 * KIB * KIB, maxNameUnit: 'utf16', timestampGranularityNs: 100 },
  ReFS: { ...posix, supportsCow: true, caseSensitive: false, maxNameUnit: 'utf16', timestampGranularityNs: 100 },
  UDF: { ...posix, maxNameLength: 254, timestampGranularityNs: 1000, sparseFiles: false },
  ISO9660: { ...posix, maxFileSizeBytes: 8 * TIB, timestampGranularityNs: SECOND_NS, hardLinks: false, sparseFiles: false },
  SquashFS: { ...posix, timestampGranularityNs: SECOND_NS },
  NFS: { ...remote, caseSensitive: true, timestampGranularityNs: 1, symlinks: true, hardLinks: true, permissions: true, sparseFiles: true },
  SMB: {
    ...remote,
    maxNameUnit: 'utf16',
    timestampGranularityNs: 100,
    forbiddenCharacters: WINDOWS_FORBIDDEN_CHARACTERS,
    forbidsTrailingDotOrSpace: true,
  },
  AFP: { ...remote, forbiddenCharacters: ':' },
  WebDAV: remote,
  SSHFS: { ...remote, caseSensitive: true, symlinks: true, permissions: true },
};

/** Facts about a file system by its known name (see `fileSystemName`); careful assumptions for one that is not known. */
export function fileSystemFacts(name: string): FileSystemFacts {
  return Object.hasOwn(FACTS, name) ? (FACTS[name] ?? remote) : remote;
}

const KNOWN_NAMES: Readonly<Record<string, string>> = {
  btrfs: 'Btrfs',
  xfs: 'XFS',
  zfs: 'ZFS',
  f2fs: 'F2FS',
  squashfs: 'SquashFS',
  apfs: 'APFS',
  hfs: 'HFS+',
  hfsplus: 'HFS+',
  vfat: 'FAT32',
  msdos: 'FAT32',
  fat: 'FAT32',
  fat32: 'FAT32',
  fat16: 'FAT16',
  exfat: 'exFAT',
  ntfs: 'NTFS',
  ntfs3: 'NTFS',
  'ntfs-3g': 'NTFS',
  refs: 'ReFS',
  udf: 'UDF',
  iso9660: 'ISO9660',
  cd9660: 'ISO9660',
  cdfs: 'ISO9660',
  cifs: 'SMB',
  smb2: 'SMB',
  smb3: 'SMB',
  smbfs: 'SMB',
  nfs: 'NFS',
  nfs3: 'NFS',
  nfs4: 'NFS',
  afpfs: 'AFP',
  webdav: 'WebDAV',
  davfs: 'WebDAV',
  sshfs: 'SSHFS',
};

/**
 * The name that people know for what a system calls its file systems (`vfat`, `msdos`, `MS-DOS FAT32`, `fuse.sshfs` …); a
 * name that is not known is returned as it is.
 *
 * @param onDiskType what is on the device (`blkid`, `lsblk`). Needed for `fuseblk`, under which NTFS-3G and the FUSE
 *   drivers of exFAT and others look the same; without it `fuseblk` stays `fuseblk`.
 */
export function fileSystemName(systemName: string, onDiskType: string | null = null): string {
  const name = systemName.trim();
  const lower = name.toLowerCase();
  if (lower === 'fuseblk' || lower === 'fuse') return onDiskType ? fileSystemName(onDiskType) : name;
  const bare = lower.replace(/^fuse(blk)?\./, '');
  return Object.hasOwn(KNOWN_NAMES, bare) ? (KNOWN_NAMES[bare] ?? name) : name.replace(/^fuse(blk)?\./i, '');
}

const PSEUDO = new Set([
  ...['proc', 'sysfs', 'devtmpfs', 'devpts', 'devfs', 'tmpfs', 'ramfs', 'rootfs', 'mqueue', 'hugetlbfs', 'securityfs', 'debugfs'],
  ...['tracefs', 'configfs', 'pstore', 'efivarfs', 'bpf', 'cgroup', 'cgroup2', 'cpuset', 'autofs', 'binfmt_misc', 'fusectl', 'nsfs'],
  ...['rpc_pipefs', 'selinuxfs', 'smackfs', 'sockfs', 'pipefs', 'bdev', 'nfsd', 'resctrl', 'fdescfs', 'linprocfs', 'kernfs', 'none'],
  ...['map', 'lifs', 'volfs', 'nullfs', 'binder', 'functionfs', 'gadgetfs', 'ocfs2_dlmfs', 'openpromfs', 'xenfs'],
  // Desktop plumbing over FUSE, and the per-container views of lxcfs: no place for anyone's files.
  ...['fuse.portal', 'fuse.gvfsd-fuse', 'fuse.lxcfs', 'fuse.xdg-document-portal', 'fuse.doc', 'fuse.snapfuse', 'fuse.vmware-vmblock'],
]);

/** Whether a file system, by the system's own name, holds no files of anyone: `proc`, `cgroup2`, `tmpfs`, desktop portals … */
export function isPseudoFileSystem(systemName: string): boolean {
  return PSEUDO.has(systemName.toLowerCase());
}

const NETWORK = new Set([
  ...['nfs', 'nfs3', 'nfs4', 'cifs', 'smb', 'smb2', 'smb3', 'smbfs', 'ncpfs', 'afpfs', 'afp', 'afs', 'coda', 'webdav', 'davfs', 'ftp'],
  ...['9p', 'virtiofs', 'ceph', 'glusterfs', 'lustre', 'beegfs', 'orangefs', 'gfs2', 'gpfs', 'moosefs', 'acfs', 'sshfs'],
  ...[
    'fuse.sshfs',
    'fuse.rclone',
    'fuse.s3fs',
    'fuse.gcsfuse',
    'fuse.goofys',
    'fuse.davfs',
    'fuse.davfs2',
    'fuse.curlftpfs',
    'fuse.smbnetfs',
  ],
  ...['fuse.glusterfs', 'fuse.ceph', 'fuse.ceph-fuse', 'fuse.mfs', 'fuse.moosefs', 'fuse.juicefs', 'fuse.google-drive-ocamlfuse'],
  ...['fuse.onedriver', 'fuse.beegfs', 'fuse.hdfs', 'fuse.fuse_dfs', 'fuse.blobfuse', 'fuse.blobfuse2', 'fuse.seadrive', 'fuse.osxfs'],
]);

/** Whether a file system, by the system's own name, is served by another computer (or by a virtual machine's host). */
export function isNetworkFileSystem(systemName: string): boolean {
  return NETWORK.has(systemName.toLowerCase());
}
