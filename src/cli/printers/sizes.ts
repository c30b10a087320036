export type SizeUnits = 'si' | 'iec';

const NAMES = { si: ['B', 'kB', 'MB', 'GB', 'TB', 'PB'], iec: ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'] } as const;

/** Bytes for people: three digits at most, `1.5 GB` or `1.4 GiB`. */
export function formatSize(bytes: number, units: SizeUnits): string {
  const base = units === 'si' ? 1000 : 1024;
  const names = NAMES[units];
  let value = bytes;
  let step = 0;
  // 999.5 would be shown as 1000 of the smaller unit.
  while (value >= base - 0.5 && step < names.length - 1) {
    value /= base;
    step++;
  }
  const digits = step > 0 && value < 9.95 ? 1 : 0;
  return `${value.toFixed(digits)} ${names[step]}`;
}

/** Seconds for people: `8 s`, `2 min 05 s`, `1 h 03 min`. */
export function formatDuration(seconds: number): string {
  const whole = Math.round(seconds);
  const two = (n: number) => String(n).padStart(2, '0');
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${two(whole % 60)} s`;
  return `${Math.floor(whole / 3600)} h ${two(Math.floor((whole % 3600) / 60))} min`;
}

/** A point in time in the user's own zone: `2026-05-31 14:07`. */
export function formatTime(iso: string | null): string {
  if (!iso) return '–';
  const date = new Date(iso);
  const two = (n: number) => String(n).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${two(date.getHours())}:${two(date.getMinutes())}`;
}
