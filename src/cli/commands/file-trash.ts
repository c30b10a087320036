import type { Command } from 'commander';
import type { DeleteExpected } from '#shared/contract/action.ts';
import { MooringError } from '#shared/contract/error.ts';
import type { TrashedItem } from '#shared/contract/file.ts';
import { action } from '../command.ts';
import { changing, type PageOptions, paged, pageInput, waiting } from '../command-options.ts';
import { canAsk, confirm } from '../confirm.ts';
import { formatCount, formatSize } from '../printers/figures.ts';
import { loadPlaces, type Places, placesOf } from '../printers/places.ts';
import { formatTrashed } from '../printers/trash.ts';
import { type RunOptions, runAction } from '../run-action.ts';
import type { Session } from '../session.ts';
import { addresses } from './file-transfer.ts';

const ITEMS_AT_ONCE = 1000;

/** `mooring file trash|trashed|restore|delete` */
export function addTrashCommands(file: Command): void {
  changing(file.command('trash <path...>'))
    .description('move files and folders to the trash of their drive')
    .action(
      action<RunOptions>(async (session, paths, options) =>
        runAction(session, { type: 'file.trash', sources: await addresses(session, paths) }, options),
      ),
    );

  paged(file.command('trashed'))
    .description('what is in the trash of the drives that are plugged in, newest first')
    .action(
      action<PageOptions>(async (session, _args, options) => {
        const page = await (await session.engine()).files.trashed(pageInput(options));
        const at = await loadPlaces(session);
        session.print(page, () => formatTrashed(page, session, at));
      }),
    );

  changing(file.command('restore <path...>'))
    .description('put things back from the trash, by where they were; of several, the newest')
    .action(
      action<RunOptions>(async (session, paths, options) => {
        const items = await findTrashed(
          session,
          paths.flatMap((path) => path ?? []),
        );
        await runAction(session, { type: 'file.restore', items }, options);
      }),
    );

  waiting(changing(file.command('delete <path...>')))
    .description('delete files and folders for good; `file trash` does it so that they can be restored')
    .option('-y, --yes', 'do not ask; needed where nobody can be asked')
    .action(
      action<RunOptions & { yes?: boolean }>(async (session, paths, { yes, ...options }) => {
        const deleting = { type: 'file.delete' as const, sources: await addresses(session, paths) };
        const expected = yes || options.dryRun ? null : await confirmDeletion(session, deleting);
        await runAction(session, expected ? { ...deleting, expected } : deleting, options);
      }),
    );
}

/** @returns what was shown: if there is more by then, nothing is deleted; null where a drive that is away could not be looked at */
async function confirmDeletion(session: Session, deleting: { type: 'file.delete'; sources: string[] }): Promise<DeleteExpected | null> {
  if (!canAsk(session)) {
    throw new MooringError('INVALID_INPUT', 'Deleting for good needs --yes where nobody can be asked. `mooring file trash` needs none.');
  }
  const { files, folders, symlinks, totalBytes, waitsFor } = await (await session.engine()).actions.preview({ action: deleting });
  const counts = [formatCount(files, 'file'), formatCount(folders, 'folder'), ...(symlinks > 0 ? [formatCount(symlinks, 'link')] : [])];
  const what = `${counts.join(', ')}, ${formatSize(totalBytes, session.units)}`;
  await confirm(session, `Delete ${what} for good? This cannot be undone.`);
  return waitsFor.length > 0 ? null : { files, folders, symlinks, totalBytes };
}

/** @returns their ids @throws MooringError `PATH_NOT_FOUND` */
async function findTrashed(session: Session, paths: readonly string[]): Promise<string[]> {
  const trashed = await allTrashed(session);
  const { items: volumes } = await (await session.engine()).volumes.list({ all: true });
  const at = placesOf(volumes);
  return Promise.all(paths.map((path) => trashedId(session, path, trashed, at)));
}

async function trashedId(session: Session, path: string, trashed: readonly TrashedItem[], at: Places): Promise<string> {
  const address = await session.address(path);
  const found = trashed.find(({ id, originalPath }) => id === path || originalPath === address || at(originalPath) === at(address));
  if (found) return found.id;
  throw new MooringError('PATH_NOT_FOUND', `Nothing from “${path}” is in the trash. Try \`mooring file trashed\`.`);
}

/** Newest first. */
async function allTrashed(session: Session): Promise<TrashedItem[]> {
  const engine = await session.engine();
  const items: TrashedItem[] = [];
  for (let cursor: string | undefined; ; ) {
    const page = await engine.files.trashed({ limit: ITEMS_AT_ONCE, ...(cursor === undefined ? {} : { cursor }) });
    items.push(...page.items);
    if (page.nextCursor === null) return items;
    cursor = page.nextCursor;
  }
}
