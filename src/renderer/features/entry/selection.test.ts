import { describe, expect, it } from 'vitest';
import { EMPTY_SELECTION, findTyped, keepExisting, select } from './selection.ts';

const order = ['a', 'b', 'c', 'd', 'e'];
const chosen = (selection: { paths: ReadonlySet<string> }) => [...selection.paths].sort();

describe('selection', () => {
  it('extends and shrinks a range from its anchor', () => {
    let selection = select(EMPTY_SELECTION, order, 'b', 'single');
    selection = select(selection, order, 'd', 'range');
    expect(chosen(selection)).toEqual(['b', 'c', 'd']);
    selection = select(selection, order, 'a', 'range');
    expect(chosen(selection)).toEqual(['a', 'b']);
    expect(selection.active).toBe('a');
  });

  it('toggles single entries', () => {
    let selection = select(EMPTY_SELECTION, order, 'b', 'single');
    selection = select(selection, order, 'd', 'toggle');
    expect(chosen(selection)).toEqual(['b', 'd']);
    expect(chosen(select(selection, order, 'b', 'toggle'))).toEqual(['d']);
  });

  it('selects one when a range has no anchor', () => {
    expect(chosen(select(EMPTY_SELECTION, order, 'c', 'range'))).toEqual(['c']);
  });

  it('forgets what is no longer there', () => {
    const selection = keepExisting(select(EMPTY_SELECTION, order, 'e', 'single'), [{ path: 'a' }, { path: 'b' }]);
    expect(selection).toEqual({ paths: new Set(), active: null, anchor: null });
    expect(keepExisting(selection, [])).toBe(selection);
  });

  it('finds typed names, going round', () => {
    const names = ['Alpha', 'beta', 'Bravo', 'gamma'];
    expect(findTyped(names, 'b', 0)).toBe(1);
    expect(findTyped(names, 'b', 2)).toBe(2);
    expect(findTyped(names, 'a', 2)).toBe(0);
    expect(findTyped(names, 'z', 0)).toBe(-1);
  });
});
