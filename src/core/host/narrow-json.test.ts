import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { narrowed } from './narrow-json.ts';

const BEYOND_LATIN_1 = /[^\0-\xff]/;
const unit = fc.constantFrom('a', '"', '\\', '\n', '\0', 'é', 'ÿ', 'Ā', 'я', '字', '🎉', '\ud83c', '\u2028', '__proto__');
const text = fc.string({ unit, maxLength: 8 });
/** Names of properties stay as they are. */
const { answer } = fc.letrec((tie) => ({
  answer: fc.oneof(
    { maxDepth: 4 },
    text,
    fc.constantFrom(null, true, 0, 1.5),
    fc.array(tie('answer'), { maxLength: 4 }),
    fc.dictionary(fc.constantFrom('name', 'path', 'é', 'items'), tie('answer')),
  ),
}));

describe('an answer in one byte for each character', () => {
  it('says the same as JSON', () => {
    fc.assert(
      fc.property(answer, (data) => {
        const json = JSON.stringify(narrowed(data));
        expect(json).not.toMatch(BEYOND_LATIN_1);
        expect(JSON.parse(json)).toEqual(JSON.parse(JSON.stringify(data)));
      }),
      { numRuns: 500 },
    );
  });

  it('changes nothing of what it was given, and copies only what has such a text', () => {
    const [plain, wide] = [{ name: 'Zürich' }, { name: 'фото' }];
    const data = { items: [plain, wide], also: [plain] };
    const narrow = narrowed(data) as typeof data;
    expect(data).toEqual({ items: [{ name: 'Zürich' }, { name: 'фото' }], also: [{ name: 'Zürich' }] });
    expect(narrow.items[0]).toBe(plain);
    expect(narrow.also).toBe(data.also);
    expect(narrowed(plain)).toBe(plain);
  });

  it('has room for the longest name', () => {
    const long = '字'.repeat(100_000);
    expect(JSON.parse(JSON.stringify(narrowed([long, 'a', long])))).toEqual([long, 'a', long]);
  });

  it('leaves a property whose name means something else as it is', () => {
    const odd: unknown = JSON.parse('{"__proto__": "фото", "name": "фото"}');
    expect(JSON.parse(JSON.stringify(narrowed(odd)))).toEqual(odd);
  });
});
