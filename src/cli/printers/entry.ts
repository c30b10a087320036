import type { Entry, EntryDetails } from '#shared/contract/entry.ts';
import type { SizeUnits } from '#shared/format-size.ts';
import type { Session } from '../session.ts';
import { formatCount, formatNumber, formatSize, formatTime } from './figures.ts';
import { safeText } from './safe-text.ts';
import { type Column, formatFields, formatTable } from './table.ts';

export const OFFLINE_NOTE = 'This drive is not plugged in: that is what was last seen of it.';

interface EntryPage {
  folder: Entry;
  items: readonly Entry[];
  nextCursor: string | null;
  totalCount: number;
  isOffline: boolean;
}

export function formatEntries(page: EntryPage, { colors, units }: Pick<Session, 'colors' | 'units'>): string {
  const { folder, items, totalCount, nextCursor, isOffline } = page;
  const contents = folderContents(folder, units);
  const remarks = [
    ...(nextCursor ? [`${formatNumber(totalCount)} in all; go on with --cursor ${nextCursor}`] : []),
    ...(contents ? [`All below: ${contents}`] : []),
    ...(isOffline ? [OFFLINE_NOTE] : []),
  ].map(colors.dim);
  if (totalCount === 0) return ['The folder is empty.', ...remarks].join('\n');
  const hasCounts = items.some(({ fileCount }) => fileCount !== null);
  const columns: Column[] = [
    { title: 'Name' },
    { title: 'Size', align: 'right' },
    ...(hasCounts ? [{ title: 'Files', align: 'right' } as const] : []),
    { title: 'Modified' },
  ];
  const rows = items.map((entry) => [
    entry.kind === 'folder' ? colors.blue(shownName(entry)) : shownName(entry),
    hasOwnSize(entry) ? formatSize(entry.sizeBytes ?? 0, units) : '',
    ...(hasCounts ? [entry.fileCount === null ? '' : formatNumber(entry.fileCount)] : []),
    entry.problem ? colors.red(safeText(entry.problem)) : formatTime(entry.modifiedAt),
  ]);
  return [formatTable(columns, rows), ...remarks].join('\n');
}

/** The size of a symlink is that of its text, which nobody asks for. */
export function hasOwnSize({ kind, sizeBytes }: Entry): boolean {
  return sizeBytes !== null && (kind === 'file' || kind === 'folder');
}

/** What is below a folder: `1.2 GB in 34 files`; empty where that is not known. */
export function folderContents({ kind, sizeBytes, fileCount }: Entry, units: SizeUnits): string {
  if (kind !== 'folder' || sizeBytes === null) return '';
  return fileCount === null ? formatSize(sizeBytes, units) : `${formatSize(sizeBytes, units)} in ${formatCount(fileCount, 'file')}`;
}

export function shownName(entry: Entry): string {
  const name = safeText(entry.name);
  if (entry.kind === 'folder') return `${name}/`;
  return entry.kind === 'symlink' ? `${name} → ${safeText(entry.linkTarget ?? '?')}` : name;
}

/** @param details null where the disk cannot be asked */
export function formatEntry(entry: Entry, details: EntryDetails | null, units: SizeUnits): string {
  const { childCount, fileCount, folderCount, sizeBytes } = entry;
  const fields: [string, string][] = [
    ['Name', shownName(entry)],
    ['Address', safeText(entry.path)],
    ['Kind', entry.kind],
    ['Size', sizeBytes === null ? '–' : `${formatSize(sizeBytes, units)} (${sizeBytes} bytes)`],
  ];
  if (childCount !== null) fields.push(['In it', formatCount(childCount, 'entry', 'entries')]);
  if (fileCount !== null && folderCount !== null) {
    fields.push(['Below it', `${formatCount(fileCount, 'file')}, ${formatCount(folderCount, 'folder')}`]);
  }
  fields.push(
    ['Modified', formatTime(entry.modifiedAt)],
    ['Created', formatTime(entry.createdAt)],
    ...(details ? detailFields(details, units) : []),
    ['Permissions', entry.mode === null ? '–' : `0${entry.mode.toString(8)}`],
    ['Volume', entry.volumeFingerprint?.slice(0, 12) ?? '–'],
  );
  if (entry.uuid) fields.push(['Id', entry.uuid]);
  if (entry.problem) fields.push(['Problem', safeText(entry.problem)]);
  return formatFields(fields);
}

function detailFields(details: EntryDetails, units: SizeUnits): [string, string][] {
  const { accessedAt, changedAt, owner, group, allocatedBytes, hardLinkCount, inode } = details;
  return [
    ['Opened', formatTime(accessedAt)],
    ['Attributes changed', formatTime(changedAt)],
    ...(owner === null ? [] : [['Owner', safeText([owner, group].filter((name) => name !== null).join(', group '))] as [string, string]]),
    ...(allocatedBytes === null ? [] : [['On disk', formatSize(allocatedBytes, units)] as [string, string]]),
    ['Inode', `${inode}, ${formatCount(hardLinkCount, 'link')}`],
  ];
}
