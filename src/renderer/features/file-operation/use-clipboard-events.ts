import { useEffect } from 'react';
import { plainPath } from '../../lib/entry-path.ts';
import { DRAG_TYPE } from './drag-store.ts';
import { useFileClipboard } from './file-clipboard.ts';
import { copyChosen, cutChosen, paste } from './file-commands.ts';
import { useFileScope } from './file-scope.ts';

/**
 * The browser's own events for copy, cut and paste: they come from the keys as well as from the Edit menu, and let the page write into the
 * clipboard without being granted anything.
 */
export function useClipboardEvents(): void {
  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    const keep = (event: ClipboardEvent, run: () => void) => {
      if (isOfText(event) || useFileScope.getState().chosenPaths().length === 0) return;
      event.preventDefault();
      run();
      const { sources } = useFileClipboard.getState();
      event.clipboardData?.setData('text/plain', sources.map(plainPath).join('\n'));
      event.clipboardData?.setData(DRAG_TYPE, JSON.stringify(sources));
    };
    const receive = (event: ClipboardEvent) => {
      if (isOfText(event) || useFileScope.getState().folder() === null) return;
      event.preventDefault();
      paste();
    };
    window.addEventListener('copy', (event) => keep(event, copyChosen), { signal });
    window.addEventListener('cut', (event) => keep(event, cutChosen), { signal });
    window.addEventListener('paste', receive, { signal });
    return () => controller.abort();
  }, []);
}

/** In a field or a dialog it is about text, and so it is while some is selected. */
function isOfText(event: Event): boolean {
  const { target } = event;
  if (target instanceof Element && target.closest('input, textarea, [contenteditable], [role="dialog"], [role="alertdialog"]')) return true;
  return window.getSelection()?.isCollapsed === false;
}
