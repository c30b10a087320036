const UNIT_BYTES: Record<string, number> = {
  b: 1,
  k: 1000,
  kb: 1000,
  m: 1000 ** 2,
  mb: 1000 ** 2,
  g: 1000 ** 3,
  gb: 1000 ** 3,
  t: 1000 ** 4,
  tb: 1000 ** 4,
  kib: 1024,
  mib: 1024 ** 2,
  gib: 1024 ** 3,
  tib: 1024 ** 4,
};

/** A size as people write it, in bytes: `4096`, `10 kB` (10,000), `1.5GiB`, `2g`. Null when it is none. Fractions of a byte are cut off. */
export function parseSize(text: string): number | null {
  const [, figure = '', unit = ''] = /^\s*(\d+(?:\.\d+)?)\s*([a-z]*)\s*$/i.exec(text) ?? [];
  const factor = UNIT_BYTES[unit.toLowerCase() || 'b'];
  if (figure === '' || factor === undefined) return null;
  const bytes = Math.floor(Number(figure) * factor);
  return Number.isSafeInteger(bytes) ? bytes : null;
}
