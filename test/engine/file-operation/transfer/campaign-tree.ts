import { createHash } from 'node:crypto';
import { linkSync, lstatSync, mkdirSync, readdirSync, readFileSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';

export type Policy = 'skip' | 'overwrite' | 'newer' | 'rename';

/** What a file holds, in short. */
type Digest = string;

export interface CampaignTree {
  /** Of each file of the source, by its path below the source. */
  sources: Map<string, Digest>;
  links: Map<string, string>;
  /** Of each file that was in the target before. */
  targets: Map<string, Digest>;
  bytes: number;
}

const KIB = 1024;

/** A tree in `source`, and a part of its names with other content in `target`. */
export function makeCampaignTree(source: string, target: string, random: () => number): CampaignTree {
  const tree: CampaignTree = { sources: new Map(), links: new Map(), targets: new Map(), bytes: 0 };
  const folders = ['', 'a', 'a/deep', 'b', 'ümlaut', 'b/c d'];
  for (const folder of folders) mkdirSync(path.join(source, folder), { recursive: true });
  const write = (name: string, bytes: number) => {
    const content = randomContent(bytes, random);
    writeFileSync(path.join(source, name), content);
    const seconds = 1_000_000_000 + Math.floor(random() * 1e8);
    utimesSync(path.join(source, name), seconds, seconds);
    tree.sources.set(name, digestOf(content));
    tree.bytes += bytes;
  };
  for (let index = 0; index < 40; index++) write(path.join(pick(folders, random), `file ${index}`), Math.floor(random() ** 3 * 300 * KIB));
  for (let index = 0; index < 3; index++)
    write(path.join(pick(folders, random), `middle ${index}`), Math.floor((1 + random() * 2) * KIB * KIB));
  for (let index = 0; index < 2; index++)
    write(path.join(pick(folders, random), `large ${index}`), Math.floor((6 + random() * 8) * KIB * KIB));
  const [first = ''] = tree.sources.keys();
  linkSync(path.join(source, first), path.join(source, 'b/another name'));
  tree.sources.set('b/another name', tree.sources.get(first) ?? '');
  symlinkSync('nowhere at all', path.join(source, 'a/link'));
  tree.links.set('a/link', 'nowhere at all');
  for (const name of tree.sources.keys()) if (random() < 0.25) addTarget(tree, target, name, random);
  return tree;
}

function addTarget(tree: CampaignTree, target: string, name: string, random: () => number): void {
  const content = randomContent(Math.floor(random() * 50 * KIB) + 1, random);
  mkdirSync(path.dirname(path.join(target, name)), { recursive: true });
  writeFileSync(path.join(target, name), content);
  const seconds = 1_000_000_000 + Math.floor(random() * 1e8);
  utimesSync(path.join(target, name), seconds, seconds);
  tree.targets.set(name, digestOf(content));
}

/** What is in a folder now: files by what they hold, and what has a temporary name. */
export interface Found {
  files: Map<string, Digest>;
  temps: string[];
}

export function look(folder: string): Found {
  const found: Found = { files: new Map(), temps: [] };
  if (!lstatSync(folder, { throwIfNoEntry: false })) return found;
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const name = path.relative(folder, path.join(entry.parentPath, entry.name));
    if (entry.name.startsWith('.mooring-')) found.temps.push(name);
    else if (entry.isFile()) found.files.set(name, digestOf(readFileSync(path.join(folder, name))));
  }
  return found;
}

/** What is lost, damaged or half: nothing, at any instant. */
export function lossesIn(tree: CampaignTree, source: Found, target: Found, policy: Policy, changing: string | null): string[] {
  const losses: string[] = [];
  const known = new Set([...tree.sources.values(), ...tree.targets.values()]);
  // By another of its names, too.
  const changed = changing === null ? undefined : tree.sources.get(changing);
  for (const [name, digest] of tree.sources) {
    const isInTarget = namesLike(name, target).some((candidate) => target.files.get(candidate) === digest);
    if (digest !== changed && source.files.get(name) !== digest && !isInTarget) losses.push(`lost: ${name}`);
  }
  for (const [name, digest] of target.files) if (!known.has(digest) && changing === null) losses.push(`not whole: ${name}`);
  for (const [name, digest] of tree.targets) {
    const now = target.files.get(name);
    const mayBeReplaced = policy === 'overwrite' || policy === 'newer';
    if (now !== digest && !(mayBeReplaced && (now === tree.sources.get(name) || name === changing))) losses.push(`damaged: ${name}`);
  }
  return losses;
}

/** `name`, `name (2)` and so on. */
function namesLike(name: string, { files }: Found): string[] {
  return [name, ...[2, 3].map((number) => `${name} (${number})`)].filter((candidate) => files.has(candidate));
}

/** What is not as it was promised in the end. */
export function brokenPromises(tree: CampaignTree, source: Found, target: Found, promise: Promised): string[] {
  const broken = [...source.temps, ...target.temps].map((name) => `left: ${name}`);
  for (const [name, digest] of tree.sources) {
    if (promise.except.has(name)) continue;
    const before = tree.targets.get(name);
    const isPlaced = before === undefined || promise.policy !== 'skip' ? promise.isPlaced(name) : false;
    broken.push(...brokenAt(name, { digest, before, isPlaced }, target, promise.policy));
    const stays = promise.kind === 'copy' || !isPlaced;
    if (stays !== source.files.has(name)) broken.push(stays ? `gone: ${name}` : `still there: ${name}`);
  }
  return broken;
}

interface Expected {
  digest: Digest;
  /** What had the name in the target. */
  before: Digest | undefined;
  isPlaced: boolean;
}

function brokenAt(name: string, { digest, before, isPlaced }: Expected, target: Found, policy: Policy): string[] {
  if (!isPlaced) return before !== undefined && target.files.get(name) !== before ? [`replaced: ${name}`] : [];
  const placedAt = before !== undefined && policy === 'rename' ? `${name} (2)` : name;
  return target.files.get(placedAt) === digest ? [] : [`not placed: ${placedAt}`];
}

export interface Promised {
  kind: 'copy' | 'move';
  policy: Policy;
  /** Files that could not be read, or were changed. */
  except: ReadonlySet<string>;
  /** Whether a file whose name was taken takes the place of the other; true for all whose names were free. */
  isPlaced(name: string): boolean;
}

function randomContent(bytes: number, random: () => number): Buffer {
  const content = Buffer.alloc(bytes);
  for (let at = 0; at + 4 <= bytes; at += 64) content.writeUInt32LE(Math.floor(random() * 0xffff_ffff), at);
  if (bytes > 0 && bytes < 4) content[0] = Math.floor(random() * 255) + 1;
  return content;
}

export function digestOf(content: Buffer): Digest {
  return `${content.length}:${createHash('sha1').update(content).digest('hex')}`;
}

export function pick<T>(list: readonly T[], random: () => number): T {
  const one = list[Math.floor(random() * list.length)];
  if (one === undefined) throw new Error('Nothing to choose from');
  return one;
}
