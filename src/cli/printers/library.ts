import type { Library, LibraryStatistics } from '#shared/contract/library.ts';
import type { SizeUnits } from '#shared/format-size.ts';
import type { Session } from '../session.ts';
import { formatSize, formatTime } from './figures.ts';
import { safeText } from './safe-text.ts';
import { formatFields, formatTable } from './table.ts';

export function formatLibraries(libraries: readonly Library[], colors: Session['colors']): string {
  if (libraries.length === 0) return 'There are no libraries yet. Make one with `mooring library create NAME`.';
  return formatTable(
    [{ title: '' }, { title: 'Name' }, { title: 'State' }, { title: 'Folder' }, { title: 'Id' }],
    libraries.map((library) => [
      library.isCurrent ? colors.green('*') : '',
      colors.bold(safeText(library.name)),
      library.problem ? colors.red(library.status) : library.status,
      safeText(library.path),
      colors.dim(library.id),
    ]),
  );
}

export function formatLibrary(library: Library): string {
  return formatFields([
    ['Name', safeText(library.name)],
    ['State', `${library.status}${library.isCurrent ? ', current' : ''}`],
    ['Folder', safeText(library.path)],
    ['Id', library.id],
    ['Made', formatTime(library.createdAt)],
    ['Description', safeText(library.description) || '–'],
    ...(library.problem ? [['Problem', safeText(library.problem.message)] as const] : []),
  ]);
}

export function formatStatistics(statistics: LibraryStatistics, units: SizeUnits): string {
  return formatFields([
    ['Files', String(statistics.totalFiles)],
    ['Size of files', formatSize(statistics.totalSize, units)],
    ['Thumbnails', String(statistics.thumbnailCount)],
    ['Tracked volumes', String(statistics.trackedVolumes)],
    ['Locations', String(statistics.locations)],
    ['Database', formatSize(statistics.databaseBytes, units)],
    ['Counted', formatTime(statistics.updatedAt)],
  ]);
}
