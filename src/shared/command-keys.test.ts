import { describe, expect, it } from 'vitest';
import { COMMAND_IDS, COMMAND_KEYS, keysOf, usualKeysOf } from './command-keys.ts';
import { formatChord, parseChord } from './key-chord.ts';

const PLATFORMS = ['mac', 'other', 'web-mac', 'web-other'] as const;

describe('the usual keys', () => {
  it('are chords, each written in the one way', () => {
    for (const [id, keys] of Object.entries(COMMAND_KEYS)) {
      for (const text of Object.values(keys).flat()) {
        const chord = parseChord(text);
        expect(chord && formatChord(chord), `${id}: ${text}`).toBe(text);
      }
    }
  });

  it.each(PLATFORMS)('mean one command each (%s)', (platform) => {
    const commands = new Map<string, string[]>();
    for (const id of COMMAND_IDS) {
      for (const chord of usualKeysOf(id, platform)) commands.set(chord, [...(commands.get(chord) ?? []), id]);
    }
    expect([...commands].filter(([, ids]) => ids.length > 1)).toEqual([]);
  });
});

describe('keysOf', () => {
  it('gives the keys of the platform, and what the user has chosen in place of them', () => {
    expect(keysOf('file.trash', {}, 'other')).toEqual(['Delete']);
    expect(keysOf('file.trash', {}, 'mac')).toEqual(['mod+Backspace']);
    expect(keysOf('go.up', {}, 'other')).toEqual(['alt+ArrowUp', 'Backspace']);
    expect(keysOf('go.up', { 'go.up': 'shift+mod+u' }, 'other')).toEqual(['mod+shift+u']);
    expect(keysOf('go.up', { 'go.up': null }, 'other')).toEqual([]);
  });

  it('keeps the usual ones where the file says something that is no chord', () => {
    expect(keysOf('file.trash', { 'file.trash': 'hyper+space+bar' }, 'other')).toEqual(['Delete']);
  });

  it('leaves the keys of the clipboard to the system', () => {
    expect(keysOf('edit.copy', { 'edit.copy': 'F9' }, 'other')).toEqual(['mod+c']);
  });
});
