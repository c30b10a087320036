import type { Command } from 'commander';
import { action } from '../command.ts';
import { formatSize } from '../printers/figures.ts';
import { formatLibraries, formatLibrary, formatStatistics } from '../printers/library.ts';
import { safeText } from '../printers/safe-text.ts';

/** `mooring library …` */
export function addLibraryCommands(program: Command): void {
  const library = program.command('library').description('libraries: make, open, back up');

  library
    .command('create <name>')
    .description('make a library and make it the current one')
    .option('--path <folder>', 'folder that shall hold it; left out, one in the data folder')
    .option('--description <text>', 'what it is for')
    .action(
      action<{ path?: string; description?: string }>(async (session, [name = ''], { path, description }) => {
        const engine = await session.engine();
        const created = await engine.libraries.create({
          name,
          ...(path !== undefined ? { path: session.absolutePath(path) } : {}),
          ...(description !== undefined ? { description } : {}),
        });
        session.print(created, () => `The library ${safeText(created.name)} is in ${safeText(created.path)} and is the current one.`);
      }),
    );

  library
    .command('list')
    .description('libraries that are open or known from earlier')
    .action(
      action(async (session) => {
        const result = await (await session.engine()).libraries.list();
        session.print(result, () => formatLibraries(result.items, session.colors));
      }),
    );

  library
    .command('current')
    .description('the library that commands use when none is named')
    .action(
      action(async (session) => {
        const current = await (await session.engine()).libraries.current();
        session.print(current, () =>
          current ? formatLibrary(current) : 'No library is open. Make one with `mooring library create NAME`.',
        );
      }),
    );

  library
    .command('info [library]')
    .description('everything about a library')
    .action(
      action(async (session, [ref]) => {
        const found = await (await session.engine()).libraries.get(session.libraryRef(ref));
        session.print(found, () => formatLibrary(found));
      }),
    );

  library
    .command('open <library>')
    .description('open a library by path, name or id')
    .option('--take-over', 'although another computer is written down as its user')
    .action(
      action<{ takeOver?: boolean }>(async (session, [ref = ''], { takeOver = false }) => {
        const opened = await (await session.engine()).libraries.open({ library: session.pathOrName(ref), takeOver });
        session.print(opened, () => `${safeText(opened.name)} is open.`);
      }),
    );

  library
    .command('close [library]')
    .description('close a library; the current one when none is named')
    .action(
      action(async (session, [ref]) => {
        const closed = await (await session.engine()).libraries.close(session.libraryRef(ref));
        session.print(closed, () => `${safeText(closed.name)} is closed.`);
      }),
    );

  library
    .command('switch <library>')
    .description('make a library the current one')
    .action(
      action(async (session, [ref = '']) => {
        const current = await (await session.engine()).libraries.switch({ library: session.pathOrName(ref) });
        session.print(current, () => `${safeText(current.name)} is the current library.`);
      }),
    );

  library
    .command('rename <name>')
    .description('give a library another name')
    .option('--library <library>', 'the library; left out, the current one')
    .action(
      action<{ library?: string }>(async (session, [name = ''], { library: ref }) => {
        const renamed = await (await session.engine()).libraries.rename({ name, ...session.libraryRef(ref) });
        session.print(renamed, () => `The library is called ${safeText(renamed.name)} now, in ${safeText(renamed.path)}.`);
      }),
    );

  library
    .command('delete <library>')
    .description('move a library to the trash; files on drives are not touched')
    .action(
      action(async (session, [ref = '']) => {
        const deleted = await (await session.engine()).libraries.delete({ library: session.pathOrName(ref) });
        session.print(deleted, () => `${safeText(deleted.name)} is in the trash.`);
      }),
    );

  library
    .command('backup [library]')
    .description('back up the database of a library while it is in use')
    .option('--to <folder>', 'where to; left out, the library’s own backups')
    .action(
      action<{ to?: string }>(async (session, [ref], { to }) => {
        const destination = to === undefined ? {} : { destination: session.absolutePath(to) };
        const backup = await (await session.engine()).libraries.backup({ ...session.libraryRef(ref), ...destination });
        session.print(backup, () => `Backed up to ${safeText(backup.path)} (${formatSize(backup.sizeBytes, session.units)}).`);
      }),
    );

  library
    .command('backups [library]')
    .description('backups of a library')
    .action(
      action(async (session, [ref]) => {
        const backups = await (await session.engine()).libraries.backups(session.libraryRef(ref));
        session.print(backups, () => backups.items.map((backup) => safeText(backup.path)).join('\n') || 'There are no backups yet.');
      }),
    );

  library
    .command('restore [library]')
    .description('replace the database by a backup; the present one is backed up first')
    .option('--backup <backup>', 'name or path of the backup; left out, the newest')
    .action(
      action<{ backup?: string }>(async (session, [ref], { backup }) => {
        const which = backup === undefined ? {} : { backup: session.pathOrName(backup) };
        const restored = await (await session.engine()).libraries.restore({ ...session.libraryRef(ref), ...which });
        session.print(restored, () => `${safeText(restored.name)} is as it was at the time of the backup.`);
      }),
    );

  library
    .command('stats [library]')
    .description('what a library knows, in figures')
    .action(
      action(async (session, [ref]) => {
        const statistics = await (await session.engine()).libraries.statistics(session.libraryRef(ref));
        session.print(statistics, () => formatStatistics(statistics, session.units));
      }),
    );

  library
    .command('optimize [library]')
    .description('check and tidy the database')
    .action(
      action(async (session, [ref]) => {
        const result = await (await session.engine()).libraries.optimize(session.libraryRef(ref));
        const size = (bytes: number) => formatSize(bytes, session.units);
        session.print(result, () =>
          result.integrity === 'ok'
            ? `The database is sound; ${size(result.bytesBefore)} before, ${size(result.bytesAfter)} now.`
            : `The database is damaged: ${result.problems.map(safeText).join('; ')}. Restore a backup with \`mooring library restore\`.`,
        );
        if (result.integrity !== 'ok') process.exitCode = 1;
      }),
    );

  library
    .command('discover [paths...]')
    .description('look for libraries in known folders, on mounted volumes and in the given folders')
    .action(
      action(async (session, paths) => {
        const absolute = paths.flatMap((path) => (path === undefined ? [] : [session.absolutePath(path)]));
        const result = await (await session.engine()).libraries.discover({ paths: absolute });
        session.print(result, () => formatLibraries(result.items, session.colors));
      }),
    );
}
