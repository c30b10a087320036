import type { Location, LocationRules } from '#shared/contract/location.ts';
import type { Session } from '../session.ts';
import { shownPath } from './address.ts';
import { formatCount, formatNumber, formatSize, formatTime } from './figures.ts';
import { safeText } from './safe-text.ts';
import { formatFields, formatTable } from './table.ts';

type Output = Pick<Session, 'colors' | 'units'>;

export function formatLocations(locations: readonly Location[], output: Output): string {
  if (locations.length === 0) return 'There are no locations yet. Add one with `mooring location add PATH`.';
  const { colors, units } = output;
  return formatTable(
    [
      { title: 'Name' },
      { title: 'State' },
      { title: 'Folder' },
      { title: 'Files', align: 'right' },
      { title: 'Size', align: 'right' },
      { title: 'Scanned' },
      { title: 'Id' },
    ],
    locations.map((location) => [
      colors.bold(safeText(location.name)),
      stateText(location, output),
      location.isOnline ? shownPath(location.path) : `${safeText(location.volumeName)}: /${safeText(location.pathInVolume)}`,
      formatNumber(location.totalFileCount),
      formatSize(location.totalBytes, units),
      formatTime(location.lastScanAt),
      colors.dim(location.id),
    ]),
  );
}

/** One word or two: being offline says more than any scan before it. */
export function stateText(location: Location, { colors }: Pick<Output, 'colors'>): string {
  if (!location.isOnline) return colors.dim('offline');
  switch (location.scanState) {
    case 'pending':
      return colors.yellow('not scanned yet');
    case 'scanning':
      return colors.cyan('scanning');
    case 'error':
      return colors.red(location.error?.code === 'LOCATION_GONE' ? 'folder is gone' : 'scan failed');
    case 'paused':
      return colors.yellow('paused');
    case 'complete':
      return watchedText(location, colors);
  }
}

function watchedText({ watchState }: Location, colors: Output['colors']): string {
  const words = { watching: 'watched', polling: 'polled', limited: 'polled', off: 'not watched', offline: 'offline' };
  return watchState === 'watching' ? colors.green(words.watching) : words[watchState];
}

const WATCH_TEXTS: Record<Location['watchState'], string> = {
  off: 'not now: as soon as it can be scanned',
  watching: 'yes',
  polling: 'looked at every now and then, since the system reports no changes there',
  limited: 'looked at every now and then: the system’s limit of watches is reached (Linux: raise fs.inotify.max_user_watches)',
  offline: 'as soon as the drive is back',
};

function watchText({ id, watchEnabled, watchState, scanState, isOnline }: Location): string {
  if (!watchEnabled) return `no; \`mooring location update ${id} --watch\` turns it on`;
  return isOnline && scanState === 'paused' ? 'not while it is paused' : WATCH_TEXTS[watchState];
}

export function formatLocation(location: Location, output: Output): string {
  const { units } = output;
  const contents = `${formatCount(location.totalFileCount, 'file')} in ${formatCount(location.totalFolderCount, 'folder')}`;
  const fields: [string, string][] = [
    ['Name', output.colors.bold(safeText(location.name))],
    ['State', stateText(location, output)],
    ['Folder', shownPath(location.path)],
    [
      'Drive',
      `${safeText(location.volumeName)} (${location.volumeFingerprint.slice(0, 12)})${location.isOnline ? '' : ', not plugged in'}`,
    ],
    ['On the drive', `/${safeText(location.pathInVolume)}`],
    ['Contents', `${contents}, ${formatSize(location.totalBytes, units)}`],
    ['Mode', location.mode],
    ['Watched', watchText(location)],
    ['Rules', rulesText(location.rules, units)],
    ['Scanned', formatTime(location.lastScanAt)],
    ['Added', formatTime(location.createdAt)],
    ['Id', location.id],
  ];
  if (location.jobId) fields.push(['Job', location.jobId]);
  if (location.problemCount > 0) fields.push(['Problems', `${formatCount(location.problemCount, 'entry', 'entries')} could not be read`]);
  if (location.error) fields.push(['Error', safeText(location.error.message)]);
  return formatFields(fields);
}

/** The rules as they are written after `--rule`. */
export function rulesText(rules: LocationRules, units: Output['units']): string {
  const size = (bytes: number) => formatSize(bytes, units).replace(' ', '');
  const words = [
    rules.skipSystemJunk ? 'skip-system-junk' : 'keep-system-junk',
    rules.skipHidden && 'skip-hidden',
    rules.skipDevelopment && 'skip-development',
    rules.honourGitignore && 'gitignore',
    rules.onlyExtensions.length > 0 && `only:${rules.onlyExtensions.map(safeText).join(',')}`,
    ...rules.excludeGlobs.map((glob) => `never:${safeText(glob)}`),
    rules.maxFileBytes !== null && `skip-larger-than:${size(rules.maxFileBytes)}`,
    rules.minFileBytes !== null && `skip-smaller-than:${size(rules.minFileBytes)}`,
    rules.crossVolumes && 'cross-volumes',
  ];
  return words.filter((word) => word !== false).join(' ');
}
