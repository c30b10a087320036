import { and, asc, desc, eq, getTableColumns, type InferInsertModel, type InferSelectModel, lt, ne, type SQL, sql } from 'drizzle-orm';
import { auditLog } from '#core/db/schema.ts';
import type { Library } from '#core/library/library.ts';
import type { ActionRecord } from '#shared/contract/action.ts';
import { actionWords } from './action-words.ts';
import type { AuditQuery, AuditStore } from './audit-store.ts';
import type { StoredAction } from './stored-action.ts';

const { searchText: _text, undoFacts: _facts, ...SHOWN_COLUMNS } = getTableColumns(auditLog);
const STORED_COLUMNS = { ...SHOWN_COLUMNS, undoFacts: auditLog.undoFacts };
type ShownRow = Omit<InferSelectModel<typeof auditLog>, 'searchText' | 'undoFacts'>;

/** The actions that a library remembers. */
export class LibraryAuditStore implements AuditStore {
  readonly library: Library;

  constructor(library: Library) {
    this.library = library;
  }

  save(action: StoredAction): void {
    const { id, ...row } = toRow(action);
    this.library.transact((tx) =>
      tx
        .insert(auditLog)
        .values({ id, ...row })
        .onConflictDoUpdate({ target: auditLog.id, set: row })
        .run(),
    );
  }

  forget(id: string): void {
    this.library.transact((tx) => tx.delete(auditLog).where(eq(auditLog.id, id)).run());
  }

  get(id: string): StoredAction | null {
    return this.#where(eq(auditLog.id, id))[0] ?? null;
  }

  page({ words, status, before, limit }: AuditQuery): ActionRecord[] {
    const rows = this.library.read((db) =>
      db
        .select(SHOWN_COLUMNS)
        .from(auditLog)
        .where(
          and(
            status === undefined ? undefined : eq(auditLog.status, status),
            before === undefined ? undefined : lt(auditLog.id, before),
            ...words.map((word) => sql`instr(${auditLog.searchText}, ${word}) > 0`),
          ),
        )
        .orderBy(desc(auditLog.id))
        .limit(limit)
        .all(),
    );
    return rows.map((row) => this.#toRecord(row));
  }

  running(): StoredAction[] {
    return this.#where(eq(auditLog.status, 'running'));
  }

  undoing(): StoredAction[] {
    return this.#where(eq(auditLog.undoState, 'undoing'));
  }

  ofJob(jobId: string): StoredAction | null {
    return this.#where(eq(auditLog.jobId, jobId))[0] ?? null;
  }

  clear(endedBefore: Date): number {
    const isOld = and(lt(auditLog.completedAt, endedBefore.toISOString()), ne(auditLog.undoState, 'undoing'));
    return this.library.transact((tx) => tx.delete(auditLog).where(isOld).run().changes);
  }

  #where(condition: SQL): StoredAction[] {
    const rows = this.library.read((db) => db.select(STORED_COLUMNS).from(auditLog).where(condition).orderBy(asc(auditLog.id)).all());
    return rows.map((row) => this.#toStored(row));
  }

  #toStored({ undoFacts, ...row }: ShownRow & { undoFacts: StoredAction['undoFacts'] }): StoredAction {
    return { record: this.#toRecord(row), undoFacts };
  }

  #toRecord({ errorCode, errorMessage, errorReason, undoState, undoReason, undoWhy, undoneBy, ...same }: ShownRow): ActionRecord {
    return {
      ...same,
      libraryId: this.library.id,
      error: errorCode === null ? null : { code: errorCode, message: errorMessage ?? '', ...(errorReason ? { reason: errorReason } : {}) },
      undo: { state: undoState, reason: undoReason, ...(undoWhy ? { why: undoWhy } : {}), by: undoneBy },
    };
  }
}

function toRow({ record, undoFacts }: StoredAction): InferInsertModel<typeof auditLog> {
  const { libraryId: _library, error, undo, ...same } = record;
  return {
    ...same,
    errorCode: error?.code ?? null,
    errorMessage: error?.message ?? null,
    errorReason: error?.reason ?? null,
    undoState: undo.state,
    undoReason: undo.reason,
    undoWhy: undo.why ?? null,
    undoneBy: undo.by,
    undoFacts,
    searchText: actionWords(record),
  };
}
