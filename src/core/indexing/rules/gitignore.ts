import { lstatSync, readFileSync } from 'node:fs';
import ignore, { type Ignore } from 'ignore';
import { KIND_RANK } from '#core/entry/row-order.ts';
import { displayName, joinPath, type NativePath, parentOf } from '#core/fs/native-path.ts';
import type { FolderRules } from './compile-rules.ts';

export const GITIGNORE_FILE = '.gitignore';
const QUIET = { bigint: true, throwIfNoEntry: false } as const;
/** A larger one is none that a person has written. */
const MAX_BYTES = 1024 * 1024;
/** `ignore` keeps every answer; this many, and it is made anew. */
const ANSWERS_KEPT = 20_000;
const FOLDERS_KEPT = 5000;

/** The patterns that hold in a folder, from the repository's own folder down to it. The last that matches decides. */
interface Scope {
  /** The folder that all patterns are written relative to. */
  base: NativePath;
  lines: readonly string[];
  matcher: Matcher | null;
  /** Its own file as it was read; null where there is none. */
  fileVersion: string | null;
  parent: Scope | null;
}

/**
 * `.gitignore` files as git reads them (gitignore(5)): those of a folder and of all above it, up to the folder of the repository; also
 * where there is no repository, up to the location's root. A repository within another begins anew. Neither the user's own list nor
 * `.git/info/exclude` is read: they are no part of the location.
 */
export class Gitignores {
  readonly #root: NativePath;
  readonly #scopes = new Map<string, Scope>();
  /** Scopes that have been compared with the disk during this request. */
  readonly #checked = new Set<string>();

  constructor(root: NativePath) {
    this.#root = root;
  }

  beginRequest(): void {
    this.#checked.clear();
    if (this.#scopes.size > FOLDERS_KEPT) this.#scopes.clear();
  }

  /** What is ignored in a folder; null when nothing is. */
  inFolder(folder: NativePath): FolderRules | null {
    const { matcher, base } = this.#scope(folder);
    if (!matcher) return null;
    const prefix = displayName(folder).slice(displayName(base).length).replace(/^\//, '');
    return {
      leavesOut: (name, kind) => {
        const path = prefix === '' ? name : `${prefix}/${name}`;
        return matcher.ignores(kind === KIND_RANK.folder ? `${path}/` : path);
      },
    };
  }

  #scope(folder: NativePath): Scope {
    const key = keyOf(folder);
    const known = this.#scopes.get(key);
    if (known && this.#checked.has(key)) return known;
    this.#checked.add(key);
    const isRepository = lstatSync(joinPath(folder, '.git'), QUIET) !== undefined;
    const parent = isRepository ? null : this.#parentOf(folder);
    const file = joinPath(folder, GITIGNORE_FILE);
    const stats = lstatSync(file, QUIET);
    const fileVersion = stats?.isFile() && stats.size <= MAX_BYTES ? `${stats.ino} ${stats.mtimeNs} ${stats.size}` : null;
    if (known && known.fileVersion === fileVersion && known.parent === parent) return known;
    const scope = makeScope(folder, parent, fileVersion, fileVersion === null ? '' : readText(file));
    this.#scopes.set(key, scope);
    return scope;
  }

  /** Above the location's root only the way up to a repository's folder counts. */
  #parentOf(folder: NativePath): Scope | null {
    const above = parentOf(folder);
    if (above.length >= folder.length) return null;
    if (folder.length > this.#root.length) return this.#scope(above);
    return isInRepository(above) ? this.#scope(above) : null;
  }
}

function makeScope(folder: NativePath, parent: Scope | null, fileVersion: string | null, text: string): Scope {
  if (text === '' && parent) return { ...parent, fileVersion, parent };
  const base = parent?.base ?? folder;
  const prefix = displayName(folder).slice(displayName(base).length).replace(/^\//, '');
  const own = text.split(/\r?\n/).flatMap((line) => rebase(line, prefix));
  const lines = [...(parent?.lines ?? []), ...own];
  return { base, lines, matcher: lines.length > 0 ? new Matcher(lines) : null, fileVersion, parent };
}

/** A pattern of a folder's own file, written for the folder of the repository. */
function rebase(line: string, prefix: string): string[] {
  if (line.trim() === '' || line.startsWith('#')) return [];
  if (prefix === '') return [line];
  const isNegated = line.startsWith('!');
  const pattern = isNegated ? line.slice(1) : line;
  const isAnchored = pattern.replace(/\/\s*$/, '').includes('/');
  const escaped = prefix.replace(/[\\*?[\]!# ]/g, '\\$&');
  return [`${isNegated ? '!' : ''}/${escaped}/${isAnchored ? '' : '**/'}${pattern.replace(/^\//, '')}`];
}

class Matcher {
  readonly #lines: readonly string[];
  #ignore: Ignore;
  #answers = 0;

  constructor(lines: readonly string[]) {
    this.#lines = lines;
    this.#ignore = compile(lines);
  }

  /** @param path with a slash at its end when it is a folder */
  ignores(path: string): boolean {
    if (++this.#answers > ANSWERS_KEPT) {
      this.#ignore = compile(this.#lines);
      this.#answers = 0;
    }
    return this.#ignore.ignores(path);
  }
}

function compile(lines: readonly string[]): Ignore {
  // As git itself on each system (core.ignorecase). Any name may come, `..` never.
  return ignore({ ignorecase: process.platform === 'win32' || process.platform === 'darwin', allowRelativePaths: true }).add([...lines]);
}

function isInRepository(folder: NativePath): boolean {
  for (let current = folder; ; current = parentOf(current)) {
    if (lstatSync(joinPath(current, '.git'), QUIET) !== undefined) return true;
    if (parentOf(current).length >= current.length) return false;
  }
}

function readText(file: NativePath): string {
  try {
    return readFileSync(file, 'utf8').replace(/^\ufeff/, '');
  } catch {
    // What cannot be read ignores nothing, as with git.
    return '';
  }
}

function keyOf(path: NativePath): string {
  return typeof path === 'string' ? path : `\0${path.toString('latin1')}`;
}
