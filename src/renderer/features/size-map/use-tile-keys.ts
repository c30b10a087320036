import type { KeyboardEvent } from 'react';
import type { Entry } from '../../../shared/contract/entry.ts';
import type { Tile } from './size-tiles.ts';

interface TileKeys {
  tiles: readonly Tile[];
  /** Index of the active tile; -1 when none is. */
  active: number;
  /** What the ids of the tiles begin with. */
  tree: string;
  onChoose: (index: number, mode: 'single' | 'toggle') => void;
  onOpen: (entry: Entry) => void;
}

/** The keyboard of a tree: Up and Down among what is in one folder, the largest first, Right into a folder, Left out of it. */
export function useTileKeys({ tiles, active, tree, onChoose, onOpen }: TileKeys) {
  const siblings = (parent: number | null) =>
    tiles.flatMap((tile, index) => (tile.parent === parent && tile.entry !== null ? [index] : []));
  const current = tiles[active];
  const around = siblings(current?.parent ?? null);
  const step = (by: number) => around[Math.min(Math.max(around.indexOf(active) + by, 0), around.length - 1)];

  const moves: Record<string, () => number | null | undefined> = {
    ArrowDown: () => step(1),
    ArrowUp: () => step(-1),
    Home: () => around[0],
    End: () => around.at(-1),
    ArrowRight: () => siblings(active)[0],
    ArrowLeft: () => current?.parent,
  };

  const actionFor = (event: KeyboardEvent): (() => void) | undefined => {
    const isMod = event.ctrlKey || event.metaKey;
    if (event.altKey) return undefined;
    if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) {
      return () => openMenuAt(document.getElementById(`${tree}-${active}`));
    }
    if (event.key === ' ' && isMod && active >= 0) return () => onChoose(active, 'toggle');
    const entry = current?.entry;
    if (event.key === 'Enter' && entry) return () => onOpen(entry);
    const move = isMod ? undefined : moves[event.key];
    const to = active < 0 ? siblings(null)[0] : move?.();
    return move && to !== null && to !== undefined ? () => onChoose(to, 'single') : undefined;
  };

  return (event: KeyboardEvent) => {
    const action = actionFor(event);
    if (!action) return;
    event.preventDefault();
    event.stopPropagation();
    action();
  };
}

/** Opens the menu of a tile, in its middle. */
function openMenuAt(tile: HTMLElement | null): void {
  if (!tile) return;
  const { left, top, width, height } = tile.getBoundingClientRect();
  const place = { clientX: left + width / 2, clientY: top + height / 2 };
  tile.dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, cancelable: true, ...place }));
}
