/** @file Lists are found as they were left: Back, Forward and reloading lead to the same rows, with the same ones selected. */
import { type Dispatch, type SetStateAction, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { create } from 'zustand';
import { createJSONStorage, persist } from 'zustand/middleware';
import { MOST_SOURCES } from '../../../shared/contract/file.ts';
import type { EntryRows } from '../view/entry-rows.ts';
import { START, type ViewPlace } from '../view/view-place.ts';
import { useStepKey } from '../workspace/workspace-store.ts';
import { EMPTY_SELECTION, movedTo, namedBy, type Selection, withoutGone } from './selection.ts';

/** Steps that are remembered; of more, the oldest are forgotten. */
const MOST_STEPS = 50;
/** Of more selected entries than these only the active one is remembered. */
const MOST_SELECTED = 500;

/** What is in sight of a list. Written by the list while it is on screen, read by it when it begins. */
export interface ListPlace {
  shown: ViewPlace;
}

interface KeptPlace extends ListPlace {
  /** What was listed at that step of a tab; at the same one something else may be listed later, as with a search that is typed on. */
  of: string;
  /** The folder that `selected` and `active` lie in, as it was addressed; null where they come from anywhere. */
  base: string | null;
  selected: readonly string[];
  active: string | null;
}

interface KeptPlaces {
  /** The newest last. */
  steps: (readonly [step: string, place: KeptPlace])[];
}

const useKeptPlaces = create<KeptPlaces>()(
  persist((): KeptPlaces => ({ steps: [] }), { name: 'mooring-places', version: 3, storage: createJSONStorage(() => sessionStorage) }),
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
  return kept ? { paths: new Set(kept.selected), isAll: false, active: kept.active, anchor: kept.active } : EMPTY_SELECTION;
}

/** The folder as the rows that are there name it; null where they come from anywhere, or are not there. */
type Base = string | null;

function rebased(selection: Selection, from: Base, to: Base): Selection {
  return from === null || to === null || from === to ? selection : movedTo(selection, from, to);
}

interface KeptList {
  place: ListPlace;
  selection: Selection;
  setSelection: Dispatch<SetStateAction<Selection>>;
}

interface Listed {
  /** What is listed, null while that is not known: something else begins anew. Of a folder, the address that its drive does not change by coming or going. */
  of: string | null;
  rows: EntryRows;
  /** Of a folder, the address by which its rows, those that are there, are named. */
  base?: Base;
  /** They are another list's, which is still shown: nothing is known of these. */
  isStale?: boolean;
}

/**
 * The selection of a list, and where it is scrolled to: as they were when one comes back to it, else nothing and the top. What is no more is
 * not selected any more.
 */
export function useKeptList({ of, rows, base = null, isStale = false }: Listed): KeptList {
  const step = useStepKey();
  // A step may list one thing after the other, and what it lists may be known later than the step.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another step that lists the same goes on with what is there.
  const begun = useMemo(() => {
    const kept = placeAt(step, of);
    return { step, selection: selectionAt(kept), base: kept?.base ?? null, place: { shown: kept?.shown ?? START } };
  }, [of]);
  const [shown, setShown] = useState({ begun, base: begun.base });
  const [selection, setSelection] = useState(begun.selection);
  if (shown.begun !== begun) {
    setShown({ begun, base: begun.base });
    setSelection(begun.selection);
  } else if (base !== null && !isStale && base !== shown.base) {
    // The drive was pulled out, or is back: the same entries have other addresses.
    setShown({ begun, base });
    setSelection(rebased(selection, shown.base, base));
  }
  const latest = useRef({ selection, rows, base: shown.base });
  useLayoutEffect(() => {
    latest.current = { selection, rows, base: shown.base };
  });
  const { version } = rows;
  // What is selected is kept while it is far away, and let go when it has gone.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another object when the list has been read anew.
  useEffect(() => latest.current.rows.keep(wantedBy(selection)), [selection, version]);
  useEffect(() => {
    const named = namedBy(latest.current.selection);
    if (isStale || named.size === 0) return;
    const { rows: asked } = latest.current;
    const controller = new AbortController();
    asked
      .missing(named, controller.signal)
      .then((gone) => latest.current.rows.version === version && setSelection((old) => withoutGone(old, gone)), ignoreUnread);
    return () => controller.abort();
  }, [version, isStale]);

  useLayoutEffect(() => {
    if (of === null) return;
    const keep = () => {
      const { selection, base } = latest.current;
      const selected =
        selection.paths.size <= MOST_SELECTED && !selection.isAll
          ? [...selection.paths]
          : selection.active === null
            ? []
            : [selection.active];
      keepPlace(begun.step, { of, base, shown: begun.place.shown, selected, active: selection.active });
    };
    window.addEventListener('pagehide', keep);
    return () => {
      window.removeEventListener('pagehide', keep);
      keep();
    };
  }, [of, begun]);
  return { place: begun.place, selection, setSelection };
}

/** What is to be known of a selection that is far away: of very many entries, only where the keyboard is. */
function wantedBy(selection: Selection): ReadonlySet<string> {
  return namedBy(selection.paths.size > MOST_SOURCES ? { ...selection, paths: new Set() } : selection);
}

/** The list itself says what could not be read. */
const ignoreUnread = () => undefined;
