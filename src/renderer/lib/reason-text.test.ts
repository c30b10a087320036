import i18next from 'i18next';
import { beforeAll, describe, expect, it } from 'vitest';
import { MooringError } from '../../shared/contract/error.ts';
import { REASONS, reason, sentenceOf } from '../../shared/contract/reason.ts';
import { startI18n } from '../i18n/i18n.ts';
import { reasonText, undoReasonText } from './reason-text.ts';
import { errorText } from './use-error-text.ts';

beforeAll(startI18n);

const taken = reason('name-taken-left-alone', { path: 'Übung.txt' });

describe('what the engine says of files', () => {
  it('is told in German with the names that it is about, whether it was thrown or stands in a record', async () => {
    await i18next.changeLanguage('de');
    const sentence = 'Im Ziel heißt schon etwas wie „Übung.txt“ und wurde in Ruhe gelassen.';
    const message = sentenceOf(taken);
    expect(errorText(new MooringError('PATH_ALREADY_EXISTS', message, { details: { reason: taken } }))).toBe(sentence);
    expect(errorText({ code: 'PATH_ALREADY_EXISTS', message, reason: taken })).toBe(sentence);
    expect(reasonText(reason('target-full', { missingBytes: 2_500_000_000 }))).toContain('2,5\u00a0GB fehlen');
    expect(undoReasonText({ reason: 'English', why: reason('deleted-for-good', {}) })).toMatch(/^Was endgültig gelöscht ist/);
    const params = { reason: 'Unterminated group', reasonCode: 'group-not-closed' };
    expect(reasonText({ code: 'no-expression', params })).toContain('eine Gruppe ist nicht geschlossen');
  });

  it('is told by its code, or in English, where this page does not know the reason', async () => {
    await i18next.changeLanguage('de');
    const unknown = { code: 'of-a-newer-mooring', params: {} };
    expect(errorText({ code: 'NO_SPACE', message: 'English', reason: unknown })).toBe('Der freie Platz reicht nicht.');
    expect(errorText({ code: 'INVALID_INPUT', message: 'English', reason: unknown })).toBe('English');
    expect(undoReasonText({ reason: 'English', why: unknown })).toBe('English');
  });

  it('is the engine’s own message in English, and shows no name that hides something', async () => {
    await i18next.changeLanguage('en');
    expect(errorText({ code: 'CONFLICT', message: 'More than the sentence.', reason: taken })).toBe('More than the sentence.');
    await i18next.changeLanguage('de');
    expect(reasonText(reason('ENOENT', { path: 'a\u202Egpj.exe' }))).toContain('a⟨U+202E⟩gpj.exe');
  });

  it('fills in all that a sentence has room for', () => {
    for (const [code, text] of Object.entries(REASONS)) {
      const names = [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name ?? '');
      const params = Object.fromEntries(names.map((name, index) => [name, `<${index}>`]));
      expect(sentenceOf({ code, params })).not.toContain('{{');
      for (const value of Object.values(params)) expect(sentenceOf({ code, params }), code).toContain(value);
    }
  });
});
