import { v7 as uuidv7 } from 'uuid';
import type { Addresses } from '#core/entry/entry-address.ts';
import type { EventBus } from '#core/events/event-bus.ts';
import type { Jobs } from '#core/job/jobs.ts';
import type { Libraries } from '#core/library/libraries.ts';
import type { Logger } from '#core/log/logger.ts';
import type { ActionPreview, ActionRecord, FileAction, FileActionType } from '#shared/contract/action.ts';
import { MooringError } from '#shared/contract/error.ts';
import type { Job } from '#shared/contract/job.ts';
import type { Device } from '#shared/contract/system.ts';
import type { ActionDefinition } from './action-definition.ts';

export interface ActionsOptions {
  jobs: Jobs;
  libraries: Libraries;
  addresses: Addresses;
  device: Device;
  events: EventBus;
  log: Logger;
}

/** Everything that users do: what it would do, doing it, remembering it, taking it back. */
export class Actions {
  readonly #options: ActionsOptions;
  readonly #definitions = new Map<string, ActionDefinition>();
  readonly #records = new Map<string, ActionRecord>();

  constructor(options: ActionsOptions) {
    this.#options = options;
  }

  /** Makes a kind of action known. Before the engine is served. */
  register<Type extends FileActionType>(definition: ActionDefinition<Type>): void {
    if (this.#definitions.has(definition.type)) throw new Error(`There are two actions of the type “${definition.type}”.`);
    // Each definition is only ever called with inputs of its own type.
    this.#definitions.set(definition.type, definition as unknown as ActionDefinition);
  }

  preview(action: FileAction, signal: AbortSignal): Promise<ActionPreview> {
    return this.#definition(action.type).preview(action, signal);
  }

  async run(action: FileAction, library?: string): Promise<{ action: ActionRecord; job: Job | null }> {
    const { libraries, device } = this.#options;
    const into = library === undefined ? libraries.current : libraries.resolve(library);
    const { type, ...input } = action;
    const id = uuidv7();
    const outcome = await this.#definition(type).execute(action, { id, library: into });
    const job = 'job' in outcome ? outcome.job : null;
    const at = new Date().toISOString();
    const record: ActionRecord = {
      id,
      libraryId: into?.id ?? null,
      type,
      input,
      expected: null,
      status: job ? 'running' : 'completed',
      result: 'result' in outcome ? outcome.result : null,
      error: null,
      problemCount: 0,
      deviceId: device.id,
      deviceName: device.name,
      jobId: job?.id ?? null,
      undo: { state: 'impossible', reason: null, by: null },
      undoes: null,
      at,
      completedAt: job ? null : at,
    };
    this.#records.set(id, record);
    return { action: record, job };
  }

  list(_page: { limit: number }): { items: ActionRecord[]; nextCursor: string | null } {
    return { items: [...this.#records.values()].reverse(), nextCursor: null };
  }

  get(id: string): ActionRecord {
    const record = this.#records.get(id);
    if (record) return record;
    throw new MooringError('ACTION_NOT_FOUND', `There is no action ${id}. What was done is forgotten after a while.`);
  }

  async previewUndo(id: string, _signal: AbortSignal): Promise<ActionPreview> {
    throw new MooringError('UNDO_REFUSED', `The action ${id} cannot be undone.`);
  }

  async undo(id: string): Promise<{ action: ActionRecord; job: Job | null }> {
    throw new MooringError('UNDO_REFUSED', `The action ${id} cannot be undone.`);
  }

  #definition(type: FileActionType): ActionDefinition {
    const definition = this.#definitions.get(type);
    if (definition) return definition;
    throw new MooringError('NOT_SUPPORTED', `This Mooring cannot do “${type}” yet.`);
  }
}
