import type { DragEvent, MouseEvent } from 'react';
import type { Entry } from '../../../shared/contract/entry.ts';
import { useDrag } from '../file-operation/drag-store.ts';
import { useRenaming } from '../file-operation/rename-store.ts';
import { useDropTarget } from '../file-operation/use-drop-target.ts';
import { beginDrag, dragOf } from './begin-drag.ts';
import type { EntryState } from './use-entry-view.ts';

export interface EntryItemProps extends EntryState {
  entry: Entry;
}

/** What one entry of a view does when it is clicked, dragged, and dropped on. */
export function useEntryItem({ entry, isSelected, chosenCount, canReceive, opensByClick, actions }: EntryItemProps) {
  const isRenaming = useRenaming((state) => state.path === entry.path);
  const { isOver, dropProps } = useDropTarget({
    folder: canReceive && entry.kind === 'folder' ? entry.path : null,
    name: entry.name,
    fingerprint: entry.volumeFingerprint,
    onSpring: () => actions.open(entry),
  });
  const onClick = (event: MouseEvent) => {
    event.stopPropagation();
    const mode = event.shiftKey ? 'range' : event.ctrlKey || event.metaKey ? 'toggle' : 'single';
    actions.select(entry.path, mode);
    if (opensByClick && mode === 'single' && !isRenaming) actions.open(entry);
  };
  const onDragStart = (event: DragEvent) => {
    if (!isSelected) actions.select(entry.path, 'single');
    beginDrag(event, isSelected ? actions.selected() : dragOf([entry]), entry, chosenCount);
  };
  return {
    isOver,
    isRenaming,
    itemProps: {
      'data-path': entry.path,
      draggable: !isRenaming,
      onClick,
      onDoubleClick: opensByClick ? undefined : () => actions.open(entry),
      onDragStart,
      onDragEnd: () => useDrag.getState().end(),
      ...dropProps,
    },
  };
}
