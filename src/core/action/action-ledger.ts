import { v7 as uuidv7 } from 'uuid';
import type { EventBus } from '#core/events/event-bus.ts';
import { isFinished } from '#core/job/job-record.ts';
import type { Jobs } from '#core/job/jobs.ts';
import type { Libraries } from '#core/library/libraries.ts';
import type { Library } from '#core/library/library.ts';
import type { Logger } from '#core/log/logger.ts';
import type { ActionRecord } from '#shared/contract/action.ts';
import { MooringError } from '#shared/contract/error.ts';
import type { Job } from '#shared/contract/job.ts';
import { reason, sentenceOf } from '#shared/contract/reason.ts';
import type { Conclusion, UndoFacts } from './action-definition.ts';
import type { ActionKinds } from './action-kinds.ts';
import { AuditLog } from './audit-log.ts';
import { abbreviated, type StoredAction } from './stored-action.ts';
import { impossible } from './told-undo.ts';

export interface ActionLedgerOptions {
  kinds: ActionKinds;
  jobs: Jobs;
  libraries: Libraries;
  events: EventBus;
  log: Logger;
}

interface Outcome extends Conclusion {
  problemCount?: number;
  status?: ActionRecord['status'];
  error?: ActionRecord['error'];
}

const KEPT_DAYS = 30;
const DAY_MS = 24 * 60 * 60 * 1000;
/** Jobs among which that of an action is looked for that did not come to note it. */
const JOBS_SEARCHED = 200;

/** Keeps the audit log in step with what happens: actions begin, their jobs end, libraries come and go. Says each change as an event. */
export class ActionLedger {
  readonly audit: AuditLog;
  readonly #options: ActionLedgerOptions;
  /** Being carried out here and now, by id. */
  readonly #begun = new Set<string>();
  /** Whose jobs have not ended, by the ids of these. */
  readonly #ofJobs = new Map<string, StoredAction>();
  readonly #unsubscribe: (() => void)[] = [];
  readonly #cleaning: NodeJS.Timeout;

  constructor(options: ActionLedgerOptions) {
    this.#options = options;
    this.audit = new AuditLog(options);
    this.#cleaning = setInterval(() => this.#forgetOld(), DAY_MS).unref();
  }

  start(): void {
    const { events, libraries } = this.#options;
    for (const type of ['JobCompleted', 'JobFailed', 'JobCancelled'] as const) {
      this.#unsubscribe.push(events.on(type, ({ job }) => this.#jobEnded(job)));
    }
    this.#unsubscribe.push(
      events.on('LibraryDeleted', ({ libraryId }) => this.audit.drop(libraryId ?? '')),
      libraries.beforeRelease(async ({ id }) => this.audit.close(id)),
      libraries.afterReturn((library) => this.#takeIn(library)),
    );
    for (const library of libraries.opened) this.#takeIn(library);
  }

