import { type Command, Option } from 'commander';
import { toMooringError } from '#shared/contract/error.ts';
import type { IndexScope } from '#shared/contract/indexing.ts';
import type { Job } from '#shared/contract/job.ts';
import type { IndexMode, Location } from '#shared/contract/location.ts';
import { action } from '../command.ts';
import { formatEntries } from '../printers/entry.ts';
import type { Session } from '../session.ts';
import { locationInput, MODES, watchScan } from './location.ts';

const SCOPES = ['current', 'recursive'] as const satisfies IndexScope[];

interface IndexOptions {
  scope: IndexScope;
  mode?: IndexMode;
  library?: string;
  wait?: boolean;
}

/** `mooring index …`, `mooring scan` */
export function addIndexingCommands(program: Command): void {
  const index = program.command('index').description('look at folders now');

  index
    .command('quick-scan <path>')
    .description('bring the index of a folder up to date')
    .addOption(scopeOption('current'))
    .option('--ephemeral', 'into memory, for a folder that no location holds')
    .option('--wait', 'wait for the end; Ctrl+C stops waiting, not the scan')
    .option('--library <library>', 'library that has the location')
    .action(
      action<IndexOptions & { ephemeral?: boolean }>(async (session, [path = ''], { scope, ephemeral, wait, library }) => {
        const started = await (await session.engine()).indexing.scan({
          path: await session.address(path),
          scope,
          persistence: ephemeral ? 'ephemeral' : 'persistent',
          ...session.libraryRef(library),
        });
        await printScan(session, started, wait);
      }),
    );

  index
    .command('browse <path>')
    .description('look into a folder that no location holds, and list what is there; nothing is kept')
    .addOption(scopeOption('current'))
    .option('--content', 'also find out what the bytes are')
    .option('--no-wait', 'print the job and leave it to run')
    .action(
      action<{ scope: IndexScope; content?: boolean; wait: boolean }>(async (session, [path = ''], { scope, content, wait }) => {
        const address = await session.address(path);
        const started = await (await session.engine()).indexing.scan({
          path: address,
          scope,
          persistence: 'ephemeral',
          mode: content ? 'content' : 'shallow',
        });
        if (!wait) return printScan(session, started, false);
        const { watchJob } = await import('../watch-job.ts');
        await watchJob(session, started.job, async (job) => {
          const page = await (await session.engine()).entries.list({ path: address });
          return { document: { job, ...page }, text: formatEntries(page, session) };
        });
      }),
    );

  index
    .command('location <location>')
    .description('bring the index of a location, or of a folder in it, up to date (id, name, or path)')
    .addOption(scopeOption('recursive'))
    .addOption(new Option('--mode <mode>', 'what to find out about the files').choices(MODES))
    .option('--full', 'compare every entry, not only those of folders whose time has changed')
    .option('--wait', 'wait for the end; Ctrl+C stops waiting, not the scan')
    .option('--library <library>', 'library that has the location')
    .action(
      action<IndexOptions & { full?: boolean }>(async (session, [ref = ''], { scope, mode, full, wait, library }) => {
        const engine = await session.engine();
        const input = await locationInput(session, ref, library);
        const location = await engine.locations.get(input);
        const isNamed = input.location === ref && !ref.startsWith('/') && !ref.startsWith('sd://');
        const started = await engine.indexing.scan({
          path: isNamed ? location.path : input.location,
          scope,
          depth: full ? 'full' : 'quick',
          library: location.libraryId,
          ...(mode ? { mode } : {}),
        });
        if (wait) return watchScan(session, { location, job: started.job });
        await printScan(session, started, false);
      }),
    );

  program
    .command('scan <path>')
    .description('index a folder and wait for it; it becomes a location where none holds it')
    .addOption(new Option('--mode <mode>', 'what to find out about the files').choices(MODES))
    .option('--watch', 'watch it from now on, so that its index stays true')
    .option('--no-wait', 'print the job and leave it to run')
    .option('--library <library>', 'library that shall have it; left out, the current one')
    .action(
      action<ScanOptions>(async (session, [path = ''], options) => {
        const scan = await startScan(session, await session.address(path), options);
        if (options.wait) return watchScan(session, scan);
        session.print(scan, () => `Scanning in the background as job ${scan.job.id}.`);
      }),
    );
}

interface ScanOptions {
  mode?: IndexMode;
  watch?: boolean;
  wait: boolean;
  library?: string;
}

/** Scans a folder within the location that holds it, or makes it one. What a location was told before stays, unless told otherwise now. */
async function startScan(session: Session, path: string, options: ScanOptions): Promise<{ location: Location; job: Job }> {
  const { mode, watch, library } = options;
  const engine = await session.engine();
  const found = await locationOf(session, path, library);
  if (!found) return engine.locations.add({ path, watch: watch ?? false, ...(mode ? { mode } : {}), ...session.libraryRef(library) });
  const changes = {
    ...(mode && mode !== found.mode ? { mode } : {}),
    ...(watch && !found.watchEnabled ? { watch } : {}),
  };
  const ref = { location: found.id, library: found.libraryId };
  const location = Object.keys(changes).length > 0 ? (await engine.locations.update({ ...ref, ...changes })).location : found;
  const { job } = await engine.indexing.scan({ path, library: found.libraryId, mode: location.mode });
  return { location, job };
}

async function locationOf(session: Session, path: string, library: string | undefined): Promise<Location | null> {
  try {
    return await (await session.engine()).locations.get({ location: path, ...session.libraryRef(library) });
  } catch (error) {
    if (toMooringError(error).code === 'LOCATION_NOT_FOUND') return null;
    throw error;
  }
}

function scopeOption(scope: IndexScope): Option {
  return new Option('--scope <scope>', 'this folder alone, or all below it').choices(SCOPES).default(scope);
}

async function printScan(session: Session, { job }: { job: Job }, wait: boolean | undefined): Promise<void> {
  if (!wait) {
    session.print({ job }, () => `Scanning in the background as job ${job.id}; \`mooring job monitor\` shows how far it is.`);
    return;
  }
  const { watchJob } = await import('../watch-job.ts');
  const { formatScanOutcome } = await import('../printers/scan.ts');
  await watchJob(session, job, async (finished) => ({
    document: { job: finished },
    text: formatScanOutcome(finished, null, session),
  }));
}
