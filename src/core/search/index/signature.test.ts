import fc from 'fast-check';
import { expect, it } from 'vitest';
import { layOutNames, plainRank } from '#test/engine/search/plain-names.ts';
import { RANK } from './rank.ts';
import { BLOCK_SIZE, makeSignature } from './signature.ts';
import { SignatureTable } from './signature-table.ts';
import { SoughtText } from './sought-text.ts';

const unit = fc.constantFrom('a', 'b', 'c', '.', ' ', '1', 'é', '字', '🎉', '–');
const name = fc.string({ unit, minLength: 1, maxLength: 12 });
/** Of the signatures of several segments, among them one with these names. */
function signed(names: readonly string[], segment: number) {
  const { bytes, offsets } = layOutNames(names);
  const table = new SignatureTable();
  for (const other of [segment + 1, segment, segment + 2]) {
    table.keep(other, other === segment ? makeSignature({ count: names.length, names: bytes, offsets }, segment) : new Uint8Array(0));
  }
  table.arrange([{ number: null }, { number: segment + 2 }, { number: segment }]);
  return (text: string, least: number) => {
    const blocks = new Uint16Array(3);
    const sought = new SoughtText(Buffer.from(text));
    table.findAnywhere(sought, blocks);
    if (least >= RANK.wordStart) table.keepBeginnings(sought, least, blocks);
    return blocks[2] ?? 0;
  };
}

const RANKS = [RANK.inside, RANK.wordStart, RANK.start, RANK.whole];

it('never says of a block that it cannot have what is in it, however well it fits', () => {
  fc.assert(
    fc.property(
      fc.array(name, { minLength: 1, maxLength: 8 }),
      fc.nat(3),
      fc.nat(1000),
      fc.string({ unit, minLength: 1, maxLength: 6 }),
      (some, block, segment, any) => {
        const names = [...Array<string>(block * BLOCK_SIZE).fill(''), ...some];
        const blocksOf = signed(names, segment);
        // Parts of the names, too: other texts are seldom in one.
        const parts = some.flatMap((one) => [
          one,
          one.slice(0, 2),
          one.slice(1, 5),
          one.slice(1, 9),
          one.slice(-4),
          one.replace(/\.[^.]*$/, ''),
        ]);
        for (const text of [any, ...parts]) {
          if (text === '' || !text.isWellFormed()) continue;
          const best = Math.max(...some.map((one) => plainRank(one, text)));
          for (const least of RANKS.filter((rank) => rank <= best)) {
            const blocks = blocksOf(text, least);
            expect((blocks >> block) & 1, `${text} in ${some.join('|')}, at least ${least}`).toBe(1);
          }
        }
      },
    ),
    { numRuns: 300 },
  );
});

it('says of most blocks that they do not have what is not in them', () => {
  const names = Array.from({ length: 16 * BLOCK_SIZE }, (_, slot) => `name ${slot.toString(36)}.txt`);
  const blocksOf = signed(names, 7);
  const rare = Array.from({ length: 200 }, (_, index) => `q${index}x`);
  expect(rare.filter((text) => blocksOf(text, RANK.inside) !== 0).length).toBeLessThan(20);
  expect(blocksOf('ame', RANK.inside)).toBe(0xffff);
  expect(blocksOf('ame', RANK.start)).toBe(0);
  expect(blocksOf('nam', RANK.start)).toBe(0xffff);
  expect(blocksOf('name', RANK.whole)).toBe(0);
  expect(blocksOf('name 1.txt', RANK.whole) & 1).toBe(1);
});

it('knows that a block does not have a text although it has all parts of it', () => {
  const blocksOf = signed(['image-7.png', 'a-78.txt', 'x78.jpg', 'фото', 'моя фото (4).jpg', 'draft (4).md', 'a draft'], 7);
  expect(blocksOf('-78', RANK.inside)).toBe(1);
  expect(blocksOf('e-78.j', RANK.inside)).toBe(0);
  expect(blocksOf('фото (4', RANK.wordStart)).toBe(1);
  expect(blocksOf('фото (4', RANK.start)).toBe(0);
  expect(blocksOf('raft (4', RANK.inside)).toBe(1);
  expect(blocksOf('raft (4', RANK.wordStart)).toBe(0);
});
