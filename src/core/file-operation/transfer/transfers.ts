import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import type { EventBus } from '#core/events/event-bus.ts';
import { reasonError } from '#core/fs/reason-error.ts';
import type { Jobs } from '#core/job/jobs.ts';
import type { Library } from '#core/library/library.ts';
import type { Logger } from '#core/log/logger.ts';
import type { ActionPreview } from '#shared/contract/action.ts';
import type { TransferReportLine } from '#shared/contract/file.ts';
import type { Job } from '#shared/contract/job.ts';
import type { Device } from '#shared/contract/system.ts';
import type { IndexFollow } from '../index-follow/index-follow.ts';
import { SpeedLimits } from './speed-limits.ts';
import { TransferJobInput } from './transfer-input.ts';
import { createTransferJob, FILE_TRANSFER } from './transfer-job.ts';
import { ENDED_ENDING, type JournalHeader, OPEN_ENDING } from './transfer-journal.ts';
import { TransferLeftovers } from './transfer-leftovers.ts';
import { TransferPlaces, type TransferVolumes } from './transfer-places.ts';
import { refuseUnanswered } from './transfer-refusals.ts';
import { readReport } from './transfer-report.ts';
import { TransferUndo } from './transfer-undo.ts';
import { TransferThreads } from './transfer-worker-client.ts';
import { waitingPreview } from './waiting-preview.ts';

/** What is asked of `Libraries`. */
export interface TransferLibraries {
  readonly opened: readonly Pick<Library, 'id' | 'path'>[];
  readonly current: Library | null;
}

export interface TransfersOptions {
  jobs: Jobs;
  volumes: TransferVolumes;
  libraries: TransferLibraries;
  device: Pick<Device, 'id'>;
  events: EventBus;
  index: Pick<IndexFollow, 'changed'>;
  dataDir: string;
  log: Logger;
}

/** Below a library, or the data folder where there is none: the journals of transfers. */
export const JOURNALS_FOLDER = 'undo';

/** Copies and moves, between whatever volumes: looked at before, done by jobs, reported, and taken back. */
export class Transfers {
  readonly undo: TransferUndo;
  readonly #options: TransfersOptions;
  readonly #places: TransferPlaces;
  readonly #limits = new SpeedLimits();
  readonly #threads = new TransferThreads();
  readonly #leftovers: TransferLeftovers;
  readonly #job: ReturnType<typeof createTransferJob>;

