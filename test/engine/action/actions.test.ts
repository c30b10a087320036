import { readdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { ne } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { auditLog } from '#core/db/schema.ts';
import { ActionRecord } from '#shared/contract/action.ts';
import { MOST_CHOSEN } from '#shared/contract/file.ts';
import { expectError } from '#test/instruments/expect-error.ts';
import { makeTestDir } from '#test/instruments/test-run.ts';
import { FINGERPRINT, startActions } from './action-world.ts';

const NEVER = new AbortController().signal;
const PAGE = { limit: 100 };

async function withLibrary(dataDir: string) {
  const world = await startActions(dataDir);
  if (!world.libraries.current) await world.libraries.create({ name: 'Notes' });
  return world;
}

const createFile = (parent: string, name: string) => ({ type: 'file.create-file' as const, parent, name });

describe('an action', () => {
  it('is remembered with what was expected and what came of it, and told of', async () => {
    await using world = await withLibrary(await makeTestDir('data'));
    const action = createFile(world.files, 'a file.txt');
    await world.actions.preview(action, NEVER);
    const { action: done, job } = await world.actions.run(action);
    expect(job).toBeNull();
    expect(done).toMatchObject({
      type: 'file.create-file',
      input: { parent: `sd://volume/${FINGERPRINT}/files`, name: 'a file.txt' },
      expected: { files: 1, folders: 0 },
      status: 'completed',
      result: { kind: 'changes', changeCount: 1 },
      undo: { state: 'possible', reason: null },
      libraryId: world.libraries.current?.id,
    });
    expect(ActionRecord.parse(done)).toEqual(done);
    expect(world.actions.get(done.id)).toEqual(done);
    expect(world.actions.list(PAGE)).toEqual({ items: [done], nextCursor: null });
    expect(world.changed).toEqual([done]);
  });

  it('that is refused has done nothing, and is not remembered', async () => {
    await using world = await withLibrary(await makeTestDir('data'));
    await writeFile(join(world.files, 'there'), '');
    await expectError('PATH_ALREADY_EXISTS', world.actions.run(createFile(world.files, 'there')));
    await expectError('INVALID_INPUT', world.actions.run(createFile('no/path', 'there')));
    await expectError('LIBRARY_NOT_FOUND', world.actions.run(createFile(world.files, 'new'), 'Nowhere'));
    await expectError('NOT_SUPPORTED', world.actions.run({ type: 'file.delete', sources: [world.files] }));
    expect(world.actions.list(PAGE).items).toEqual([]);
    expect(world.changed).toEqual([]);
  });

  it('that breaks off by a fault of ours is remembered as failed, since nobody knows what it has done', async () => {
    await using world = await withLibrary(await makeTestDir('data'));
    await expect(world.actions.run(createFile(world.files, 'broken'))).rejects.toThrow('A fault of ours');
    expect(world.actions.list(PAGE).items).toMatchObject([
      { status: 'failed', error: { code: 'INTERNAL' }, undo: { state: 'impossible' } },
    ]);
  });

  it('is remembered in memory where no library is open', async () => {
    await using world = await startActions(await makeTestDir('data'));
    const { action } = await world.actions.run(createFile(world.files, 'a'));
    expect(action.libraryId).toBeNull();
    expect((await world.actions.undo(action.id)).action).toMatchObject({ type: 'undo', status: 'completed' });
    expect(world.actions.list(PAGE).items.map(({ type }) => type)).toEqual(['undo', 'file.create-file']);
  });

  it('is found by words of its type, its paths and names, however they are written, page by page', async () => {
    await using world = await withLibrary(await makeTestDir('data'));
    for (const name of ['Größe 100%.txt', 'plan b', 'plan c']) await world.actions.run(createFile(world.files, name));
    const names = (text: string, page = PAGE) => world.actions.list({ text, ...page }).items.map(({ input }) => input.name);
    expect(names('GROSSE 100%')).toEqual(['Größe 100%.txt']);
    expect(names('plan create-file')).toEqual(['plan c', 'plan b']);
    expect(names('/files')).toHaveLength(3);
    expect(names('%20')).toEqual([]);
    expect(world.actions.list({ ...PAGE, status: 'running' }).items).toEqual([]);
    const first = world.actions.list({ text: 'plan', limit: 1 });
    expect(first.items).toMatchObject([{ input: { name: 'plan c' } }]);
    const second = world.actions.list({ text: 'plan', limit: 1, cursor: first.nextCursor ?? '' });
    expect(second).toMatchObject({ items: [{ input: { name: 'plan b' } }], nextCursor: null });
  });

  it('is shown with the first hundred of its files in lists, and with all by itself', async () => {
    await using world = await withLibrary(await makeTestDir('data'));
    const sources = Array.from({ length: 150 }, (_, index) => join(world.files, `${index}`));
    const { action } = await world.actions.run({ type: 'file.trash', sources });
    for (const short of [world.actions.list(PAGE).items[0], world.changed[0]]) {
      expect(short?.input.sources).toHaveLength(100);
      expect(short?.input.sourcesCount).toBe(150);
    }
    expect(world.actions.get(action.id).input.sources).toHaveLength(150);
    expect(world.actions.get(action.id).input.sourcesCount).toBeUndefined();
  });

  it('is about more files than one message can name, when they were handed over part by part', async () => {
    await using world = await withLibrary(await makeTestDir('data'));
    const sources = Array.from({ length: 150 }, (_, index) => join(world.files, `${index}`));
    const { address } = world.actions.handOver(sources.slice(0, 100));
    expect(world.actions.handOver(sources.slice(100), address)).toEqual({ address, count: 150 });
    const { action } = await world.actions.run({ type: 'file.trash', sources: [address, join(world.files, 'last')] });
    const named = z.array(z.string()).parse(world.actions.get(action.id).input.sources);
    expect(named).toEqual([...sources, join(world.files, 'last')].map((path) => `sd://volume/${FINGERPRINT}/files/${basename(path)}`));
  });

  it('is refused when it is about a list that nobody knows any more, or about too much', async () => {
    await using world = await withLibrary(await makeTestDir('data'));
    const { address } = world.actions.handOver([join(world.files, 'a')]);
    for (let list = 0; list < 6; list++) world.actions.handOver([join(world.files, 'b')]);
    for (const gone of [address, 'sd://sources/none']) {
      await expectError('INVALID_INPUT', world.actions.run({ type: 'file.trash', sources: [gone] }));
      await expectError('INVALID_INPUT', world.actions.preview({ type: 'file.trash', sources: [gone] }, NEVER));
    }
    const most = world.actions.handOver(Array.from({ length: MOST_CHOSEN }, () => '/x')).address;
    expect(() => world.actions.handOver(['/x'], most)).toThrow('At most 200000');
    await expectError('INVALID_INPUT', world.actions.run({ type: 'file.trash', sources: [most, '/x'] }));
  });
});

describe('undoing', () => {
  it('takes back what was done, once, and is remembered itself', async () => {
    await using world = await withLibrary(await makeTestDir('data'));
    const { action } = await world.actions.run(createFile(world.files, 'a'));
    const { action: undoing } = await world.actions.undo(action.id);
    expect(await readdir(world.files)).toEqual([]);
    expect(undoing).toMatchObject({ type: 'undo', undoes: action.id, status: 'completed', undo: { state: 'impossible' } });
    expect(world.actions.get(action.id).undo).toEqual({ state: 'undone', reason: null, by: undoing.id });
    await expectError('UNDO_REFUSED', world.actions.undo(action.id));
    await expectError('UNDO_REFUSED', world.actions.undo(undoing.id));
    await expectError('ACTION_NOT_FOUND', world.actions.undo('00000000-0000-7000-8000-000000000000'));
    expect(world.changed.map(({ type, undo }) => `${type} ${undo.state}`)).toEqual([
      'file.create-file possible',
      'file.create-file undoing',
      'undo impossible',
      'file.create-file undone',
    ]);
  });

  it('is refused with the reason, and possible again when that is gone', async () => {
    await using world = await withLibrary(await makeTestDir('data'));
    const { action } = await world.actions.run(createFile(world.files, 'a'));
    const { action: obstacle } = await world.actions.run(createFile(world.files, 'in-the-way'));
    await expectError('UNDO_REFUSED', world.actions.undo(action.id));
    expect(world.actions.get(action.id).undo).toEqual({ state: 'possible', reason: 'There is something in the way.', by: null });
    expect(world.actions.list(PAGE).items.map(({ type }) => type)).toEqual(['file.create-file', 'file.create-file']);
    await expectError('UNDO_REFUSED', world.actions.undo(obstacle.id));
  });

  it('of a job is a job, too, and goes on being possible when that is cancelled', async () => {
    await using world = await withLibrary(await makeTestDir('data'));
    await writeFile(join(world.files, 'a'), '');
    const { action, job } = await world.actions.run({ type: 'file.trash', sources: [world.files] });
    await expectError('CONFLICT', world.actions.undo(action.id));
    world.letEmpty();
    await world.jobs.ended(job?.id ?? '');
    expect(world.actions.get(action.id)).toMatchObject({
      status: 'completed',
      problemCount: 1,
      result: { changes: [{ from: `sd://volume/${FINGERPRINT}/files/a`, to: null }] },
      undo: { state: 'possible' },
    });
    const undoing = await world.actions.undo(action.id);
    await expectError('CONFLICT', world.actions.undo(action.id));
    await world.jobs.cancel(undoing.job?.id ?? '').catch(() => undefined);
    const { status } = await world.jobs.ended(undoing.job?.id ?? '');
    expect(world.actions.get(undoing.action.id)).toMatchObject({ status, undoes: action.id });
    expect(world.actions.get(action.id).undo.state).toBe(status === 'completed' ? 'undone' : 'possible');
  });
});

describe('an action whose job outlives the process', () => {
  it('waits with it, and ends with it', async () => {
    const dataDir = await makeTestDir('data');
    let id = '';
    {
      await using world = await withLibrary(dataDir);
      await writeFile(join(world.files, 'a'), '');
      const { action, job } = await world.actions.run({ type: 'file.trash', sources: [world.files] });
      expect(action).toMatchObject({ status: 'running', jobId: job?.id, undo: { state: 'impossible', reason: 'It has not ended yet.' } });
      id = action.id;
    }
    await using world = await startActions(dataDir);
    const { status, jobId } = world.actions.get(id);
    expect(status).toBe('running');
    world.letEmpty();
    await world.jobs.ended(jobId ?? '');
    expect(world.actions.get(id)).toMatchObject({ status: 'completed', result: { changeCount: 1 }, undo: { state: 'possible' } });
  });

  it('finds its job, also when it was killed before it could note it', async () => {
    const dataDir = await makeTestDir('data');
    {
      await using world = await withLibrary(dataDir);
      await world.actions.run({ type: 'file.trash', sources: [world.files] });
      world.libraries.resolve().transact((tx) => tx.update(auditLog).set({ jobId: null }).run());
    }
    await using world = await startActions(dataDir);
    const [action] = world.actions.list(PAGE).items;
    expect(action).toMatchObject({ status: 'running', jobId: world.jobs.list(PAGE).items[0]?.id });
  });

  it('has failed when it had no job, or when nobody remembers that', async () => {
    const dataDir = await makeTestDir('data');
    {
      await using world = await withLibrary(dataDir);
      const { action, job } = await world.actions.run({ type: 'file.trash', sources: [world.files] });
      await world.jobs.cancel(job?.id ?? '');
      expect(world.actions.get(action.id)).toMatchObject({
        status: 'cancelled',
        undo: { state: 'impossible', reason: 'It is not known what it has done.' },
      });
      await world.jobs.clearFinished();
      const undoing = { status: 'running', undoState: 'undoing' } as const;
      world.libraries.resolve().transact((tx) => tx.update(auditLog).set(undoing).run());
    }
    await using world = await startActions(dataDir);
    expect(world.actions.list(PAGE).items).toMatchObject([{ status: 'failed', error: { code: 'JOB_INTERRUPTED' } }]);
  });

  it('that undoes another is not said to be under way for ever when Mooring was killed between the two', async () => {
    const dataDir = await makeTestDir('data');
    const ids: string[] = [];
    {
      await using world = await withLibrary(dataDir);
      for (const name of ['undone', 'not undone']) ids.push((await world.actions.run(createFile(world.files, name))).action.id);
      await world.actions.undo(ids[0] ?? '');
      world.libraries.resolve().transact((tx) => tx.update(auditLog).set({ undoState: 'undoing' }).where(ne(auditLog.type, 'undo')).run());
    }
    await using world = await startActions(dataDir);
    expect(ids.map((id) => world.actions.get(id).undo.state)).toEqual(['undone', 'possible']);
  });

  it('is kept when its library is closed, renamed and opened again meanwhile', async () => {
    await using world = await withLibrary(await makeTestDir('data'));
    const { action } = await world.actions.run({ type: 'file.trash', sources: [world.files] });
    await world.libraries.rename(undefined, 'Other');
    expect(world.actions.get(action.id).status).toBe('running');
    const { path } = await world.libraries.close();
    await expectError(
      'ACTION_NOT_FOUND',
      Promise.resolve().then(() => world.actions.get(action.id)),
    );
    await world.libraries.open(path);
    world.letEmpty();
    await world.jobs.ended(action.jobId ?? '');
    expect(world.actions.get(action.id).status).toBe('completed');
  });

  it('is done again as an action of its own when its job is retried', async () => {
    await using world = await withLibrary(await makeTestDir('data'));
    const { action, job } = await world.actions.run({ type: 'file.trash', sources: [world.files] });
    const cancelled = await world.jobs.cancel(job?.id ?? '');
    world.letEmpty();
    const again = await world.jobs.retry(cancelled.id);
    world.actions.retried(cancelled, again);
    await world.jobs.ended(again.id);
    const [newest, oldest] = world.actions.list(PAGE).items;
    expect(newest).toMatchObject({ type: 'file.trash', input: action.input, jobId: again.id, status: 'completed' });
    expect(oldest).toMatchObject({ id: action.id, status: 'cancelled' });
  });
});

it('forgets after a month what was done, when the library is opened', async () => {
  const dataDir = await makeTestDir('data');
  {
    await using world = await withLibrary(dataDir);
    await world.actions.run(createFile(world.files, 'a'));
    await world.actions.run(createFile(world.files, 'b'));
    const [newest] = world.actions.list(PAGE).items;
    const old = new Date(Date.now() - 31 * 24 * 60 * 60 * 1000).toISOString();
    world.libraries.resolve().transact((tx) => tx.update(auditLog).set({ completedAt: old }).run());
    expect(newest?.input.name).toBe('b');
  }
  await using world = await startActions(dataDir);
  expect(world.actions.list(PAGE).items).toEqual([]);
});
