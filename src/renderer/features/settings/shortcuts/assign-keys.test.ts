import { describe, expect, it } from 'vitest';
import { keysOf } from '../../../../shared/command-keys.ts';
import { parseChord } from '../../../../shared/key-chord.ts';
import { assignKeys, keyConflict, keyProblem, removeKeys, resetKeys } from './assign-keys.ts';

const problem = (text: string) => {
  const chord = parseChord(text);
  return chord ? keyProblem(chord, 'other') : 'no chord';
};

describe('keyProblem', () => {
  it('leaves letters to the names that begin with them', () => {
    expect(problem('a')).toEqual({ problem: 'letter' });
    expect(problem('shift+ä')).toEqual({ problem: 'letter' });
    expect(problem('7')).toEqual({ problem: 'letter' });
    expect(problem('?')).toBeNull();
    expect(problem('mod+a')).toBeNull();
  });

  it('leaves the keys of lists and dialogs alone', () => {
    expect(['ArrowUp', 'shift+ArrowDown', 'Tab', 'Escape', 'Home', 'shift+F10'].map(problem)).toEqual(Array(6).fill({ problem: 'taken' }));
    expect(['mod+ArrowUp', 'alt+Home', 'Delete', 'F10'].map(problem)).toEqual([null, null, null, null]);
  });

  it('leaves the clipboard to the system', () => {
    expect(problem('mod+c')).toEqual({ problem: 'fixed', command: 'edit.copy' });
  });
});

describe('keyConflict', () => {
  it('names the command that has the chord, by custom as by the user’s own choice', () => {
    expect(keyConflict('file.rename', 'mod+d', {}, 'other')).toBe('file.duplicate');
    expect(keyConflict('file.duplicate', 'mod+d', {}, 'other')).toBeNull();
    expect(keyConflict('file.rename', 'mod+d', { 'file.duplicate': 'F9' }, 'other')).toBeNull();
    expect(keyConflict('file.rename', 'F9', { 'file.duplicate': 'F9' }, 'other')).toBe('file.duplicate');
  });
});

describe('assignKeys', () => {
  it('gives the chord to one command alone', () => {
    const custom = assignKeys('file.rename', 'mod+d', {}, 'other');
    expect(custom).toEqual({ 'file.rename': 'mod+d', 'file.duplicate': null });
    expect(keysOf('file.duplicate', custom, 'other')).toEqual([]);
  });

  it('leaves the other command the rest of its chords', () => {
    expect(assignKeys('file.rename', 'Backspace', {}, 'other')).toEqual({ 'file.rename': 'Backspace', 'go.up': 'alt+ArrowUp' });
  });

  it('writes nothing down that is as usual', () => {
    expect(assignKeys('file.rename', 'F2', { 'file.rename': 'mod+e' }, 'other')).toEqual({});
  });

  it('keeps what other versions have written down', () => {
    expect(assignKeys('file.rename', 'mod+e', { 'later.command': 'mod+0' }, 'other')).toEqual({
      'later.command': 'mod+0',
      'file.rename': 'mod+e',
    });
  });
});

it('removes the chords of a command, and gives the usual ones back', () => {
  const removed = removeKeys('file.trash', {}, 'other');
  expect(removed).toEqual({ 'file.trash': null });
  expect(resetKeys('file.trash', removed, 'other')).toEqual({});
});

it('takes a usual chord back from whichever has got it', () => {
  const custom = assignKeys('file.rename', 'mod+d', {}, 'other');
  expect(resetKeys('file.duplicate', custom, 'other')).toEqual({ 'file.rename': null });
});
