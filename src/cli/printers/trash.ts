import type { TrashedItem } from '#shared/contract/file.ts';
import type { Session } from '../session.ts';
import { formatSize, formatTime } from './figures.ts';
import type { Places } from './places.ts';
import { formatTable } from './table.ts';

export function formatTrashed(
  { items, nextCursor }: { items: readonly TrashedItem[]; nextCursor: string | null },
  { colors, units }: Pick<Session, 'colors' | 'units'>,
  at: Places,
): string {
  if (items.length === 0) return 'Nothing is in the trash.';
  const table = formatTable(
    [{ title: 'Where it was' }, { title: 'Size', align: 'right' }, { title: 'Since' }],
    items.map(({ originalPath, kind, sizeBytes, trashedAt }) => [
      `${at(originalPath)}${kind === 'folder' ? '/' : ''}`,
      sizeBytes === null ? '' : formatSize(sizeBytes, units),
      formatTime(trashedAt),
    ]),
  );
  return nextCursor ? `${table}\n${colors.dim(`Go on with --cursor ${nextCursor}`)}` : table;
}
