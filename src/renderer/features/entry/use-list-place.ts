import { type RefObject, useLayoutEffect, useRef } from 'react';
import type { ListPlace } from './kept-place.ts';

/**
 * Has a list begin where it was left, and notes where it is. Where that is further down than the list is high as yet, it goes there step by
 * step as the rows in between are loaded, unless the user takes the list in hand.
 * @param height of the list, in pixels
 */
export function useListPlace(scroller: RefObject<HTMLDivElement | null>, place: ListPlace, height: number): void {
  const goal = useRef(place.top);
  // biome-ignore lint/correctness/useExhaustiveDependencies: it can be scrolled further when it has become higher.
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element || goal.current === 0) return;
    const wanted = goal.current;
    element.scrollTop = wanted;
    if (element.scrollTop >= wanted - 1) goal.current = 0;
  }, [scroller, height]);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const note = () => {
      if (goal.current === 0) place.top = element.scrollTop;
    };
    const letGo = () => {
      goal.current = 0;
    };
    element.addEventListener('scroll', note, { passive: true });
    for (const type of ['wheel', 'pointerdown', 'keydown']) element.addEventListener(type, letGo, { passive: true });
    return () => {
      element.removeEventListener('scroll', note);
      for (const type of ['wheel', 'pointerdown', 'keydown']) element.removeEventListener(type, letGo);
    };
  }, [scroller, place]);
}
