import type { KeyChord } from '../../../shared/key-chord.ts';

type Pressed = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey' | 'getModifierState'>;

const MODIFIER_KEYS = new Set([
  'Control',
  'Shift',
  'Alt',
  'AltGraph',
  'Meta',
  'CapsLock',
  'Fn',
  'NumLock',
  'OS',
  'Dead',
  'Process',
  'Unidentified',
]);

/**
 * The chord of a pressed key; null while only modifiers are down, and for what writes a character by AltGr.
 * It goes by what the key writes, so that chords are where the letters are on any keyboard; where that is no Latin letter, by the place of the key.
 * Digits go by their place alone: on some keyboards they are written with Shift. Shift does not count where it only chose the character (`?`).
 */
export function chordOf(event: Pressed, mac: boolean): KeyChord | null {
  if (MODIFIER_KEYS.has(event.key) || event.getModifierState('AltGraph')) return null;
  // The Windows key belongs to the system.
  if (!mac && event.metaKey) return null;
  const mod = mac ? event.metaKey : event.ctrlKey;
  const ctrl = mac && event.ctrlKey;
  const { altKey: alt, shiftKey: shift } = event;
  if ([...event.key].length > 1) return { mod, ctrl, alt, shift, key: event.key };
  const isHeld = mod || ctrl || alt;
  const placed = isHeld ? keyByPlace(event, mac) : null;
  if (placed !== null) return { mod, ctrl, alt, shift, key: placed };
  const key = event.key === ' ' ? 'Space' : event.key === '+' ? 'Plus' : event.key.toLowerCase();
  const isShiftOfKey = key === 'Space' || /^\p{L}$/u.test(event.key);
  return { mod, ctrl, alt, shift: shift && isShiftOfKey, key };
}

const PLACES: Record<string, string> = { Period: '.', Comma: ',' };

/** The digit of the key's place, or what that has on a Latin keyboard where the key itself writes no letter. */
function keyByPlace({ key, code, altKey, shiftKey }: Pressed, mac: boolean): string | null {
  const digit = /^Digit(\d)$/.exec(code)?.[1];
  if (digit !== undefined) return digit;
  const name = /^Key([A-Z])$/.exec(code)?.[1]?.toLowerCase() ?? PLACES[code] ?? null;
  const isLatin = /^[a-z0-9]$/i.test(key);
  const isAscii = /^[!-~]$/.test(key);
  // Option writes other characters on a Mac, and Shift others than full stops everywhere.
  const isChanged = (mac && altKey) || (shiftKey && !/^Key/.test(code)) || !isAscii;
  return name !== null && !isLatin && isChanged ? name : null;
}
