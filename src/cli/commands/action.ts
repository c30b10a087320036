import { type Command, Option } from 'commander';
import type { ActionRecord } from '#shared/contract/action.ts';
import { MooringError } from '#shared/contract/error.ts';
import { action } from '../command.ts';
import { type PageOptions, paged, pageInput, waiting } from '../command-options.ts';
import { canAsk, confirm } from '../confirm.ts';
import { formatAction, formatActions } from '../printers/action.ts';
import { actionTitle } from '../printers/action-title.ts';
import { loadPlaces } from '../printers/places.ts';
import { printPreview, printStarted } from '../run-action.ts';
import type { Session } from '../session.ts';

/** As `STATUSES` of jobs. */
const STATUSES = Object.keys({
  running: true,
  completed: true,
  failed: true,
  cancelled: true,
} satisfies Record<ActionRecord['status'], true>);
const LOOKED_THROUGH = 200;

interface UndoOptions {
  last?: boolean;
  dryRun?: boolean;
  wait?: boolean;
  yes?: boolean;
}

/** `mooring action …` */
export function addActionCommands(program: Command): void {
  const actions = program.command('action').description('what was done, and undoing it');

  paged(actions.command('list [words...]'))
    .description('what was done, newest first; with words only that of which type, paths or names hold them all')
    .addOption(new Option('--status <status>', 'only those').choices(STATUSES))
    .option('--library <library>', 'library whose actions to list; left out, those of all that are open')
    .action(
      action<PageOptions & { status?: ActionRecord['status']; library?: string }>(
        async (session, words, { status, library, ...options }) => {
          const text = words.flatMap((word) => word ?? []).join(' ');
          const page = await (await session.engine()).actions.list({
            ...(text === '' ? {} : { text }),
            ...(status ? { status } : {}),
            ...pageInput(options),
            ...session.libraryRef(library),
          });
          const at = await loadPlaces(session);
          const isFiltered = text !== '' || status !== undefined;
          session.print(page, () => (page.items.length === 0 && isFiltered ? 'No such action.' : formatActions(page, session, at)));
        },
      ),
    );

  actions
    .command('show <id>')
    .description('everything about an action')
    .action(
      action(async (session, [id = '']) => {
        const found = await (await session.engine()).actions.get({ id });
        const at = await loadPlaces(session);
        session.print(found, () => formatAction(found, session, at));
      }),
    );

  waiting(actions.command('undo [id]'))
    .description('take an action back; refused, with the reason, where that is not safe any more')
    .option('--last', 'the newest that can be undone')
    .option('--dry-run', 'say what would be done, and do nothing')
    .option('-y, --yes', 'do not ask')
    .action(action<UndoOptions>((session, [id], options) => undo(session, id, options)));
}

async function undo(session: Session, id: string | undefined, { last, dryRun, wait = true, yes }: UndoOptions): Promise<void> {
  if ((id === undefined) !== (last === true)) {
    throw new MooringError('INVALID_INPUT', 'Give the id of an action, or --last. `mooring action list` has the ids.');
  }
  const engine = await session.engine();
  const found = id === undefined ? await newestUndoable(session) : await engine.actions.get({ id });
  if (dryRun) return printPreview(session, await engine.actions.previewUndo({ id: found.id }));
  // Whoever names an action by its id means it.
  if (last && !yes && canAsk(session)) await confirm(session, `Undo: ${actionTitle(found, await loadPlaces(session))}?`);
  await printStarted(session, await engine.actions.undo({ id: found.id }), wait);
}

async function newestUndoable(session: Session): Promise<ActionRecord> {
  const { items } = await (await session.engine()).actions.list({ limit: LOOKED_THROUGH });
  const found = items.find(({ undo: { state } }) => state === 'possible');
  if (found) return found;
  throw new MooringError('ACTION_NOT_FOUND', 'Nothing that was done lately can be undone. `mooring action list` has all that was done.');
}
