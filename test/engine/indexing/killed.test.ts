import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { lstatSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { expect, it } from 'vitest';
import type { IndexedRoot } from '#core/indexing/index-task.ts';
import { makeSeededTree } from '#test/instruments/seeded-tree.ts';
import { expectTruth } from './index-truth.ts';
import { IndexWorld } from './index-world.ts';
import { expectSums } from './sums.ts';

const SCRIPT = path.join(import.meta.dirname, 'scan-process.ts');
const KILLS = 3;

/** Scans in a process that kills itself after so many commits. @returns its last checkpoint, or that it came to its end before */
async function scanAndKill(
  world: IndexWorld,
  root: IndexedRoot,
  commits: number,
  resumeFrom: string,
): Promise<{ isDone: boolean; checkpoint: string }> {
  const args = [SCRIPT, world.database.path, JSON.stringify(root), resumeFrom, String(commits)];
  const child: ChildProcess = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  let [checkpoint, isDone] = [resumeFrom, false];
  if (!child.stdout) throw new Error('It has no output');
  for await (const line of createInterface({ input: child.stdout })) {
    if (line === 'done') isDone = true;
    else checkpoint = line;
  }
  await exited;
  return { isDone, checkpoint };
}

it('has true sums whenever it is killed, and goes on to what an uninterrupted scan would find', async () => {
  await using world = await IndexWorld.make();
  const root = world.addLocation('killed');
  makeSeededTree(String(root.path), { files: 2000 });
  let state = { isDone: false, checkpoint: 'null' };
  for (let kill = 0; kill < KILLS && !state.isDone; kill++) {
    state = await scanAndKill(world, root, 1 + kill, kill % 2 === 0 ? 'null' : state.checkpoint);
    // A later one may find that nothing is left to be written.
    if (kill === 0) expect(state.isDone).toBe(false);
    expect(world.database.query('PRAGMA integrity_check')).toEqual([{ integrity_check: 'ok' }]);
    expectSums(world);
  }
  await world.scan(root, { resumeFrom: JSON.parse(state.checkpoint) });
  expectTruth(world, [root]);
  // Also while rows are taken out, wait, and are deleted.
  const folders = readdirSync(String(root.path))
    .map((name) => path.join(String(root.path), name))
    .filter((one) => lstatSync(one).isDirectory());
  for (const name of folders.slice(0, Math.ceil(folders.length / 2))) rmSync(name, { recursive: true });
  mkdirSync(`${root.path}/new`);
  writeFileSync(`${root.path}/new/file`, 'x');
  for (const name of folders.slice(-1)) renameSync(name, `${root.path}/new/moved`);
  await world.indexer.release();
  expect(await scanAndKill(world, root, 1, 'null')).toMatchObject({ isDone: false });
  expectSums(world);
  await world.scan(root);
  expectTruth(world, [root]);
  expectSums(world);
}, 120_000);
