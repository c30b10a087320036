const POWERS = 'kmgtp';

/** Reads a size as people write it: `500`, `1.5 MB`, `2 GiB`, `10k`; a comma may stand for the point. Null when it is none. */
export function parseSize(text: string): number | null {
  const match = /^\s*(\d+(?:[.,]\d+)?)\s*(?:([kmgtp])(i)?)?b?\s*$/i.exec(text);
  if (!match) return null;
  const [, figure = '', unit, binary] = match;
  const power = unit === undefined ? 0 : POWERS.indexOf(unit.toLowerCase()) + 1;
  const bytes = Math.round(Number(figure.replace(',', '.')) * (binary ? 1024 : 1000) ** power);
  return Number.isSafeInteger(bytes) ? bytes : null;
}
