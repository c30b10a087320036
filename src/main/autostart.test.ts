import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { writeAutostart } from './autostart.ts';

let folder: string;
const path = () => join(folder, 'autostart', 'mooring.desktop');
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mooring-autostart-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

it('writes an entry and removes it again', () => {
  writeAutostart(join(folder, 'autostart'), '/opt/Mooring/mooring', true);
  expect(readFileSync(path(), 'utf8')).toContain('\nExec="/opt/Mooring/mooring" --hidden\n');
  writeAutostart(join(folder, 'autostart'), '/opt/Mooring/mooring', false);
  expect(existsSync(path())).toBe(false);
  writeAutostart(join(folder, 'autostart'), '/opt/Mooring/mooring', false);
});

it('quotes what a path may hold', () => {
  writeAutostart(join(folder, 'autostart'), '/opt/100% "my" $app\\x', true);
  expect(readFileSync(path(), 'utf8')).toContain('Exec="/opt/100%% \\\\"my\\\\" \\\\$app\\\\\\\\x" --hidden');
});

it('leaves an entry alone that the user wrote', () => {
  writeFileSync(join(folder, 'mooring.desktop'), 'mine');
  writeAutostart(folder, '/opt/Mooring/mooring', true);
  writeAutostart(folder, '/opt/Mooring/mooring', false);
  expect(readFileSync(join(folder, 'mooring.desktop'), 'utf8')).toBe('mine');
});
