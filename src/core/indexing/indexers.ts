import type { Logger } from '#core/log/logger.ts';
import type { Indexer } from './index-task.ts';
import { type IndexedDatabase, IndexWorkerClient } from './index-worker-client.ts';

export interface IndexersOptions {
  deviceId: string;
  log: Logger;
}

/** The indexers of this engine: one for each open library, and for each index in a file of its own. */
export class Indexers {
  readonly #options: IndexersOptions;
  readonly #clients = new Map<IndexedDatabase, IndexWorkerClient>();

  constructor(options: IndexersOptions) {
    this.#options = { ...options, log: options.log.child({ component: 'indexing' }) };
  }

  for(database: IndexedDatabase): Indexer {
    const present = this.#clients.get(database);
    if (present) return present;
    const client = new IndexWorkerClient({ ...this.#options, database });
    this.#clients.set(database, client);
    return client;
  }

  /** Ends the threads that have a database open: what is under way is rejected with `CANCELLED`. To be awaited before it is closed or moved. */
  async release(database: IndexedDatabase): Promise<void> {
    const client = this.#clients.get(database);
    this.#clients.delete(database);
    await client?.release();
  }

  async close(): Promise<void> {
    await Promise.all([...this.#clients.keys()].map((database) => this.release(database)));
  }
}
