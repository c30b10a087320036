import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { lstatSync, mkdtempSync, renameSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { expect, it } from 'vitest';
import type { IndexedRoot } from '#core/indexing/index-task.ts';
import { expectTruth } from './index-truth.ts';
import { IndexWorld } from './index-world.ts';
import { expectSums } from './sums.ts';

const SCRIPT = path.join(import.meta.dirname, 'churn-process.ts');

/** Scans again and again while a process changes the tree all the time. */
async function scanWhileChanging(world: IndexWorld, root: IndexedRoot, mode: 'all' | 'links', scans: number): Promise<void> {
  const places = [String(root.path), `${world.folder}/aside`, `${world.folder}/elsewhere`];
  const churn: ChildProcessByStdio<null, Readable, null> = spawn(process.execPath, [SCRIPT, mode, ...places], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(churn, 'exit');
  try {
    await once(churn.stdout, 'data');
    for (let scan = 0; scan < scans; scan++) {
      await world.scan(root, { depth: scan % 2 ? 'quick' : 'full' });
      expect(world.database.query(`SELECT id FROM entries WHERE name = 'not ours'`)).toEqual([]);
    }
    expect(churn.exitCode).toBe(null);
  } finally {
    churn.kill('SIGKILL');
    await ended;
  }
}

/** Whether two changes of a folder have different times, however close together: else a folder that has gone and is back looks untouched. */
function areTimesFine(): boolean {
  const folder = mkdtempSync(path.join(tmpdir(), 'mooring-times-'));
  const times = Array.from({ length: 20 }, () => {
    renameSync(folder, `${folder}~`);
    renameSync(`${folder}~`, folder);
    return lstatSync(folder, { bigint: true }).ctimeNs;
  });
  rmdirSync(folder);
  return new Set(times).size === times.length;
}

async function endsTrue(mode: 'all' | 'links', scans: number): Promise<void> {
  await using world = await IndexWorld.make();
  const root = world.addLocation('unsteady');
  await scanWhileChanging(world, root, mode, scans);
  expect(world.problems).toEqual([]);
  expectSums(world);
  await world.scan(root);
  expectTruth(world, [root]);
  expectSums(world);
}

it('looks at a tree in which entries vanish, and folders become files or links, between one look and the next', () => endsTrue('all', 20));

it.skipIf(!areTimesFine())(
  'never follows a link that takes the place of a folder between two looks (needs fine times of files in the kernel)',
  () => endsTrue('links', 300),
);
