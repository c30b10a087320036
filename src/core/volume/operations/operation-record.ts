import { and, desc, eq, inArray, lt } from 'drizzle-orm';
import type { VolumeOperation } from '#shared/contract/volume.ts';
import { readPageCursor, writePageCursor } from '../../db/page-cursor.ts';
import { volumeOperations } from '../../db/schema.ts';
import type { TrackingLibrary } from '../tracking.ts';

type Row = typeof volumeOperations.$inferSelect;

const UNFINISHED = ['pending', 'executing'] as const;
/** Interrupted speed tests of one volume of which a file is still looked for. */
const LEFTOVERS_LOOKED_FOR = 20;

export function insertOperation(library: TrackingLibrary, operation: VolumeOperation): void {
  library.transact((tx) => tx.insert(volumeOperations).values(operationToRow(operation)).run());
}

/** Writes the operation's present state; a row that has ended stays as it is. */
export function updateOperation(library: TrackingLibrary, operation: VolumeOperation): void {
  const { id, ...columns } = operationToRow(operation);
  library.transact((tx) =>
    tx
      .update(volumeOperations)
      .set(columns)
      .where(and(eq(volumeOperations.id, id), inArray(volumeOperations.status, UNFINISHED)))
      .run(),
  );
}

/** Marks as failed what was under way when the engine died. @param isRunning whether this engine works on it now */
export function failInterrupted(library: TrackingLibrary, isRunning: (id: string) => boolean): number {
  const now = new Date().toISOString();
  return library.transact((tx) => {
    const rows = tx.select().from(volumeOperations).where(inArray(volumeOperations.status, UNFINISHED)).all();
    const interrupted = rows.filter((row) => !isRunning(row.id));
    for (const { id } of interrupted) {
      tx.update(volumeOperations)
        .set({
          status: 'failed',
          errorCode: 'INTERRUPTED',
          errorMessage: 'Mooring ended while this was under way. Start it again.',
          updatedAt: now,
          completedAt: now,
        })
        .where(eq(volumeOperations.id, id))
        .run();
    }
    return interrupted.length;
  });
}

/** Names of the files that speed tests which did not end well may have left at the root of a volume. */
export function filesOfFailedSpeedTests(library: TrackingLibrary, fingerprint: string): string[] {
  const rows = library.read((db) =>
    db
      .select({ request: volumeOperations.request })
      .from(volumeOperations)
      .where(
        and(eq(volumeOperations.fingerprint, fingerprint), eq(volumeOperations.type, 'speed-test'), eq(volumeOperations.status, 'failed')),
      )
      .orderBy(desc(volumeOperations.id))
      .limit(LEFTOVERS_LOOKED_FOR)
      .all(),
  );
  return rows.map(({ request }) => request.file).filter((file) => typeof file === 'string');
}

/** Newest first. @throws MooringError `CURSOR_INVALID` */
export function pageOfOperations(
  library: TrackingLibrary,
  { fingerprint, cursor, limit }: { fingerprint: string | null; cursor: string | undefined; limit: number },
): { items: VolumeOperation[]; nextCursor: string | null } {
  const before = cursor === undefined ? undefined : readPageCursor(cursor);
  const rows = library.read((db) =>
    db
      .select()
      .from(volumeOperations)
      .where(
        and(
          fingerprint === null ? undefined : eq(volumeOperations.fingerprint, fingerprint),
          before === undefined ? undefined : lt(volumeOperations.id, before),
        ),
      )
      .orderBy(desc(volumeOperations.id))
      .limit(limit + 1)
      .all(),
  );
  const items = rows.slice(0, limit).map(rowToOperation);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > limit && last ? writePageCursor(last.id) : null };
}

function operationToRow({ error, ...operation }: VolumeOperation): typeof volumeOperations.$inferInsert {
  return { ...operation, errorCode: error?.code ?? null, errorMessage: error?.message ?? null };
}

function rowToOperation({ errorCode, errorMessage, ...row }: Row): VolumeOperation {
  return { ...row, error: errorCode === null ? null : { code: errorCode, message: errorMessage ?? '' } };
}
