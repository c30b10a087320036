import { type Command, InvalidArgumentError } from 'commander';
import { MooringError } from '#shared/contract/error.ts';
import type { VOLUME_ICONS, VolumeOperation } from '#shared/contract/volume.ts';
import { wholeNumber } from '../arguments.ts';
import { action } from '../command.ts';
import { formatTime } from '../printers/figures.ts';
import { safeText } from '../printers/safe-text.ts';
import { formatTable } from '../printers/table.ts';
import { formatVolume, formatVolumes } from '../printers/volume.ts';
import type { Session } from '../session.ts';
import { followEvents } from './events.ts';

const REF = 'fingerprint (8 digits suffice), name, or a path on it';

interface LibraryOption {
  library?: string;
}

/** `mooring volume …` */
export function addVolumeCommands(program: Command): void {
  const volume = program.command('volume').description('drives: see them, track them, test and eject them');

  volume
    .command('list')
    .description('volumes of this computer, and those that the library remembers')
    .option('--all', 'also volumes of the system')
    .option('--library <library>', 'library whose memory to use')
    .action(
      action<LibraryOption & { all?: boolean }>(async (session, _args, { all = false, library }) => {
        const engine = await session.engine();
        const result = await engine.volumes.list({ all, ...session.libraryRef(library) });
        session.print(result, () => formatVolumes(result.items, session));
      }),
    );

  volume
    .command('info <volume>')
    .description(`everything about one volume (${REF})`)
    .option('--library <library>', 'library whose memory to use')
    .action(
      action<LibraryOption>(async (session, [ref = ''], { library }) => {
        const engine = await session.engine();
        const found = await engine.volumes.get({ volume: session.pathOrName(ref), ...session.libraryRef(library) });
        session.print(found, () => formatVolume(found, session));
      }),
    );

  volume
    .command('track <volume>')
    .description(`remember a volume in the library (${REF})`)
    .option('--name <name>', 'name to show for it')
    .option('--library <library>', 'library that shall remember it')
    .option('--write-marker', 'allow a small marker file on volumes that have no identity of their own')
    .action(
      action<LibraryOption & { name?: string; writeMarker?: boolean }>(
        async (session, [ref = ''], { name, library, writeMarker = false }) => {
          const engine = await session.engine();
          const tracked = await engine.volumes.track({
            volume: session.pathOrName(ref),
            writeMarker,
            ...(name !== undefined ? { name } : {}),
            ...session.libraryRef(library),
          });
          session.print(tracked, () => `${safeText(tracked.name)} is tracked now (${tracked.fingerprint.slice(0, 12)}).`);
        },
      ),
    );

  volume
    .command('untrack <volume>')
    .description('forget a volume; nothing on it is touched')
    .option('--library <library>', 'library that shall forget it')
    .option('--remove-locations', 'forget its indexed locations too')
    .action(
      action<LibraryOption & { removeLocations?: boolean }>(async (session, [ref = ''], { library, removeLocations }) => {
        const engine = await session.engine();
        const untracked = await engine.volumes.untrack({
          volume: session.pathOrName(ref),
          locations: removeLocations ? 'remove' : 'keep',
          ...session.libraryRef(library),
        });
        session.print(untracked, () => 'The library has forgotten this volume. Its files are untouched.');
      }),
    );

  volume
    .command('set <volume>')
    .description('change how a tracked volume is shown')
    .option('--name <name>', 'name to show for it')
    .option('--color <color>', '#rrggbb, or none', colorOrNone)
    .option('--icon <icon>', 'icon, or none')
    .option('--favorite', 'list it among the favourites')
    .option('--no-favorite', 'list it among the others')
    .option('--library <library>', 'library that remembers it')
    .action(
      action<LibraryOption & { name?: string; color?: string; icon?: string; favorite?: boolean }>(async (session, [ref = ''], options) => {
        const { name, color, icon, favorite, library } = options;
        if ([name, color, icon, favorite].every((change) => change === undefined)) {
          throw new MooringError('INVALID_INPUT', 'Nothing to change: give --name, --color, --icon or --favorite.');
        }
        const engine = await session.engine();
        const changed = await engine.volumes.update({
          volume: session.pathOrName(ref),
          ...(name !== undefined ? { displayName: name } : {}),
          ...(color !== undefined ? { color: color === 'none' ? null : color } : {}),
          // The engine knows which icons there are and says so.
          ...(icon !== undefined ? { icon: icon === 'none' ? null : (icon as (typeof VOLUME_ICONS)[number]) } : {}),
          ...(favorite !== undefined ? { isFavorite: favorite } : {}),
          ...session.libraryRef(library),
        });
        session.print(changed, () => formatVolume(changed, session));
      }),
    );

  volume
    .command('speed-test <volume>')
    .description('measure reading and writing; at most half a minute')
    .action(
      action(async (session, [ref = '']) => {
        const engine = await session.engine();
        session.note('Testing, which takes up to half a minute …');
        printOperation(session, await engine.volumes.speedTest({ volume: session.pathOrName(ref) }));
      }),
    );

  for (const [name, description] of [
    ['eject', 'unmount a volume and tell its drive, so that it can be pulled'],
    ['unmount', 'unmount a volume'],
    ['mount', 'mount a volume that the library remembers'],
  ] as const) {
    volume
      .command(`${name} <volume>`)
      .description(`${description} (${REF})`)
      .action(
        action(async (session, [ref = '']) => {
          const engine = await session.engine();
          printOperation(session, await engine.volumes[name]({ volume: session.pathOrName(ref) }));
        }),
      );
  }

  volume
    .command('operations [volume]')
    .description('what was done with volumes, newest first')
    .option('--limit <n>', 'at most so many', wholeNumber(1, 1000))
    .option('--cursor <cursor>', 'go on after an earlier page')
    .option('--library <library>', 'library that recorded it')
    .action(
      action<LibraryOption & { limit?: number; cursor?: string }>(async (session, [ref], { limit, cursor, library }) => {
        const engine = await session.engine();
        const page = await engine.volumes.operations({
          ...(ref ? { volume: session.pathOrName(ref) } : {}),
          ...(limit ? { limit } : {}),
          ...(cursor ? { cursor } : {}),
          ...session.libraryRef(library),
        });
        session.print(page, () => formatOperations(page.items));
      }),
    );

  volume
    .command('watch')
    .description('volume events as they happen, until Ctrl+C')
    .action(
      action(async (session) => {
        await followEvents(session, ['VolumeAdded', 'VolumeRemoved', 'VolumeUpdated', 'VolumeMountChanged', 'VolumeError']);
      }),
    );
}

