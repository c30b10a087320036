import { array, assert, property, string } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { foldText } from './fold-text.ts';
import { expressionRanges, highlightRanges, wantedExpressions, wantedTexts } from './highlight.ts';
import { parseQuery } from './parse-query.ts';

const now = new Date();
const marked = (name: string, query: string) => {
  const { query: wanted } = parseQuery(query, { now });
  const ranges = highlightRanges(name, wantedTexts(wanted), expressionRanges(name, wantedExpressions(wanted)));
  return ranges.reduceRight((text, { start, end }) => `${text.slice(0, start)}[${text.slice(start, end)}]${text.slice(end)}`, name);
};

describe('Highlighting', () => {
  test.each([
    ['IMG_2023.jpg', 'img', '[IMG]_2023.jpg'],
    ['banana', 'an', 'b[anan]a'],
    ['Crème brûlée.txt', 'creme brulee', '[Crème] [brûlée].txt'],
    ['Cre\u0300me', 'creme', '[Cre\u0300me]'],
    ['Straße', 'ss', 'Stra[ß]e'],
    ['한글', '하', '[한]글'],
    ['❤️ list', 'list', '❤️ [list]'],
    ['😀a😀', 'a', '😀[a]😀'],
    ['report.pdf', 'report -draft ext:pdf', '[report].pdf'],
    ['a b', 'a OR c', '[a] b'],
    ['other', 'folder', 'other'],
    ['IMG_12.jpg', 'name:/\\d+/', 'IMG_[12].jpg'],
    ['a1b2', 'name:/[0-9]/', 'a[1]b2'],
    ['img_1.jpg', 'name:/g_1/ img', '[img_1].jpg'],
    ['plain', 'name:/x*/', 'plain'],
    ['img_1.jpg', '-name:/2/ img*.jpg', '[img]_1[.jpg]'],
  ])('of %s, looked for by %s, gives %s', (name, query, expected) => {
    expect(marked(name, query)).toBe(expected);
  });

  test('gives ranges in order, apart, within the name, whose folded text has what was looked for', () => {
    const any = string({ unit: 'binary', maxLength: 20 });
    assert(
      property(any, any, any, array(any.map(foldText), { maxLength: 3 }), (before, text, after, others) => {
        const wanted = foldText(text);
        const name = before + text + after;
        const ranges = highlightRanges(name, [wanted, ...others]);
        let end = -1;
        for (const range of ranges) {
          expect(range.start).toBeGreaterThan(end);
          expect(range.end).toBeGreaterThan(range.start);
          end = range.end;
        }
        expect(end).toBeLessThanOrEqual(name.length);
        const isFound = wanted === '' || ranges.some((range) => foldText(name.slice(range.start, range.end)).includes(wanted));
        expect(isFound).toBe(true);
      }),
    );
  });
});
