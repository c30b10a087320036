import i18next from 'i18next';
import { isReasonCode, type Reason } from '../../shared/contract/reason.ts';
import { RegexReason } from '../../shared/contract/search.ts';
import { formatSize } from '../../shared/format-size.ts';
import { displayName } from './display-name.ts';

/**
 * What the engine says, in the language of the page.
 *
 * @param reason undefined where the engine has only a message
 * @returns null where this page has no words for it
 */
export function reasonText(reason: Reason | undefined): string | null {
  if (!reason || !isReasonCode(reason.code)) return null;
  const { language } = i18next;
  const params = Object.entries(reason.params).map(([name, value]) => {
    if (typeof value === 'string') return [name, value];
    return [name, name.endsWith('Bytes') ? formatSize(value, 'si', language) : new Intl.NumberFormat(language).format(value)];
  });
  const { data: regex } = RegexReason.safeParse(reason.params.reasonCode);
  const inWords = regex === undefined ? {} : { reason: i18next.t(`search.regexReason.${regex}`) };
  return displayName(i18next.t(`reason.${reason.code}`, { ...Object.fromEntries(params), ...inWords }));
}

/** Why something cannot be taken back; null where nothing is known. */
export function undoReasonText({ reason, why }: { reason: string | null; why?: Reason | undefined }): string | null {
  const translated = i18next.language === 'en' ? null : reasonText(why);
  return translated ?? (reason === null ? null : displayName(reason));
}
