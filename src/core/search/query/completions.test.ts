import { assert, constantFrom, nat, oneof, property, string } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { NO_DETAIL } from './completion-detail.ts';
import { completionPlace } from './completion-place.ts';
import { completeValue, completeWord, quoteValue, rankValues } from './completions.ts';
import { parseQuery } from './parse-query.ts';

/** `|` is the caret. @returns the query with what a choice replaces in brackets, and what it is completed as */
function placeOf(marked: string): string | null {
  const position = marked.indexOf('|');
  const text = marked.replace('|', '');
  const place = completionPlace(text, position);
  if (!place) return null;
  const { range, filter, typed } = place;
  return `${text.slice(0, range.start)}[${text.slice(range.start, range.end)}]${text.slice(range.end)} ${filter ?? 'word'} ${typed}`;
}

describe('The place of the caret', () => {
  test.each([
    ['|', '[] word '],
    ['a |', 'a [] word '],
    ['ki|', '[ki] word ki'],
    ['k|i b', '[ki] b word k'],
    ['-ki|', '-[ki] word ki'],
    ['(ki|)', '([ki]) word ki'],
    ['kind:|', 'kind:[] kind '],
    ['KIND:im|', 'KIND:[im] kind im'],
    ['kind:im|age x', 'kind:[image] x kind im'],
    ['ext:pdf,d|', 'ext:pdf,[d] ext d'],
    ['ext:pdf,|', 'ext:pdf,[] ext '],
    ['ext:p|,docx', 'ext:[p],docx ext p'],
    ['in:"Pho| size:1', 'in:["Pho] size:1 in Pho'],
    ['in:"Pho|"', 'in:["Pho"] in Pho'],
    ['a OR|', 'a [OR] word OR'],
    ['NOT |', 'NOT [] word '],
  ])('%s', (marked, expected) => {
    expect(placeOf(marked)).toBe(expected);
  });

  test.each(['"a phrase|', '"a"|', 'in:"Photos"|', 'name:/a|/', '(a)|'])('%s has nothing to complete', (marked) => {
    expect(placeOf(marked)).toBeNull();
  });

  test('is within the text, and where something is written, around the caret', () => {
    assert(
      property(string({ unit: 'binary' }), nat(40), (text, position) => {
        const place = completionPlace(text, position);
        if (!place) return;
        const caret = Math.min(position, text.length);
        expect(place.range.start).toBeGreaterThanOrEqual(0);
        expect(place.range.start).toBeLessThanOrEqual(caret);
        expect(place.range.end).toBeGreaterThanOrEqual(caret);
        expect(place.range.end).toBeLessThanOrEqual(text.length);
      }),
    );
  });
});

describe('What is offered', () => {
  const labels = (items: { label: string }[] | null) => items?.map(({ label }) => label);

  test('are filters, and for what is typed also kinds and states', () => {
    expect(labels(completeWord(''))).toEqual(
      ['ext', 'kind', 'size', 'modified', 'created', 'in', 'volume', 'location', 'is', 'name'].map((name) => `${name}:`),
    );
    expect(labels(completeWord('im'))).toEqual(['kind:image']);
    expect(labels(completeWord('OF'))).toEqual(['is:offline']);
    expect(labels(completeWord('xyz'))).toEqual([]);
  });

  test('are values', () => {
    const now = new Date('2024-05-15');
    expect(labels(completeValue('kind', 'a', now))).toEqual(['audio', 'archive']);
    expect(labels(completeValue('is', '', now))).toContain('hidden');
    expect(labels(completeValue('size', '>1', now))).toEqual(['>1mb', '>10mb', '>100mb', '>1gb']);
    expect(labels(completeValue('modified', '2', now))).toEqual(['2024', '2023']);
    expect(completeValue('volume', '', now)).toBeNull();
  });

  test('is understood when it is chosen', () => {
    const now = new Date();
    const chosen = ['kind', 'is', 'size', 'modified', 'created'].flatMap((filter) =>
      (completeValue(filter, '', now) ?? []).map(({ text }) => `${filter}:${text}`),
    );
    for (const query of chosen) expect([query, parseQuery(query, { now }).problems]).toEqual([query, []]);
  });

  test('of a library: what begins so first, each once, in quotes where it needs them', () => {
    const values = ['Old photos', 'Photos', 'photos (1)', 'Photos', 'Other'].map((value) => ({ value, ...NO_DETAIL }));
    expect(rankValues(values, 'pho').map(({ text }) => text)).toEqual(['Photos', '"photos (1)"', '"Old photos"']);
  });

  test('a value in quotes is read as it was', () => {
    assert(
      property(oneof(string({ unit: 'binary' }), string({ unit: constantFrom('"', '\\', ' ', 'a') })), (name) => {
        const value = `v${name}`;
        const [term] = parseQuery(`volume:${quoteValue(value)}`, { now: new Date() }).terms;
        expect(term?.text).toBe(value);
      }),
    );
  });
});
