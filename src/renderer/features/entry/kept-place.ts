/** @file Lists are found as they were left: Back, Forward and reloading lead to the same rows, with the same ones selected. */
import { type Dispatch, type SetStateAction, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { create } from 'zustand';
import { createJSONStorage, persist } from 'zustand/middleware';
import type { Entry } from '../../../shared/contract/entry.ts';
import { useStepKey } from '../workspace/workspace-store.ts';
import { EMPTY_SELECTION, keepExisting, type Selection } from './selection.ts';

/** Steps that are remembered; of more, the oldest are forgotten. */
const MOST_STEPS = 50;
/** Of more selected entries than these only the active one is remembered. */
const MOST_SELECTED = 500;

/** How far a list is scrolled, in pixels. Written by the list while it is on screen, read by it when it begins. */
export interface ListPlace {
  top: number;
}

interface KeptPlace {
  /** What was listed at that step of a tab; at the same one something else may be listed later, as with a search that is typed on. */
  of: string;
  top: number;
  selected: readonly string[];
  active: string | null;
  /** So many rows were loaded: what was selected need not be among the first ones. */
  rowCount: number;
}

interface KeptPlaces {
  /** The newest last. */
  steps: (readonly [step: string, place: KeptPlace])[];
}

const useKeptPlaces = create<KeptPlaces>()(
  persist((): KeptPlaces => ({ steps: [] }), { name: 'mooring-places', version: 1, storage: createJSONStorage(() => sessionStorage) }),
);

function placeAt(step: string, of: string | null): KeptPlace | undefined {
  const kept = useKeptPlaces.getState().steps.find(([known]) => known === step)?.[1];
  return kept?.of === of ? kept : undefined;
}

function keepPlace(step: string, place: KeptPlace): void {
  useKeptPlaces.setState(({ steps }) => ({
    steps: [...steps.filter(([other]) => other !== step), [step, place] as const].slice(-MOST_STEPS),
  }));
}

function selectionAt(kept: KeptPlace | undefined): Selection {
  return kept ? { paths: new Set(kept.selected), active: kept.active, anchor: kept.active } : EMPTY_SELECTION;
}

interface KeptList {
  place: ListPlace;
  selection: Selection;
  setSelection: Dispatch<SetStateAction<Selection>>;
}

interface Listed {
  /** What is listed, null while that is not known: something else begins anew. */
  of: string | null;
  entries: readonly Entry[];
  /** There are no more entries than these. */
  isComplete: boolean;
}

/**
 * The selection of a list, and where it is scrolled to: as they were when one comes back to it, else nothing and the top. What is no more is
 * not selected any more.
 */
export function useKeptList({ of, entries, isComplete }: Listed): KeptList {
  const step = useStepKey();
  // A step may list one thing after the other, and what it lists may be known later than the step.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another step that lists the same goes on with what is there.
  const begun = useMemo(() => {
    const kept = placeAt(step, of);
    return { step, selection: selectionAt(kept), place: { top: kept?.top ?? 0 }, rowCount: kept?.rowCount ?? 0 };
  }, [of]);
  const [shown, setShown] = useState(begun);
  const [selection, setSelection] = useState(begun.selection);
  if (shown !== begun) {
    setShown(begun);
    setSelection(begun.selection);
  }
  // Until as many rows are loaded as there were, one that is missing need not be gone.
  const isReadAgain = isComplete || (entries.length > 0 && entries.length >= begun.rowCount);
  useEffect(() => {
    if (isReadAgain) setSelection((old) => keepExisting(old, entries));
  }, [isReadAgain, entries]);

  const latest = useRef({ selection, rowCount: 0 });
  useLayoutEffect(() => {
    latest.current = { selection, rowCount: entries.length };
  });
  useLayoutEffect(() => {
    if (of === null) return;
    const keep = () => {
      const { selection, rowCount } = latest.current;
      const selected = selection.paths.size <= MOST_SELECTED ? [...selection.paths] : selection.active === null ? [] : [selection.active];
      keepPlace(begun.step, { of, top: begun.place.top, selected, active: selection.active, rowCount });
    };
    window.addEventListener('pagehide', keep);
    return () => {
      window.removeEventListener('pagehide', keep);
      keep();
    };
  }, [of, begun]);
  return { place: begun.place, selection, setSelection };
}
