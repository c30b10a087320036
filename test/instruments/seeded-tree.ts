import { closeSync, ftruncateSync, futimesSync, mkdirSync, openSync, symlinkSync, utimesSync } from 'node:fs';
import { seededRandom } from './seeded-random.ts';
import { EXTENSIONS, LATIN_WORDS, OTHER_SHARE, OTHER_WORDS } from './seeded-words.ts';

export interface SeededTreeOptions {
  files: number;
  /** Trees of one seed and number of files are equal, names, sizes and times. */
  seed?: number;
}

export interface SeededTree {
  files: number;
  /** Without the one in which the tree was made. */
  folders: number;
}

type Random = () => number;

interface Folder {
  path: string;
  depth: number;
}

/** Of real home folders, most folders hold a handful of files and a few hold thousands; the mean is about 17. */
const FOLDER_SIZES: [share: number, least: number, most: number][] = [
  [0.3, 0, 10],
  [0.45, 10, 26],
  [0.2, 26, 60],
  [0.045, 50, 120],
  [0.005, 120, 900],
];
const SUBFOLDERS: [share: number, least: number, most: number][] = [
  [0.55, 0, 1],
  [0.25, 1, 3],
  [0.15, 3, 8],
  [0.05, 8, 30],
];
const DEEPEST = 11;
const SYMLINK_SHARE = 0.005;
/** 2010 to 2025, in seconds: nothing in a tree has changed just now. */
const OLDEST_S = 1_262_304_000;
const NEWEST_S = 1_735_689_600;

/**
 * Fills an existing folder with a tree as people have them: names in several scripts, sparse files of all sizes, times of
 * many years. About 20,000 files a second.
 */
export function makeSeededTree(folder: string, { files, seed = 1 }: SeededTreeOptions): SeededTree {
  const random = seededRandom(seed);
  const pending: Folder[] = [];
  const made = { files: 0, folders: 0 };
  for (let current: Folder | undefined = { path: folder, depth: 0 }; current && made.files < files; current = takeAny(pending, random)) {
    const count = Math.min(current.depth === 0 ? 5 : pick(FOLDER_SIZES, random), files - made.files);
    for (let index = 0; index < count; index++) makeFile(current.path, index, random);
    made.files += count;
    const subfolders = countSubfolders(current.depth, pending.length, random);
    for (let index = 0; index < subfolders; index++) {
      const path = `${current.path}/${nameOfFolder(index, random)}`;
      mkdirSync(path);
      pending.push({ path, depth: current.depth + 1 });
    }
    made.folders += subfolders;
    setTimes(current.path, random);
  }
  if (made.files < files) throw new Error(`The tree ended at ${made.files} of ${files} files`);
  for (const { path } of pending) setTimes(path, random);
  return made;
}

function countSubfolders(depth: number, pendingCount: number, random: Random): number {
  if (depth === 0) return 40;
  if (depth >= DEEPEST) return 0;
  // The tree must not end before it has all its files.
  return Math.max(pendingCount < 50 ? 3 : 0, pick(SUBFOLDERS, random));
}

/** Neither strictly by depth nor by breadth, so that deep and shallow folders both fill. */
function takeAny(pending: Folder[], random: Random): Folder | undefined {
  const at = Math.floor(random() * pending.length);
  const taken = pending[at];
  const last = pending.pop();
  if (taken && last && taken !== last) pending[at] = last;
  return taken;
}

function makeFile(folder: string, index: number, random: Random): void {
  const path = `${folder}/${nameOfFile(index, random)}`;
  if (random() < SYMLINK_SHARE) {
    symlinkSync(`../${word(random)}`, path);
    return;
  }
  const file = openSync(path, 'wx');
  // From empty files to some of gigabytes; sparse, so that the disk holds none of it.
  if (random() > 0.02) ftruncateSync(file, Math.floor(2 ** (random() * 14 + (random() < 0.01 ? 18 : 6))));
  const time = timeOf(random);
  futimesSync(file, time, time);
  closeSync(file);
}

function nameOfFile(index: number, random: Random): string {
  const extension = pickOne(EXTENSIONS, random);
  const style = random();
  if (style < 0.3) return `IMG_${1000 + index}.${extension}`;
  if (style < 0.36) return `.${word(random)}-${index}`;
  if (style < 0.7) return `${word(random)}_${word(random)}-${index}.${extension}`;
  return `${word(random)} ${word(random)} (${index}).${extension}`;
}

function nameOfFolder(index: number, random: Random): string {
  return random() < 0.3 ? `${2000 + index}-${word(random)}` : `${word(random)} ${index}`;
}

function setTimes(folder: string, random: Random): void {
  const time = timeOf(random);
  utimesSync(folder, time, time);
}

/** Seconds with a fraction, as programs leave them. */
function timeOf(random: Random): number {
  return OLDEST_S + random() * (NEWEST_S - OLDEST_S);
}

function pick(shares: [share: number, least: number, most: number][], random: Random): number {
  let left = random();
  for (const [share, least, most] of shares) {
    left -= share;
    if (left < 0) return Math.floor(least + random() * (most - least));
  }
  return 0;
}

function word(random: Random): string {
  return pickOne(random() < OTHER_SHARE ? OTHER_WORDS : LATIN_WORDS, random);
}

function pickOne(from: string[], random: Random): string {
  return from[Math.floor(random() * from.length)] ?? '';
}
