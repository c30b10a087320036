import { numberFormat } from './kept-format.ts';

export type SizeUnits = 'si' | 'iec';

const UNIT_NAMES = { si: ['B', 'kB', 'MB', 'GB', 'TB', 'PB'], iec: ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'] } as const;

/** A size in two parts, so that figure and unit can be set in different type. Three significant digits. */
export function sizeParts(bytes: number, units: SizeUnits, language: string): { figure: string; unit: string } {
  const base = units === 'si' ? 1000 : 1024;
  const names = UNIT_NAMES[units];
  let power = 0;
  let value = bytes;
  // 999.95 would round to “1000”: move on to the next unit from there.
  while (value >= base * 0.9995 && power < names.length - 1) {
    value /= base;
    power += 1;
  }
  const digits = power === 0 || value >= 100 ? 0 : value >= 10 ? 1 : 2;
  const figure = numberFormat(language, { maximumFractionDigits: digits }).format(value);
  return { figure, unit: names[power] ?? 'B' };
}

/** Bytes for people, by the language and units that they chose: `1.5 GB`, with a space that does not break. */
export function formatSize(bytes: number, units: SizeUnits, language: string): string {
  const { figure, unit } = sizeParts(bytes, units, language);
  return `${figure}\u00a0${unit}`;
}
