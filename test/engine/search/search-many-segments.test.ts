/** @file Searches of which most segments, or most of a segment, need not be looked at: what they find nevertheless has to be the best there is. */
import Database from 'better-sqlite3';
import { beforeAll, describe, expect, it } from 'vitest';
import { makeSyntheticIndex } from '#test/instruments/synthetic-index.ts';
import { SearchWorld } from './search-world.ts';

/** Six segments, and some entries that no segment has yet. */
const ENTRIES = 6 * 4096 + 1500;
const QUERIES = 100;

describe('in a library of many segments', () => {
  let world: SearchWorld;
  beforeAll(async () => {
    world = await SearchWorld.make();
    const { locationId } = world.addSearched('Big Disk');
    makeSyntheticIndex(world.database.path, { locationId, count: ENTRIES });
    // Nobody has added up the sizes of folders.
    change(world, 'UPDATE entries SET size = 0');
    // Of many entries the time is the same: depth and id decide.
    change(world, 'UPDATE entries SET modified_ms = modified_ms - modified_ms % 20000000000 WHERE id % 3 <> 0');
    await rebuild(world);
    return () => world[Symbol.asyncDispose]();
  }, 60_000);

  it('a search finds the best of all, page after page, and counts as far as it is asked to', async () => {
    expect(world.database.query('SELECT count(*) AS segments FROM search_segments')).toEqual([{ segments: 6 }]);
    await world.expectTruth(QUERIES, 1);
  }, 200_000);

  it('a search finds them also after changes in all segments, when these are written anew, by a thread that was there before and by a new one', async () => {
    change(world, 'DELETE FROM entries WHERE id % 41 = 7 AND kind = 1');
    change(
      world,
      `UPDATE OR IGNORE entries SET (name, sort_key, extension) =
         (SELECT name, sort_key, extension FROM entries AS other WHERE other.id = entries.id + 1) WHERE id % 29 = 3 AND kind = 1 AND id + 1 IN (SELECT id FROM entries WHERE kind = 1)`,
    );
    change(world, 'UPDATE entries SET modified_ms = modified_ms + 100000000000 WHERE id % 37 = 1');
    change(
      world,
      "UPDATE entries SET name = 'img ' || name, sort_key = 'img ' || sort_key WHERE id % 53 = 2 AND kind = 0 AND parent_id IS NOT NULL",
    );
    await world.expectTruth(QUERIES / 2, 2);
    await rebuild(world);
    await world.expectTruth(QUERIES / 2, 4);
    await world.indexes.release(world.database);
    await world.expectTruth(QUERIES / 2, 3);
    await world.expectConsistent();
  }, 200_000);
});

function rebuild(world: SearchWorld): Promise<void> {
  return world.indexes.rebuild(world.database, () => undefined, new AbortController().signal);
}

function change(world: SearchWorld, sql: string): void {
  const connection = new Database(world.database.path);
  try {
    connection.exec(sql);
  } finally {
    connection.close();
  }
}
