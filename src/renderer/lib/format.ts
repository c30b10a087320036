/** Sizes, times and speeds as people read them, by the language and units that the user chose. */
export type SizeUnits = 'si' | 'iec';

const SI = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];
const IEC = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];

/** A size in two parts, so that figure and unit can be set in different type. Three significant digits. */
export function sizeParts(bytes: number, units: SizeUnits, language: string): { figure: string; unit: string } {
  const base = units === 'si' ? 1000 : 1024;
  const names = units === 'si' ? SI : IEC;
  let power = 0;
  let value = bytes;
  // 999.95 would round to “1000”: move on to the next unit from there.
  while (value >= base * 0.9995 && power < names.length - 1) {
    value /= base;
    power += 1;
  }
  const digits = power === 0 || value >= 100 ? 0 : value >= 10 ? 1 : 2;
  const figure = new Intl.NumberFormat(language, { maximumFractionDigits: digits }).format(value);
  return { figure, unit: names[power] ?? 'B' };
}

export function formatSize(bytes: number, units: SizeUnits, language: string): string {
  const { figure, unit } = sizeParts(bytes, units, language);
  return `${figure}\u00a0${unit}`;
}

const STEPS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_557_600],
  ['month', 2_629_800],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
];

/** “3 days ago”, “just now” in the language; `now` is for tests. */
export function formatAgo(timestamp: string, language: string, now = Date.now()): string {
  const seconds = Math.round((Date.parse(timestamp) - now) / 1000);
  const format = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  for (const [unit, size] of STEPS) {
    if (Math.abs(seconds) >= size) return format.format(Math.trunc(seconds / size), unit);
  }
  return format.format(0, 'second');
}

export function formatDateTime(timestamp: string, language: string): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(timestamp));
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
  return new Intl.NumberFormat(language).format(count);
}
