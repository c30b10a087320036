import { type Command, Option } from 'commander';
import type { EngineClient } from '#shared/contract/contract.ts';
import { MooringError, toMooringError } from '#shared/contract/error.ts';
import type { Job } from '#shared/contract/job.ts';
import type { IndexMode, Location, LocationRulesPatch } from '#shared/contract/location.ts';
import { action } from '../command.ts';
import { addRule, RULES } from '../parse-rule.ts';
import { formatCount, formatSize } from '../printers/figures.ts';
import { formatLocation, formatLocations } from '../printers/location.ts';
import { safeText } from '../printers/safe-text.ts';
import { formatFields } from '../printers/table.ts';
import type { Session } from '../session.ts';

const REF = 'id, name, or a path in it';
export const MODES = ['shallow', 'content', 'deep'] as const satisfies IndexMode[];

interface LibraryOption {
  library?: string;
}

interface SettingOptions extends LibraryOption {
  name?: string;
  mode?: IndexMode;
  rule?: LocationRulesPatch;
  watch?: boolean;
  wait?: boolean;
}

/** `mooring location …` */
export function addLocationCommands(program: Command): void {
  const location = program.command('location').description('folders that a library indexes and watches');

  withSettings(location.command('add <path>'))
    .description('index a folder or a whole drive, and watch it; its volume is tracked')
    .option('--no-watch', 'do not watch it for changes')
    .option('--allow-overlap', 'although it lies in or around another location')
    .action(
      action<SettingOptions & { allowOverlap?: boolean }>(async (session, [path = ''], options) => {
        const added = await addAskingAboutOverlap(session, {
          path: await session.address(path),
          allowOverlap: options.allowOverlap ?? false,
          ...settings(options),
          ...session.libraryRef(options.library),
        });
        const done = `${safeText(added.location.name)} is a location now.`;
        if (options.wait) return watchScan(session, added);
        session.print(added, () => `${done} ${backgroundText(added.job)}`);
      }),
    );

  location
    .command('list')
    .description('locations of the library, those on unplugged drives too')
    .option('--volume <volume>', 'only those on this volume')
    .option('--library <library>', 'library; left out, the current one')
    .action(
      action<LibraryOption & { volume?: string }>(async (session, _args, { volume, library }) => {
        const engine = await session.engine();
        const filter = volume === undefined ? {} : { volume: session.pathOrName(volume) };
        const result = await engine.locations.list({ ...filter, ...session.libraryRef(library) });
        session.print(result, () => formatLocations(result.items, session));
      }),
    );

  location
    .command('info <location>')
    .description(`everything about a location (${REF})`)
    .option('--library <library>', 'library that has it')
    .action(
      action<LibraryOption>(async (session, [ref = ''], { library }) => {
        const found = await (await session.engine()).locations.get(await locationInput(session, ref, library));
        session.print(found, () => formatLocation(found, session));
      }),
    );

  withSettings(location.command('update <location>'))
    .description(`change the settings of a location (${REF})`)
    .option('--watch', 'watch it for changes')
    .option('--no-watch', 'do not watch it')
    .action(action<SettingOptions>((session, [ref = ''], options) => update(session, ref, options)));

  location
    .command('rescan <location>')
    .description(`look for what has changed (${REF})`)
    .option('--full', 'compare every entry, not only those of folders whose time has changed')
    .option('--wait', 'wait for the end; Ctrl+C stops waiting, not the scan')
    .option('--library <library>', 'library that has it')
    .action(
      action<LibraryOption & { full?: boolean; wait?: boolean }>(async (session, [ref = ''], { full, wait, library }) => {
        const engine = await session.engine();
        const started = await engine.locations.rescan({
          ...(await locationInput(session, ref, library)),
          depth: full ? 'full' : 'quick',
        });
        if (wait) return watchScan(session, started);
        session.print(started, () => backgroundText(started.job));
      }),
    );

  for (const [verb, description, text] of [
    ['pause', 'stop scanning and watching a location until it is resumed', 'is not scanned or watched until `mooring location resume`.'],
    ['resume', 'scan and watch a paused location again', 'is scanned and watched again.'],
  ] as const) {
    location
      .command(`${verb} <location>`)
      .description(`${description} (${REF})`)
      .option('--library <library>', 'library that has it')
      .action(
        action<LibraryOption>(async (session, [ref = ''], { library }) => {
          const changed = await (await session.engine()).locations[verb](await locationInput(session, ref, library));
          session.print(changed, () => `${safeText(changed.name)} ${text}`);
        }),
      );
  }

  location
    .command('remove <location>')
    .description(`forget a location and its index; the files stay (${REF})`)
    .option('--yes', 'do not ask')
    .option('--library <library>', 'library that has it')
    .action(action<LibraryOption & { yes?: boolean }>((session, [ref = ''], options) => remove(session, ref, options)));
}

