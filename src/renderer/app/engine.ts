/**
 * The page's client of the engine. Its transport may come and go (a daemon restarts, a desktop engine is replaced):
 * `engineLink` is pointed at whichever connection is alive, and everything else keeps using the same `engine`.
 */
import type { ClientLink, ClientOptions } from '@orpc/client';
import { createORPCClient, ORPCError } from '@orpc/client';
import { createTanstackQueryUtils } from '@orpc/tanstack-query';
import type { EngineClient } from '../../shared/contract/contract.ts';
import { MooringError } from '../../shared/contract/error.ts';

type Context = Record<never, never>;

class EngineLink implements ClientLink<Context> {
  #link: ClientLink<Context> | null = null;

  use(link: ClientLink<Context> | null): void {
    this.#link = link;
  }

  async call(path: readonly string[], input: unknown, options: ClientOptions<Context>): Promise<unknown> {
    const link = this.#link;
    if (!link) throw unreachable();
    try {
      return await link.call(path, input, options);
    } catch (error) {
      // A call cut off by the end of its connection arrives as an abort that nobody asked for.
      if (!(error instanceof ORPCError) && options.signal?.aborted !== true && this.#link !== link) throw unreachable();
      throw error;
    }
  }
}

function unreachable(): MooringError {
  return new MooringError('ENGINE_UNREACHABLE', 'Mooring is not connected to its engine at the moment. Try again when it is back.');
}

export const engineLink = new EngineLink();
export const engine: EngineClient = createORPCClient(engineLink);
/** Query and mutation options of every procedure of the contract. */
export const query = createTanstackQueryUtils(engine);
