import { type Command, Option } from 'commander';
import { MooringError } from '#shared/contract/error.ts';
import type { Job } from '#shared/contract/job.ts';
import type { SavedSearch, SearchSort } from '#shared/contract/search.ts';
import { wholeNumber } from '../arguments.ts';
import { action } from '../command.ts';
import { formatCount } from '../printers/figures.ts';
import { safeText } from '../printers/safe-text.ts';
import { formatHits, formatProblems, formatSavedSearches } from '../printers/search.ts';
import type { Session } from '../session.ts';

/** As `STATUSES` of jobs. */
const SORTS = Object.keys({ relevance: true, name: true, size: true, modified: true, created: true } satisfies Record<SearchSort, true>);
const ORDERS = ['asc', 'desc'];
const SAVED = 'id or name';

interface LibraryOption {
  library?: string;
}

interface SortOptions extends LibraryOption {
  sort?: SearchSort;
  order?: 'asc' | 'desc';
}

interface PageOptions extends SortOptions {
  limit?: number;
  cursor?: string;
  count?: boolean;
}

/** `mooring search`, `mooring saved-search …`, `mooring search-index …` */
export function addSearchCommands(program: Command): void {
  withPage(withSort(program.command('search <query...>')))
    .description('find files and folders by name and filters, on drives that are not plugged in, too')
    .addHelpText('after', HELP)
    .action(
      action<PageOptions>((session, words, options) => {
        return search(session, { query: words.filter((word) => word !== undefined).join(' '), ...options });
      }),
    );
  addSavedCommands(program);
  addIndexCommands(program);
}

/** The ones that people look for first; docs/search.md has all. */
const HELP = `
In a query:
  word "exact phrase" -not      what names, or folders above, have or do not have; OR and brackets
  ext:pdf,docx kind:image       files by extension, or by kind
  size:>10mb modified:<7d       larger than 10 MB, changed in the last seven days
  in:"Photos/2023" volume:Stick below a folder, on a drive
  is:offline                    on a drive that is not plugged in
Put the query into single quotes: shells have meanings of their own for < > ( ) " and *.`;

function withSort(command: Command): Command {
  return command
    .addOption(new Option('--sort <sort>', 'sort by (relevance)').choices(SORTS))
    .addOption(new Option('--order <order>', 'ascending or descending').choices(ORDERS))
    .option('--library <library>', 'library to search; left out, the current one');
}

function withPage(command: Command): Command {
  return command
    .option('--limit <n>', 'at most so many', wholeNumber(1, 1000))
    .option('--cursor <cursor>', 'go on after an earlier page')
    .option('--count', 'also say how many there are in all');
}

async function search(session: Session, { query, sort, order, limit, cursor, count, library }: PageOptions & { query: string }) {
  const engine = await session.engine();
  const page = await engine.search.query({
    query,
    ...(count ? { countUpTo: Number.MAX_SAFE_INTEGER } : { count: false }),
    ...(sort ? { sort } : {}),
    ...(order ? { order } : {}),
    ...(limit ? { limit } : {}),
    ...(cursor !== undefined ? { cursor } : {}),
    ...session.libraryRef(library),
  });
  if (page.problems.length > 0) session.note(formatProblems(query, page.problems, session));
  session.print(page, () => formatHits(page, session));
}

