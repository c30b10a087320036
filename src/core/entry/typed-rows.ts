import type { EntryStatements } from './entry-statements.ts';
import { SHOWN, startOf } from './indexed-page.ts';
import { compareRows, type Row, type RowOrder } from './row-order.ts';
import { isTyped } from './row-places.ts';
import { rowOf, STORED_COLUMNS, type StoredEntry } from './stored-entry.ts';

/** So many names of one kind with the same beginning are looked at when somebody types. */
const MOST_TYPED = 5000;
const KIND_NUMBERS = [0, 1, 2, 3];

/** Rows of a large folder whose names begin with what somebody types, in the order of the folder. */
export function typedRows(statements: EntryStatements, folderId: number, order: RowOrder, typed: string): Row[] {
  const beginning: Row = { name: Buffer.from(typed.replace(/\d+$/, '')).toString('latin1'), key: '', kind: 'file', value: 0 };
  const head = startOf(beginning, 'name').sortKey;
  // Letters beyond ASCII are compared by the key alone, and SQLite knows no case of them.
  const pattern = `${typed.replace(/[\\%_]/g, '\\$&').replace(/[^\x20-\x7e]+/g, '%')}%`;
  const sql = `SELECT ${STORED_COLUMNS} FROM entries INDEXED BY entries_listing WHERE parent_id = ? AND kind = ? AND sort_key >= ? AND sort_key < ?
    AND CAST(name AS TEXT) LIKE ? ESCAPE '\\' ${order.showHidden ? '' : `AND ${SHOWN}`} ORDER BY sort_key LIMIT ${MOST_TYPED}`;
  const entries = KIND_NUMBERS.flatMap((kind) => statements.all<StoredEntry>(sql, folderId, kind, head, `${head}\u{10ffff}`, pattern));
  const rows = entries.map((entry) => rowOf(entry, order.sort)).filter(({ name }) => isTyped(name, typed));
  return rows.sort((a, b) => compareRows(a, b, order));
}
