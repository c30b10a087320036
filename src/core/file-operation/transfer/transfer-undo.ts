import { existsSync } from 'node:fs';
import { z } from 'zod';
import type { UndoFacts } from '#core/action/action-definition.ts';
import { defineJob, type JobStart } from '#core/job/job-definition.ts';
import type { Jobs } from '#core/job/jobs.ts';
import type { Library } from '#core/library/library.ts';
import type { ActionPreview } from '#shared/contract/action.ts';
import { TransferResult } from '#shared/contract/file.ts';
import type { Job } from '#shared/contract/job.ts';
import { reason } from '#shared/contract/reason.ts';
import type { Device } from '#shared/contract/system.ts';
import { TransferJobInput } from './transfer-input.ts';
import { carryOut, FILE_TRANSFER, type TransferSurroundings } from './transfer-job.ts';
import { ENDED_ENDING, type JournalHeader, OPEN_ENDING, readHeader } from './transfer-journal.ts';
import type { UndoTask } from './transfer-messages.ts';
import type { TransferPlaces } from './transfer-places.ts';
import { outputOf, TransferOutput, TransferState } from './transfer-state.ts';
import { refused } from './undo-check.ts';

/** By what a transfer can be taken back: its journal, which lies in the library that remembers it. */
const Facts = z.object({ action: z.uuid(), libraryId: z.uuid().nullable() });

/** `undo`: the action that is taken back. */
const UndoInput = z.object({ undo: z.uuid(), libraryId: z.uuid().nullable().default(null) });

export interface TransferUndoOptions extends TransferSurroundings {
  jobs: Jobs;
  device: Pick<Device, 'id'>;
  places: TransferPlaces;
  /** Without its ending. */
  journalPath(action: string, libraryId: string | null): string;
  /** A job of it has ended, or stopped for now. */
  stopped(): void;
}

/** Takes copies and moves back, as far as nothing has changed since. */
export class TransferUndo {
  readonly #options: TransferUndoOptions;
  readonly #job: ReturnType<typeof createUndoJob>;

  constructor(options: TransferUndoOptions) {
    this.#options = options;
    this.#job = createUndoJob(options, {
      toTask: (journalPath) => this.#task(journalPath),
      start: ({ undo, libraryId }, { library }) => this.start({ action: undo, libraryId }, library),
    });
    options.jobs.register(this.#job);
  }

  /** What an undoing needs of a transfer that has ended, however, or of an undoing that has not come to its end. */
  factsOf(job: Job): UndoFacts {
    if (job.name !== FILE_TRANSFER) {
      const facts = Facts.safeParse({ action: job.input.undo, libraryId: job.libraryId });
      return facts.success ? { facts: facts.data } : { reason: reason('unknown-what-done', {}) };
    }
    const result = TransferResult.safeParse(job.output);
    if (job.status === 'completed' && result.success && hasChangedNothing(result.data)) return { reason: reason('changed-nothing', {}) };
    const { action } = TransferJobInput.parse(job.input);
    return { facts: { action: action ?? job.id, libraryId: job.libraryId } };
  }

  /** @throws MooringError `UNDO_REFUSED`, `VOLUME_OFFLINE` */
  async preview(facts: Record<string, unknown>, signal?: AbortSignal): Promise<ActionPreview> {
    const { action, libraryId } = Facts.parse(facts);
    return this.#options.threads.run({ task: { ...this.#task(this.#options.journalPath(action, libraryId)), task: 'check-undo' }, signal });
  }

  /** @throws MooringError `UNDO_REFUSED`, `VOLUME_OFFLINE`: nothing was changed */
  async start(facts: Record<string, unknown>, library: Library | null): Promise<Job> {
    await this.preview(facts);
    const { action, libraryId } = Facts.parse(facts);
    const volumes = this.#options.places.volumesOf(headerOf(this.#options.journalPath(action, libraryId)));
    return this.#options.jobs.dispatch(this.#job, { undo: action, libraryId }, { volumes, writesTo: volumes, library });
  }

  #task(journalPath: string): Omit<UndoTask, 'task'> {
    const { places, device } = this.#options;
    const items = places.items(headerOf(journalPath));
    return { journalPath, items, deviceId: device.id, mounts: places.mounts(), state: null };
  }
}

interface UndoJobParts {
  toTask(journalPath: string): Omit<UndoTask, 'task'>;
  /** Checks and dispatches it. */
  start(input: z.output<typeof UndoInput>, options: JobStart): Promise<Job>;
}

function createUndoJob(options: TransferUndoOptions, { toTask, start }: UndoJobParts) {
  return defineJob({
    name: 'file-transfer-undo',
    input: UndoInput,
    state: TransferState,
    output: TransferOutput,
    outputSoFar: outputOf,
    start,
    async run(context) {
      const { undo, libraryId } = context.input;
      const task = { ...toTask(options.journalPath(undo, libraryId)), task: 'undo' as const, state: context.state };
      try {
        return outputOf((await carryOut(task, context, null, options)).state);
      } finally {
        options.stopped();
      }
    },
  });
}

function hasChangedNothing({ filesCopied, foldersCreated, symlinksCopied, hardLinks, itemsMoved, identical }: TransferResult): boolean {
  return filesCopied + foldersCreated + symlinksCopied + hardLinks + itemsMoved + identical === 0;
}

/** @throws MooringError `UNDO_REFUSED` where there is none */
function headerOf(journalPath: string): JournalHeader {
  const path = [journalPath + ENDED_ENDING, journalPath + OPEN_ENDING].find((candidate) => existsSync(candidate));
  const header = path === undefined ? null : readHeader(path);
  if (!header) throw refused('journal-gone', {});
  return header;
}
