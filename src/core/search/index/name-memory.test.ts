import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { layOutNames, plainRank } from '#test/engine/search/plain-names.ts';
import { NameMemory, type NameScan, SCAN_SOURCE_HASH } from './name-memory.ts';
import { RANK } from './rank.ts';

const name = fc.string({ unit: fc.constantFrom('a', 'b', '.', ' ', '1', 'é', '字', '🎉', '٣', '–'), maxLength: 40 });
const text = fc.string({ unit: fc.constantFrom('a', 'b', '.', ' ', '1', 'é', '字', '🎉'), minLength: 1, maxLength: 5 });

it('finds a text in the names that have it, where it fits best, whether they are kept or not', () => {
  const memory = new NameMemory();
  fc.assert(
    fc.property(
      fc.array(name, { maxLength: 60 }),
      text,
      fc.nat(60),
      fc.nat(60),
      fc.integer({ min: RANK.inside, max: RANK.whole }),
      (names, wanted, one, other, least) => {
        const { bytes, offsets } = layOutNames(names);
        const [from = 0, to = 0] = [one, other].map((slot) => Math.min(slot, names.length)).toSorted((a, b) => a - b);
        const expected = names.map((shown, slot) =>
          slot >= from && slot < to && plainRank(shown, wanted) >= least ? plainRank(shown, wanted) : RANK.none,
        );
        const kept = memory.keep(bytes, offsets).scan;
        const elsewhere: NameScan = (...sought) => memory.scanElsewhere(bytes, offsets, ...sought);
        for (const scan of [kept, elsewhere]) {
          const ranks = new Uint8Array(names.length);
          expect(scan(Buffer.from(wanted), { from, to }, least, ranks)).toBe(expected.some((rank) => rank > 0));
          expect([...ranks]).toEqual(expected);
        }
      },
    ),
    { numRuns: 2000 },
  );
});

it('keeps many segments, and names of any length', () => {
  const memory = new NameMemory();
  const kept = Array.from({ length: 2000 }, (_, index) => {
    const { bytes, offsets } = layOutNames([`${'x'.repeat(40_000)}${index}`, 'end']);
    return memory.keep(bytes, offsets);
  });
  const find = (text: string) =>
    kept.map(({ scan }) => {
      const ranks = new Uint8Array(2);
      return scan(Buffer.from(text), { from: 0, to: 2 }, RANK.inside, ranks) ? [...ranks] : null;
    });
  expect(find('x1999')).toEqual([...Array(1999).fill(null), [RANK.inside, RANK.none]]);
  expect(find('end')).toEqual(Array(2000).fill([RANK.none, RANK.whole]));
  expect(kept[0]?.scan(Buffer.from('x'.repeat(20_000)), { from: 0, to: 2 }, RANK.inside, new Uint8Array(2))).toBe(false);
});

it('runs the program that belongs to its source', () => {
  const source = readFileSync(join(import.meta.dirname, 'scan-names.as'));
  expect(SCAN_SOURCE_HASH, 'Run `npm run wasm` after a change of scan-names.as').toBe(createHash('sha256').update(source).digest('hex'));
});
