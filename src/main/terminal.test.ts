import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { findProgram, terminalCandidates } from './terminal.ts';

describe('terminalCandidates', () => {
  it('names the folder to nobody who could read it as something else', () => {
    const folder = '/media/; rm -rf ~ $(reboot) "x"';
    for (const platform of ['linux', 'win32'] as const) {
      expect(terminalCandidates(platform, folder, {}).flatMap(({ args }) => args)).not.toContain(folder);
    }
    expect(terminalCandidates('darwin', folder, {})).toEqual([{ file: '/usr/bin/open', args: ['-a', 'Terminal', folder] }]);
  });

  it('begins with the user’s own, unless that is more than a name', () => {
    expect(terminalCandidates('linux', '/', { TERMINAL: 'foot' })[0]).toEqual({ file: 'foot', args: [] });
    expect(terminalCandidates('linux', '/', { TERMINAL: 'xterm -e rm' })[0]?.file).toBe('xdg-terminal-exec');
    expect(terminalCandidates('linux', '/', { TERMINAL: '--help' })[0]?.file).toBe('xdg-terminal-exec');
  });
});

describe('terminalCandidates on Windows', () => {
  const files = (env: NodeJS.ProcessEnv) => terminalCandidates('win32', 'E:\\', env).map(({ file }) => file);

  it('have their whole path: by its name alone, a program of the drive would be started in their place', () => {
    const known = { LOCALAPPDATA: 'C:\\Users\\Me\\AppData\\Local', SystemRoot: 'D:\\Win' };
    expect(files(known)).toEqual([
      'C:\\Users\\Me\\AppData\\Local\\Microsoft\\WindowsApps\\wt.exe',
      'D:\\Win\\System32\\WindowsPowerShell\\v1.0\\powershell.exe',
      'D:\\Win\\System32\\cmd.exe',
    ]);
    expect(files({})).toHaveLength(2);
    expect([...files({}), ...files({ LOCALAPPDATA: 'relative' })].filter((file) => !/^[A-Z]:\\/.test(file))).toEqual([]);
  });
});

describe('findProgram', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mooring-terminal-'));
  writeFileSync(join(folder, 'runs'), '#!/bin/sh\n');
  chmodSync(join(folder, 'runs'), 0o755);
  writeFileSync(join(folder, 'lies'), 'text');
  mkdirSync(join(folder, 'folder'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('finds what can be run, in the order of the folders', () => {
    expect(findProgram('runs', `/nowhere:${folder}`)).toBe(join(folder, 'runs'));
    expect(findProgram(join(folder, 'runs'), '')).toBe(join(folder, 'runs'));
    expect(findProgram('lies', folder)).toBeNull();
    expect(findProgram('folder', folder)).toBeNull();
  });

  it('looks into no folder that depends on where we are', () => {
    expect(findProgram('runs', `.:relative::${folder}/missing`)).toBeNull();
  });
});
