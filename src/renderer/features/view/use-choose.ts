import { useLayoutEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { MOST_CHOSEN, MOST_SOURCES } from '../../../shared/contract/file.ts';
import { useErrorText } from '../../lib/use-error-text.ts';
import { type Selection, type SelectMode, select } from '../entry/selection.ts';
import { showToast } from '../notification/toast-store.ts';
import type { EntryRows } from './entry-rows.ts';

/** What the mouse and the keyboard do to the selection of a view. The same object as long as the view is. */
export interface Choose {
  /** An entry that is loaded. */
  path(path: string, mode: SelectMode): void;
  /** The entry at an index, loaded or not. */
  index(index: number, mode: SelectMode): void;
}

interface Chosen {
  rows: EntryRows;
  selection: Selection;
  onSelect: (selection: Selection) => void;
}

/** Ranges and far places take entries that are not loaded: those are fetched first, and whatever is chosen meanwhile counts. */
export function useChoose(now: Chosen): Choose {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const latest = useRef(now);
  useLayoutEffect(() => {
    latest.current = now;
  });
  return useMemo(() => {
    let turn = 0;
    const extend = async (path: string, to: number): Promise<void> => {
      const { rows, selection, onSelect } = latest.current;
      const mine = ++turn;
      const from = selection.anchor === null ? to : await rows.locate(selection.anchor);
      const [first, last] = [Math.min(from < 0 ? to : from, to), Math.max(from, to)];
      if (last - first >= MOST_CHOSEN) {
        showToast({ tone: 'neutral', title: t('view.tooManyAtOnce', { most: MOST_CHOSEN }), text: t('view.tooManyAtOnceText') });
        return;
      }
      const isLong = last - first >= MOST_SOURCES;
      const order = isLong ? await rows.paths(first, last) : (await rows.load(first, last)).map((entry) => entry.path);
      if (mine !== turn) return;
      onSelect(select(latest.current.selection, order, path, 'range'));
    };
    const choose = (path: string, index: number, mode: SelectMode) => {
      const { rows, selection, onSelect } = latest.current;
      const from = selection.anchor === null ? index : rows.indexOf(selection.anchor);
      const range = mode === 'range' && index >= 0 ? loadedBetween(rows, from, index) : [];
      if (range === null) {
        extend(path, index).catch((error: unknown) => showToast({ tone: 'bad', title: t('view.notRead'), text: errorText(error) }));
        return;
      }
      turn++;
      onSelect(select(selection, range, path, mode));
    };
    return {
      path: (path, mode) => choose(path, latest.current.rows.indexOf(path), mode),
      index: (index, mode) => {
        const { rows } = latest.current;
        const target = Math.min(Math.max(index, 0), rows.count - 1);
        const entry = rows.at(target);
        if (entry) return choose(entry.path, target, mode);
        const mine = ++turn;
        void rows.load(target, target).then(
          ([far]) => {
            const nearest = far ?? latest.current.rows.loaded.at(-1);
            if (nearest && mine === turn) choose(nearest.path, far ? target : latest.current.rows.indexOf(nearest.path), mode);
          },
          (error: unknown) => showToast({ tone: 'bad', title: t('view.notRead'), text: errorText(error) }),
        );
      },
    };
  }, [t, errorText]);
}

/** The paths from one index to another; null when they are not all loaded. */
function loadedBetween(rows: EntryRows, a: number, b: number): string[] | null {
  if (a < 0) return null;
  const paths: string[] = [];
  for (let index = Math.min(a, b); index <= Math.max(a, b); index++) {
    const entry = rows.at(index);
    if (!entry) return null;
    paths.push(entry.path);
  }
  return paths;
}
