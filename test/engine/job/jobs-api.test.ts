import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { expectError } from '#test/instruments/expect-error.ts';
import { startTestEngine, type TestEngine } from '#test/instruments/test-engine.ts';
import { makeTestDir } from '#test/instruments/test-run.ts';

let engine: TestEngine;
let folder: string;

beforeEach(async () => {
  engine = await startTestEngine();
  folder = await makeTestDir('api');
  await mkdir(join(folder, 'to'));
  await writeFile(join(folder, 'file'), 'text');
});

afterEach(() => engine[Symbol.asyncDispose]());

const copy = (library?: string) =>
  engine.client.jobs.dispatch({
    name: 'file-transfer',
    input: { kind: 'copy', sources: [join(folder, 'file')], destination: join(folder, 'to') },
    library,
  });

it('starts a copy by its name, after the checks of a copy, and retries it', async () => {
  const { job } = await copy();
  expect(job).toMatchObject({ name: 'file-transfer', libraryId: null, isResumable: true, input: { onConflict: 'ask' } });
  expect(job.volumes.length).toBeGreaterThan(0);
  expect(await engine.services.jobs.ended(job.id)).toMatchObject({ status: 'completed' });
  await expectError('CONFLICT', copy());
  const nothing = await engine.client.jobs.retry({ id: job.id });
  expect(await engine.services.jobs.ended(nothing.job.id)).toMatchObject({ output: { identical: 1, filesCopied: 0 } });
  await rm(join(folder, 'to', 'file'));
  const again = await engine.client.jobs.retry({ id: job.id });
  expect((await engine.services.jobs.ended(again.job.id)).status).toBe('completed');
  await expectError('JOB_FINISHED', engine.client.jobs.pause({ id: job.id }));
  await expectError('JOB_FINISHED', engine.client.jobs.resume({ id: job.id }));
});

it('describes what can be started, and refuses what cannot', async () => {
  const { items } = await engine.client.jobs.kinds();
  const described = items.find(({ name }) => name === 'file-transfer');
  expect(described).toMatchObject({ isResumable: true, inputSchema: { type: 'object', required: ['sources', 'destination', 'kind'] } });
  expect(items.map(({ name }) => name)).toContain('location-scan');
  await expectError('JOB_KIND_UNKNOWN', engine.client.jobs.dispatch({ name: 'no-such-kind' }));
  await expectError('INVALID_INPUT', engine.client.jobs.dispatch({ name: 'file-transfer', input: { sources: 7 } }));
  await expectError('LIBRARY_NOT_FOUND', copy('Nowhere'));
  await expectError('JOB_NOT_FOUND', engine.client.jobs.log({ id: '01890a5d-ac96-774b-bcce-b302099a8057' }));
});

it('lists the jobs of each open library, and of all of them, and forgets those that have ended', async () => {
  const forgotten = await copy();
  await engine.services.jobs.ended(forgotten.job.id);
  const ids = [forgotten.job.id];
  for (const name of ['One', 'Two']) {
    const { id } = await engine.client.libraries.create({ name });
    await rm(join(folder, 'to', 'file'));
    const { job } = await copy();
    expect(job.libraryId).toBe(id);
    await engine.services.jobs.ended(job.id);
    ids.push(job.id);
  }
  const listed = async (query: { library?: string; status?: 'failed' | 'completed' }) =>
    (await engine.client.jobs.list(query)).items.map(({ id }) => id);
  expect(await listed({})).toEqual(ids.toReversed());
  expect(await listed({ library: 'One' })).toEqual([ids[1]]);
  expect(await listed({ status: 'failed' })).toEqual([]);
  await engine.client.libraries.close({ library: 'Two' });
  expect(await listed({ status: 'completed' })).toEqual([ids[1], ids[0]]);
  expect((await engine.client.jobs.log({ id: ids[1] ?? '' })).items).toEqual([]);
  expect(await engine.client.jobs.clearFinished()).toEqual({ cleared: 2 });
  expect(await listed({})).toEqual([]);
  await engine.client.libraries.open({ library: 'Two' });
  expect(await listed({})).toEqual([ids[2]]);
});
