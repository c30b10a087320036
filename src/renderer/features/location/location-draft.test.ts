import { describe, expect, it } from 'vitest';
import type { Location } from '../../../shared/contract/location.ts';
import { draftOf, draftProblems, NEW_LOCATION, rulesOf } from './location-draft.ts';

describe('the draft of a location', () => {
  it('reads lists and sizes as they are typed', () => {
    const rules = rulesOf({
      ...NEW_LOCATION,
      onlyExtensions: 'JPG, .dng;*.mov  jpg',
      excludeGlobs: '*.bak\n\n  cache/**  \n*.bak',
      minFileSize: '10 kB',
      maxFileSize: '2 GiB',
    });
    expect(rules).toMatchObject({ onlyExtensions: ['jpg', 'dng', 'mov'], excludeGlobs: ['*.bak', 'cache/**'] });
    expect(rules).toMatchObject({ minFileBytes: 10_000, maxFileBytes: 2 * 1024 ** 3, skipSystemJunk: true });
  });

  it('gives back the rules that it was made of', () => {
    const rules = {
      ...rulesOf(NEW_LOCATION),
      onlyExtensions: ['tar.gz', 'jpg'],
      excludeGlobs: ['a b/*', '*.tmp'],
      minFileBytes: 1_234_567,
      maxFileBytes: 5_000_000_000,
    };
    expect(rulesOf(draftOf({ name: 'x', mode: 'deep', watchEnabled: false, rules } as Location))).toEqual(rules);
  });

  it('says which size cannot be understood', () => {
    expect(draftProblems(NEW_LOCATION)).toEqual({ minFileSize: false, maxFileSize: false, isUpsideDown: false });
    expect(draftProblems({ ...NEW_LOCATION, minFileSize: 'big' }).minFileSize).toBe(true);
    expect(draftProblems({ ...NEW_LOCATION, minFileSize: '2 MB', maxFileSize: '1 MB' }).isUpsideDown).toBe(true);
  });
});
