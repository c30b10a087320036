import type { Entry } from '#shared/contract/entry.ts';
import type { SizeUnits } from '#shared/format-size.ts';
import type { Session } from '../session.ts';
import { formatSize, formatTime } from './figures.ts';
import { safeText } from './safe-text.ts';
import { formatFields, formatTable } from './table.ts';

interface EntryPage {
  items: readonly Entry[];
  nextCursor: string | null;
  totalCount: number;
}

export function formatEntries(page: EntryPage, { colors, units }: Pick<Session, 'colors' | 'units'>): string {
  if (page.totalCount === 0) return 'The folder is empty.';
  const table = formatTable(
    [{ title: 'Name' }, { title: 'Size', align: 'right' }, { title: 'Modified' }],
    page.items.map((entry) => {
      const name = shownName(entry);
      return [
        entry.kind === 'folder' ? colors.blue(name) : name,
        entry.kind === 'file' && entry.sizeBytes !== null ? formatSize(entry.sizeBytes, units) : '',
        entry.problem ? colors.red(entry.problem) : formatTime(entry.modifiedAt),
      ];
    }),
  );
  if (!page.nextCursor) return table;
  return `${table}\n${colors.dim(`${page.totalCount} in all; go on with --cursor ${page.nextCursor}`)}`;
}

function shownName(entry: Entry): string {
  const name = safeText(entry.name);
  if (entry.kind === 'folder') return `${name}/`;
  return entry.kind === 'symlink' ? `${name} → ${safeText(entry.linkTarget ?? '?')}` : name;
}

export function formatEntry(entry: Entry, units: SizeUnits): string {
  return formatFields([
    ['Name', shownName(entry)],
    ['Address', safeText(entry.path)],
    ['Kind', entry.kind],
    ['Size', entry.sizeBytes === null ? '–' : `${formatSize(entry.sizeBytes, units)} (${entry.sizeBytes} bytes)`],
    ['Modified', formatTime(entry.modifiedAt)],
    ['Created', formatTime(entry.createdAt)],
    ['Permissions', entry.mode === null ? '–' : `0${entry.mode.toString(8)}`],
    ['Volume', entry.volumeFingerprint?.slice(0, 12) ?? '–'],
    ...(entry.problem ? [['Problem', entry.problem] as const] : []),
  ]);
}
