import { v7 as uuidv7 } from 'uuid';
import { readPageCursor, writePageCursor } from '#core/db/page-cursor.ts';
import type { Addresses } from '#core/entry/entry-address.ts';
import type { EventBus } from '#core/events/event-bus.ts';
import { reasonError } from '#core/fs/reason-error.ts';
import type { Jobs } from '#core/job/jobs.ts';
import type { Libraries } from '#core/library/libraries.ts';
import type { Library } from '#core/library/library.ts';
import type { Logger } from '#core/log/logger.ts';
import type { ActionPreview, ActionRecord, ActionResult, FileAction, FileActionType, RecordedProcedure } from '#shared/contract/action.ts';
import { MooringError, toMooringError } from '#shared/contract/error.ts';
import type { Job } from '#shared/contract/job.ts';
import { reason } from '#shared/contract/reason.ts';
import type { Device } from '#shared/contract/system.ts';
import { byVolume } from './action-addresses.ts';
import type { ActionContext, ActionDefinition, ActionOutcome, Undoer, UndoFacts } from './action-definition.ts';
import { ActionKinds } from './action-kinds.ts';
import { ActionLedger } from './action-ledger.ts';
import { wordsOf } from './action-words.ts';
import { Expectations, inNumbers } from './expectations.ts';
import { HandedSources } from './handed-sources.ts';
import { abbreviated, type StoredAction } from './stored-action.ts';
import { impossible } from './told-undo.ts';

export interface ActionsOptions {
  jobs: Jobs;
  libraries: Libraries;
  addresses: Addresses;
  device: Device;
  events: EventBus;
  log: Logger;
}

export interface ActionsAsked {
  text?: string | undefined;
  status?: ActionRecord['status'] | undefined;
  library?: string | undefined;
  cursor?: string | undefined;
  limit: number;
}

/** What was done by a procedure of its own, to be remembered. */
export interface ProcedureDone {
  type: RecordedProcedure;
  input: Record<string, unknown>;
  /** The library that remembers it; null for none. */
  library: Library | null;
  result: ActionResult;
  undo: UndoFacts;
}

export interface Started {
  action: ActionRecord;
  job: Job | null;
}

/** Everything that users do: what it would do, doing it, remembering it, taking it back. */
export class Actions {
  readonly #options: ActionsOptions;
  readonly #kinds: ActionKinds;
  readonly #ledger: ActionLedger;
  readonly #expectations = new Expectations();
  readonly #handed = new HandedSources();
  readonly #working = new Set<Promise<unknown>>();
  #isClosed = false;

  constructor(options: ActionsOptions) {
    const log = options.log.child({ component: 'action' });
    this.#options = options;
    this.#kinds = new ActionKinds({ log });
    this.#ledger = new ActionLedger({ ...options, kinds: this.#kinds, log });
  }

  /** Makes a kind of action known. Before `start`. */
  register<Type extends FileActionType>(definition: ActionDefinition<Type>): void {
    this.#kinds.register(definition);
  }

  /** Makes known how something is taken back that is `recorded`. Before `start`. */
  registerUndo(type: RecordedProcedure, undo: Undoer): void {
    this.#kinds.registerUndo(type, undo);
  }

  /** Takes up what open libraries remember, and from now on those that open. After the jobs have started, which know what has become of theirs. */
  start(): void {
    this.#ledger.start();
  }

  /** Takes a part of a list of files that an action will be about. @param to address of the list @throws MooringError `INVALID_INPUT` */
  handOver(sources: readonly string[], to?: string): { address: string; count: number } {
    return this.#handed.add(sources, to);
  }

