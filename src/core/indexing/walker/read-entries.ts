import { type BigIntStats, lstatSync, readdirSync, readlinkSync } from 'node:fs';
import { kindOf } from '#core/entry/describe-entry.ts';
import { KIND_RANK } from '#core/entry/row-order.ts';
import { toFsError } from '#core/fs/fs-error.ts';
import { displayName, fromBytes, joinPath, type NativePath } from '#core/fs/native-path.ts';
import { namesIn, readFolder } from '#core/fs/read-folder.ts';
import type { FolderRules } from '../rules/compile-rules.ts';
import { nameToWire } from '../walked-rows.ts';
import { type EntryRows, kindOfStats } from './entry-rows.ts';

const QUIET = { bigint: true, throwIfNoEntry: false } as const;
const REPLACEMENT = '\ufffd';

export interface FolderSurroundings {
  rules: FolderRules;
  /** Device of the location's root; file numbers of others may be the same as its own. */
  rootDev: bigint;
  hasLastingInodes: boolean;
  /** Names of folders that must not be touched: servers that may not answer are mounted there. */
  avoided: ReadonlySet<string> | null;
}

/**
 * All names in a folder. Asking for strings is twice as fast as asking for bytes; only where one of them shows that bytes were lost are
 * they read again.
 *
 * @throws an error of `node:fs`
 */
export function readNames(folder: NativePath): NativePath[] {
  const names = readdirSync(folder);
  if (!names.some((name) => name.includes(REPLACEMENT))) return names;
  return readdirSync(folder, 'buffer').map(fromBytes);
}

/** Those of `names` that are spelled in the folder exactly so. @throws an error of `node:fs` */
export function spelledNames(folder: NativePath, names: readonly NativePath[]): NativePath[] {
  const spelled = new Set<string>();
  for (const name of namesIn(folder)) spelled.add(nameToWire(name));
  return names.filter((name) => spelled.has(nameToWire(name)));
}

/** Looks at each entry and adds what is not left out by rules. What has vanished meanwhile is not there. */
export function addEntries(rows: EntryRows, folder: NativePath, names: readonly NativePath[], surroundings: FolderSurroundings): void {
  const kinds = new LazyKinds(folder);
  const prefix = joinPath(folder, '');
  for (const name of names) {
    if (surroundings.avoided?.has(nameToWire(name))) {
      rows.addUnknown(name, KIND_RANK.folder, null);
      continue;
    }
    const path = typeof prefix === 'string' && typeof name === 'string' ? prefix + name : joinPath(folder, name);
    try {
      const stats = lstatSync(path, QUIET);
      if (stats) addEntry(rows, path, name, stats, surroundings);
    } catch (error) {
      const { code } = toFsError(error, path);
      const kind = kinds.of(name);
      if (kind !== null && !surroundings.rules.leavesOut(displayName(name), kind, 0)) rows.addUnknown(name, kind, code);
    }
  }
}

function addEntry(rows: EntryRows, path: NativePath, name: NativePath, stats: BigIntStats, surroundings: FolderSurroundings): void {
  const { rules, rootDev, hasLastingInodes } = surroundings;
  const kind = kindOfStats(stats);
  const shown = typeof name === 'string' ? name : displayName(name);
  if (rules.leavesOut(shown, kind, Number(stats.size))) return;
  const row = rows.add(name, kind, stats, hasLastingInodes && stats.dev === rootDev ? stats.ino : 0n);
  if (kind === KIND_RANK.symlink) addLinkTarget(rows, row, path);
}

function addLinkTarget(rows: EntryRows, row: number, path: NativePath): void {
  try {
    rows.linkTargets.set(row, nameToWire(fromBytes(readlinkSync(path, 'buffer'))));
  } catch {
    // It has vanished, or may not be read: it is a link all the same.
  }
}

/** What the folder itself says of its entries: all that is known of those that may not be looked at. Read only if one is asked for. */
class LazyKinds {
  readonly #folder: NativePath;
  #kinds: Map<string, number> | null = null;

  constructor(folder: NativePath) {
    this.#folder = folder;
  }

  /** Null when it is not there. */
  of(name: NativePath): number | null {
    this.#kinds ??= this.#read();
    return this.#kinds.get(nameToWire(name)) ?? null;
  }

  #read(): Map<string, number> {
    const kinds = new Map<string, number>();
    for (const { bytes, dirent } of readFolder(this.#folder)) kinds.set(nameToWire(fromBytes(bytes)), KIND_RANK[kindOf(dirent)]);
    return kinds;
  }
}
