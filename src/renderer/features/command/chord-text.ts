import type { TFunction } from 'i18next';
import { type KeyChord, parseChord } from '../../../shared/key-chord.ts';
import { isMac } from '../../lib/platform.ts';

/** In the order in which each system's menus write them. */
const MAC_MODIFIERS = [
  ['ctrl', '⌃'],
  ['alt', '⌥'],
  ['shift', '⇧'],
  ['mod', '⌘'],
] as const;
const OTHER_MODIFIERS = ['mod', 'alt', 'shift'] as const;
const MAC_KEYS: Record<string, string> = {
  Enter: '↩',
  Backspace: '⌫',
  Delete: '⌦',
  Escape: '⎋',
  Tab: '⇥',
  Home: '↖',
  End: '↘',
  PageUp: '⇞',
  PageDown: '⇟',
};
const SIGNS: Record<string, string> = { ArrowUp: '↑', ArrowDown: '↓', ArrowLeft: '←', ArrowRight: '→', Plus: '+' };
const NAMED = [
  'Enter',
  'Space',
  'Tab',
  'Escape',
  'Backspace',
  'Delete',
  'Insert',
  'Home',
  'End',
  'PageUp',
  'PageDown',
  'ContextMenu',
] as const;

/** A chord as people read it, key by key: `mod+shift+c` is Ctrl, Shift, C, or ⇧ ⌘ C. */
export function chordKeys(text: string, t: TFunction, mac = isMac): string[] {
  const chord = parseChord(text);
  if (!chord) return [];
  const modifiers = mac
    ? MAC_MODIFIERS.filter(([name]) => chord[name]).map(([, sign]) => sign)
    : OTHER_MODIFIERS.filter((name) => chord[name]).map((name) => t(`keyName.${name}`));
  return [...modifiers, keyText(chord, t, mac)];
}

/** A chord in one piece, as menus write it: “Ctrl+Shift+C”, “⇧⌘C”. */
export function chordText(text: string, t: TFunction, mac = isMac): string {
  return chordKeys(text, t, mac).join(mac ? '' : '+');
}

function keyText({ key }: KeyChord, t: TFunction, mac: boolean): string {
  const sign = (mac ? MAC_KEYS[key] : undefined) ?? SIGNS[key];
  if (sign !== undefined) return sign;
  const named = NAMED.find((name) => name === key);
  return named ? t(`keyName.${named}`) : key.length === 1 ? key.toUpperCase() : key;
}