/** What can be said when adding a location, and changed later. */
function withSettings(command: Command): Command {
  const rules = formatFields(RULES.map(({ rule, meaning }) => [`  ${rule}`, meaning] as const));
  return command
    .option('--name <name>', 'name to show for it')
    .addOption(new Option('--mode <mode>', 'what to find out about the files').choices(MODES))
    .option('--rule <rule>', 'what to leave out, see below; may be given several times', addRule)
    .option('--wait', 'wait for the end of the scan; Ctrl+C stops waiting, not the scan')
    .option('--library <library>', 'library that has it; left out, the current one')
    .addHelpText('after', `\nRules (of rules that contradict each other the last one holds):\n${rules}`);
}

function settings({ name, mode, rule, watch }: SettingOptions) {
  return {
    ...(name !== undefined ? { name } : {}),
    ...(mode !== undefined ? { mode } : {}),
    ...(rule !== undefined ? { rules: rule } : {}),
    ...(watch !== undefined ? { watch } : {}),
  };
}

/** What the calls about one location take. */
export async function locationInput(session: Session, ref: string, library?: string): Promise<{ location: string; library?: string }> {
  return { location: await session.addressOrName(ref), ...session.libraryRef(library) };
}

type AddInput = Parameters<EngineClient['locations']['add']>[0];

/** A location in or around another one is refused at first; a person at a terminal is asked. */
async function addAskingAboutOverlap(session: Session, input: AddInput): Promise<{ location: Location; job: Job }> {
  const engine = await session.engine();
  try {
    return await engine.locations.add(input);
  } catch (error) {
    const problem = toMooringError(error);
    const { canAsk, confirm } = await import('../confirm.ts');
    if (problem.code !== 'LOCATION_OVERLAPS' || !canAsk(session)) throw problem;
    await confirm(session, `${safeText(problem.message)}\nAdd it all the same?`);
    return engine.locations.add({ ...input, allowOverlap: true });
  }
}

async function update(session: Session, ref: string, options: SettingOptions): Promise<void> {
  const changes = settings(options);
  if (Object.keys(changes).length === 0) {
    throw new MooringError('INVALID_INPUT', 'Nothing to change: give --name, --mode, --rule, --watch or --no-watch.');
  }
  const engine = await session.engine();
  const { location, job } = await engine.locations.update({ ...(await locationInput(session, ref, options.library)), ...changes });
  if (job && options.wait) return watchScan(session, { location, job });
  const followUp = job ? `\n${backgroundText(job)}` : '';
  session.print({ location, job }, () => formatLocation(location, session) + followUp);
}

async function remove(session: Session, ref: string, { yes, library }: LibraryOption & { yes?: boolean }): Promise<void> {
  const engine = await session.engine();
  const found = await engine.locations.get(await locationInput(session, ref, library));
  if (!yes) {
    const { confirm } = await import('../confirm.ts');
    const contents = `${formatCount(found.totalFileCount, 'file')}, ${formatSize(found.totalBytes, session.units)}`;
    await confirm(session, `Forget “${safeText(found.name)}” and what is known of it (${contents})? Its files stay where they are.`);
  }
  const removed = await engine.locations.remove({ location: found.id, library: found.libraryId });
  session.print(removed, () => `${safeText(removed.name)} is no location any more. Its files are untouched.`);
}

function backgroundText(job: Job): string {
  return `It is scanned in the background as job ${job.id}; \`mooring job monitor\` shows how far it is.`;
}

/** Waits for a scan and prints what it has found, with the location as it is then. */
export async function watchScan(session: Session, { location, job }: { location: Location; job: Job }): Promise<void> {
  const { watchJob } = await import('../watch-job.ts');
  const { formatScanOutcome } = await import('../printers/scan.ts');
  await watchJob(session, job, async (finished) => {
    const engine = await session.engine();
    // Removed meanwhile, or its library closed: what became of the scan is told all the same.
    const now = await engine.locations.get({ location: location.id, library: location.libraryId }).catch(() => location);
    return { document: { location: now, job: finished }, text: formatScanOutcome(finished, now, session) };
  });
}
