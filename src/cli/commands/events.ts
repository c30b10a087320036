import type { Command } from 'commander';
import { MooringError } from '#shared/contract/error.ts';
import type { DomainEventType } from '#shared/contract/event.ts';
import { action } from '../command.ts';
import type { Session } from '../session.ts';

/** `mooring events` */
export function addEventCommands(program: Command): void {
  program
    .command('events')
    .description('events as they happen, one JSON object per line, until Ctrl+C')
    .option(
      '--type <type>',
      'only this type; may be given several times',
      (type: string, types: string[]) => [...types, type],
      [] as string[],
    )
    .option('--library <library>', 'only events of this library, and those of none')
    .action(
      action<{ type: string[]; library?: string }>(async (session, _args, { type, library }) => {
        // The engine knows the types and names them when one is wrong.
        await followEvents(session, type as DomainEventType[], library);
      }),
    );
}

/** Prints events, each line as soon as its event arrives, until Ctrl+C. */
export async function followEvents(session: Session, types: DomainEventType[], library?: string): Promise<void> {
  const engine = await session.engine();
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort());
  process.once('SIGTERM', () => stop.abort());
  const events = await engine.events.subscribe(
    { ...(types.length > 0 ? { types } : {}), ...(library ? { library } : {}) },
    { signal: stop.signal },
  );
  session.note('Waiting for events; Ctrl+C ends.');
  try {
    for await (const event of events) session.printLine(JSON.stringify(event));
  } catch (error) {
    if (!stop.signal.aborted) throw error;
  }
  if (!stop.signal.aborted) throw new MooringError('ENGINE_UNREACHABLE', 'Mooring has ended, and its events with it.');
}
