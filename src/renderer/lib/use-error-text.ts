import i18next from 'i18next';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { type ErrorCode, isErrorCode, toMooringError } from '../../shared/contract/error.ts';
import { en } from '../i18n/en.ts';
import { displayName } from './display-name.ts';

type TranslatedCode = keyof typeof en.errorCode;
const isTranslated = (code: string): code is TranslatedCode => Object.hasOwn(en.errorCode, code);

/** `errorText` that is another function after a change of language, so that what shows it is drawn again. */
export function useErrorText(): (error: unknown) => string {
  const { i18n } = useTranslation();
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above.
  return useCallback((error) => errorText(error), [i18n.language]);
}

/** An error as a sentence: translated by its code where that says enough, else the engine's own message. */
export function errorText(error: unknown): string {
  const { code, message } = readError(error);
  // The engine's English messages name paths and processes: better than a translation that cannot.
  if (i18next.language !== 'en' && isTranslated(code)) return i18next.t(`errorCode.${code}`);
  return displayName(message);
}

/** Errors are thrown by calls, and are data in jobs and operations: `{ code, message }`. */
function readError(error: unknown): { code: ErrorCode | 'INTERNAL'; message: string } {
  if (typeof error === 'object' && error !== null && 'code' in error && 'message' in error && isErrorCode(error.code)) {
    return { code: error.code, message: String(error.message) };
  }
  return toMooringError(error);
}
