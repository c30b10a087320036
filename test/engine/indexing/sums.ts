import { expect } from 'vitest';
import type { IndexWorld } from './index-world.ts';

/** At every commit a folder's sums are those of the rows below it, also where it has vanished; and no row is without its parent. */
export function expectSums(world: IndexWorld): void {
  const wrong = world.database.query(`
    SELECT f.id FROM entries f LEFT JOIN entries c ON c.parent_id = f.id
    WHERE f.kind = 0 AND f.child_count IS NOT NULL GROUP BY f.id
    HAVING f.child_count <> count(c.id)
      OR f.size <> total(CASE WHEN c.kind <= 1 THEN c.size END)
      OR f.file_count <> total(CASE WHEN c.kind = 0 THEN coalesce(c.file_count, 0) ELSE c.id IS NOT NULL END)
      OR f.folder_count <> total(CASE WHEN c.kind = 0 THEN coalesce(c.folder_count, 0) + 1 END)`);
  expect(wrong).toEqual([]);
  const orphans = 'SELECT id FROM entries WHERE parent_id IS NOT NULL AND parent_id NOT IN (SELECT id FROM entries)';
  expect(world.database.query(orphans)).toEqual([]);
}
