import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { formatSize, type SizeUnits, sizeParts } from '../../shared/format-size.ts';
import { useConfig } from '../features/settings/settings-queries.ts';
import { formatAgo, formatCount, formatDate, formatDateTime, formatDuration, formatPercent, formatTime } from './format.ts';

/** The formatters of `format.ts`, bound to the user's language and units. */
export function useFormat() {
  const { i18n } = useTranslation();
  const units: SizeUnits = useConfig()?.appearance.sizeUnits ?? 'si';
  // “en” alone would mean American dates to a British user whose browser says “en-GB”.
  const locale = navigator.language.startsWith(i18n.language) ? navigator.language : i18n.language;
  return useMemo(
    () => ({
      locale,
      size: (bytes: number) => formatSize(bytes, units, locale),
      sizeParts: (bytes: number) => sizeParts(bytes, units, locale),
      ago: (timestamp: string) => formatAgo(timestamp, locale),
      date: (timestamp: string) => formatDate(timestamp, locale),
      dateTime: (timestamp: string) => formatDateTime(timestamp, locale),
      time: (timestamp: string) => formatTime(timestamp, locale),
      duration: (seconds: number) => formatDuration(seconds, locale),
      count: (count: number) => formatCount(count, locale),
      percent: (share: number) => formatPercent(share, locale),
    }),
    [locale, units],
  );
}