  /** What an action would do; nothing is changed. @throws MooringError about its input */
  async preview(action: FileAction, signal: AbortSignal): Promise<ActionPreview> {
    const asked = byVolume(this.#handed.expand(action), this.#options.addresses);
    const preview = await this.#kinds.resolve(action.type).preview(asked, signal);
    this.#expectations.note(asked, preview);
    return preview;
  }

  /**
   * Does something, or starts the job that does.
   *
   * @param library that remembers it; left out, the current one
   * @throws MooringError about its input, and what the action itself has against it: nothing has been changed then, and nothing is remembered
   */
  async run(action: FileAction, library?: string): Promise<Started> {
    const { libraries, addresses } = this.#options;
    const definition = this.#kinds.resolve(action.type);
    const into = library === undefined ? libraries.current : libraries.resolve(library);
    const asked = byVolume(this.#handed.expand(action), addresses);
    const { type, ...input } = asked;
    const begun = { record: { ...this.#newRecord(type, input, into), expected: this.#expectations.of(asked) }, undoFacts: null };
    return this.#carryOut(begun, (context) => definition.execute(asked, context), into);
  }

  /** Newest first. @throws MooringError `CURSOR_INVALID`, `LIBRARY_NOT_OPEN` */
  list({ text = '', status, library, cursor, limit }: ActionsAsked): { items: ActionRecord[]; nextCursor: string | null } {
    const before = cursor === undefined ? undefined : readPageCursor(cursor);
    const libraryId = library === undefined ? undefined : this.#options.libraries.resolve(library).id;
    const found = this.#ledger.audit.page({ words: wordsOf(text), status, before, limit: limit + 1 }, libraryId);
    const items = found.slice(0, limit).map(abbreviated);
    const last = items.at(-1);
    return { items, nextCursor: found.length > limit && last ? writePageCursor(last.id) : null };
  }

  /** @throws MooringError `ACTION_NOT_FOUND` */
  get(id: string): ActionRecord {
    return this.#stored(id).record;
  }

  /** What undoing would do. @throws MooringError as `undo` */
  async previewUndo(id: string, signal: AbortSignal): Promise<ActionPreview> {
    const { record, undoFacts } = this.#undoable(id);
    return this.#kinds.previewUndo(record.type, undoFacts, signal);
  }

  /**
   * Takes an action back, or starts the job that does.
   *
   * @throws MooringError `ACTION_NOT_FOUND`, `CONFLICT` while it has not ended or is being undone, `UNDO_REFUSED` with the reason: nothing has
   * been changed then
   */
  async undo(id: string): Promise<Started> {
    const original = this.#undoable(id);
    const { record, undoFacts } = original;
    const undo = this.#kinds.undoer(record.type);
    const library = this.#options.libraries.opened.find((open) => open.id === record.libraryId) ?? null;
    const begun = { record: { ...this.#newRecord('undo', { action: id }, library), undoes: id }, undoFacts: null };
    this.#ledger.beginUndo(original, begun.record.id);
    try {
      return await this.#carryOut(begun, (context) => undo(undoFacts, context), library);
    } catch (error) {
      this.#ledger.undoRefused(id, toMooringError(error));
      throw error;
    }
  }

  /** Remembers something that was done by a procedure of its own. */
  recorded({ type, input, library, result, undo }: ProcedureDone): void {
    this.#ledger.ended({ record: this.#newRecord(type, input, library), undoFacts: null }, { result, undo });
  }

  /** A job that was started again for an action is an action of its own. */
  retried(ended: Job, started: Job): void {
    this.#ledger.retried(ended, started);
  }

  /** Waits for what is being done and is no job. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.allSettled(this.#working);
    this.#ledger.close();
  }

  /** It is written down before it begins: what a killed process has done is not forgotten. */
  async #carryOut(
    begun: StoredAction,
    work: (context: ActionContext) => Promise<ActionOutcome>,
    library: Library | null,
  ): Promise<Started> {
    if (this.#isClosed)
      throw reasonError('ENGINE_STOPPING', 'mooring-stops', {}, { message: 'Mooring is stopping, and begins nothing new.' });
    const { id } = begun.record;
    this.#ledger.begin(begun);
    const working = work({ id, library });
    this.#working.add(working);
    try {
      const { expected, ...outcome } = await working;
      const known = expected ? { ...begun, record: { ...begun.record, expected: inNumbers(expected) } } : begun;
      if ('job' in outcome) return { action: this.#ledger.handedOver(known, outcome.job), job: outcome.job };
      return { action: this.#ledger.ended(known, outcome), job: null };
    } catch (error) {
      this.#ledger.refused(begun, toMooringError(error));
      throw error;
    } finally {
      this.#working.delete(working);
    }
  }

  #newRecord(type: ActionRecord['type'], input: Record<string, unknown>, library: Library | null): ActionRecord {
    const { device } = this.#options;
    return {
      id: uuidv7(),
      libraryId: library?.id ?? null,
      type,
      input,
      expected: null,
      status: 'running',
      result: null,
      error: null,
      problemCount: 0,
      deviceId: device.id,
      deviceName: device.name,
      jobId: null,
      undo: { ...impossible(reason(type === 'undo' ? 'undo-is-final' : 'not-ended', {})), by: null },
      undoes: null,
      at: new Date().toISOString(),
      completedAt: null,
    };
  }

  #stored(id: string): StoredAction {
    const stored = this.#ledger.audit.get(id);
    if (stored) return stored;
    throw reasonError('ACTION_NOT_FOUND', 'action-forgotten', { id });
  }

  #undoable(id: string): StoredAction & { undoFacts: Record<string, unknown> } {
    const { record, undoFacts } = this.#stored(id);
    const { state, reason: said, why } = record.undo;
    if (record.status === 'running') throw reasonError('CONFLICT', 'undo-before-end', {});
    if (state === 'undoing') throw reasonError('CONFLICT', 'undoing-already', {});
    if (state === 'undone') throw reasonError('UNDO_REFUSED', 'undone-already', {});
    if (state === 'impossible' || !undoFacts) {
      throw new MooringError('UNDO_REFUSED', said ?? 'The action cannot be undone.', { details: { reason: why } });
    }
    return { record, undoFacts };
  }
}
