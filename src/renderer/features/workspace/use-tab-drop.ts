import { type DragEvent, useState } from 'react';
import { moveTabToOtherPane, placeTab } from './tab-commands.ts';
import { TAB_DRAG_TYPE, useTabDrag } from './tab-drag-store.ts';
import type { Pane } from './workspace.ts';

/**
 * Takes a tab that is dragged onto what a pane shows: of a single pane, its right half becomes another one with it; of two, the pane that it is not
 * in takes it. Says whether it would be taken where it is now.
 */
export function useTabDrop(pane: Pane, isAlone: boolean) {
  const [isOver, setOver] = useState(false);
  const takes = ({ dataTransfer, currentTarget, clientX }: DragEvent): boolean => {
    if (!dataTransfer.types.includes(TAB_DRAG_TYPE)) return false;
    if (!isAlone) return !pane.tabs.some(({ id }) => id === useTabDrag.getState().tabId);
    const { left, width } = currentTarget.getBoundingClientRect();
    return clientX > left + width / 2;
  };
  return {
    isOver,
    dropProps: {
      onDragOver: (event: DragEvent) => {
        const isTaken = takes(event);
        setOver(isTaken);
        if (!isTaken) return;
        event.preventDefault();
        event.dataTransfer.dropEffect = 'move';
      },
      onDragLeave: (event: DragEvent) => {
        if (!(event.relatedTarget instanceof Node && event.currentTarget.contains(event.relatedTarget))) setOver(false);
      },
      onDrop: (event: DragEvent) => {
        setOver(false);
        const { tabId } = useTabDrag.getState();
        if (tabId === null || !takes(event)) return;
        event.preventDefault();
        // Its button goes with it, and tells nobody that the drag has ended.
        useTabDrag.setState({ tabId: null });
        if (isAlone) moveTabToOtherPane(tabId);
        else placeTab(tabId, pane.id, pane.tabs.length);
      },
    },
  };
}
