import { describe, expect, it } from 'vitest';
import { LocationRules, type LocationRulesPatch } from '#shared/contract/location.ts';
import { compileRules } from './compile-rules.ts';

const [FOLDER, FILE, SYMLINK] = [0, 1, 2];

interface Asked {
  kind?: number | undefined;
  folder?: string;
  sizeBytes?: number;
  siblings?: string[];
}

function leavesOut(
  rules: LocationRulesPatch,
  name: string,
  { kind = FILE, folder = '', sizeBytes = 0, siblings = [] }: Asked = {},
): boolean {
  const compiled = compileRules(LocationRules.parse({ skipSystemJunk: false, ...rules }));
  return compiled.inFolder(folder, (sibling) => siblings.includes(sibling)).leavesOut(name, kind, sizeBytes);
}

describe('the rules of a location', () => {
  it.each(['.DS_Store', 'Thumbs.db', 'desktop.ini', 'Desktop.ini', 'pagefile.sys', '._photo.jpg', 'Icon\r', '.nfs000000001'])(
    'know the file %j as what a system left',
    (name) => {
      expect(leavesOut({ skipSystemJunk: true }, name)).toBe(true);
      expect(leavesOut({}, name)).toBe(false);
    },
  );

  it.each([
    '$RECYCLE.BIN',
    '$Recycle.Bin',
    'System Volume Information',
    'lost+found',
    '.Trash-1000',
    '.Trashes',
    '.Spotlight-V100',
    '.fseventsd',
  ])('know the folder %j as what a system left', (name) => {
    expect(leavesOut({ skipSystemJunk: true }, name, { kind: FOLDER })).toBe(true);
    // A file of that name is somebody's.
    expect(leavesOut({ skipSystemJunk: true }, name, { kind: FILE })).toBe(false);
  });

  it.each(['.bashrc', 'thumbs.dbx', 'recycle', 'Desktop', '', 'system', '.Trash-1000.zip'])('keep “%s”, which is nobody’s junk', (name) => {
    expect(leavesOut({ skipSystemJunk: true }, name)).toBe(false);
  });

  it('leave out hidden names of every kind', () => {
    for (const kind of [FOLDER, FILE, SYMLINK]) expect(leavesOut({ skipHidden: true }, '.config', { kind })).toBe(true);
    expect(leavesOut({ skipHidden: true }, 'a.b')).toBe(false);
  });

  it('leave out what tools generate, common names only beside their tool’s file', () => {
    const rules = { skipDevelopment: true };
    expect(leavesOut(rules, 'node_modules', { kind: FOLDER })).toBe(true);
    expect(leavesOut(rules, 'node_modules', { kind: FILE })).toBe(false);
    expect(leavesOut(rules, 'target', { kind: FOLDER, siblings: ['Cargo.toml'] })).toBe(true);
    expect(leavesOut(rules, 'target', { kind: FOLDER, siblings: ['notes.txt'] })).toBe(false);
    expect(leavesOut(rules, 'constructor', { kind: FOLDER, siblings: ['constructor'] })).toBe(false);
  });

  it('keep a repository’s folder and leave out its inside; never look into a library', () => {
    const enters = (rules: LocationRulesPatch, name: string) => compileRules(LocationRules.parse(rules)).entersFolder(name);
    expect(leavesOut({ skipDevelopment: true }, '.git', { kind: FOLDER })).toBe(false);
    expect(enters({ skipDevelopment: true }, '.git')).toBe(false);
    expect(enters({}, '.git')).toBe(true);
    expect(enters({}, 'My.sdlibrary')).toBe(false);
  });

  it('take only some extensions, in any case, and all folders', () => {
    const rules = { onlyExtensions: ['jpg', 'PNG'] };
    expect(['a.jpg', 'a.JPG', 'a.b.png'].map((name) => leavesOut(rules, name))).toEqual([false, false, false]);
    expect(['a.txt', 'jpg', '.jpg', 'a.jpg.', ''].map((name) => leavesOut(rules, name))).toEqual([true, true, true, true, true]);
    expect(leavesOut(rules, 'folder.txt', { kind: FOLDER })).toBe(false);
    expect(leavesOut(rules, 'link.txt', { kind: SYMLINK })).toBe(true);
  });

  it('match globs without a slash with names anywhere, others with the way below the location', () => {
    expect(leavesOut({ excludeGlobs: ['*.log'] }, 'a.log', { folder: 'deep/down' })).toBe(true);
    expect(leavesOut({ excludeGlobs: ['*.log'] }, '.log')).toBe(true);
    expect(leavesOut({ excludeGlobs: ['photos/*.raw'] }, 'a.raw', { folder: 'photos' })).toBe(true);
    expect(leavesOut({ excludeGlobs: ['photos/*.raw'] }, 'a.raw', { folder: 'other/photos' })).toBe(false);
    expect(leavesOut({ excludeGlobs: ['**/photos/**/*.raw'] }, 'a.raw', { folder: 'other/photos/2024' })).toBe(true);
    expect(['', 'other'].map((folder) => leavesOut({ excludeGlobs: ['/photos'] }, 'photos', { folder }))).toEqual([true, false]);
    expect(leavesOut({ excludeGlobs: ['cache/'] }, 'cache', { kind: FILE })).toBe(false);
    expect(leavesOut({ excludeGlobs: ['cache/'] }, 'cache', { kind: FOLDER, folder: 'a' })).toBe(true);
    expect(leavesOut({ excludeGlobs: ['{a,b}?'] }, 'b1')).toBe(true);
  });

  it('take odd globs as they are written', () => {
    expect(leavesOut({ excludeGlobs: ['!keep'] }, 'anything')).toBe(false);
    expect(leavesOut({ excludeGlobs: ['a*b'] }, 'a\nb')).toBe(true);
    expect(leavesOut({ excludeGlobs: ['[', '(', '\\', '/', '///'] }, 'x')).toBe(false);
    expect(leavesOut({ excludeGlobs: ['*'] }, 'x', { kind: FOLDER })).toBe(true);
    expect(leavesOut({ excludeGlobs: ['nothing-is-called-so'] }, 'x')).toBe(false);
  });

  it('compare sizes of files alone', () => {
    const rules = { minFileBytes: 10, maxFileBytes: 20 };
    expect([9, 10, 20, 21].map((sizeBytes) => leavesOut(rules, 'x', { sizeBytes }))).toEqual([true, false, false, true]);
    expect(leavesOut(rules, 'x', { kind: FOLDER, sizeBytes: 0 })).toBe(false);
    expect(leavesOut(rules, 'x', { kind: SYMLINK, sizeBytes: 3 })).toBe(false);
  });
});
