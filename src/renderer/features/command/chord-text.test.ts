import i18next from 'i18next';
import { beforeAll, expect, it } from 'vitest';
import { de } from '../../i18n/de.ts';
import { en } from '../../i18n/en.ts';
import { chordText } from './chord-text.ts';

const { t } = i18next;

beforeAll(() => i18next.init({ resources: { en: { translation: en }, de: { translation: de } }, lng: 'en' }));

it('writes keys as the menus of the platform do', () => {
  expect(chordText('mod+shift+c', t, false)).toBe('Ctrl+Shift+C');
  expect(chordText('mod+shift+c', t, true)).toBe('⇧⌘C');
  expect(chordText('shift+Delete', t, false)).toBe('Shift+Del');
  expect(chordText('mod+Plus', t, false)).toBe('Ctrl++');
  expect(chordText('alt+ArrowUp', t, false)).toBe('Alt+↑');
  expect(chordText('mod+alt+Backspace', t, true)).toBe('⌥⌘⌫');
  expect(chordText('nonsense', t, false)).toBe('');
});

it('names keys as keyboards of the language do', async () => {
  await i18next.changeLanguage('de');
  expect(chordText('mod+shift+Delete', t, false)).toBe('Strg+Umschalt+Entf');
});
