import { reasonError } from '#core/fs/reason-error.ts';
import type { Logger } from '#core/log/logger.ts';
import type { ActionPreview, ActionRecord, FileActionType, RecordedProcedure } from '#shared/contract/action.ts';
import { MooringError } from '#shared/contract/error.ts';
import type { Job } from '#shared/contract/job.ts';
import { reason } from '#shared/contract/reason.ts';
import type { ActionDefinition, Conclusion, Undoer } from './action-definition.ts';
import { emptyPreview } from './empty-preview.ts';
import { UNDO_IS_FINAL } from './told-undo.ts';

/** The actions that this program can do, and take back. */
export class ActionKinds {
  readonly #definitions = new Map<string, ActionDefinition>();
  readonly #undoers = new Map<string, Undoer>();
  readonly #log: Logger;

  constructor({ log }: { log: Logger }) {
    this.#log = log;
  }

  register<Type extends FileActionType>(definition: ActionDefinition<Type>): void {
    if (this.#definitions.has(definition.type)) throw new Error(`There are two actions of the type “${definition.type}”.`);
    // Each definition is only ever called with inputs of its own type.
    this.#definitions.set(definition.type, definition as unknown as ActionDefinition);
  }

  registerUndo(type: RecordedProcedure, undo: Undoer): void {
    this.#undoers.set(type, undo);
  }

  /** @throws MooringError `NOT_SUPPORTED` */
  resolve(type: FileActionType): ActionDefinition {
    const definition = this.#definitions.get(type);
    if (definition) return definition;
    throw new MooringError('NOT_SUPPORTED', `This Mooring cannot do “${type}”.`);
  }

  /** @throws MooringError `UNDO_REFUSED` where this version does not know how */
  undoer(type: ActionRecord['type']): Undoer {
    const definition = this.#definitions.get(type);
    const undo = definition?.undo?.bind(definition) ?? this.#undoers.get(type);
    if (undo) return undo;
    throw reasonError('UNDO_REFUSED', 'undo-unknown-kind', { type });
  }

  /** What undoing would do; of what is no work on files, nothing is to be shown. */
  async previewUndo(type: ActionRecord['type'], facts: Record<string, unknown>, signal: AbortSignal): Promise<ActionPreview> {
    const preview = await this.#definitions.get(type)?.previewUndo?.(facts, signal);
    return { ...(preview ?? emptyPreview()), undo: UNDO_IS_FINAL };
  }

  /** Never throws: what a definition cannot make of a job is not known, and the rest is. */
  conclude(job: Job, { type, input }: Pick<ActionRecord, 'type' | 'input'>): Conclusion {
    const nothing: Conclusion = { result: null, undo: { reason: reason('unknown-what-done', {}) } };
    try {
      return this.#definitions.get(type)?.conclude?.(job, { type, ...input } as never) ?? nothing;
    } catch (error) {
      this.#log.error({ err: error, action: type, job: job.id }, 'What a job has done for an action could not be read');
      return nothing;
    }
  }
}
