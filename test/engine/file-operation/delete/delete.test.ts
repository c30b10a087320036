import { existsSync, linkSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { expectError } from '#test/instruments/expect-error.ts';
import { loopMountAbility } from '#test/instruments/host-abilities.ts';
import { createDiskImage } from '#test/instruments/loop-volume.ts';
import { startTestEngine } from '#test/instruments/test-engine.ts';
import { makeTestDir } from '#test/instruments/test-run.ts';
import { nextEvent } from '../../location/location-world.ts';
import { expectCompleted, startChangeWorld } from '../change-world.ts';

function makeTree(root: string): void {
  mkdirSync(path.join(root, 'a/b'), { recursive: true });
  for (const name of ['one', 'a/two', 'a/b/three']) writeFileSync(path.join(root, name), name.repeat(100));
}

it('says before what is lost for good, and deletes it: links, but never what they lead to', async () => {
  await using world = await startChangeWorld();
  const kept = await makeTestDir('kept');
  writeFileSync(path.join(kept, 'file'), 'kept');
  makeTree(world.folder);
  symlinkSync(kept, path.join(world.folder, 'a/link'));
  linkSync(path.join(world.folder, 'one'), path.join(kept, 'other name'));
  const sources = ['a', 'one'].map((name) => path.join(world.folder, name));
  const preview = await world.engine.client.actions.preview({ action: { type: 'file.delete', sources } });
  expect(preview).toMatchObject({
    files: 3,
    folders: 2,
    symlinks: 1,
    totalBytes: 300 + 500 + 900,
    changeCount: 2,
    needsConfirmation: true,
  });
  expect(preview.undo).toMatchObject({ isPossible: false, reason: expect.any(String) });
  const done = expectCompleted(await world.run({ type: 'file.delete', sources }));
  expect(readdirSync(world.folder)).toEqual([]);
  expect(readdirSync(kept).sort()).toEqual(['file', 'other name']);
  // What has another name takes as much room as before.
  expect(done.result).toMatchObject({ kind: 'changes', changeCount: 2, bytes: 1400 });
  await expectError('UNDO_REFUSED', world.undo(done));
});

it('deletes nothing where there is more than was shown', async () => {
  await using world = await startChangeWorld();
  makeTree(world.folder);
  const action = { type: 'file.delete' as const, sources: [path.join(world.folder, 'a')] };
  const { files, folders, symlinks, totalBytes } = await world.engine.client.actions.preview({ action });
  const expected = { files, folders, symlinks, totalBytes };
  writeFileSync(path.join(world.folder, 'a/two'), 'two'.repeat(100_000));
  const refused = await world.run({ ...action, expected });
  expect(refused).toMatchObject({
    status: 'failed',
    error: { code: 'CONFLICT', reason: { code: 'more-than-shown', params: { files: 2, folders: 2 } } },
  });
  expect(readdirSync(path.join(world.folder, 'a')).sort()).toEqual(['b', 'two']);
  writeFileSync(path.join(world.folder, 'a/two'), '');
  expectCompleted(await world.run({ ...action, expected }));
  expect(readdirSync(world.folder)).toEqual(['one']);
});

it('deletes nothing when something that is named is not there, or must not go', async () => {
  await using world = await startChangeWorld();
  makeTree(world.folder);
  const one = path.join(world.folder, 'one');
  await expectError('PATH_NOT_FOUND', world.run({ type: 'file.delete', sources: [one, path.join(world.folder, 'missing')] }));
  await expectError('NOT_SUPPORTED', world.run({ type: 'file.delete', sources: [one, '/'] }));
  await expectError('NOT_SUPPORTED', world.run({ type: 'file.delete', sources: [one, world.engine.dataDir] }));
  await expectError('NOT_SUPPORTED', world.run({ type: 'file.trash', sources: [path.join(world.engine.dataDir, 'device.json')] }));
  expect(existsSync(one)).toBe(true);
});

it('goes on where it was killed: what is gone is done', async () => {
  const dataDir = await makeTestDir('engine');
  const folder = await makeTestDir('files');
  makeTree(folder);
  const sources = ['gone already', 'a', 'one'].map((name) => path.join(folder, name));
  await using engine = await startTestEngine({ dataDir });
  const { job } = await engine.client.jobs.dispatch({ name: 'file-delete', input: { sources } });
  await engine.services.jobs.ended(job.id);
  expect(await engine.client.jobs.get({ id: job.id })).toMatchObject({ status: 'completed', output: { files: 3, folders: 2 } });
  expect(readdirSync(folder)).toEqual([]);
});

it('stops when it is cancelled, and what is left is whole', async () => {
  await using world = await startChangeWorld();
  for (let index = 0; index < 20_000; index++) writeFileSync(path.join(world.folder, `${index}`), 'content');
  const progressed = nextEvent(world.engine, 'JobProgress', ({ progress }) => progress.itemsDone > 0);
  const { job, action } = await world.engine.client.actions.run({ action: { type: 'file.delete', sources: [world.folder] } });
  await progressed;
  await world.engine.client.jobs.cancel({ id: job?.id ?? '' });
  const left = readdirSync(world.folder);
  expect(left.length).toBeGreaterThan(0);
  for (const name of left.slice(0, 100)) expect(readFileSync(path.join(world.folder, name), 'utf8')).toBe('content');
  expect(await world.engine.client.actions.get({ id: action.id })).toMatchObject({ status: 'cancelled' });
});

describe.skipIf(!loopMountAbility().allows)('with volumes', () => {
  it('leaves alone what is mounted in a folder, and says so', async () => {
    await using image = await createDiskImage({ fileSystem: 'ext4', sizeMb: 16 });
    await using world = await startChangeWorld();
    makeTree(world.folder);
    const mountPoint = await image.mount(path.join(world.folder, 'a/b/drive'));
    writeFileSync(path.join(mountPoint, 'precious'), 'kept');
    const done = expectCompleted(await world.run({ type: 'file.delete', sources: [path.join(world.folder, 'a')] }));
    expect(done.problemCount).toBe(1);
    expect(done.result).toMatchObject({ changeCount: 0 });
    const { items } = await world.engine.client.jobs.problems({ id: done.jobId ?? '', limit: 10 });
    expect(items).toMatchObject([{ code: 'VOLUME_BUSY', path: expect.stringMatching(/^sd:\/\/volume\/[0-9a-f]+\/$/) }]);
    expect(readdirSync(path.join(world.folder, 'a'), { recursive: true })).not.toContain('two');
    expect(readFileSync(path.join(mountPoint, 'precious'), 'utf8')).toBe('kept');
  });

  it('waits for a drive that is not plugged in, and deletes when it is back, wherever', async () => {
    await using image = await createDiskImage({ fileSystem: 'ext4', sizeMb: 16 });
    const mountPoint = await image.mount();
    await using world = await startChangeWorld();
    const { client, services } = world.engine;
    await client.libraries.create({ name: 'Test' });
    const live = services.volumes.live.find(({ mountPoints }) => mountPoints.includes(mountPoint));
    await client.volumes.track({ volume: live?.fingerprint ?? '' });
    makeTree(mountPoint);
    const gone = nextEvent(world.engine, 'VolumeMountChanged', ({ fingerprint }) => fingerprint === live?.fingerprint);
    await image.unplug();
    await gone;
    const source = `sd://volume/${live?.fingerprint}/a`;
    expect(await client.actions.preview({ action: { type: 'file.delete', sources: [source] } })).toMatchObject({
      waitsFor: [live?.fingerprint],
    });
    const { job } = await client.actions.run({ action: { type: 'file.delete', sources: [source] } });
    const elsewhere = await image.mount();
    expect((await services.jobs.ended(job?.id ?? '')).status).toBe('completed');
    expect(readdirSync(elsewhere).sort()).toEqual(['lost+found', 'one']);
  });

  it('waits for a drive that is pulled out meanwhile, and counts nothing that only could not be seen', async () => {
    await using image = await createDiskImage({ fileSystem: 'ext4', sizeMb: 64 });
    const mountPoint = await image.mount();
    await using world = await startChangeWorld();
    const { client, services } = world.engine;
    await client.libraries.create({ name: 'Test' });
    await client.volumes.track({ volume: mountPoint });
    for (const folder of ['one', 'two']) {
      mkdirSync(path.join(mountPoint, folder));
      for (let index = 0; index < 8000; index++) writeFileSync(path.join(mountPoint, folder, `${index}`), '');
    }
    const progressed = nextEvent(world.engine, 'JobProgress', ({ progress }) => progress.itemsDone > 0);
    const paused = nextEvent(world.engine, 'JobPaused');
    const sources = ['one', 'two'].map((folder) => path.join(mountPoint, folder));
    const { job, action } = await client.actions.run({ action: { type: 'file.delete', sources } });
    await progressed;
    await image.unplug();
    expect((await paused).job).toMatchObject({ pauseReason: 'volume-offline', problemCount: 0 });
    const elsewhere = await image.mount();
    expect(await services.jobs.ended(job?.id ?? '')).toMatchObject({ status: 'completed', problemCount: 0 });
    expect(readdirSync(elsewhere)).toEqual(['lost+found']);
    expect(await client.actions.get({ id: action.id })).toMatchObject({ status: 'completed', result: { changeCount: 2 } });
  });
});
