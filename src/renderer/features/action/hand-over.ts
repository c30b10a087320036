import type { FileAction } from '../../../shared/contract/action.ts';
import { MOST_SOURCES } from '../../../shared/contract/file.ts';
import { useConnection } from '../../app/connection-store.ts';
import { engine } from '../../app/engine.ts';

/** Characters of addresses in one message: well below what an engine takes. */
const MOST_CHARACTERS = 400_000;

interface HandedOver {
  /** The engine that has it, by the object that told of it: another one knows nothing of the list. */
  engine: unknown;
  address: Promise<string>;
}

const handed = new WeakMap<readonly string[], HandedOver>();

/** The same action, so that it fits into a message: of very many sources, the list is handed over before. @throws MooringError as the engine */
export async function sendable<Action extends FileAction>(action: Action): Promise<Action> {
  if (!('sources' in action) || fits(action.sources)) return action;
  return { ...action, sources: [await addressOf(action.sources)] };
}

function fits(sources: readonly string[]): boolean {
  return sources.length <= MOST_SOURCES && sources.reduce((sum, source) => sum + source.length, 0) <= MOST_CHARACTERS;
}

/** What is looked at first, and then done, is handed over once. */
function addressOf(sources: readonly string[]): Promise<string> {
  const { engine: current } = useConnection.getState();
  const known = handed.get(sources);
  if (known?.engine === current) return known.address;
  const address = handOver(sources);
  handed.set(sources, { engine: current, address });
  address.catch(() => handed.delete(sources));
  return address;
}

async function handOver(sources: readonly string[]): Promise<string> {
  let to: string | undefined;
  for (let from = 0; from < sources.length; ) {
    const part: string[] = [];
    for (let characters = 0; from < sources.length && characters < MOST_CHARACTERS && part.length < MOST_SOURCES; from++) {
      const source = sources[from] ?? '';
      part.push(source);
      characters += source.length;
    }
    ({ address: to } = await engine.actions.handOver({ sources: part, ...(to === undefined ? {} : { to }) }));
  }
  return to ?? '';
}
