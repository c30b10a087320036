import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { NameMemory, SCAN_SOURCE_HASH } from './name-memory.ts';
import { RANK } from './text-search.ts';

const LETTER_OR_DIGIT = /[\p{L}\p{N}]/u;

/** The plainest way to find the same. */
function rankOf(name: string, text: string): number {
  if (name === text || (name.startsWith(`${text}.`) && /^[^.]+$/.test(name.slice(text.length + 1)))) return RANK.whole;
  if (name.startsWith(text)) return RANK.start;
  let best: number = RANK.none;
  for (let at = name.indexOf(text); at >= 0; at = name.indexOf(text, at + 1)) {
    const before = Array.from(name.slice(0, at)).at(-1) ?? '';
    best = Math.max(best, LETTER_OR_DIGIT.test(before) ? RANK.inside : RANK.wordStart);
  }
  return best;
}

function layOut(names: readonly string[]): { bytes: Uint8Array; offsets: Uint32Array } {
  const all = names.map((name) => Buffer.from(`${name}\0`));
  const offsets = new Uint32Array(names.length + 1);
  for (const [index, { length }] of all.entries()) offsets[index + 1] = (offsets[index] ?? 0) + length;
  return { bytes: Buffer.concat(all), offsets };
}

const name = fc.string({ unit: fc.constantFrom('a', 'b', '.', ' ', '1', 'é', '字', '🎉', '٣', '–'), maxLength: 40 });
const text = fc.string({ unit: fc.constantFrom('a', 'b', '.', ' ', '1', 'é', '字', '🎉'), minLength: 1, maxLength: 5 });

it('finds a text in the names that have it, where it fits best, whether they are kept or not', () => {
  const memory = new NameMemory();
  fc.assert(
    fc.property(fc.array(name, { maxLength: 60 }), text, (names, wanted) => {
      const { bytes, offsets } = layOut(names);
      const expected = names.flatMap((one, slot) => (rankOf(one, wanted) > 0 ? [[slot, rankOf(one, wanted)]] : []));
      for (const hits of [memory.keep(bytes, offsets).scan(Buffer.from(wanted)), memory.scan(bytes, offsets, Buffer.from(wanted))]) {
        expect(Array.from(hits?.slots ?? [], (slot, at) => [slot, hits?.ranks[at]])).toEqual(expected);
      }
    }),
    { numRuns: 2000 },
  );
});

it('keeps many segments, and names of any length', () => {
  const memory = new NameMemory();
  const kept = Array.from({ length: 2000 }, (_, index) => {
    const { bytes, offsets } = layOut([`${'x'.repeat(40_000)}${index}`, 'end']);
    return memory.keep(bytes, offsets);
  });
  expect(kept.map(({ scan }) => scan(Buffer.from('x1999'))?.slots.length ?? 0).reduce((sum, hits) => sum + hits)).toBe(1);
  expect(kept.every(({ scan }) => scan(Buffer.from('end'))?.slots[0] === 1)).toBe(true);
  expect(kept[0]?.scan(Buffer.from('x'.repeat(20_000)))).toBeNull();
});

it('runs the program that belongs to its source', () => {
  const source = readFileSync(join(import.meta.dirname, 'scan-names.as'));
  expect(SCAN_SOURCE_HASH, 'Run `npm run wasm` after a change of scan-names.as').toBe(createHash('sha256').update(source).digest('hex'));
});
