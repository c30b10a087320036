import { useEffect } from 'react';
import { isMac } from '../../lib/platform.ts';
import { undoNewest } from '../action/undo-newest.ts';
import { makeNew } from './file-commands.ts';

/** Keys that work wherever in the page one is, except where text is written. */
export function useFileKeys(): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const command = event.defaultPrevented ? undefined : commandOf(event);
      if (!command || isTaken(event.target)) return;
      event.preventDefault();
      command();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
}

function commandOf(event: KeyboardEvent): (() => void) | undefined {
  const isMod = isMac ? event.metaKey : event.ctrlKey;
  if (!isMod || event.altKey) return undefined;
  const key = event.key.toLowerCase();
  if (key === 'z' && !event.shiftKey) return () => void undoNewest();
  if (key === 'n' && event.shiftKey) return () => makeNew('folder');
  return undefined;
}

function isTaken(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('input, textarea, [contenteditable], [role="dialog"]') !== null;
}
