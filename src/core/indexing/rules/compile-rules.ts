import picomatch from 'picomatch';
import { extensionOf } from '#core/entry/entry-facts.ts';
import { KIND_RANK } from '#core/entry/row-order.ts';
import type { LocationRules } from '#shared/contract/location.ts';
import { isDevelopmentArtefact, isRepositoryInside } from './development-artefacts.ts';
import { isSystemJunk } from './system-junk.ts';

/** Rules, ready to be asked of one folder's entries. */
export interface FolderRules {
  /**
   * Whether an entry is left out; of a folder, with all below it.
   *
   * @param name as it is shown: with U+FFFD in place of what is not UTF-8
   * @param kind as in `entries.kind`
   */
  leavesOut(name: string, kind: number, sizeBytes: number): boolean;
}

/**
 * A location's rules as one predicate, the same for walking, for pruning what is indexed and for what the watcher reports. Of `.gitignore`
 * files it knows nothing: `gitignore.ts` reads them.
 */
export interface CompiledRules {
  /** Whether `inFolder` needs to know where the folder is. */
  needsPath: boolean;
  /**
   * @param folder below the location, with slashes; empty for its root
   * @param hasSibling whether the folder holds an entry of that name, left out or not
   */
  inFolder(folder: string, hasSibling: (name: string) => boolean): FolderRules;
  /** Whether the inside of a folder of that name is indexed; the folder itself is an entry in any case. */
  entersFolder(name: string): boolean;
}

type Test = (name: string, kind: number, sizeBytes: number, hasSibling: (name: string) => boolean) => boolean;

const { folder: FOLDER, file: FILE } = KIND_RANK;
const DOT = 0x2e;

export function compileRules(rules: LocationRules): CompiledRules {
  const tests = testsOf(rules);
  const { byName, byPath } = compileGlobs(rules.excludeGlobs);
  if (byName) tests.push(byName);
  return {
    needsPath: byPath !== null,
    inFolder: (folder, hasSibling) => ({
      leavesOut: (name, kind, sizeBytes) => {
        for (const test of tests) if (test(name, kind, sizeBytes, hasSibling)) return true;
        return byPath?.(folder === '' ? name : `${folder}/${name}`, kind) ?? false;
      },
    }),
    entersFolder: (name) => !isLibrary(name) && !(rules.skipDevelopment && isRepositoryInside(name)),
  };
}

/** Our own: its database would change with each look at it. */
function isLibrary(name: string): boolean {
  return name.endsWith('.sdlibrary');
}

function testsOf(rules: LocationRules): Test[] {
  const tests: Test[] = [];
  const { onlyExtensions, maxFileBytes, minFileBytes } = rules;
  if (rules.skipSystemJunk) tests.push(isSystemJunk);
  if (rules.skipHidden) tests.push((name) => name.charCodeAt(0) === DOT);
  if (rules.skipDevelopment) tests.push((name, kind, _, hasSibling) => isDevelopmentArtefact(name, kind, hasSibling));
  if (onlyExtensions.length > 0) {
    const wanted = new Set(onlyExtensions);
    tests.push((name, kind) => kind !== FOLDER && !wanted.has(extensionOf(name) ?? ''));
  }
  if (maxFileBytes !== null) tests.push((_, kind, sizeBytes) => kind === FILE && sizeBytes > maxFileBytes);
  if (minFileBytes !== null) tests.push((_, kind, sizeBytes) => kind === FILE && sizeBytes < minFileBytes);
  return tests;
}

interface CompiledGlobs {
  byName: Test | null;
  byPath: ((path: string, kind: number) => boolean) | null;
}

/** Globs without a slash match names. Others match the path below the location; a slash at the end means folders only. */
function compileGlobs(globs: readonly string[]): CompiledGlobs {
  const names: string[] = [];
  const paths: string[] = [];
  const folderNames: string[] = [];
  const folderPaths: string[] = [];
  for (const glob of globs) {
    const bare = glob.replace(/\/+$/, '');
    const isForFolders = bare !== glob;
    if (bare === '') continue;
    if (bare.includes('/')) (isForFolders ? folderPaths : paths).push(bare.replace(/^\/+/, ''));
    else (isForFolders ? folderNames : names).push(bare);
  }
  const [name, folderName, path, folderPath] = [names, folderNames, paths, folderPaths].map(matcher);
  return {
    byName: name || folderName ? (text, kind) => (name?.(text) || (kind === FOLDER && folderName?.(text))) ?? false : null,
    byPath: path || folderPath ? (text, kind) => (path?.(text) || (kind === FOLDER && folderPath?.(text))) ?? false : null,
  };
}

/** Names may hold newlines; a leading `!` is a character like others, since a list of what is left out has nothing to negate. */
function matcher(globs: string[]): ((text: string) => boolean) | null {
  if (globs.length === 0) return null;
  return picomatch(globs, { dot: true, nonegate: true, windows: false, flags: 's', strictSlashes: true });
}
