import type { Query } from './query.ts';
import { mistake } from './query-mistake.ts';

const POWERS = 'kmgtp';
const SIZE = /^(\d{1,15}(?:[.,]\d{1,15})?)\s*(?:([kmgtp])(i)?)?b?$/i;

/** In bytes. `step` is what the last written digit stands for: 1 MB for `10mb`, 0.1 MB for `1.5mb`. */
interface Size {
  bytes: number;
  step: number;
}

/**
 * Reads `>10mb`, `1k..5m`, `..5m`, `1k..`; `k` is 1,000 and `ki` 1,024, as sizes are shown. Without a sign a size with a unit means all that
 * would be rounded to what is written.
 * @throws QueryMistake
 */
export function readSize(text: string): Query {
  const range = text.split('..');
  if (range.length === 2) return readRange(range[0] ?? '', range[1] ?? '');
  const [, sign = '', rest = ''] = /^(<=|>=|<|>|=|)(.*)$/s.exec(text) ?? [];
  const { bytes, step } = parseSize(rest);
  if (sign === '>') return between(Math.floor(bytes) + 1, null);
  if (sign === '>=') return between(Math.ceil(bytes), null);
  if (sign === '<') return between(null, Math.ceil(bytes) - 1);
  if (sign === '<=') return between(null, Math.floor(bytes));
  if (step <= 1) return between(Math.round(bytes), Math.round(bytes));
  return between(Math.max(0, Math.ceil(bytes - step / 2)), Math.ceil(bytes + step / 2) - 1);
}

function readRange(from: string, to: string): Query {
  if (from.trim() === '' && to.trim() === '') throw mistake('size-missing');
  const ends = [from, to].map((end) => (end.trim() === '' ? null : parseSize(end).bytes));
  const [min = null, max = null] = ends;
  if (min !== null && max !== null && min > max) return between(Math.ceil(max), Math.floor(min));
  return between(min === null ? null : Math.ceil(min), max === null ? null : Math.floor(max));
}

function parseSize(text: string): Size {
  const [, figure, unit, binary] = SIZE.exec(text.trim()) ?? [];
  if (figure === undefined) throw mistake('size-unreadable', { value: text });
  const factor = unit === undefined ? 1 : (binary ? 1024 : 1000) ** (POWERS.indexOf(unit.toLowerCase()) + 1);
  const [, decimals = ''] = figure.split(/[.,]/);
  return { bytes: Number(figure.replace(',', '.')) * factor, step: factor / 10 ** decimals.length };
}

/** No file is larger than what a number can tell exactly. */
function between(min: number | null, max: number | null): Query {
  const most = Number.MAX_SAFE_INTEGER;
  return { type: 'size', min: min === null ? null : Math.min(min, most), max: max === null ? null : Math.min(max, most) };
}
