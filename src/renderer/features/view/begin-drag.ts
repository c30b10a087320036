import type { DragEvent } from 'react';
import type { Entry } from '../../../shared/contract/entry.ts';
import { setDragImage } from '../entry/drag-image.ts';
import { DRAG_TYPE, useDrag } from '../file-operation/drag-store.ts';

/** What is dragged: the addresses of entries, and the volumes that they lie on. */
type Dragged = Parameters<ReturnType<typeof useDrag.getState>['start']>[0];

export function dragOf(entries: readonly Entry[]): Dragged {
  return { paths: entries.map(({ path }) => path), volumes: new Set(entries.map(({ volumeFingerprint }) => volumeFingerprint)) };
}

/**
 * Begins to drag entries within the page.
 * @param held the one that the pointer is on
 * @param count how many they are said to be: of more than can be named, all
 */
export function beginDrag(event: DragEvent, dragged: Dragged, held: Entry, count = dragged.paths.length): void {
  useDrag.getState().start(dragged);
  event.dataTransfer.setData(DRAG_TYPE, String(count));
  event.dataTransfer.effectAllowed = 'all';
  setDragImage(event.dataTransfer, held.name, count);
  // Of an element that goes meanwhile, as when a folder springs open, nobody is told that the drag has ended. The pointer, which is silent as long as
  // it drags, moves again then.
  window.addEventListener('pointermove', () => useDrag.getState().end(), { once: true });
}