function addSavedCommands(program: Command): void {
  const saved = program.command('saved-search').description('queries that are kept with a library');

  saved
    .command('list')
    .description('all of them')
    .option('--library <library>', 'library that keeps them; left out, the current one')
    .action(
      action<LibraryOption>(async (session, _args, { library }) => {
        const result = await (await session.engine()).search.saved.list(session.libraryRef(library));
        session.print(result, () => formatSavedSearches(result.items));
      }),
    );

  withSort(saved.command('add <name> <query>'))
    .description('keep a query')
    .action(
      action<SortOptions>(async (session, [name = '', query = ''], { sort, order, library }) => {
        const input = { name, query, ...(sort ? { sort } : {}), ...(order ? { order } : {}), ...session.libraryRef(library) };
        const added = await (await session.engine()).search.saved.add(input);
        session.print(added, () => `“${safeText(added.name)}” is kept. Its id is ${added.id}.`);
      }),
    );

  withSort(saved.command('update <search>'))
    .description(`change one (${SAVED})`)
    .option('--name <name>', 'another name')
    .option('--query <query>', 'another query')
    .action(
      action<SortOptions & { name?: string; query?: string }>(async (session, [ref = ''], { library, ...change }) => {
        if (Object.keys(change).length === 0) {
          throw new MooringError('INVALID_INPUT', 'Nothing to change: give --name, --query, --sort or --order.');
        }
        const { id, libraryId } = await findSaved(session, ref, library);
        const updated = await (await session.engine()).search.saved.update({ id, library: libraryId, ...change });
        session.print(updated, () => formatSavedSearches([updated]));
      }),
    );

  saved
    .command('remove <search>')
    .description(`forget one (${SAVED})`)
    .option('--library <library>', 'library that keeps it; left out, the current one')
    .action(
      action<LibraryOption>(async (session, [ref = ''], { library }) => {
        const { id, libraryId } = await findSaved(session, ref, library);
        const removed = await (await session.engine()).search.saved.remove({ id, library: libraryId });
        session.print(removed, () => `“${safeText(removed.name)}” is not kept any more.`);
      }),
    );

  withPage(withSort(saved.command('run <search>')))
    .description(`find what one finds now (${SAVED})`)
    .action(
      action<PageOptions>(async (session, [ref = ''], options) => {
        const { query, sort, order, libraryId } = await findSaved(session, ref, options.library);
        await search(session, { sort, order, ...options, query, library: libraryId });
      }),
    );
}

async function findSaved(session: Session, ref: string, library: string | undefined): Promise<SavedSearch> {
  const { items } = await (await session.engine()).search.saved.list(session.libraryRef(library));
  const byId = items.find(({ id }) => id === ref.toLowerCase());
  const named = items.filter(({ name }) => name === ref);
  if (!byId && named.length > 1) {
    throw new MooringError('INVALID_INPUT', `${named.length} searches are called “${ref}”. Name the one you mean by its id.`, {
      details: { candidates: named.map(({ id }) => id) },
    });
  }
  const found = byId ?? named[0];
  if (!found) throw new MooringError('SAVED_SEARCH_NOT_FOUND', `This library keeps no search “${ref}”.`);
  return found;
}

function addIndexCommands(program: Command): void {
  const index = program.command('search-index').description('what searches look things up in');

  index
    .command('check')
    .description('hold it against all that the library knows; exit code 1 when it differs')
    .option('--library <library>', 'library to check; left out, the current one')
    .action(
      action<LibraryOption>(async (session, _args, { library }) => {
        const found = await (await session.engine()).search.check(session.libraryRef(library));
        const entries = formatCount(found.entryCount, 'entry', 'entries');
        const differences = `${formatCount(found.differenceCount, 'entry differs', 'entries differ')} of ${entries}.`;
        const advice = 'Run `mooring search-index rebuild`.';
        session.print(found, () => (found.isConsistent ? `${entries}, all as the library has them.` : `${differences} ${advice}`));
        if (!found.isConsistent) process.exitCode = 1;
      }),
    );

  index
    .command('rebuild')
    .description('make it anew; meanwhile searches find what they found before')
    .option('--wait', 'wait for the end; Ctrl+C stops waiting, not the work')
    .option('--library <library>', 'library whose index it is; left out, the current one')
    .action(
      action<LibraryOption & { wait?: boolean }>(async (session, _args, { wait, library }) => {
        const started: { job: Job } = await (await session.engine()).search.rebuild(session.libraryRef(library));
        if (wait) return (await import('../watch-job.ts')).watchJob(session, started.job);
        session.print(started, () => `It is made anew in the background as job ${started.job.id}.`);
      }),
    );
}
