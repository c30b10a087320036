import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Gitignores } from './gitignore.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'mooring-gitignore-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(files: Record<string, string>): void {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
    writeFileSync(path.join(root, name), content);
  }
}

/** Files that are not ignored, found as a walk finds them: nothing below an ignored folder. */
function kept(from = root, gitignores = new Gitignores(from)): string[] {
  const files: string[] = [];
  const visit = (folder: string) => {
    const rules = gitignores.inFolder(folder);
    for (const name of readdirSync(folder)) {
      const entry = path.join(folder, name);
      const isFolder = statSync(entry).isDirectory();
      if (name === '.git' || rules?.leavesOut(name, isFolder ? 0 : 1, 0)) continue;
      if (isFolder) visit(entry);
      else files.push(path.relative(root, entry));
    }
  };
  visit(from);
  return files.sort();
}

function keptByGit(): string[] {
  execFileSync('git', ['init', '-q', root], { stdio: 'ignore' });
  const flags = ['-C', root, '-c', 'core.excludesFile=/dev/null', 'ls-files', '-z', '--others', '--exclude-standard'];
  return execFileSync('git', flags).toString().split('\0').filter(Boolean).sort();
}

describe('.gitignore files', () => {
  it('mean what git takes them to mean', () => {
    write({
      '.gitignore': '# a comment\n\n*.log\n!important.log\n/only-here\nbuild/\nfoo/**/bar\n\\#odd\nspace\\ \n**/deep/x\na[bc]d\n/x/y/\n',
      'a.log': '',
      'important.log': '',
      'only-here': '',
      'sub/only-here': '',
      'build/out': '',
      'sub/build/out': '',
      'docs/build': 'a file, no folder',
      'foo/1/2/bar': '',
      'foo/bar': '',
      'bar/foo': '',
      '#odd': '',
      'space ': '',
      'q/deep/x': '',
      abd: '',
      aed: '',
      'x/.gitignore': '!y/\nz\n',
      'x/y/file': '',
      'x/z': '',
      'z/file': '',
      'sub/.gitignore': '!a.log\n/anchored\nwith/slash\n!build/\n',
      'sub/a.log': '',
      'sub/b.log': '',
      'sub/anchored': '',
      'sub/more/anchored': '',
      'sub/with/slash': '',
      'sub/more/with/slash': '',
      'we[ir]d *name/.gitignore': 'secret\n!*.log\n',
      'we[ir]d *name/secret': '',
      'we[ir]d *name/c.log': '',
      'weird name/secret': '',
    });
    expect(kept()).toEqual(keptByGit());
  });

  it('hold below a location that is only a part of the repository, and not in a repository within', () => {
    write({ '.gitignore': '*.tmp\n', 'part/a.tmp': '', 'part/b': '', 'part/inner/.git/HEAD': '', 'part/inner/c.tmp': '' });
    expect(kept(path.join(root, 'part'))).toEqual(['part/b', 'part/inner/c.tmp'].concat('part/a.tmp').sort());
    mkdirSync(path.join(root, '.git'));
    expect(kept(path.join(root, 'part'))).toEqual(['part/b', 'part/inner/c.tmp']);
  });

  it('are read again when they have changed, from one request to the next', () => {
    write({ '.gitignore': 'a\n', a: '', b: '', 'sub/a': '', 'sub/b': '' });
    const gitignores = new Gitignores(root);
    expect(kept(root, gitignores)).toEqual(['.gitignore', 'b', 'sub/b']);
    write({ '.gitignore': 'b and more\nb\n' });
    gitignores.beginRequest();
    expect(kept(root, gitignores)).toEqual(['.gitignore', 'a', 'sub/a']);
    rmSync(path.join(root, '.gitignore'));
    gitignores.beginRequest();
    expect(kept(root, gitignores)).toEqual(['a', 'b', 'sub/a', 'sub/b']);
  });

  it('may be folders, or full of nonsense', () => {
    write({ '.gitignore/file': 'x', 'sub/.gitignore': '\ufeff\u0000[\n(((\n!\n/\n\\\n', 'sub/file': '' });
    expect(kept()).toEqual(['.gitignore/file', 'sub/.gitignore', 'sub/file']);
  });
});
