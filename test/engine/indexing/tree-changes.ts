import {
  chmodSync,
  linkSync,
  lstatSync,
  lutimesSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import fc from 'fast-check';
import { joinPath, type NativePath, toBytes } from '#core/fs/native-path.ts';

const NAMES: NativePath[] = [
  'a',
  'A',
  'b',
  'file 2.txt',
  'file 10.txt',
  'ä.JPG',
  'line\nbreak',
  `quote"'`,
  Buffer.from([0x66, 0xff, 0xfe]),
  Buffer.from([0xff]),
  'l'.repeat(255),
  '.hidden',
];

/** Something that is done to a tree. `at` and `to` choose among what is there, `name` among names. */
export interface TreeChange {
  type: (typeof TYPES)[number];
  at: number;
  to: number;
  name: number;
}

const TYPES = [
  'make-folder',
  'make-file',
  'write',
  'rename',
  'move',
  'remove',
  'link',
  'symlink',
  'replace',
  'swap-kind',
  'mode',
  'exchange',
  'date',
] as const;

export const treeChange: fc.Arbitrary<TreeChange> = fc.record({
  type: fc.constantFrom(...TYPES),
  at: fc.nat(1000),
  to: fc.nat(1000),
  name: fc.nat(NAMES.length - 1),
});

/** Changes of which a folder's modification time tells. */
export const namesChange = treeChange.filter(({ type }) => !['write', 'mode', 'date', 'link'].includes(type));

let written = 0;

/** Does what can be done of it: a change that the tree does not allow is left out. */
export function applyChange(roots: readonly string[], change: TreeChange): void {
  const all = roots.flatMap((root) => below(root));
  const folders: NativePath[] = [...roots, ...all.filter(isFolder)];
  const folder = pick(folders, change.to);
  const entry = pick(all, change.at);
  const target = joinPath(folder, NAMES[change.name] ?? 'a');
  try {
    change.type === 'make-folder' || change.type === 'make-file' || entry === undefined
      ? make(change.type, target)
      : changeEntry(change.type, entry, target, pick(all, change.to) ?? entry);
  } catch (error) {
    if (!(error instanceof Error && 'errno' in error)) throw error;
  }
}

function make(type: TreeChange['type'], target: NativePath): void {
  if (type === 'make-folder') mkdirSync(target);
  else writeFileSync(target, `${written++}`, { flag: 'wx' });
}

function changeEntry(type: TreeChange['type'], entry: NativePath, target: NativePath, other: NativePath): void {
  switch (type) {
    case 'write':
      if (lstatSync(entry).isFile()) truncateSync(entry, written++ % 5000);
      break;
    case 'rename':
    case 'move':
      renameSync(entry, target);
      break;
    case 'remove':
      rmSync(entry, { recursive: true });
      break;
    case 'link':
      linkSync(entry, target);
      break;
    case 'symlink':
      symlinkSync(entry, target);
      break;
    case 'replace':
      replace(entry);
      break;
    case 'swap-kind':
      if (lstatSync(entry).isDirectory()) {
        rmSync(entry, { recursive: true });
        writeFileSync(entry, `${written++}`);
      } else {
        rmSync(entry);
        mkdirSync(entry);
      }
      break;
    case 'mode':
      if (!lstatSync(entry).isSymbolicLink()) chmodSync(entry, 0o700 | (written++ & 0o77));
      break;
    case 'exchange': {
      const aside = Buffer.concat([toBytes(entry), Buffer.from('~')]);
      renameSync(entry, aside);
      try {
        renameSync(other, entry);
      } catch {
        renameSync(aside, entry);
        return;
      }
      renameSync(aside, other);
      break;
    }
    case 'date':
      lutimesSync(entry, -3_000_000_000 + written++, [-2_208_988_800.25, -1.5, 15_021_000_000.125, 1.000001][written % 4] ?? 0);
  }
}

/** As editors save: written beside it, and renamed. */
function replace(file: NativePath): void {
  if (!lstatSync(file).isFile()) return;
  const beside = Buffer.concat([toBytes(file).subarray(0, -1), Buffer.from('#')]);
  writeFileSync(beside, 'x'.repeat(written++ % 100), { flag: 'wx' });
  renameSync(beside, file);
}

/** Gives what has changed lately a time of its own in the past: else it would not be known whether more is to come in the same instant. */
export function age(roots: readonly string[]): void {
  for (const folder of roots.flatMap((root): NativePath[] => [root, ...below(root).filter(isFolder)])) {
    if (lstatSync(folder).mtimeMs > Date.now() - 60_000) utimesSync(folder, 1, 1_000_000_000 + written++);
  }
}

function isFolder(path: NativePath): boolean {
  return lstatSync(path).isDirectory();
}

function below(folder: NativePath): NativePath[] {
  return readdirSync(toBytes(folder), 'buffer').flatMap((name) => {
    const path = joinPath(folder, name.toString('utf8').includes('\ufffd') ? name : name.toString('utf8'));
    return isFolder(path) ? [path, ...below(path)] : [path];
  });
}

function pick<T>(items: readonly T[], index: number): T {
  return items[index % Math.max(items.length, 1)] as T;
}
