import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { findProgram, terminalCandidates } from './terminal.ts';

describe('terminalCandidates', () => {
  it('names the folder to nobody who could read it as something else', () => {
    const folder = '/media/; rm -rf ~ $(reboot) "x"';
    for (const platform of ['linux', 'win32'] as const) {
      expect(terminalCandidates(platform, folder, undefined).flatMap(({ args }) => args)).not.toContain(folder);
    }
    expect(terminalCandidates('darwin', folder, undefined)).toEqual([{ file: '/usr/bin/open', args: ['-a', 'Terminal', folder] }]);
  });

  it('begins with the user’s own, unless that is more than a name', () => {
    expect(terminalCandidates('linux', '/', 'foot')[0]).toEqual({ file: 'foot', args: [] });
    expect(terminalCandidates('linux', '/', 'xterm -e rm')[0]?.file).toBe('xdg-terminal-exec');
    expect(terminalCandidates('linux', '/', '--help')[0]?.file).toBe('xdg-terminal-exec');
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