function printOperation(session: Session, operation: VolumeOperation): void {
  if (operation.status === 'failed' && operation.error) {
    throw new MooringError('IO_ERROR', operation.error.message, { details: { operation } });
  }
  session.print(operation, () => {
    const { readSpeedMbps, writeSpeedMbps } = operation.response ?? {};
    if (operation.type === 'speed-test') return `Reads ${readSpeedMbps} MB/s, writes ${writeSpeedMbps} MB/s.`;
    return { eject: 'Ejected: it can be unplugged now.', unmount: 'Unmounted.', mount: 'Mounted.' }[operation.type];
  });
}

function formatOperations(operations: readonly VolumeOperation[]): string {
  if (operations.length === 0) return 'Nothing has been recorded yet.';
  return formatTable(
    [{ title: 'When' }, { title: 'What' }, { title: 'Volume' }, { title: 'Outcome' }],
    operations.map((operation) => [
      formatTime(operation.createdAt),
      operation.type,
      operation.fingerprint.slice(0, 12),
      operation.error ? `${operation.status}: ${safeText(operation.error.message)}` : operation.status,
    ]),
  );
}

function colorOrNone(text: string): string {
  if (text === 'none' || /^#[0-9a-f]{6}$/i.test(text)) return text;
  throw new InvalidArgumentError('Give a colour as #rrggbb, or none.');
}
