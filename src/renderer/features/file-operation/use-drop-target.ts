import { type DragEvent, useEffect, useRef, useState } from 'react';
import type { Volume } from '../../../shared/contract/volume.ts';
import { useConnection } from '../../app/connection-store.ts';
import { mountPointToSdPath, parentPath } from '../../lib/entry-path.ts';
import { startCopy } from './copy-flow.ts';
import { DRAG_TYPE, useDrag } from './drag-store.ts';

const SPRING_MS = 900;

interface DropTarget {
  /** Folder that receives the entries, as an SdPath; null while it cannot receive any. */
  folder: string | null;
  /** Its name, for what the user is told about the copy. */
  name: string;
  /** Opens the target when the drag rests on it, so that one can drop deeper. */
  onSpring?: () => void;
}

/** Makes an element accept dragged entries and copy them into `folder`. */
export function useDropTarget({ folder, name, onSpring }: DropTarget) {
  return useDragDrop({
    accepts: () => folder !== null && !isSamePlace(folder),
    onDrop: (sources) => void (folder !== null && startCopy({ sources, destination: folder, destinationName: name })),
    ...(onSpring ? { onSpring } : {}),
  });
}

interface DragDrop {
  accepts?: () => boolean;
  /** With the addresses of what was dropped. */
  onDrop: (sources: string[]) => void;
  onSpring?: () => void;
}

/** Makes an element accept what is dragged out of a list of files. */
export function useDragDrop({ accepts: isWelcome = () => true, onDrop, onSpring }: DragDrop) {
  const [isOver, setOver] = useState(false);
  // Entering a child fires before leaving its parent: counted, the two cancel out.
  const depth = useRef(0);
  const spring = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(spring.current), []);

  const accepts = (event: DragEvent) => event.dataTransfer.types.includes(DRAG_TYPE) && isWelcome();
  const reset = () => {
    depth.current = 0;
    setOver(false);
    clearTimeout(spring.current);
  };
  return {
    isOver,
    dropProps: {
      onDragEnter: (event: DragEvent) => {
        if (!accepts(event)) return;
        event.preventDefault();
        event.stopPropagation();
        depth.current += 1;
        if (depth.current > 1) return;
        setOver(true);
        if (onSpring) spring.current = setTimeout(onSpring, SPRING_MS);
      },
      onDragOver: (event: DragEvent) => {
        if (!accepts(event)) return;
        event.preventDefault();
        event.stopPropagation();
        event.dataTransfer.dropEffect = 'copy';
      },
      onDragLeave: () => {
        depth.current -= 1;
        if (depth.current <= 0) reset();
      },
      onDrop: (event: DragEvent) => {
        reset();
        if (!accepts(event)) return;
        event.preventDefault();
        event.stopPropagation();
        onDrop(useDrag.getState().sources);
      },
    },
  };
}

/** The folder that a volume receives drops in: its root, while it can be written to. */
export function useDropFolder(volume: Volume): string | null {
  const deviceId = useConnection((state) => state.engine?.device.id);
  if (!volume.isMounted || volume.isReadOnly || volume.mountPoint === null || deviceId === undefined) return null;
  return mountPointToSdPath(deviceId, volume.mountPoint);
}

/** Dropping entries where they already lie, or into themselves, is a slip of the hand and does nothing. */
function isSamePlace(folder: string): boolean {
  const target = folder.replace(/\/+$/, '');
  return useDrag.getState().sources.some((source) => parentPath(source) === target || source === target || target.startsWith(`${source}/`));
}
