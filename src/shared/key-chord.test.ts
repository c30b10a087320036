import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatChord, parseChord, toAccelerator, writesNothing } from './key-chord.ts';

const NONE = { mod: false, ctrl: false, alt: false, shift: false };

describe('parseChord', () => {
  it.each([
    ['mod+shift+c', { ...NONE, mod: true, shift: true, key: 'c' }],
    ['shift+mod+C', { ...NONE, mod: true, shift: true, key: 'c' }],
    ['F2', { ...NONE, key: 'F2' }],
    ['/', { ...NONE, key: '/' }],
    ['ctrl+Tab', { ...NONE, ctrl: true, key: 'Tab' }],
    ['alt+Plus', { ...NONE, alt: true, key: 'Plus' }],
    ['mod+ü', { ...NONE, mod: true, key: 'ü' }],
  ])('reads %s', (text, chord) => expect(parseChord(text)).toEqual(chord));

  it.each(['', '+', 'mod+', 'mod', 'mod+mod+c', 'hyper+c', 'mod+Nonsense', 'mod+ ', 'c+mod', 'mod+\n', 'F25', 'mod+\u202e'])(
    'takes %j for no chord',
    (text) => expect(parseChord(text)).toBeNull(),
  );

  it('never throws, and what it has read is read again as the same', () => {
    const part = fc.constantFrom('mod', 'shift', 'alt', 'ctrl', '+', 'c', 'Enter', 'F5', ' ', 'Ä', '💾');
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(part).map((parts) => parts.join('+')),
        ),
        (text) => {
          const chord = parseChord(text);
          if (chord) expect(parseChord(formatChord(chord))).toEqual(chord);
        },
      ),
    );
  });
});

it('writes a chord in one way only', () => {
  const texts = ['shift+alt+mod+n', 'alt+mod+shift+N', 'mod+alt+shift+n'];
  expect(new Set(texts.map((text) => formatChord(parseChord(text) ?? { ...NONE, key: 'x' })))).toEqual(new Set(['mod+alt+shift+n']));
});

it('tells chords that could be text from those that cannot', () => {
  const isCommandInFields = (text: string) => writesNothing(parseChord(text) ?? { ...NONE, key: 'x' });
  expect(['mod+l', 'alt+d', 'ctrl+a', 'F6'].filter(isCommandInFields)).toEqual(['mod+l', 'alt+d', 'ctrl+a', 'F6']);
  expect(['/', '?', 'shift+a', 'Delete', 'Enter', 'shift+Tab'].filter(isCommandInFields)).toEqual([]);
});

it.each([
  ['mod+f', 'CmdOrCtrl+F'],
  ['mod+alt+Backspace', 'CmdOrCtrl+Alt+Backspace'],
  ['alt+ArrowLeft', 'Alt+Left'],
  ['mod+shift+.', 'CmdOrCtrl+Shift+.'],
  ['Enter', 'Return'],
  ['F5', 'F5'],
  ['nonsense', null],
])('gives %s to native menus as %s', (chord, accelerator) => expect(toAccelerator(chord)).toBe(accelerator));
