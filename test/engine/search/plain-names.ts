import { RANK } from '#core/search/index/rank.ts';

const LETTER_OR_DIGIT = /[\p{L}\p{N}]/u;

/** The plainest way to find how well a text fits a name. Both are folded. */
export function plainRank(name: string, text: string): number {
  if (name === text || (name.startsWith(`${text}.`) && /^[^.]+$/.test(name.slice(text.length + 1)))) return RANK.whole;
  if (name.startsWith(text)) return RANK.start;
  let best: number = RANK.none;
  for (let at = name.indexOf(text); at >= 0; at = name.indexOf(text, at + 1)) {
    const before = Array.from(name.slice(0, at)).at(-1) ?? '';
    best = Math.max(best, LETTER_OR_DIGIT.test(before) ? RANK.inside : RANK.wordStart);
  }
  return best;
}

/** As segments have them: one after the other, each followed by a NUL. */
export function layOutNames(names: readonly string[]): { bytes: Uint8Array; offsets: Uint32Array } {
  const all = names.map((name) => Buffer.from(`${name}\0`));
  const offsets = new Uint32Array(names.length + 1);
  for (const [index, { length }] of all.entries()) offsets[index + 1] = (offsets[index] ?? 0) + length;
  return { bytes: Buffer.concat(all), offsets };
}
