import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { expectCompleted, startChangeWorld } from '../change-world.ts';

it('renames a file, tells what it did, and takes it back', async () => {
  await using world = await startChangeWorld();
  const file = path.join(world.folder, 'a.txt');
  writeFileSync(file, 'content');
  const done = expectCompleted(await world.run({ type: 'file.rename', items: [{ path: file, name: 'b.txt' }] }));
  expect(readdirSync(world.folder)).toEqual(['b.txt']);
  expect(done.result).toMatchObject({ kind: 'changes', changeCount: 1 });
  expect(done.undo.state).toBe('possible');
  expectCompleted(await world.undo(done));
  expect(readdirSync(world.folder)).toEqual(['a.txt']);
  expect(readFileSync(file, 'utf8')).toBe('content');
});

it('throws away and brings back', async () => {
  await using world = await startChangeWorld();
  const file = path.join(world.folder, 'a.txt');
  writeFileSync(file, 'content');
  const preview = await world.engine.client.actions.preview({ action: { type: 'file.trash', sources: [file] } });
  console.log(JSON.stringify(preview));
  const done = expectCompleted(await world.run({ type: 'file.trash', sources: [file] }));
  console.log(JSON.stringify(done, null, 1));
  expect(readdirSync(world.folder)).toEqual([]);
  console.log(JSON.stringify(await world.engine.client.files.trashed({ limit: 10 })));
  expectCompleted(await world.undo(done));
  expect(readdirSync(world.folder)).toEqual(['a.txt']);
  const gone = await world.run({ type: 'file.delete', sources: [file] });
  console.log(JSON.stringify(gone, null, 1));
});
