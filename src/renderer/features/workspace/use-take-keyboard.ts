import { type RefObject, useLayoutEffect } from 'react';
import { useIsActivePane } from './workspace-store.ts';

/** What had the keyboard in the active pane is gone: it goes on in what comes in its place, as soon as that is on screen. */
export function useTakeKeyboard(element: RefObject<HTMLElement | null>): void {
  const isActive = useIsActivePane();
  // biome-ignore lint/correctness/useExhaustiveDependencies: only at the beginning.
  useLayoutEffect(() => {
    if (isActive && document.activeElement === document.body) element.current?.focus({ preventScroll: true });
  }, [element]);
}
