import { describe, expect, it } from 'vitest';
import { countSelected, EMPTY_SELECTION, invert, isSelected, movedTo, namedBy, select, withoutGone } from './selection.ts';

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

  it('extends a range of which only the part from the anchor on is known', () => {
    const selection = select(EMPTY_SELECTION, [], 'b', 'single');
    expect(chosen(select(selection, ['b', 'c', 'd'], 'd', 'range'))).toEqual(['b', 'c', 'd']);
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

  it('takes everything but a few without naming it, and gives it up for a single one', () => {
    let all = invert(EMPTY_SELECTION);
    expect([isSelected(all, 'x'), countSelected(all, 1_000_000)]).toEqual([true, 1_000_000]);
    all = select(all, order, 'b', 'toggle');
    expect([isSelected(all, 'b'), isSelected(all, 'c'), countSelected(all, 1_000_000)]).toEqual([false, true, 999_999]);
    expect(chosen(invert(all))).toEqual(['b']);
    const single = select(all, order, 'c', 'single');
    expect([single.isAll, countSelected(single, 1_000_000)]).toEqual([false, 1]);
  });

  it('forgets what is gone', () => {
    const selection = select(select(EMPTY_SELECTION, order, 'e', 'single'), order, 'a', 'toggle');
    expect(withoutGone(selection, ['e'])).toEqual({ paths: new Set(['a']), isAll: false, active: 'a', anchor: 'a' });
    expect(withoutGone(selection, ['a'])).toEqual({ paths: new Set(['e']), isAll: false, active: null, anchor: null });
    expect(withoutGone(selection, ['x'])).toBe(selection);
    expect([...namedBy(selection)].sort()).toEqual(['a', 'e']);
  });

  it('names the same entries when their folder has another address', () => {
    const selection = select(select(EMPTY_SELECTION, [], 'sd://pc/mnt/x/a%20b', 'single'), [], 'sd://pc/mnt/xy', 'toggle');
    expect(movedTo(selection, 'sd://pc/mnt/x/', 'sd://volume/f')).toEqual({
      paths: new Set(['sd://volume/f/a%20b', 'sd://pc/mnt/xy']),
      isAll: false,
      active: 'sd://pc/mnt/xy',
      anchor: 'sd://pc/mnt/xy',
    });
  });
});
