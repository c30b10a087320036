import { create } from 'zustand';
import { useFileScope } from '../file-operation/file-scope.ts';

interface QuickPreviewState {
  isOpen: boolean;
  /** What had the keyboard before: its arrows go on through the list. */
  list: Element | null;
  /** Kept for the next time. */
  isFullSize: boolean;
}

export const useQuickPreview = create<QuickPreviewState>(() => ({ isOpen: false, list: null, isFullSize: false }));

/** Shows what the keyboard is on in the active pane, in front of everything; nothing happens when nothing is chosen. */
export function openQuickPreview(): void {
  if (useFileScope.getState().selection.entries.length === 0) return;
  const focused = document.activeElement;
  const list = focused && focused !== document.body ? focused : document.querySelector('main [role="grid"]');
  useQuickPreview.setState({ isOpen: true, list });
}

export function closeQuickPreview(): void {
  useQuickPreview.setState({ isOpen: false, list: null });
}
