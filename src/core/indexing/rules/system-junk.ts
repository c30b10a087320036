import { KIND_RANK } from '#core/entry/row-order.ts';

/** What systems leave on drives for themselves, in lower case: they differ in how they write it. */
const FILES = new Set([
  // macOS
  ...['.ds_store', '.apdisk', '.localized', '.volumeicon.icns', '.com.apple.timemachine.donotpresent', 'icon\r'],
  // Windows
  ...['thumbs.db', 'thumbs.db:encryptable', 'ehthumbs.db', 'ehthumbs_vista.db', 'desktop.ini'],
  ...['pagefile.sys', 'hiberfil.sys', 'swapfile.sys', 'dumpstack.log.tmp'],
  // KDE
  '.directory',
]);
const FOLDERS = new Set([
  ...['.spotlight-v100', '.fseventsd', '.trashes', '.trash', '.temporaryitems', '.documentrevisions-v100', '.pkinstallsandboxmanager'],
  ...['.mobilebackups', '.hfs+ private directory data\r', '.appledouble', '.appledb', '.appledesktop', 'network trash folder'],
  ...['$recycle.bin', 'recycler', 'system volume information', '$winreagent', '$sysreset', '$windows.~bt', '$windows.~ws'],
  ...['lost+found', 'lost.dir'],
  // Network storage
  ...['@eadir', '#recycle', '@recycle', '@recently-snapshot'],
]);
/** Trash of a user by number; what NFS and FUSE keep of files that were deleted while open; what macOS writes beside files on other systems' drives. */
const FOLDER_PREFIX = '.trash-';
const FILE_PREFIXES = ['.nfs0', '.fuse_hidden', '._'];
/** All of the above begin with one of these, which are ASCII, and none is longer. */
const FIRST = new Uint8Array(0x80);
for (const name of [...FILES, ...FOLDERS]) {
  FIRST[name.charCodeAt(0)] = 1;
  FIRST[name.toUpperCase().charCodeAt(0)] = 1;
}
const LONGEST = Math.max(...[...FILES, ...FOLDERS].map((name) => name.length));
const DOT = 0x2e;

/** @param kind as in `entries.kind` */
export function isSystemJunk(name: string, kind: number): boolean {
  const first = name.charCodeAt(0);
  if (FIRST[first] !== 1) return false;
  const isFolder = kind === KIND_RANK.folder;
  if (first === DOT) {
    if (isFolder ? name.startsWith(FOLDER_PREFIX) || name.startsWith('.Trash-') : FILE_PREFIXES.some((prefix) => name.startsWith(prefix)))
      return true;
  }
  return name.length <= LONGEST && (isFolder ? FOLDERS : FILES).has(name.toLowerCase());
}
