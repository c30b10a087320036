import { describe, expect, it } from 'vitest';
import { de } from './de.ts';
import { en } from './en.ts';
import { resolveLanguage } from './i18n.ts';

/** Every string by its full key. */
function flatten(strings: object, prefix = ''): [string, string][] {
  return Object.entries(strings).flatMap(([key, value]: [string, unknown]) =>
    typeof value === 'object' && value !== null
      ? flatten(value, `${prefix}${key}.`)
      : [[`${prefix}${key}`, String(value)] as [string, string]],
  );
}

const placeholders = (text: string) => (text.match(/\{\{\w+\}\}/g) ?? []).sort();

describe('translations', () => {
  const english = flatten(en);
  const german = new Map(flatten(de));

  it('have the same keys', () => {
    expect([...german.keys()].sort()).toEqual(english.map(([key]) => key).sort());
  });

  it('fill in the same values and leave nothing empty', () => {
    for (const [key, text] of english) {
      const translated = german.get(key) ?? '';
      expect(translated.trim(), key).not.toBe('');
      expect(placeholders(translated), key).toEqual(placeholders(text));
    }
  });
});

describe('resolveLanguage', () => {
  it('takes the first language of the system that is translated', () => {
    expect(resolveLanguage('system', ['fr-FR', 'de-AT', 'en'])).toBe('de');
    expect(resolveLanguage('system', ['fr'])).toBe('en');
    expect(resolveLanguage('en', ['de'])).toBe('en');
  });
});
