import { expect } from 'vitest';

/** Asks a database. */
export type Query = (sql: string) => unknown[];

/** What locations hold, and what has vanished from them and may turn up again; not what is being deleted. */
const LIVE = `WITH RECURSIVE live(id) AS (
  SELECT id FROM entries WHERE parent_id IS NULL AND location_id IN (SELECT id FROM locations)
  UNION ALL SELECT entries.id FROM live JOIN entries ON entries.parent_id = live.id
)`;

/** At every commit a folder's sums are those of the rows below it, also where it has vanished; and no row is without its parent. */
export function expectSums({ database }: { database: { query: Query } }): void {
  expect(wrongRows((sql) => database.query(sql))).toEqual([]);
}

/** Rows whose sums are wrong, and rows without their parent. */
export function wrongRows(query: Query): unknown[] {
  const sums = query(`${LIVE}
    SELECT f.id AS wrongSums FROM live CROSS JOIN entries f ON f.id = live.id LEFT JOIN entries c ON c.parent_id = f.id
    WHERE f.kind = 0 AND f.child_count IS NOT NULL GROUP BY f.id
    HAVING f.child_count <> count(c.id)
      OR f.size <> total(CASE WHEN c.kind <= 1 THEN c.size END)
      OR f.file_count <> total(CASE WHEN c.kind = 0 THEN coalesce(c.file_count, 0) ELSE c.id IS NOT NULL END)
      OR f.folder_count <> total(CASE WHEN c.kind = 0 THEN coalesce(c.folder_count, 0) + 1 END)`);
  const orphans = query('SELECT id AS orphan FROM entries WHERE parent_id IS NOT NULL AND parent_id NOT IN (SELECT id FROM entries)');
  return [...sums, ...orphans];
}
