import { readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { loopMountAbility } from '#test/instruments/host-abilities.ts';
import { createDiskImage } from '#test/instruments/loop-volume.ts';
import { startTestEngine } from '#test/instruments/test-engine.ts';
import { treeOf } from './transfer-world.ts';

const missing = loopMountAbility().reason;

it.skipIf(missing !== null)(`a client browses a drive and copies from it to another (${missing ?? 'two real drives'})`, async () => {
  await using stick = await createDiskImage({ fileSystem: 'ext4', sizeMb: 400, label: 'stick' });
  await using disk = await createDiskImage({ fileSystem: 'xfs', sizeMb: 450 });
  const from = await stick.mount();
  const to = await disk.mount();
  writeFileSync(path.join(from, 'film.mkv'), Buffer.alloc(150_000_000, 'film'));
  writeFileSync(path.join(from, 'notes.txt'), 'notes');
  await using engine = await startTestEngine();
  const { client } = engine;
  await client.volumes.refresh();
  const source = await client.volumes.get({ volume: from });
  const target = await client.volumes.get({ volume: to });

  const { items, totalCount } = await client.entries.list({ path: from });
  expect(items.map(({ name, volumeFingerprint }) => [name, volumeFingerprint])).toEqual([
    ['lost+found', source.fingerprint],
    ['film.mkv', source.fingerprint],
    ['notes.txt', source.fingerprint],
  ]);
  expect(totalCount).toBe(3);
  const files = items.filter(({ kind }) => kind === 'file').map((entry) => entry.path);
  const action = { type: 'file.copy' as const, sources: files, destination: to };
  const plan = await client.actions.preview({ action });
  expect(plan).toMatchObject({ files: 2, totalBytes: 150_000_005, space: { fits: true }, conflictCount: 0 });
  expect(plan.transfers).toMatchObject([{ strategy: 'stream', from: source.fingerprint, to: target.fingerprint, files: 2 }]);

  const events = await client.events.subscribe({ types: ['EntryCreated', 'JobProgress', 'JobCompleted', 'JobFailed'] });
  // At this speed it would take longer than any test may.
  const { job } = await client.actions.run({ action: { ...action, bytesPerSecond: 20_000 } });
  if (!job) throw new Error('A copy is a job');
  for (const { fingerprint } of [source, target]) {
    await expect(client.volumes.eject({ volume: fingerprint })).rejects.toMatchObject({
      code: 'VOLUME_BUSY',
      data: { job: 'file-transfer' },
    });
  }
  await client.files.limitSpeed({ job: job.id, bytesPerSecond: null });
  const created: string[] = [];
  const phases = new Set<string>();
  for await (const event of events) {
    if (event.type === 'EntryCreated') created.push(...event.paths);
    if (event.type === 'JobProgress') phases.add(event.progress.phase);
    if (event.type === 'JobCompleted' || event.type === 'JobFailed') break;
  }
  expect(await client.jobs.get({ id: job.id })).toMatchObject({
    status: 'completed',
    problemCount: 0,
    output: { filesCopied: 2, verified: 2, readPastCache: true },
  });
  expect(created.map((sdPath) => path.posix.basename(sdPath)).toSorted()).toEqual(['film.mkv', 'notes.txt']);
  expect(phases).toContain('copying');
  expect(treeOf(to)).toEqual({ ...treeOf(from), entries: expect.stringContaining('film.mkv') });
  await expect(client.actions.run({ action })).rejects.toMatchObject({
    code: 'CONFLICT',
    data: { conflictCount: 2 },
  });

  const again = { ...action, sources: [path.join(from, 'notes.txt'), path.join(from, 'film.mkv')] };
  const slow = await client.actions.run({ action: { ...again, onConflict: 'rename', bytesPerSecond: 5_000_000 } });
  const progress = await client.events.subscribe({ types: ['JobProgress'] });
  for await (const event of progress) if (event.type === 'JobProgress' && event.progress.bytesDone > 6_000_000) break;
  await client.jobs.cancel({ id: slow.job?.id ?? '' });
  expect(await client.actions.get({ id: slow.action.id }), 'a cancelled copy that nobody had looked at before').toMatchObject({
    status: 'cancelled',
    expected: { files: 2, totalBytes: 150_000_005, conflicts: 2, obstacles: 0 },
    result: { kind: 'transfer', filesCopied: 1, bytesCopied: 5, created: [expect.stringMatching(/notes%20\(2\)\.txt$|notes \(2\)\.txt$/)] },
    undo: { state: 'possible' },
  });
  expect(readdirSync(to).toSorted()).toEqual(['film.mkv', 'notes (2).txt', 'notes.txt']);

  await expect(client.entries.list({ path: path.join(to, 'film.mkv') })).rejects.toMatchObject({ code: 'NOT_A_FOLDER' });
});
