import { readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { EventBus } from '#core/events/event-bus.ts';
import { errorNumber } from '#core/fs/fs-error.ts';
import type { Jobs } from '#core/job/jobs.ts';
import type { Logger } from '#core/log/logger.ts';
import { ENDED_ENDING, OPEN_ENDING, readHeader, UNDO_SUFFIX } from './transfer-journal.ts';
import type { TransferPlaces } from './transfer-places.ts';
import type { TransferThreads } from './transfer-worker-client.ts';

/** A drive that hangs holds up the others no longer than this; what it has kept from being removed is tried again later. */
const SWEEP_TIMEOUT_MS = 60_000;
/** As long as the history of actions. */
const KEPT_MS = 30 * 24 * 60 * 60 * 1000;

export interface TransferLeftoversOptions {
  jobs: Pick<Jobs, 'unfinished'>;
  events: EventBus;
  places: TransferPlaces;
  threads: TransferThreads;
  /** Those in which journals may be. */
  folders(): string[];
  log: Logger;
}

/**
 * Removes what transfers have left that do not go on (killed without a library, cancelled while their drive was away), as soon as its volumes
 * are there; and journals that are too old for anything to be taken back by them.
 */
export class TransferLeftovers {
  readonly #options: TransferLeftoversOptions;
  readonly #stopping = new AbortController();
  readonly #stopListening: (() => void)[];
  #sweeping: Promise<void> = Promise.resolve();
  #isWaiting = false;

  constructor(options: TransferLeftoversOptions) {
    this.#options = options;
    const { events } = options;
    const look = () => this.look();
    this.#stopListening = (['VolumeAdded', 'VolumeMountChanged', 'JobCancelled', 'JobFailed', 'LibraryOpened'] as const).map((type) =>
      events.on(type, look),
    );
  }

  look(): void {
    if (this.#isWaiting || this.#stopping.signal.aborted) return;
    this.#isWaiting = true;
    this.#sweeping = this.#sweeping.then(() => this.#sweepAll());
  }

  /** Resolves when everything has been removed that can be removed now. */
  get settled(): Promise<void> {
    return this.#sweeping;
  }

  async close(): Promise<void> {
    for (const stop of this.#stopListening) stop();
    this.#stopping.abort();
    await this.#sweeping;
  }

  async #sweepAll(): Promise<void> {
    this.#isWaiting = false;
    // Whoever has just dispatched a job, or opened a library, has let it be known by then.
    await new Promise(setImmediate);
    for (const folder of this.#options.folders()) {
      for (const name of namesIn(folder)) {
        if (this.#stopping.signal.aborted) return;
        if (name.endsWith(OPEN_ENDING)) await this.#sweepUnlessAlive(join(folder, name.slice(0, -OPEN_ENDING.length)));
        else forgetWhenOld(join(folder, name));
      }
    }
  }

  async #sweepUnlessAlive(path: string): Promise<void> {
    const { jobs, log, places, threads } = this.#options;
    const action = basename(path, UNDO_SUFFIX);
    const isAlive = () => jobs.unfinished().some(({ id, input }) => id === action || input.action === action || input.undo === action);
    if (isAlive()) return;
    try {
      const header = readHeader(path + OPEN_ENDING);
      if (header) {
        const task = { task: 'sweep' as const, journalPath: path, items: places.items(header) };
        const signal = AbortSignal.any([this.#stopping.signal, AbortSignal.timeout(SWEEP_TIMEOUT_MS)]);
        const removed = await threads.run({ task, signal });
        if (removed > 0) log.info({ action, files: removed }, 'Removed what an unfinished transfer had left');
      }
      renameSync(path + OPEN_ENDING, path + ENDED_ENDING);
    } catch (error) {
      // It stays for the next time that a volume appears, or this program starts.
      log.debug({ err: error, action }, 'What a transfer has left could not be removed yet');
    }
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (errorNumber(error) === 'ENOENT') return [];
    throw error;
  }
}

function forgetWhenOld(path: string): void {
  if (!path.endsWith(ENDED_ENDING) || Date.now() - statSync(path).mtimeMs < KEPT_MS) return;
  rmSync(path, { force: true });
}
