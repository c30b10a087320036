import { type FolderTable, NOWHERE } from './folder-table.ts';
import type { LoadedSegment } from './loaded-segment.ts';
import type { Matches, Stretch } from './matches.ts';
import { RANK } from './rank.ts';

/** Fewer slots are looked at one by one in the time that it takes to make a view of eight at a time. */
const MANY = 128;

/**
 * Hands out those of a stretch of which it is known where they are, which takes longer than to say that one is not wanted. The roots of locations
 * are in no folder, and are not found.
 */
export function forEachMatch(
  segment: LoadedSegment,
  { from, to }: Stretch,
  matches: Matches,
  folders: FolderTable,
  isWanted: (slot: number, rank: number) => boolean,
  take: (slot: number, rank: number, folder: number) => void,
): void {
  if (matches === 'none') return;
  const ranks = matches === 'all' ? null : matches;
  // Most of eight slots at a time have nothing.
  const eights = ranks && to - from >= MANY ? new Float64Array(ranks.buffer, ranks.byteOffset, ranks.length >> 3) : null;
  for (let slot = from; slot < to; slot++) {
    if (eights && (slot & 7) === 0 && slot + 8 <= to && eights[slot >> 3] === 0) {
      slot += 7;
      continue;
    }
    const rank = ranks ? (ranks[slot] ?? 0) : RANK.whole;
    if (rank === 0 || !isWanted(slot, rank) || !segment.isLive(slot)) continue;
    const folder = segment.folderOf(slot);
    if (folder >= 0 && folders.locationOf(folder) !== NOWHERE) take(slot, rank, folder);
  }
}