  close(): void {
    clearInterval(this.#cleaning);
    for (const unsubscribe of this.#unsubscribe.splice(0)) unsubscribe();
    for (const { id } of this.#options.libraries.opened) this.audit.close(id);
  }

  begin(action: StoredAction): void {
    this.#begun.add(action.record.id);
    this.audit.save(action);
  }

  /** It is over. */
  ended(action: StoredAction, outcome: Outcome): ActionRecord {
    const { result, undo, expected = null, status = 'completed', error = null, problemCount = 0 } = outcome;
    const isUndoing = action.record.type === 'undo';
    const facts = 'facts' in undo && !isUndoing ? undo.facts : null;
    const record: ActionRecord = {
      ...action.record,
      expected: action.record.expected ?? expected,
      status,
      result,
      error,
      problemCount,
      undo: { ...undoStateOf(undo, isUndoing), by: null },
      completedAt: new Date().toISOString(),
    };
    this.#begun.delete(record.id);
    this.#write({ record, undoFacts: facts });
    if (record.undoes !== null) this.#undoEnded(record.undoes, record, undo);
    return record;
  }

  /** A job carries it out from now on. It may have ended by now. */
  handedOver(action: StoredAction, { id: jobId }: Job): ActionRecord {
    const handed = { ...action, record: { ...action.record, jobId } };
    this.#begun.delete(handed.record.id);
    this.#ofJobs.set(jobId, handed);
    this.#write(handed);
    const job = this.#options.jobs.get(jobId);
    if (isFinished(job.status)) this.#jobEnded(job);
    return this.audit.get(handed.record.id)?.record ?? handed.record;
  }

  /** It has done nothing, unless it has failed by a fault of ours. */
  refused(action: StoredAction, { code, message, reason: why }: MooringError): void {
    this.#begun.delete(action.record.id);
    const undo = { reason: reason('unknown-what-done', {}) };
    if (code === 'INTERNAL') this.ended(action, { result: null, undo, status: 'failed', error: { code, message, reason: why } });
    else this.audit.forget(action);
  }

  beginUndo({ record, undoFacts }: StoredAction, by: string): void {
    this.#write({ record: { ...record, undo: { state: 'undoing', reason: null, by } }, undoFacts });
  }

  /** Nothing has been changed: what the reason was may not be there the next time. */
  undoRefused(id: string, { message, reason: why }: MooringError): void {
    const stored = this.audit.get(id);
    if (stored?.record.undo.state !== 'undoing') return;
    this.#write({ ...stored, record: { ...stored.record, undo: { state: 'possible', reason: message, why, by: null } } });
  }

  retried(ended: Job, started: Job): void {
    const original = this.#actionOfJob(ended);
    if (!original || original.record.type === 'undo') return;
    const { record } = original;
    const at = new Date().toISOString();
    const undo = { ...impossible(reason('not-ended', {})), by: null };
    const again = { ...record, id: uuidv7(), expected: null, status: 'running', result: null, error: null, undo, at } as const;
    this.handedOver({ record: { ...again, problemCount: 0, completedAt: null }, undoFacts: null }, started);
  }

  #jobEnded(job: Job): void {
    const action = this.#ofJobs.get(job.id);
    if (!action) return;
    this.#ofJobs.delete(job.id);
    const { record } = action;
    const about = record.undoes === null ? record : this.audit.get(record.undoes)?.record;
    const conclusion = about
      ? this.#options.kinds.conclude(job, about)
      : { result: null, undo: { reason: reason('unknown-what-done', {}) } };
    const { status, error, problemCount } = job;
    if (status !== 'completed' && status !== 'failed' && status !== 'cancelled') return;
    this.ended(action, { ...conclusion, status, error, problemCount });
  }

  /** @param left facts for what is still to be undone */
  #undoEnded(id: string, undoing: ActionRecord, left: UndoFacts): void {
    const original = this.audit.get(id);
    if (!original) return;
    const isDone = undoing.status === 'completed';
    const undo: ActionRecord['undo'] = isDone
      ? { state: 'undone', reason: null, by: undoing.id }
      : { state: 'possible', ...whyInPart(undoing.error), by: null };
    const undoFacts = !isDone && 'facts' in left ? left.facts : original.undoFacts;
    this.#write({ record: { ...original.record, undo }, undoFacts });
  }

  /** Finds out what has become of those whose end is not written down. */
  #takeIn(library: Library): void {
    this.audit.open(library);
    for (const action of this.audit.running(library)) {
      if (!this.#begun.has(action.record.id)) this.#goOn(action);
    }
    for (const { record, undoFacts } of this.audit.undoing(library)) {
      const by = record.undo.by === null ? null : this.audit.get(record.undo.by)?.record;
      if (by?.status === 'running') continue;
      const undo = { state: by?.status === 'completed' ? 'undone' : 'possible', reason: null, by: by?.id ?? null } as const;
      this.#write({ record: { ...record, undo }, undoFacts });
    }
    this.#forgetOld();
  }

  #goOn(action: StoredAction): void {
    const job = this.#jobOf(action.record);
    if (job) {
      this.handedOver(action, job);
      return;
    }
    const why = reason('unknown-how-far', {});
    const error = { code: 'JOB_INTERRUPTED', message: sentenceOf(why), reason: why };
    this.ended(action, { result: null, undo: { reason: why }, status: 'failed', error });
  }

  /** Also of an action that did not come to note its job: its id is in the input of that. */
  #jobOf({ id, jobId, libraryId }: ActionRecord): Job | null {
    const { jobs } = this.#options;
    try {
      if (jobId !== null) return jobs.get(jobId);
    } catch (error) {
      // Jobs that have ended may have been cleared.
      if (error instanceof MooringError && error.code === 'JOB_NOT_FOUND') return null;
      throw error;
    }
    const { items } = jobs.list({ limit: JOBS_SEARCHED });
    return items.find((job) => job.libraryId === libraryId && Object.values(job.input).includes(id)) ?? null;
  }

  #actionOfJob(job: Job): StoredAction | null {
    return this.#ofJobs.get(job.id) ?? this.audit.ofJob(job.id);
  }

  #write(action: StoredAction): void {
    this.audit.save(action);
    const { record } = action;
    const of = record.libraryId === null ? {} : { libraryId: record.libraryId };
    this.#options.events.publish({ type: 'ActionChanged', action: abbreviated(record), ...of });
  }

  #forgetOld(): void {
    try {
      this.audit.clear(new Date(Date.now() - KEPT_DAYS * DAY_MS));
    } catch (error) {
      this.#options.log.warn({ err: error }, 'Old actions could not be removed');
    }
  }
}

function undoStateOf(undo: UndoFacts, isUndoing: boolean): Omit<ActionRecord['undo'], 'by'> {
  if (isUndoing) return impossible(reason('undo-is-final', {}));
  return 'reason' in undo ? impossible(undo.reason) : { state: 'possible', reason: null };
}

function whyInPart(error: ActionRecord['error']): Pick<ActionRecord['undo'], 'reason' | 'why'> {
  if (error) return { reason: error.message, why: error.reason };
  const why = reason('undone-in-part', {});
  return { reason: sentenceOf(why), why };
}
