import { describe, expect, it } from 'vitest';
import type { QueryTerm } from '../../../shared/contract/search.ts';
import { chooseFilter, chosenOf, removeRange, stillThere, valueRange } from './query-text.ts';

/** The terms of a query whose parts are apart by blanks, as the engine would name them. */
function termsOf(query: string): QueryTerm[] {
  return [...query.matchAll(/\S+/g)]
    .filter(([text]) => text !== 'OR')
    .map(({ 0: text, index }) => {
      const isNegated = text.startsWith('-');
      const [filter, value] = text.slice(isNegated ? 1 : 0).split(':', 2);
      const range = { start: index, end: index + text.length, isNegated };
      return value === undefined
        ? { ...range, kind: 'word', filter: null, text: filter ?? '' }
        : { ...range, kind: 'filter', filter: filter ?? '', text: value };
    });
}

const termAt = (start: number, end: number): QueryTerm => ({ kind: 'word', filter: null, text: '', isNegated: false, start, end });

describe('removeRange', () => {
  const remove = (query: string, part: string) => {
    const start = query.indexOf(part);
    return removeRange(query, { start, end: start + part.length });
  };

  it('leaves one blank between what is beside it', () => {
    expect(remove('sea kind:image  ext:jpg', 'kind:image')).toBe('sea ext:jpg');
    expect(remove('kind:image sea', 'kind:image')).toBe('sea');
    expect(remove('sea kind:image', 'kind:image')).toBe('sea');
    expect(remove('sea', 'sea')).toBe('');
  });

  it('takes along an OR that has nothing beside it any more, and no other', () => {
    expect(remove('sea OR lake', 'lake')).toBe('sea');
    expect(remove('sea OR lake', 'sea')).toBe('lake');
    expect(remove('sea OR lake OR pond', 'lake')).toBe('sea OR pond');
    expect(remove('big sea OR lake', 'sea')).toBe('big OR lake');
    expect(remove('(sea OR lake) big', 'lake')).toBe('(sea) big');
    expect(remove('big (sea OR lake)', 'sea')).toBe('big (lake)');
    expect(remove('big -(sea)', 'sea')).toBe('big');
    expect(remove('ORDER sea', 'sea')).toBe('ORDER');
  });
});

describe('filters of a menu', () => {
  const kinds = ['kind:image', 'kind:video'];
  const states = ['is:online', 'is:offline'];
  const choose = (query: string, group: readonly string[], choice: string | null) => chooseFilter(query, termsOf(query), group, choice);

  it('are added at the end, replaced where they stand, and taken out', () => {
    expect(choose('', kinds, 'kind:image')).toBe('kind:image');
    expect(choose('sea ', kinds, 'kind:image')).toBe('sea kind:image');
    expect(choose('kind:image sea', kinds, 'kind:video')).toBe('kind:video sea');
    expect(choose('kind:audio sea', kinds, 'kind:video')).toBe('kind:video sea');
    expect(choose('kind:image sea kind:audio', kinds, 'kind:video')).toBe('kind:video sea');
    expect(choose('kind:image sea kind:audio', kinds, null)).toBe('sea');
  });

  it('are meant for both sides of an OR', () => {
    expect(choose('sea OR lake', kinds, 'kind:image')).toBe('(sea OR lake) kind:image');
    expect(choose('ORE lake', kinds, 'kind:image')).toBe('ORE lake kind:image');
    const terms = [termAt(1, 4), termAt(8, 12)];
    expect(chooseFilter('(sea OR lake) ', terms, kinds, 'kind:image')).toBe('(sea OR lake) kind:image');
  });

  it('leave alone what is negated, and what another question is answered by', () => {
    expect(choose('-kind:image sea', kinds, 'kind:video')).toBe('-kind:image sea kind:video');
    expect(choose('is:hidden is:online', states, 'is:offline')).toBe('is:hidden is:offline');
    expect(choose('is:hidden', states, 'is:offline')).toBe('is:hidden is:offline');
  });

  it('are known by how they are written, in either case', () => {
    const chosen = (query: string, group: readonly string[]) => chosenOf(query, termsOf(query), group);
    expect(chosen('sea kind:IMAGE', kinds)).toBe('kind:image');
    expect(chosen('sea kind:audio', kinds)).toBe(null);
    expect(chosen('is:hidden is:offline', states)).toBe('is:offline');
    expect(chosen('-is:offline', states)).toBe(null);
  });
});

describe('valueRange', () => {
  it('is what follows the name of a filter, and all of a word', () => {
    const query = 'sea -ext:pdf';
    const [word, filter] = termsOf(query).map((term) => valueRange(query, term));
    expect(word).toEqual({ start: 0, end: 3 });
    expect(filter).toEqual({ start: 9, end: 12 });
  });
});

describe('stillThere', () => {
  const ranges = [
    { start: 0, end: 3 },
    { start: 4, end: 8 },
  ];
  it('keeps what lies before the first difference', () => {
    expect(stillThere(ranges, 'sea lake', 'sea lake')).toEqual(ranges);
    expect(stillThere(ranges, 'sea lake', 'sea lakes')).toEqual([ranges[0]]);
    expect(stillThere(ranges, 'sea lake', 'se')).toEqual([]);
  });
});
