import { once } from 'node:events';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { ActionDefinition } from '#core/action/action-definition.ts';
import { Actions } from '#core/action/actions.ts';
import { emptyPreview } from '#core/action/empty-preview.ts';
import { ConfigStore } from '#core/config/config-store.ts';
import { Notices } from '#core/config/notices.ts';
import { readMigrations } from '#core/db/migrations.ts';
import { loadDevice } from '#core/device/device.ts';
import { Addresses } from '#core/entry/entry-address.ts';
import { EventBus } from '#core/events/event-bus.ts';
import { defineJob } from '#core/job/job-definition.ts';
import { Jobs } from '#core/job/jobs.ts';
import { Libraries } from '#core/library/libraries.ts';
import { silentLogger } from '#core/log/create-logger.ts';
import type { ActionRecord } from '#shared/contract/action.ts';
import { MooringError } from '#shared/contract/error.ts';
import { reason } from '#shared/contract/reason.ts';

export const FINGERPRINT = 'f'.repeat(64);

/** The parts of an engine that actions are built on, with two small actions on the files of one folder. */
export async function startActions(dataDir: string) {
  const files = join(dataDir, 'files');
  await mkdir(files, { recursive: true });
  const events = new EventBus((error) => {
    throw error;
  });
  const log = silentLogger;
  const config = await ConfigStore.load(dataDir, { events, log });
  const device = await loadDevice(dataDir);
  const rootLog = Object.assign(log, { setLevel: () => undefined, close: async () => undefined });
  const libraries = await Libraries.load({
    dataDir,
    device,
    config,
    events,
    notices: new Notices(events),
    migrations: readMigrations(),
    log: rootLog,
  });
  const volumes = { live: [{ fingerprint: FINGERPRINT, mountPoints: [dataDir] }] };
  const addresses = new Addresses({ volumes, device });
  const jobs = new Jobs({ events, log, libraries });
  const actions = new Actions({ jobs, libraries, addresses, device, events, log });
  const emptying = emptyingJob(files);
  jobs.register(emptying.job);
  actions.register(makeFile(addresses));
  actions.register(emptyFolder(jobs, emptying.job, files));
  await libraries.openRemembered({ live: [], list: () => [] } as never);
  jobs.start();
  actions.start();
  const changed: ActionRecord[] = [];
  events.on('ActionChanged', ({ action }) => changed.push(action));
  return {
    events,
    libraries,
    jobs,
    actions,
    files,
    changed,
    /** Lets emptying go on to its end. */
    letEmpty: emptying.open,
    [Symbol.asyncDispose]: async () => {
      await jobs.close();
      await actions.close();
      await libraries.closeAll(1000);
      events.close();
    },
  };
}

/** Over at once; refuses what is there, and to take back what has become something else. */
function makeFile(addresses: Addresses): ActionDefinition<'file.create-file'> {
  return {
    type: 'file.create-file',
    preview: async ({ parent, name }) => ({
      ...emptyPreview({ isPossible: true, reason: null }),
      files: 1,
      changes: [{ from: null, to: join(parent, name) }],
    }),
    async execute({ parent, name }) {
      const path = join(String(addresses.toNativePath(parent)), name);
      if (name === 'broken') throw new TypeError('A fault of ours');
      await writeFile(path, '', { flag: 'wx' }).catch(() => {
        throw new MooringError('PATH_ALREADY_EXISTS', `“${name}” is there already.`);
      });
      return { result: { kind: 'changes', changes: [{ from: null, to: path }], changeCount: 1, bytes: 0 }, undo: { facts: { path } } };
    },
    async undo({ path }) {
      const names = await readdir(join(String(path), '..'));
      if (names.includes('in-the-way')) throw new MooringError('UNDO_REFUSED', 'There is something in the way.');
      await rm(String(path));
      return {
        result: { kind: 'changes', changes: [{ from: String(path), to: null }], changeCount: 1, bytes: 0 },
        undo: { reason: reason('undo-is-final', {}) },
      };
    },
  };
}

/** A job that waits for `letEmpty`, and can be paused; one file at a time. */
function emptyingJob(files: string) {
  const gate = new AbortController();
  const job = defineJob({
    name: 'empty',
    input: z.object({ action: z.string() }),
    state: z.object({ removed: z.array(z.string()) }),
    async run({ signal, state, checkpoint, problem }) {
      const removed = [...(state?.removed ?? [])];
      checkpoint({ removed });
      if (!gate.signal.aborted) await Promise.race([once(signal, 'abort'), once(gate.signal, 'abort')]);
      signal.throwIfAborted();
      for (const name of await readdir(files)) {
        await rm(join(files, name));
        removed.push(name);
      }
      problem({ path: files, code: 'IO_ERROR', message: 'There might have been more.' });
      return { removed };
    },
  });
  return { job, open: () => gate.abort() };
}

function emptyFolder(jobs: Jobs, job: ReturnType<typeof emptyingJob>['job'], files: string): ActionDefinition<'file.trash'> {
  return {
    type: 'file.trash',
    preview: async () => emptyPreview(),
    execute: async (_input, { id, library }) => ({ job: jobs.dispatch(job, { action: id }, { volumes: [], library }) }),
    conclude({ status, output }, { sources }) {
      const removed = z.array(z.string()).safeParse(output?.removed).data ?? [];
      if (status !== 'completed') return { result: null, undo: { reason: reason('unknown-what-done', {}) } };
      const changes = removed.map((name) => ({ from: `${sources[0]}/${name}`, to: null }));
      return { result: { kind: 'changes', changes, changeCount: changes.length, bytes: 0 }, undo: { facts: { removed } } };
    },
    async undo({ removed }, { id, library }) {
      for (const name of z.array(z.string()).parse(removed)) await writeFile(join(files, name), '');
      return { job: jobs.dispatch(job, { action: id }, { volumes: [], library }) };
    },
  };
}
