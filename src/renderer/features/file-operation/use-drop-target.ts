import { type DragEvent, useContext, useEffect, useId, useRef, useState } from 'react';
import type { Volume } from '../../../shared/contract/volume.ts';
import { useConnection } from '../../app/connection-store.ts';
import { mountPointToSdPath, parentPath, volumeRoot } from '../../lib/entry-path.ts';
import { activatePane } from '../workspace/workspace.ts';
import { changeWorkspace, PaneContext } from '../workspace/workspace-store.ts';
import { DRAG_TYPE, type DropFolder, useDrag } from './drag-store.ts';
import { dropInto } from './drop-into.ts';
import { type DropOperation, dropOperation } from './drop-operation.ts';

const SPRING_MS = 900;

type DropTarget = Omit<DropFolder, 'folder'> & {
  /** Folder that receives the entries, as an SdPath; null while it cannot receive any. */
  folder: string | null;
  /** Opens the target when the drag rests on it, so that one can drop deeper. */
  onSpring?: () => void;
};

/** Makes an element accept files, those dragged out of a list as well as those of another program. */
export function useDropTarget({ folder, name, fingerprint, onSpring }: DropTarget) {
  const id = useId();
  const paneId = useContext(PaneContext);
  const operationOf = (event: DragEvent): DropOperation => {
    const { volumes } = useDrag.getState();
    return dropOperation(event, volumes.size > 0 && [...volumes].every((volume) => volume !== null && volume === fingerprint));
  };
  const accepts = (event: DragEvent) => folder !== null && !isPointless(folder, operationOf(event));
  return useDragDrop({
    takesForeign: folder !== null,
    accepts,
    onOver: (event) => {
      const operation = operationOf(event);
      const { over } = useDrag.getState();
      const isSame = over?.id === id && over.operation === operation && over.folder === folder;
      if (folder !== null && !isSame) useDrag.setState({ over: { id, folder, name, operation } });
      // What left the page as files of the system cannot be moved by it: the system would not let it go here.
      event.dataTransfer.dropEffect = operation === 'move' && !isInPage(event) ? 'copy' : operation;
    },
    onDrop: (event) => {
      if (folder === null) return;
      const target = { folder, name, fingerprint };
      const operation = operationOf(event);
      const { sources } = useDrag.getState();
      if (sources.length > 0) dropInto(sources, target, operation);
      else useDrag.setState({ landing: { ...target, operation } });
    },
    onLeave: () => {
      if (useDrag.getState().over?.id === id) useDrag.setState({ over: null });
    },
    ...(onSpring ? { onSpring: () => inPane(paneId, onSpring) } : {}),
  });
}

/** What springs open does so in the pane that it is in, which nobody has pointed at while something is dragged. */
function inPane(paneId: string | null, open: () => void): void {
  if (paneId !== null) changeWorkspace((workspace) => activatePane(workspace, paneId));
  open();
}

interface DragDrop {
  /** Whether files of another program are welcome, too. */
  takesForeign?: boolean;
  accepts?: (event: DragEvent) => boolean;
  onOver?: (event: DragEvent) => void;
  onLeave?: () => void;
  onDrop: (event: DragEvent) => void;
  onSpring?: () => void;
}

/** A drag within the page, which the browser knows as such. */
const isInPage = (event: DragEvent) => event.dataTransfer.types.includes(DRAG_TYPE);
/** A drag of a list's entries, also one that the system carries as files. */
const isOwn = (event: DragEvent) => isInPage(event) || useDrag.getState().sources.length > 0;

/** Makes an element accept what is dragged out of a list of files, and, where they are welcome, files of another program. */
export function useDragDrop({ takesForeign = false, accepts: isWelcome = () => true, onOver, onLeave, onDrop, onSpring }: DragDrop) {
  const [isOver, setOver] = useState(false);
  // Entering a child fires before leaving its parent: counted, the two cancel out.
  const depth = useRef(0);
  const spring = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(spring.current), []);

  const isMine = (event: DragEvent) => isOwn(event) || (takesForeign && event.dataTransfer.types.includes('Files'));
  const reset = () => {
    depth.current = 0;
    setOver(false);
    clearTimeout(spring.current);
    onLeave?.();
  };
  return {
    isOver,
    dropProps: {
      onDragEnter: (event: DragEvent) => {
        if (!isMine(event)) return;
        depth.current += 1;
        if (depth.current === 1 && onSpring) spring.current = setTimeout(onSpring, SPRING_MS);
        if (!isWelcome(event)) return;
        event.preventDefault();
        event.stopPropagation();
        setOver(true);
      },
      onDragOver: (event: DragEvent) => {
        if (!isMine(event)) return;
        // Which keys are held may have changed since it came.
        const welcome = isWelcome(event);
        setOver(welcome);
        if (!welcome) return;
        event.preventDefault();
        event.stopPropagation();
        if (onOver) onOver(event);
        else event.dataTransfer.dropEffect = 'copy';
      },
      onDragLeave: (event: DragEvent) => {
        if (!isMine(event)) return;
        depth.current -= 1;
        if (depth.current <= 0) reset();
      },
      onDrop: (event: DragEvent) => {
        const isTaken = isMine(event) && isWelcome(event);
        reset();
        if (!isTaken) return;
        event.preventDefault();
        event.stopPropagation();
        onDrop(event);
      },
    },
  };
}

/**
 * The folder that a volume receives drops in: its root. One that is remembered receives them also while it is away: they wait for it. The root
 * of the system is nobody's place to drop things.
 */
export function useDropFolder(volume: Volume): string | null {
  const deviceId = useConnection((state) => state.engine?.device.id);
  if (volume.isReadOnly || volume.mountType === 'System' || deviceId === undefined) return null;
  if (!volume.isMounted) return volume.tracking === null ? null : volumeRoot(volume.fingerprint);
  return volume.mountPoint === null ? null : mountPointToSdPath(deviceId, volume.mountPoint);
}

/** Dropping entries where they already lie, or into themselves, is a slip of the hand and does nothing; a copy beside them is wanted. */
function isPointless(folder: string, operation: DropOperation): boolean {
  const { sources, folders } = placesOf(useDrag.getState().sources);
  const target = folder.replace(/\/+$/, '');
  for (let above: string | null = target; above !== null; above = parentPath(above)) if (sources.has(above)) return true;
  return operation === 'move' && folders.has(target);
}

const known = new WeakMap<readonly string[], { sources: ReadonlySet<string>; folders: ReadonlySet<string | null> }>();

/** What is dragged, and the folders that it lies in: asked at every move of the pointer, of thousands. */
function placesOf(dragged: readonly string[]) {
  const places = known.get(dragged) ?? { sources: new Set(dragged), folders: new Set(dragged.map(parentPath)) };
  known.set(dragged, places);
  return places;
}
