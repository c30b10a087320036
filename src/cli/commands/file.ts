import { basename, dirname } from 'node:path';
import type { Command } from 'commander';
import type { Entry } from '#shared/contract/entry.ts';
import { MooringError } from '#shared/contract/error.ts';
import { action } from '../command.ts';
import { changing } from '../command-options.ts';
import { formatEntry } from '../printers/entry.ts';
import { type RunOptions, runAction } from '../run-action.ts';
import type { Session } from '../session.ts';
import { addRenameCommands } from './file-rename.ts';
import { addTransferCommands } from './file-transfer.ts';
import { addTrashCommands } from './file-trash.ts';

/** `mooring file …` */
export function addFileCommands(program: Command): void {
  const file = program.command('file').description('copy, move, rename and delete files, look at them');
  file
    .command('info <path>')
    .description('everything about a file or folder')
    .action(
      action(async (session, [path = '']) => {
        const engine = await session.engine();
        const address = await session.address(path);
        const entry: Entry = await engine.entries.get({ path: address });
        // Of a drive that is away nothing more is known.
        const details = await engine.entries.details({ path: address }).catch(() => null);
        session.print({ ...entry, details }, () => formatEntry(entry, details, session.units));
      }),
    );
  addTransferCommands(file);
  addRenameCommands(file);
  addCreateCommands(file);
  addTrashCommands(file);
}

function addCreateCommands(file: Command): void {
  for (const [verb, type, description] of [
    ['mkdir', 'file.create-folder', 'make a folder'],
    ['touch', 'file.create-file', 'make an empty file; one that is there stays as it is, and is an error'],
  ] as const) {
    changing(file.command(`${verb} <path>`))
      .description(description)
      .action(
        action<RunOptions>(async (session, [path = ''], options) =>
          runAction(session, { type, ...(await newPlace(session, path)) }, options),
        ),
      );
  }

  changing(file.command('link <target> <path>'))
    .description('make a link at a path: a symbolic one, by the absolute path of its target')
    .option('--hard', 'a further name of the same file instead')
    .action(
      action<RunOptions & { hard?: boolean }>(async (session, [target = '', path = ''], { hard, ...options }) => {
        const place = await newPlace(session, path);
        const kind = hard ? ('hard' as const) : ('symbolic' as const);
        await runAction(session, { type: 'file.create-link', target: await session.address(target), ...place, kind }, options);
      }),
    );
}

/** Folder and name of what is to be made. */
async function newPlace(session: Session, path: string): Promise<{ parent: string; name: string }> {
  const address = (await session.address(path)).replace(/\/+$/, '');
  if (!address.startsWith('sd://')) return { parent: dirname(address || '/'), name: named(basename(address), path) };
  const end = address.lastIndexOf('/');
  try {
    return { parent: address.slice(0, end) || address, name: named(decodeURIComponent(address.slice(end + 1)), path) };
  } catch (cause) {
    throw new MooringError('INVALID_INPUT', `“${path}”: the name of something new has to be UTF-8.`, { cause });
  }
}

function named(name: string, path: string): string {
  if (name !== '') return name;
  throw new MooringError('INVALID_INPUT', `“${path}” has no name at its end. Give the path of what is to be made.`);
}
