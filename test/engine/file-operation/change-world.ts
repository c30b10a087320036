/** @file What tests of actions on single files and folders have in common. */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { expect } from 'vitest';
import type { ActionRecord, FileAction } from '#shared/contract/action.ts';
import { startTestEngine, type TestEngine } from '#test/instruments/test-engine.ts';
import { makeTestDir } from '#test/instruments/test-run.ts';

export interface ChangeWorld extends AsyncDisposable {
  engine: TestEngine;
  /** An empty folder for files of the test. */
  folder: string;
  /** The trash of the user's home, as the system's specification has it. */
  homeTrash: string;
  /** Does something, and returns how it has ended. */
  run(action: FileAction): Promise<ActionRecord>;
  undo(action: ActionRecord): Promise<ActionRecord>;
}

/** An engine whose user has a home of his own, so that nothing reaches the trash of whoever runs the tests. */
export async function startChangeWorld(): Promise<ChangeWorld> {
  const home = await makeTestDir('home');
  const before = process.env.XDG_DATA_HOME;
  process.env.XDG_DATA_HOME = home;
  const engine = await startTestEngine();
  const folder = await makeTestDir('files');
  await mkdir(folder, { recursive: true });
  const ended = async ({ action, job }: { action: ActionRecord; job: { id: string } | null }) => {
    if (!job) return action;
    await engine.services.jobs.ended(job.id);
    return engine.client.actions.get({ id: action.id });
  };
  return {
    engine,
    folder,
    homeTrash: path.join(home, 'Trash'),
    run: async (action) => ended(await engine.client.actions.run({ action })),
    undo: async ({ id }) => ended(await engine.client.actions.undo({ id })),
    [Symbol.asyncDispose]: async () => {
      await engine[Symbol.asyncDispose]();
      if (before === undefined) delete process.env.XDG_DATA_HOME;
      else process.env.XDG_DATA_HOME = before;
    },
  };
}

/** What an action that has ended well says of itself. */
export function expectCompleted(record: ActionRecord): ActionRecord {
  expect({ status: record.status, error: record.error }).toEqual({ status: 'completed', error: null });
  return record;
}
