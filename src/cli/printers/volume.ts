import type { Volume } from '#shared/contract/volume.ts';
import type { Session } from '../session.ts';
import { formatSize, formatTime } from './figures.ts';
import { safeText } from './safe-text.ts';
import { formatFields, formatTable } from './table.ts';

type Output = Pick<Session, 'colors' | 'units'>;

export function formatVolumes(volumes: readonly Volume[], output: Output): string {
  if (volumes.length === 0) return 'There are no volumes to show; `mooring volume list --all` shows those of the system too.';
  const { colors } = output;
  return formatTable(
    [
      { title: 'Name' },
      { title: 'State' },
      { title: 'Mounted at' },
      { title: 'Type' },
      { title: 'Size', align: 'right' },
      { title: 'Free', align: 'right' },
      { title: 'Fingerprint' },
    ],
    volumes.map((volume) => [
      colors.bold(safeText(volume.name)),
      state(volume, output),
      safeText(volume.mountPoint ?? volume.tracking?.lastSeenMountPoint ?? '–'),
      `${safeText(volume.fileSystem)}, ${volume.mountType}`,
      formatSize(volume.totalBytes, output.units),
      formatSize(volume.availableBytes, output.units),
      colors.dim(volume.fingerprint.slice(0, 12)),
    ]),
  );
}

function state(volume: Volume, { colors }: Output): string {
  if (!volume.isMounted) return colors.dim('offline');
  if (volume.unresponsive) return colors.red('not answering');
  return volume.tracking ? colors.green('tracked') : 'mounted';
}

export function formatVolume(volume: Volume, output: Output): string {
  const size = (bytes: number) => formatSize(bytes, output.units);
  const optional = (text: string | null) => (text === null ? '–' : safeText(text));
  const { tracking } = volume;
  const fields: [string, string][] = [
    ['Name', output.colors.bold(safeText(volume.name))],
    ['State', state(volume, output)],
    ['Fingerprint', volume.fingerprint],
    ['Identity', `${volume.identity.source}, ${volume.identity.confidence}`],
    ['Mounted at', volume.mountPoints.map(safeText).join(', ') || '–'],
    ['Device', optional(volume.device)],
    ['Hardware', optional(volume.hardwareModel)],
    ['Type', `${volume.mountType}, ${volume.diskType}, ${safeText(volume.fileSystem)}${volume.isReadOnly ? ', read-only' : ''}`],
    ['Label', optional(volume.label)],
    ['Size', `${size(volume.totalBytes)}, ${size(volume.availableBytes)} free`],
    [
      'Speed',
      volume.readSpeedMbps === null ? 'not tested' : `reads ${volume.readSpeedMbps} MB/s, writes ${volume.writeSpeedMbps ?? '–'} MB/s`,
    ],
  ];
  if (tracking) {
    fields.push(
      ['Tracked since', formatTime(tracking.trackedAt)],
      [
        'Last seen',
        `${formatTime(tracking.lastSeenAt)} at ${optional(tracking.lastSeenMountPoint)} on ${safeText(tracking.lastSeenDeviceName)}`,
      ],
      ['Favourite', tracking.isFavorite ? 'yes' : 'no'],
    );
  }
  return formatFields(fields);
}
