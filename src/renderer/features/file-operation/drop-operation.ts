import { isMac } from '../../lib/platform.ts';

/** What dropping does with what was dragged. */
export type DropOperation = 'copy' | 'move' | 'link';

/** The keys that are held: read at the moment of the drop. */
interface HeldKeys {
  ctrlKey: boolean;
  shiftKey: boolean;
  altKey: boolean;
  metaKey: boolean;
}

/**
 * Within a volume things move, between volumes they are copied. Keys say otherwise: Ctrl copies, Shift moves, Alt (or Ctrl+Shift) makes a
 * link; on macOS Option copies, Command moves, both make a link.
 */
export function dropOperation(keys: HeldKeys, isSameVolume: boolean, mac = isMac): DropOperation {
  const copies = mac ? keys.altKey : keys.ctrlKey;
  const moves = mac ? keys.metaKey : keys.shiftKey;
  if ((copies && moves) || (!mac && keys.altKey)) return 'link';
  if (copies) return 'copy';
  if (moves) return 'move';
  return isSameVolume ? 'move' : 'copy';
}
