import type { Entry, SizeNode } from '#shared/contract/entry.ts';
import type { Session } from '../session.ts';
import { folderContents, OFFLINE_NOTE, shownName } from './entry.ts';
import { formatCount, formatSize } from './figures.ts';
import { safeText } from './safe-text.ts';
import { type Column, formatTable } from './table.ts';

interface SizeMap {
  folder: Entry;
  nodes: readonly SizeNode[];
  rest: { count: number; sizeBytes: number };
  source: 'index' | 'memory' | 'locations' | 'none';
  isOffline: boolean;
}

const UNKNOWN =
  'Nothing is known of this folder: no location holds it. “mooring index browse --scope recursive” looks through it, “mooring location add” keeps what it finds.';
const COLUMNS: readonly Column[] = [{ title: 'Size', align: 'right' }, { title: 'Share', align: 'right' }, { title: 'Where' }];

/** The largest files and folders at any depth: a folder counts what is below it, which may follow on lines of its own. */
export function formatSizes(
  { folder, nodes, rest, source, isOffline }: SizeMap,
  { colors, units }: Pick<Session, 'colors' | 'units'>,
): string {
  if (source === 'none') return UNKNOWN;
  const whole = folder.sizeBytes ?? 0;
  const row = (bytes: number, where: string) => [formatSize(bytes, units), shareOf(bytes, whole), where];
  const paths: string[] = [];
  const rows = nodes.map(({ entry, parent }) => {
    const above = parent === null ? '' : `${paths[parent] ?? ''}/`;
    paths.push(above + safeText(entry.name));
    return row(entry.sizeBytes ?? 0, colors.dim(above) + (entry.kind === 'folder' ? colors.blue(shownName(entry)) : shownName(entry)));
  });
  if (rest.count > 0) rows.push(row(rest.sizeBytes, colors.dim(`${formatCount(rest.count, 'smaller entry', 'smaller entries')} in it`)));
  const remarks = [
    `In all: ${folderContents(folder, units)}`,
    ...(source === 'locations' ? ['Only what lies in locations is known of this folder.'] : []),
    ...(isOffline ? [OFFLINE_NOTE] : []),
  ].map(colors.dim);
  return [rows.length === 0 ? 'There are no files in it.' : formatTable(COLUMNS, rows), ...remarks].join('\n');
}

function shareOf(bytes: number, whole: number): string {
  const percent = whole === 0 ? 0 : (bytes / whole) * 100;
  return percent > 0 && percent < 1 ? '<1 %' : `${Math.round(percent)} %`;
}
