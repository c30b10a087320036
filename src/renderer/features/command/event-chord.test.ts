import { describe, expect, it } from 'vitest';
import { formatChord } from '../../../shared/key-chord.ts';
import { chordOf } from './event-chord.ts';

interface Press {
  key: string;
  code?: string;
  held?: readonly ('ctrl' | 'meta' | 'alt' | 'shift' | 'altgr')[];
  mac?: boolean;
}

function read({ key, code = '', held = [], mac = false }: Press): string | null {
  const has = (name: (typeof held)[number]) => held.includes(name);
  const chord = chordOf(
    {
      key,
      code,
      ctrlKey: has('ctrl') || has('altgr'),
      metaKey: has('meta'),
      altKey: has('alt') || has('altgr'),
      shiftKey: has('shift'),
      getModifierState: (name) => name === 'AltGraph' && has('altgr'),
    },
    mac,
  );
  return chord && formatChord(chord);
}

describe('chordOf', () => {
  it.each<[string, Press, string | null]>([
    ['Ctrl+Shift+N', { key: 'N', code: 'KeyN', held: ['ctrl', 'shift'] }, 'mod+shift+n'],
    ['Command+Shift+N on a Mac', { key: 'n', code: 'KeyN', held: ['meta', 'shift'], mac: true }, 'mod+shift+n'],
    ['Control+N on a Mac', { key: 'n', code: 'KeyN', held: ['ctrl'], mac: true }, 'ctrl+n'],
    ['the Windows key', { key: 'n', code: 'KeyN', held: ['meta'] }, null],
    ['a modifier alone', { key: 'Control', held: ['ctrl'] }, null],
    ['a letter', { key: 'a', code: 'KeyA' }, 'a'],
    ['a capital letter', { key: 'A', code: 'KeyA', held: ['shift'] }, 'shift+a'],
    ['a question mark, wherever it is', { key: '?', code: 'Minus', held: ['shift'] }, '?'],
    ['Space', { key: ' ', code: 'Space' }, 'Space'],
    ['Ctrl+Plus', { key: '+', code: 'Equal', held: ['ctrl', 'shift'] }, 'mod+Plus'],
    ['Shift+Delete', { key: 'Delete', code: 'Delete', held: ['shift'] }, 'shift+Delete'],
    ['Alt+Left', { key: 'ArrowLeft', code: 'ArrowLeft', held: ['alt'] }, 'alt+ArrowLeft'],
    ['Ctrl+Z where Y and Z have changed places', { key: 'z', code: 'KeyY', held: ['ctrl'] }, 'mod+z'],
    ['Ctrl+C on a Russian keyboard', { key: 'с', code: 'KeyC', held: ['ctrl'] }, 'mod+c'],
    ['Ctrl+Shift+1', { key: '!', code: 'Digit1', held: ['ctrl', 'shift'] }, 'mod+shift+1'],
    ['Ctrl+Shift+1 on a French keyboard', { key: '1', code: 'Digit1', held: ['ctrl', 'shift'] }, 'mod+shift+1'],
    ['Alt+1 on a French keyboard', { key: '&', code: 'Digit1', held: ['alt'] }, 'alt+1'],
    ['Alt+2 on a Czech keyboard', { key: 'ě', code: 'Digit2', held: ['alt'] }, 'alt+2'],
    ['Ctrl+Shift+7 on a German keyboard', { key: '/', code: 'Digit7', held: ['ctrl', 'shift'] }, 'mod+shift+7'],
    ['a slash on a German keyboard', { key: '/', code: 'Digit7', held: ['shift'] }, '/'],
    ['Option+C on a Mac, which writes ç', { key: 'ç', code: 'KeyC', held: ['meta', 'alt'], mac: true }, 'mod+alt+c'],
    ['Command+Shift+full stop', { key: '>', code: 'Period', held: ['meta', 'shift'], mac: true }, 'mod+shift+.'],
    ['@ by AltGr', { key: '@', code: 'KeyQ', held: ['altgr'] }, null],
    ['ß without anything held', { key: 'ß', code: 'Minus' }, 'ß'],
    ['a dead key', { key: 'Dead', code: 'BracketLeft' }, null],
  ])('reads %s', (_name, press, chord) => expect(read(press)).toBe(chord));
});