  constructor(options: TransfersOptions) {
    this.#options = options;
    const { jobs, volumes, device, events, index } = options;
    this.#places = new TransferPlaces({ volumes, deviceId: device.id });
    const log = options.log.child({ component: 'file-operation' });
    this.#leftovers = new TransferLeftovers({
      ...options,
      log,
      places: this.#places,
      threads: this.#threads,
      folders: () => this.#journalFolders,
    });
    const surroundings = { events, index, limits: this.#limits, threads: this.#threads, stopped: () => this.#leftovers.look() };
    this.#job = createTransferJob({
      ...surroundings,
      toRequest: (input) => this.#places.request(input),
      toHeader: ({ id, input }) => this.#headerOf(id, input),
      journalPath: ({ id, input, library }) => this.journalPath(input.action ?? id, library?.id ?? null),
      start: (input, { library }) => this.start(input, uuidv7(), library),
    });
    jobs.register(this.#job);
    this.undo = new TransferUndo({ ...options, ...surroundings, places: this.#places, journalPath: (id, of) => this.journalPath(id, of) });
  }

  /** What it would do, without doing it. @throws MooringError about a source or the destination; `COPY_INTO_ITSELF`, `SAME_FILE` */
  async preview(input: TransferJobInput, signal?: AbortSignal): Promise<ActionPreview> {
    const missing = this.#places.missing(input);
    if (missing.length > 0) return waitingPreview(input, missing);
    return this.#threads.run({ task: { task: 'plan', request: this.#places.request(input) }, signal });
  }

  /**
   * Starts it, unless something is known to be in its way. What is on volumes that are not plugged in waits for them.
   *
   * @param action names its journal
   * @param library that remembers it; null for none
   * @throws MooringError as `preview`; `CONFLICT` with `details: { conflicts, conflictCount }`
   */
  async start(input: TransferJobInput, action: string, library: Library | null): Promise<Job> {
    if (this.#places.missing(input).length > 0) {
      const { sources, targets } = this.#places.volumes(input);
      return this.#dispatch({ ...input, action }, sources, targets, library);
    }
    const check = await this.#threads.run({ task: { task: 'check', request: this.#places.request(input) } });
    refuseUnanswered(check);
    // Through no links, so that they mean the same when it goes on.
    const sources = check.items.map(({ source }) => this.#places.lasting(source));
    const [first] = check.items;
    const destination = input.destination === null || !first ? null : this.#places.lasting(first.destination);
    return this.#dispatch({ ...input, sources, destination, action }, check.sourceVolumes, check.targetVolumes, library);
  }

  /** The files of a copy or move, in the order in which they were finished. @throws MooringError `JOB_NOT_FOUND`, `NOT_SUPPORTED`, `CURSOR_INVALID` */
  report({ job: id, ...page }: { job: string; cursor?: string | undefined; limit: number }): {
    items: TransferReportLine[];
    nextCursor: string | null;
  } {
    const job = this.#transferJob(id);
    const { action } = TransferJobInput.parse(job.input);
    const path = this.journalPath(action ?? job.id, job.libraryId);
    const found = [path + OPEN_ENDING, path + ENDED_ENDING].find((candidate) => existsSync(candidate));
    return found ? readReport(found, page) : { items: [], nextCursor: null };
  }

  /** Changes how fast a transfer may write, also of one that waits. @throws MooringError `JOB_NOT_FOUND`, `NOT_SUPPORTED`, `JOB_FINISHED` */
  limitSpeed(id: string, bytesPerSecond: number | null): void {
    const { status } = this.#transferJob(id);
    this.#limits.set(id, bytesPerSecond, status === 'queued' || status === 'paused');
  }

  /** Begins to remove what transfers have left that do not go on. After the jobs have started, which know theirs. */
  startTidying(): void {
    this.#leftovers.look();
  }

  /** Resolves when everything has been removed that can be removed now. */
  get tidied(): Promise<void> {
    return this.#leftovers.settled;
  }

  async close(): Promise<void> {
    await this.#leftovers.close();
    this.#threads.close();
  }

  /** Without its ending. */
  journalPath(action: string, libraryId: string | null): string {
    const library = this.#options.libraries.opened.find(({ id }) => id === libraryId);
    return join(library?.path ?? this.#options.dataDir, JOURNALS_FOLDER, action);
  }

  get #journalFolders(): string[] {
    const { libraries, dataDir } = this.#options;
    return [dataDir, ...libraries.opened.map(({ path }) => path)].map((folder) => join(folder, JOURNALS_FOLDER));
  }

  #dispatch(input: TransferJobInput, sources: readonly string[], targets: readonly string[], library: Library | null): Job {
    const volumes = [...new Set([...sources, ...targets])];
    return this.#options.jobs.dispatch(this.#job, input, { volumes, writesTo: input.kind === 'move' ? volumes : targets, library });
  }

  #headerOf(jobId: string, input: TransferJobInput): JournalHeader {
    const { kind, items } = this.#places.request(input);
    const lasting = items.map(({ source, destination }) => ({
      source: this.#places.lasting(source),
      destination: this.#places.lasting(destination),
    }));
    return { version: 2, kind, tempId: tempIdOf(input.action ?? jobId), items: lasting };
  }

  #transferJob(id: string): Job {
    const job = this.#options.jobs.get(id);
    if (job.name === FILE_TRANSFER) return job;
    throw reasonError('NOT_SUPPORTED', 'no-transfer', {});
  }
}

/** The last part of a UUID v7 is random. */
export function tempIdOf(id: string): string {
  return id.slice(-12);
}
