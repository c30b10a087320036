import { describe, expect, it } from 'vitest';
import type { QueryTerm } from '../../../shared/contract/search.ts';
import { placeNow, termsNow } from './query-now.ts';
import { chooseFilter, removeRange } from './query-text.ts';

const OLD = 'sea -lake ext:pdf size:>1 tag:Work';
const rangeOf = (part: string, text = OLD) => ({ start: text.indexOf(part), end: text.indexOf(part) + part.length });
const word = (text: string, query: string): QueryTerm => ({ kind: 'word', filter: null, text, isNegated: false, ...rangeOf(text, query) });
const filter = (name: string, text: string, query: string): QueryTerm => ({
  kind: 'filter',
  filter: name,
  text,
  isNegated: false,
  ...rangeOf(`${name}:${text}`, query),
});

describe('placeNow', () => {
  it('is the same place before what has changed, and one that has moved behind it', () => {
    const now = 'sea -lake size:>1 tag:Work';
    expect(placeNow(rangeOf('-lake'), OLD, now)).toEqual(rangeOf('-lake', now));
    expect(placeNow(rangeOf('tag:Work'), OLD, now)).toEqual(rangeOf('tag:Work', now));
    expect(placeNow(rangeOf('ext:pdf'), OLD, now)).toBe(null);
    expect(placeNow(rangeOf('size:>1'), OLD, 'sea -lake ext:pdf size:>1')).toEqual(rangeOf('size:>1'));
  });

  it('is nowhere for what is being written on', () => {
    expect(placeNow(rangeOf('tag:Work'), OLD, `${OLD}shop`)).toBe(null);
    expect(placeNow(rangeOf('sea'), OLD, `over${OLD}`)).toBe(null);
    expect(placeNow(rangeOf('tag:Work'), OLD, `${OLD} bay`)).toEqual(rangeOf('tag:Work'));
    expect(placeNow(rangeOf('sea'), OLD, '')).toBe(null);
  });

  it('takes no two of the same words for each other', () => {
    expect(placeNow({ start: 4, end: 7 }, 'sea sea', 'sea')).toBe(null);
    expect(placeNow({ start: 0, end: 3 }, 'sea sea', 'sea')).toEqual({ start: 0, end: 3 });
  });
});

describe('termsNow', () => {
  const kinds = ['kind:image', 'kind:video'];
  const states = ['is:online', 'is:offline'];

  it('has two filters that are taken out one after the other both go, though the engine has not answered between them', () => {
    const once = removeRange(OLD, rangeOf('tag:Work'));
    const second = placeNow(rangeOf('ext:pdf'), OLD, once);
    expect(second && removeRange(once, second)).toBe('sea -lake size:>1');
  });

  it('has a choice of a menu replace the one before, though the engine has not answered between them', () => {
    const old = 'sea OR bay';
    const terms = [word('sea', old), word('bay', old)];
    const first = chooseFilter(old, terms, kinds, 'kind:image');
    expect(first).toBe('(sea OR bay) kind:image');
    const second = chooseFilter(first, termsNow(terms, old, first), kinds, 'kind:video');
    expect(second).toBe('(sea OR bay) kind:video');
    const third = chooseFilter(second, termsNow(terms, old, second), states, 'is:offline');
    expect(third).toBe('(sea OR bay) kind:video is:offline');
    expect(chooseFilter(third, termsNow(terms, old, third), kinds, null)).toBe('(sea OR bay) is:offline');
  });

  it('finds no filters within what was understood otherwise', () => {
    const old = '"see kind:image" bay';
    const phrase: QueryTerm = { kind: 'phrase', filter: null, text: 'see kind:image', isNegated: false, start: 0, end: 16 };
    expect(termsNow([phrase], old, `${old} ext:pdf`)).toEqual([phrase, filter('ext', 'pdf', `${old} ext:pdf`)]);
    expect(termsNow([phrase], old, old)).toEqual([phrase]);
  });
});
