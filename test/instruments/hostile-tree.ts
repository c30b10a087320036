/** @file A tree of everything that a disk may hold and that programs which read it get wrong. */
import { execFileSync, spawnSync } from 'node:child_process';
import { closeSync, linkSync, mkdirSync, openSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

export interface HostileTreeOptions {
  /** Files in its one huge folder. */
  filesInOneFolder?: number;
  /** Folders within folders; with names of 200 bytes, so that paths get longer than the kernel takes (4,096). */
  depth?: number;
}

const NAMES = [
  ...['with\nnewline', 'with\ttab', 'with\rreturn', "quote'single", 'quote"double', 'back\\slash', 'space at the end ', ' space before'],
  ...['-rf', '--help', '*', '?', '$(reboot)', '`reboot`', '; reboot', '%s%n', '#', '~', 'a:b', 'con', 'NUL.txt', '...', '.hidden'],
  ...[
    '\u001b[31mred',
    '\u202egpj.exe',
    '\ufeffmark',
    '\u0301',
    'e\u0301',
    '\u00e9',
    '😀',
    '\uffff',
    '\ufffd',
    '字'.repeat(85),
    'x'.repeat(255),
  ],
  ...['IMG_2', 'IMG_10', 'img_2', '007', '7', '1'.repeat(255), '℀', '½', 'İ', 'ß', 'SS', '\x7f', '\x01'],
];
/** Not UTF-8: lone bytes, a half character, a surrogate, an overlong slash. */
const BYTE_NAMES = ['ff', 'fffe61', '61c3', 'eda080', 'c0af', '80'.repeat(255)].map((hex) => Buffer.from(hex, 'hex'));
/** The first and the last that ext4 holds, and the last millisecond before 1970; set by `touch`, since Node takes no times before 1970. */
const TIMES: [name: string, time: string][] = [
  ['1901', '1901-12-14 00:00:00.250000001 UTC'],
  ['1969', '1969-12-31 23:59:59.999999999 UTC'],
  ['2446', '2446-05-10 22:38:55 UTC'],
  ['folder of 1901', '1901-12-14 00:00:00.750000001 UTC'],
  ['link of 1969', '1969-12-31 23:59:58.5 UTC'],
];
const LEVEL_NAME_BYTES = 200;

/**
 * Fills an existing folder. Needs Linux; what only root can do (an unreadable folder is none to root) is left to the caller, who has to
 * end with `removeHostileTree` where paths are too long for `rm` of Node.
 */
export async function makeHostileTree(root: string, { filesInOneFolder = 2000, depth = 300 }: HostileTreeOptions = {}): Promise<void> {
  makeNames(path.join(root, 'names'));
  makeLinks(path.join(root, 'links'));
  await makeSpecialFiles(path.join(root, 'special'));
  makeTimes(path.join(root, 'times'));
  makeDeep(path.join(root, 'deep'), depth);
  makeHuge(path.join(root, 'huge'), filesInOneFolder);
  mkdirSync(path.join(root, 'empty'));
  mkdirSync(path.join(root, 'Nobody’s.sdlibrary'));
  writeFileSync(path.join(root, 'Nobody’s.sdlibrary', 'database.db'), 'inside');
}

/** Also paths that are longer than the kernel takes. */
export function removeHostileTree(root: string): void {
  execFileSync('rm', ['-rf', '--', root]);
}

function makeNames(folder: string): void {
  mkdirSync(folder);
  NAMES.forEach((name, index) => {
    writeFileSync(path.join(folder, name), 'x'.repeat(index));
  });
  const prefix = Buffer.from(`${folder}/`);
  BYTE_NAMES.forEach((name, index) => {
    writeFileSync(Buffer.concat([prefix, name]), 'y'.repeat(index));
  });
  // Folders whose own names are bytes, with entries of both kinds.
  const bytesFolder = Buffer.concat([prefix, Buffer.of(0xff), Buffer.from('-folder')]);
  mkdirSync(bytesFolder);
  writeFileSync(Buffer.concat([bytesFolder, Buffer.from('/plain')]), 'plain');
  writeFileSync(Buffer.concat([bytesFolder, Buffer.from('2ffe', 'hex')]), 'bytes');
}

function makeLinks(folder: string): void {
  mkdirSync(path.join(folder, 'inner'), { recursive: true });
  symlinkSync('.', path.join(folder, 'to-itself'));
  symlinkSync('..', path.join(folder, 'inner', 'up'));
  symlinkSync('loop-b', path.join(folder, 'loop-a'));
  symlinkSync('loop-a', path.join(folder, 'loop-b'));
  symlinkSync('/', path.join(folder, 'to-everything'));
  symlinkSync('not there\n', path.join(folder, 'dangling'));
  symlinkSync(Buffer.from('ff2fff', 'hex'), path.join(folder, 'to-bytes'));
  writeFileSync(path.join(folder, 'original'), 'one file, three names');
  linkSync(path.join(folder, 'original'), path.join(folder, 'hard-link'));
  linkSync(path.join(folder, 'original'), path.join(folder, 'inner', 'hard-link'));
}

async function makeSpecialFiles(folder: string): Promise<void> {
  mkdirSync(folder);
  execFileSync('mkfifo', ['--', path.join(folder, 'fifo')]);
  // Allowed to root alone, and not everywhere.
  spawnSync('mknod', ['--', path.join(folder, 'device'), 'c', '1', '3']);
  await makeSocket(path.join(folder, 'socket'));
}

/** Made where its path is short, and moved: Node removes a socket when it closes it, by the name that it had. */
async function makeSocket(target: string): Promise<void> {
  const short = path.join(tmpdir(), `mooring-socket-${process.pid}`);
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(short, resolve));
  execFileSync('mv', ['--', short, target]);
  await new Promise((resolve) => server.close(resolve));
}

function makeTimes(folder: string): void {
  mkdirSync(folder);
  for (const name of ['1901', '1969', '2446']) writeFileSync(path.join(folder, name), name);
  mkdirSync(path.join(folder, 'folder of 1901'));
  symlinkSync('1901', path.join(folder, 'link of 1969'));
  for (const [name, time] of TIMES) execFileSync('touch', ['-h', '-d', time, '--', path.join(folder, name)]);
}

/** By `mkdir` in the working folder of a shell, since no path as a whole may be as long. */
function makeDeep(folder: string, depth: number): void {
  mkdirSync(folder);
  const script =
    'cd "$1" || exit 1; for ((i = 0; i < $2; i++)); do n="$i-$3"; mkdir -- "$n" && : > "file $i" && cd -P -- "$n" || exit 1; done; echo end > end';
  execFileSync('bash', ['-c', script, 'bash', folder, String(depth), 'd'.repeat(LEVEL_NAME_BYTES - 4)]);
}

function makeHuge(folder: string, files: number): void {
  mkdirSync(folder);
  for (let index = 0; index < files; index++) closeSync(openSync(path.join(folder, `file ${(index * 7919) % files}`), 'w'));
}
