import { type SizeUnits, sizeParts } from '#shared/format-size.ts';

/** Bytes for people and for `grep`: `1.46 GB` or `1.36 GiB`, with an ordinary space and in English like all that is printed. */
export function formatSize(bytes: number, units: SizeUnits): string {
  const { figure, unit } = sizeParts(bytes, units, 'en');
  return `${figure} ${unit}`;
}

/** Seconds for people: `8 s`, `2 min 05 s`, `1 h 03 min`. */
export function formatDuration(seconds: number): string {
  const whole = Math.round(seconds);
  const two = (n: number) => String(n).padStart(2, '0');
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${two(whole % 60)} s`;
  return `${Math.floor(whole / 3600)} h ${two(Math.floor((whole % 3600) / 60))} min`;
}

/** As `formatDuration`, for what may be over in no time: `0.4 s`. */
export function formatSeconds(seconds: number): string {
  if (seconds < 0.1) return 'under 0.1 s';
  return seconds < 10 ? `${seconds.toFixed(1)} s` : formatDuration(seconds);
}

/** A point in time in the user's own zone: `2026-05-31 14:07`. */
export function formatTime(iso: string | null): string {
  if (!iso) return '–';
  const date = new Date(iso);
  const two = (n: number) => String(n).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** How many, with the word for it: `1 file`, `1,234 files`. */
export function formatCount(count: number, one: string, many = `${one}s`): string {
  return `${formatNumber(count)} ${count === 1 ? one : many}`;
}

/** A whole number with its thousands apart: `1,234,567`. */
export function formatNumber(count: number): string {
  return Math.round(count).toLocaleString('en');
}
