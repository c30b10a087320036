/** @file The one search field of the window, for whatever wants to put the keyboard into it. */
import type { TextRange } from '../../../shared/contract/search.ts';
import { useWorkspace } from '../workspace/workspace-store.ts';

export const SEARCH_FIELD_ID = 'search-field';
/** Of the element that says what is wrong in the query of a pane. */
export const problemsId = (paneId: string) => `search-problems-${paneId}`;

/** @param part what of the text is selected; left out: all of it */
export function focusSearchField(part?: TextRange): void {
  const field = document.getElementById(SEARCH_FIELD_ID);
  if (!(field instanceof HTMLInputElement)) return;
  field.focus();
  field.setSelectionRange(part?.start ?? 0, part?.end ?? field.value.length);
}

/** What Ctrl+F does; false while something is in front of everything else, which has the keyboard. */
export function beginSearch(): boolean {
  if (document.querySelector('[role="dialog"], [role="menu"]')) return false;
  focusSearchField();
  return true;
}

/** Puts the keyboard into the list of what the active pane has found; false when there is none. */
export function focusSearchResults(): boolean {
  const { paneId } = useWorkspace.getState();
  const grid = document.querySelector<HTMLElement>(`[data-pane="${paneId}"] [data-search-results] [role="grid"]`);
  grid?.focus();
  return grid != null;
}
