import { type Command, Option } from 'commander';
import type { EntrySort } from '#shared/contract/entry.ts';
import { MooringError } from '#shared/contract/error.ts';
import { formatVolumePath } from '#shared/sd-path.ts';
import { wholeNumber } from '../arguments.ts';
import { action } from '../command.ts';
import { printTree } from '../print-tree.ts';
import { formatEntries } from '../printers/entry.ts';
import { formatSizes } from '../printers/sizes.ts';

/** As `STATUSES` of jobs. */
const SORTS = Object.keys({
  name: true,
  size: true,
  modified: true,
  kind: true,
  created: true,
  items: true,
  permissions: true,
  link: true,
} satisfies Record<EntrySort, true>);
const TREE_LIMIT = 10_000;
const SIZES_LIMIT = 20;
const MOST = 100_000_000;

interface ListOptions {
  sort: EntrySort;
  order: 'asc' | 'desc';
  limit?: number;
  cursor?: string;
}

interface TreeOptions {
  depth?: number;
  dirsOnly?: boolean;
  limit: number;
}

interface SizesOptions {
  volume?: string;
  limit: number;
}

/** `mooring ls`, `mooring tree`, `mooring sizes` */
export function addEntryCommands(program: Command): void {
  program
    .command('ls [path]')
    .description('the entries of a folder: from the index where it is in one, else from disk; also on drives that are not plugged in')
    .addOption(new Option('--sort <sort>', 'sort by').choices(SORTS).default('name'))
    .addOption(new Option('--order <order>', 'ascending or descending').choices(['asc', 'desc']).default('asc'))
    .option('--limit <n>', 'at most so many', wholeNumber(1, 1000))
    .option('--cursor <cursor>', 'go on after an earlier page')
    .action(
      action<ListOptions>(async (session, [path = '.'], { sort, order, limit, cursor }) => {
        const engine = await session.engine();
        const page = await engine.entries.list({
          path: await session.address(path),
          sort,
          order,
          ...(limit ? { limit } : {}),
          ...(cursor !== undefined ? { cursor } : {}),
        });
        session.print(page, () => formatEntries(page, session));
      }),
    );

  program
    .command('tree [path]')
    .description('all that is below a folder, with the sizes of folders that are indexed')
    .option('--depth <n>', 'so many levels', wholeNumber(1, 100_000))
    .option('--dirs-only', 'folders alone')
    .option('--limit <n>', 'at most so many entries', wholeNumber(1, MOST), TREE_LIMIT)
    .action(
      action<TreeOptions>(async (session, [path = '.'], { depth, dirsOnly = false, limit }) => {
        await printTree(session, await session.address(path), { maxDepth: depth ?? null, dirsOnly, limit });
      }),
    );

  program
    .command('sizes [path]')
    .description(
      'what takes the space in a folder: the largest files and folders at any depth, by the index; also on drives that are not plugged in',
    )
    .option('--volume <volume>', 'of a whole drive, by its name, fingerprint or mount point')
    .option('--limit <n>', 'so many', wholeNumber(1, 2000), SIZES_LIMIT)
    .action(
      action<SizesOptions>(async (session, [path], { volume, limit }) => {
        if (path !== undefined && volume !== undefined) throw new MooringError('INVALID_INPUT', 'Name a folder or a drive, not both.');
        const engine = await session.engine();
        const address =
          volume === undefined
            ? await session.address(path ?? '.')
            : formatVolumePath((await engine.volumes.get({ volume })).fingerprint, '/');
        const map = await engine.entries.sizes({ path: address, limit });
        session.print(map, () => formatSizes(map, session));
      }),
    );
}
