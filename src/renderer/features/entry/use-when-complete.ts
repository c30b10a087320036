import { type Dispatch, type SetStateAction, useEffect, useMemo, useState } from 'react';
import type { Entry } from '../../../shared/contract/entry.ts';
import { type Selection, select } from './selection.ts';

/**
 * What needs all entries, also those that are not loaded yet: a copy of “everything” must never be a copy of the first page, and
 * the end of a list is not the end of what is loaded.
 */
export function useWhenComplete(
  entries: readonly Entry[],
  isComplete: boolean,
  loadAll: () => void,
  onSelect: Dispatch<SetStateAction<Selection>>,
) {
  const [wanted, setWanted] = useState<'all' | 'end' | null>(null);
  useEffect(() => {
    if (wanted === null || !isComplete) return;
    setWanted(null);
    if (wanted === 'all') onSelect((old) => ({ ...old, paths: new Set(entries.map((entry) => entry.path)) }));
    const last = entries.at(-1);
    if (wanted === 'end' && last) onSelect((old) => select(old, [], last.path, 'single'));
  }, [wanted, isComplete, entries, onSelect]);
  return useMemo(() => {
    const want = (what: 'all' | 'end') => () => {
      setWanted(what);
      loadAll();
    };
    return { selectAll: want('all'), goToEnd: want('end') };
  }, [loadAll]);
}
