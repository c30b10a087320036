import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { IndexWorld } from './index-world.ts';

/** More than `entry/large-folder.ts` takes for few. */
const MANY = 1100;
const FEW = 900;
const UNMARKED = `SELECT count(*) AS count FROM entries WHERE in_large_folder = 0
  AND parent_id IN (SELECT id FROM entries WHERE child_count > 1000)`;
const MARKED = 'SELECT count(*) AS count FROM entries WHERE in_large_folder = 1';

function fill(folder: string, from: number, to: number): void {
  mkdirSync(folder, { recursive: true });
  for (let index = from; index < to; index++) writeFileSync(path.join(folder, `file ${index}`), '');
}

it('marks all rows of a folder that is large, or becomes so, and none of others', async () => {
  await using world = await IndexWorld.make();
  const root = world.addLocation('photos');
  const at = (...names: string[]) => path.join(String(root.path), ...names);
  const counts = () => [world.database.query(UNMARKED), world.database.query(MARKED)].map(([row]) => (row as { count: number }).count);
  fill(at('few'), 0, FEW);
  fill(at('many'), 0, MANY);
  await world.scan(root);
  expect(counts()).toEqual([0, MANY]);
  // It grows bit by bit, by names and as a whole.
  fill(at('few'), FEW, FEW + 50);
  await world.scan(root);
  expect(counts()).toEqual([0, MANY]);
  fill(at('few'), FEW + 50, MANY);
  await world.applyChanges([root], [{ path: at('few'), names: Array.from({ length: MANY - FEW - 50 }, (_, n) => `file ${FEW + 50 + n}`) }]);
  expect(counts()).toEqual([0, 2 * MANY]);
  // What is moved into it is marked, too, and what is new.
  fill(at('other'), 0, 10);
  await world.scan(root);
  renameSync(at('other', 'file 3'), at('many', 'moved'));
  writeFileSync(at('many', 'new'), '');
  await world.applyChanges(
    [root],
    [
      { path: at('many'), names: ['moved', 'new'] },
      { path: at('other'), names: ['file 3'] },
    ],
  );
  expect(counts()).toEqual([0, 2 * MANY + 2]);
  // One that becomes small and large again.
  for (let index = 0; index < 300; index++) rmSync(at('few', `file ${index}`));
  await world.scan(root);
  fill(at('few'), 0, 300);
  await world.scan(root);
  expect(counts()[0]).toBe(0);
});
