import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import type { Job } from '#shared/contract/job.ts';
import { makeTestDir } from '#test/instruments/test-run.ts';

const PROCESS = fileURLToPath(new URL('./job-process.ts', import.meta.url));
const STEPS = 1200;

interface Life {
  /** Where the job began. */
  from: number;
  /** The last step that it said to be in the library. */
  written: number;
  ended: Job | null;
}

/** One process, killed when a checkpoint behind `killAfter` has reached the library; not at all when none does. */
async function live(dataDir: string, killAfter: number): Promise<Life> {
  const child = spawn(process.execPath, [PROCESS, dataDir, `${STEPS}`], { stdio: ['ignore', 'pipe', 'inherit'] });
  const life: Life = { from: -1, written: 0, ended: null };
  createInterface({ input: child.stdout }).on('line', (line) => {
    const said: Partial<Life> = JSON.parse(line);
    Object.assign(life, said);
    if (life.written > killAfter || life.ended) child.kill('SIGKILL');
  });
  await once(child, 'close');
  return life;
}

it('goes on after each kill from a checkpoint, without being asked, and does every step', { timeout: 120_000 }, async () => {
  const dataDir = await makeTestDir('killed-job');
  let before = 0;
  for (let kill = 0; kill < 4; kill++) {
    const { from, written, ended } = await live(dataDir, before + 1);
    expect(ended).toBeNull();
    expect(from).toBeGreaterThanOrEqual(before);
    expect(written).toBeGreaterThan(before);
    before = written;
  }
  const { from, ended } = await live(dataDir, Number.POSITIVE_INFINITY);
  expect(from).toBeGreaterThanOrEqual(before);
  // Steps that were done twice are told once.
  expect(ended).toMatchObject({ status: 'completed', output: { done: STEPS, isInOrder: true }, problemCount: STEPS });
});
