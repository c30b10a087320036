import { v7 as newUuid } from 'uuid';
import { MooringError, toMooringError } from '#shared/contract/error.ts';
import type { VolumeOperation } from '#shared/contract/volume.ts';
import type { Logger } from '../../log/logger.ts';
import type { TrackingLibrary } from '../tracking.ts';
import { insertOperation, updateOperation } from './operation-record.ts';

/** What is to be done, and in whose history it belongs. */
export interface OperationOrder {
  type: VolumeOperation['type'];
  volume: { fingerprint: string };
  /** Left out: the current library, if there is one. */
  library: string | undefined;
  request: Record<string, unknown>;
  /** Left out: a new one. */
  id?: string;
}

/** @returns the operation's response; null when it was cancelled */
export type OperationWork = () => Promise<Record<string, unknown> | null>;

interface RecordingLibraries {
  readonly current: TrackingLibrary | null;
  resolve(ref?: string): TrackingLibrary;
}

/**
 * Runs operations on volumes. Each is a record: written before anything happens, and again when it has ended. One
 * operation at a time works on a volume; none is ever repeated by itself.
 */
export class OperationRunner {
  readonly #libraries: RecordingLibraries;
  readonly #log: Logger;
  /** By fingerprint. */
  readonly #running = new Map<string, VolumeOperation>();
  readonly #tasks = new Set<Promise<unknown>>();
  readonly #closing = new AbortController();

  constructor(libraries: RecordingLibraries, log: Logger) {
    this.#libraries = libraries;
    this.#log = log;
  }

  /** Aborts when no more operations shall go on. */
  get closing(): AbortSignal {
    return this.#closing.signal;
  }

  isRunning(operationId: string): boolean {
    return [...this.#running.values()].some(({ id }) => id === operationId);
  }

  /**
   * Records the operation, does it, records how it ended, and throws what it threw.
   *
   * @throws MooringError `VOLUME_BUSY` while another works on the volume, `ENGINE_STOPPING`, `LIBRARY_NOT_OPEN`, `LIBRARY_NOT_FOUND`
   */
  perform(
    { type, volume: { fingerprint }, library: ref, request, id = newUuid() }: OperationOrder,
    work: OperationWork,
  ): Promise<VolumeOperation> {
    const library = ref === undefined ? this.#libraries.current : this.#libraries.resolve(ref);
    if (this.#closing.signal.aborted) throw new MooringError('ENGINE_STOPPING', 'Mooring is stopping.');
    const other = this.#running.get(fingerprint);
    if (other) throw occupied(other);
    const now = new Date().toISOString();
    const pending: VolumeOperation = {
      ...{ id, type, status: 'pending', fingerprint, request, response: null, error: null },
      ...{ createdAt: now, updatedAt: now, completedAt: null },
    };
    this.#running.set(fingerprint, pending);
    const task = this.#run(pending, library, work).finally(() => this.#running.delete(fingerprint));
    this.waitFor(task);
    return task;
  }

  /** @returns false when there is no library to write it down in, or it could not be written: the operation goes on, and the log has it */
  record(library: TrackingLibrary | null, write: (library: TrackingLibrary) => void): boolean {
    if (!library) return false;
    try {
      write(library);
      return true;
    } catch (error) {
      this.#log.warn({ err: error, library: library.id }, 'A volume operation could not be recorded');
      return false;
    }
  }

  /** Has `close` wait for something that never rejects, or whose errors somebody else handles. */
  waitFor(task: Promise<unknown>): void {
    this.#tasks.add(task);
    const forget = () => this.#tasks.delete(task);
    task.then(forget, forget);
  }

  /** Cancels what can be cancelled, and waits for what is under way. */
  async close(): Promise<void> {
    this.#closing.abort();
    await Promise.allSettled(this.#tasks);
  }

  async #run(pending: VolumeOperation, library: TrackingLibrary | null, work: OperationWork): Promise<VolumeOperation> {
    const isRecorded = this.record(library, (to) => insertOperation(to, pending));
    const executing = changed(pending, { status: 'executing' });
    if (isRecorded) this.record(library, (to) => updateOperation(to, executing));
    const end = (change: Partial<VolumeOperation>): VolumeOperation => {
      const ended = changed(executing, { completedAt: new Date().toISOString(), ...change });
      if (isRecorded) this.record(library, (to) => updateOperation(to, ended));
      const { id, type, fingerprint, status, error } = ended;
      this.#log.info({ operation: id, type, fingerprint, status, error }, 'Volume operation ended');
      return isRecorded ? ended : { ...ended, response: { ...ended.response, recorded: false } };
    };
    try {
      const response = await work();
      return end(response === null ? { status: 'cancelled' } : { status: 'completed', response });
    } catch (error) {
      const { code, message } = toMooringError(error);
      end({ status: 'failed', error: { code, message } });
      throw error;
    }
  }
}

function changed(operation: VolumeOperation, change: Partial<VolumeOperation>): VolumeOperation {
  return { ...operation, ...change, updatedAt: new Date().toISOString() };
}

function occupied({ id, type }: VolumeOperation): MooringError {
  const message = `Something else is being done to this volume (${type}). Wait until it has ended, or cancel it.`;
  return new MooringError('VOLUME_BUSY', message, { details: { operation: { id, type } } });
}
