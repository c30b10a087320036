import { useTranslation } from 'react-i18next';
import { Name } from '../../components/Name.tsx';
import { useFormat } from '../../lib/use-format.ts';
import type { Tile } from './size-tiles.ts';

interface SizeTipProps {
  tile: Tile;
  tiles: readonly Tile[];
  total: number;
  at: { x: number; y: number };
  within: { width: number; height: number };
}

/** Of the tip, in pixels: it never leaves the map. */
const WIDTH = 260;
const HEIGHT = 84;
const DISTANCE = 14;

/** What the pointer is on. A screen reader hears the same of the tile itself. */
export function SizeTip({ tile, tiles, total, at, within }: SizeTipProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const above: string[] = [];
  for (
    let holder = tile.parent === null ? undefined : tiles[tile.parent];
    holder;
    holder = holder.parent === null ? undefined : tiles[holder.parent]
  ) {
    if (holder.entry) above.unshift(holder.entry.name);
  }
  const left = at.x + DISTANCE + WIDTH > within.width ? Math.max(0, at.x - DISTANCE - WIDTH) : at.x + DISTANCE;
  const top = at.y + DISTANCE + HEIGHT > within.height ? Math.max(0, at.y - DISTANCE - HEIGHT) : at.y + DISTANCE;
  const { entry, restCount, sizeBytes } = tile;
  const share = format.percent(total === 0 ? 0 : sizeBytes / total);
  return (
    <div
      aria-hidden
      style={{ left, top, width: WIDTH }}
      className="pointer-events-none absolute z-10 rounded-lg bg-raised px-3 py-2 text-xs shadow-float"
    >
      {above.length > 0 && <Name className="block truncate text-2xs text-faint">{above.join(' / ')}</Name>}
      <div className="truncate font-medium">
        {entry ? <Name>{entry.name}</Name> : t('sizeMap.smaller', { count: restCount, shown: format.count(restCount) })}
      </div>
      <div className="text-soft tabular">
        {format.size(sizeBytes)} · {share}
      </div>
      {entry?.kind === 'folder' && entry.fileCount !== null && (
        <div className="text-faint tabular">
          {t('browser.filesBelow', { count: entry.fileCount, shown: format.count(entry.fileCount) })}
        </div>
      )}
      {entry?.kind === 'file' && entry.modifiedAt && <div className="text-faint tabular">{format.dateTime(entry.modifiedAt)}</div>}
    </div>
  );
}
