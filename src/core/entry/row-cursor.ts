import { createHash } from 'node:crypto';
import { z } from 'zod';
import { MooringError } from '#shared/contract/error.ts';
import { type Row, type RowOrder, rowKey } from './row-order.ts';

const Cursor = z.object({
  /** Which list it belongs to. */
  list: z.string(),
  kind: z.enum(['file', 'folder', 'symlink', 'other']),
  value: z.union([z.number(), z.string(), z.null()]),
  /** Bytes of the name, base64url. */
  name: z.base64url(),
});

/**
 * A cursor says after which row the next page begins. It holds that row's place, so it works also when the row has vanished.
 *
 * @param folder which list it belongs to: `FolderQuery.list`
 */
export function writeRowCursor({ kind, value, name }: Row, folder: string, order: RowOrder): string {
  const cursor = { list: listId(folder, order), kind, value, name: Buffer.from(name, 'latin1').toString('base64url') };
  return Buffer.from(JSON.stringify(cursor)).toString('base64url');
}

/** @throws MooringError `CURSOR_INVALID` when it is damaged, or belongs to another folder or order */
export function readRowCursor(text: string, folder: string, order: RowOrder): Row {
  const cursor = parse(text);
  if (cursor?.list !== listId(folder, order)) {
    throw new MooringError('CURSOR_INVALID', 'This cursor is not one of this list. Start again from the first page.');
  }
  const bytes = Buffer.from(cursor.name, 'base64url');
  return { name: bytes.toString('latin1'), key: rowKey(bytes.toString('utf8')), kind: cursor.kind, value: cursor.value };
}

function parse(text: string): z.infer<typeof Cursor> | null {
  try {
    return Cursor.parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')));
  } catch {
    // Whatever is wrong with it, it is not a cursor.
    return null;
  }
}

function listId(folder: string, { sort, order, foldersFirst, showHidden }: RowOrder): string {
  const id = createHash('sha256').update(JSON.stringify([sort, order, foldersFirst, showHidden]));
  return id.update(folder).digest('base64url').slice(0, 16);
}
