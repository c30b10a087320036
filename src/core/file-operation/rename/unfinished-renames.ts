import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { EventBus } from '#core/events/event-bus.ts';
import { errorNumber } from '#core/fs/fs-error.ts';
import type { Logger } from '#core/log/logger.ts';
import type { FileTasks } from '../file-task/file-tasks.ts';
import type { IndexFollow } from '../index-follow/index-follow.ts';

export interface UnfinishedRenamesOptions {
  tasks: FileTasks;
  follow: IndexFollow;
  events: EventBus;
  dataDir: string;
  log: Logger;
}

/** Gives what a killed batch of renames has left with a name for the meantime its name: at the start, and when a volume is there again. */
export class UnfinishedRenames {
  readonly #options: UnfinishedRenamesOptions;
  readonly #unsubscribe: (() => void)[];
  #work: Promise<void>;
  /** Those that were there at the start: all later ones belong to batches that are under way. */
  #left: string[] | null = null;

  constructor(options: UnfinishedRenamesOptions) {
    this.#options = options;
    const { events } = options;
    this.#unsubscribe = (['VolumeAdded', 'VolumeMountChanged'] as const).map((type) => events.on(type, () => this.#again()));
    this.#work = this.#finish();
  }

  /** Resolves when all is finished, as far as volumes are there. */
  get settled(): Promise<void> {
    return this.#work;
  }

  close(): void {
    for (const end of this.#unsubscribe) end();
  }

  #again(): void {
    this.#work = this.#work.then(() => this.#finish());
  }

  async #finish(): Promise<void> {
    const { tasks, follow, dataDir, log } = this.#options;
    const folder = path.join(dataDir, 'renames');
    this.#left ??= await journalsIn(folder);
    for (const name of this.#left) {
      try {
        const finished = await tasks.run('finish-renames', { journalPath: path.join(folder, name) });
        await follow.changed(finished.map(({ folder, temporary, to }) => ({ folder, names: [temporary, to] })));
      } catch (error) {
        log.warn({ err: error, journal: name }, 'What a batch of renames has left could not be given its name');
      }
    }
    if (this.#left.length === 0) return;
    const present = await journalsIn(folder);
    this.#left = this.#left.filter((name) => present.includes(name));
  }
}

async function journalsIn(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).filter((name) => name.endsWith('.journal'));
  } catch (error) {
    if (errorNumber(error) === 'ENOENT') return [];
    throw error;
  }
}
