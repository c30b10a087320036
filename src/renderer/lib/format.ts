import { dateFormat, numberFormat } from '../../shared/kept-format.ts';

/** Times, durations and counts as people read them, by the language that the user chose. */
const STEPS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_557_600],
  ['month', 2_629_800],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
];

/** “3 days ago”, “this minute” in the language; `now` is for tests. */
export function formatAgo(timestamp: string, language: string, now = Date.now()): string {
  const seconds = Math.round((Date.parse(timestamp) - now) / 1000);
  const format = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  for (const [unit, size] of STEPS) {
    if (Math.abs(seconds) >= size) return format.format(Math.trunc(seconds / size), unit);
  }
  return format.format(0, 'minute');
}

export function formatDateTime(timestamp: string, language: string): string {
  return dateFormat(language, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(timestamp));
}

/** The day, with its weekday. */
export function formatDate(timestamp: string, language: string): string {
  return dateFormat(language, { dateStyle: 'full' }).format(new Date(timestamp));
}

/** The time of day, to the second. */
export function formatTime(timestamp: string, language: string): string {
  return dateFormat(language, { timeStyle: 'medium' }).format(new Date(timestamp));
}

/** “1h 5m”, “40s”. */
export function formatDuration(seconds: number, language: string): string {
  const part = (value: number, unit: string) =>
    new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'narrow', maximumFractionDigits: 0 }).format(value);
  if (seconds < 60) return part(Math.max(1, Math.ceil(seconds)), 'second');
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return part(minutes, 'minute');
  const rest = minutes % 60;
  return rest === 0 ? part(minutes / 60, 'hour') : `${part(Math.floor(minutes / 60), 'hour')} ${part(rest, 'minute')}`;
}

export function formatCount(count: number, language: string): string {
  return numberFormat(language, {}).format(count);
}

/** “12%”, “0.4%”: one more digit where the whole ones would say too little. @param share 0 to 1 */
export function formatPercent(share: number, language: string): string {
  return numberFormat(language, { style: 'percent', maximumFractionDigits: share < 0.1 ? 1 : 0 }).format(share);
}
