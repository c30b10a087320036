import i18next from 'i18next';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { type ErrorCode, isErrorCode, toMooringError } from '../../shared/contract/error.ts';
import { Reason } from '../../shared/contract/reason.ts';
import { en } from '../i18n/en.ts';
import { displayName } from './display-name.ts';
import { reasonText } from './reason-text.ts';

type TranslatedCode = keyof typeof en.errorCode;
const isTranslated = (code: string): code is TranslatedCode => Object.hasOwn(en.errorCode, code);

/** `errorText` that is another function after a change of language, so that what shows it is drawn again. */
export function useErrorText(): (error: unknown) => string {
  const { i18n } = useTranslation();
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above.
  return useCallback((error) => errorText(error), [i18n.language]);
}

/** An error as a sentence: the engine's own message, or what that says in another language, as far as this page knows. */
export function errorText(error: unknown): string {
  const { code, message, reason } = readError(error);
  // The engine's English messages say more than anything that is filled in here.
  if (i18next.language === 'en') return displayName(message);
  return reasonText(reason) ?? (isTranslated(code) ? i18next.t(`errorCode.${code}`) : displayName(message));
}

/** Errors are thrown by calls, and are data in jobs and operations: `{ code, message, reason? }`. */
function readError(error: unknown): { code: ErrorCode; message: string; reason?: Reason | undefined } {
  if (error instanceof Error) return toMooringError(error);
  if (typeof error === 'object' && error !== null && 'code' in error && 'message' in error && isErrorCode(error.code)) {
    const { data } = Reason.safeParse('reason' in error ? error.reason : undefined);
    return { code: error.code, message: String(error.message), reason: data };
  }
  return toMooringError(error);
}
