import { existsSync, mkdirSync, readdirSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readMigrations } from '#core/db/migrations.ts';
import { Addresses } from '#core/entry/entry-address.ts';
import { EphemeralIndexes } from '#core/entry/ephemeral/ephemeral-indexes.ts';
import type { Entry } from '#shared/contract/entry.ts';
import type { Job } from '#shared/contract/job.ts';
import { expectError } from '#test/instruments/expect-error.ts';
import { loopMountAbility } from '#test/instruments/host-abilities.ts';
import { createDiskImage, type DiskImage } from '#test/instruments/loop-volume.ts';
import { startTestEngine, type TestEngine } from '#test/instruments/test-engine.ts';

const missing = loopMountAbility().reason;
/** Long ago: what changed a moment ago is not taken as read. */
const LONG_AGO = 1_600_000_000;

describe.skipIf(missing !== null)(`a folder that is indexed in memory (${missing ?? 'on real mounts'})`, () => {
  let test: TestEngine;
  let stick: DiskImage;
  let mountPoint: string;
  let top: string;

  beforeEach(async () => {
    test = await startTestEngine();
    stick = await createDiskImage({ fileSystem: 'ext4', sizeMb: 16 });
    mountPoint = await stick.mount();
    top = path.join(mountPoint, 'top');
    for (const folder of ['a/deep/er', 'b']) mkdirSync(path.join(top, folder), { recursive: true });
    for (const file of ['a/one', 'a/deep/two', 'a/deep/er/three', 'b/four.txt', '.hidden']) writeFileSync(path.join(top, file), file);
    for (const folder of ['a/deep/er', 'a/deep', 'a', 'b', '']) utimesSync(path.join(top, folder), LONG_AGO, LONG_AGO);
    await test.services.volumes.refresh();
  });
  afterEach(async () => {
    await test[Symbol.asyncDispose]();
    await stick.dispose();
  });

  const list = (folder: string) => test.client.entries.list({ path: folder });
  const ended = async ({ id }: Job): Promise<Job> => {
    for (;;) {
      const { promise: changed, resolve } = Promise.withResolvers<void>();
      const stops = (['JobCompleted', 'JobFailed', 'JobCancelled'] as const).map((type) => test.services.events.on(type, () => resolve()));
      const job = await test.client.jobs.get({ id });
      if (job.completedAt === null) await changed;
      for (const stop of stops) stop();
      if (job.completedAt !== null) return job;
    }
  };
  const scan = async (folder: string) => ended((await test.client.indexing.scan({ path: folder, persistence: 'ephemeral' })).job);
  const withoutSizes = (entry: Entry) =>
    entry.kind === 'folder' ? { ...entry, sizeBytes: null, childCount: null, fileCount: null, folderCount: null } : entry;

  it('is listed like one on the disk, with sizes of folders', async () => {
    const fromDisk = await list(top);
    expect(fromDisk.source).toBe('disk');
    expect(await scan(top)).toMatchObject({ name: 'ephemeral-scan', status: 'completed', isResumable: false, output: { created: 9 } });
    const inMemory = await list(top);
    expect(inMemory).toMatchObject({ source: 'memory', isOffline: false, locationId: null, totalCount: 3 });
    expect([inMemory.folder, ...inMemory.items].map(withoutSizes)).toEqual([fromDisk.folder, ...fromDisk.items]);
    expect(inMemory.folder).toMatchObject({ fileCount: 5, folderCount: 4, childCount: 3, uuid: null });
    expect(inMemory.items[0]).toMatchObject({ name: 'a', sizeBytes: 'a/one'.length + 'a/deep/two'.length + 'a/deep/er/three'.length });
    expect(await list(path.join(top, 'a/deep'))).toMatchObject({ source: 'memory', totalCount: 2 });
    expect(await list(mountPoint)).toMatchObject({ source: 'disk' });
  });

  it('is refused when it is not there, or no folder', async () => {
    const ask = (folder: string) => test.client.indexing.scan({ path: folder, persistence: 'ephemeral' });
    await expectError('PATH_NOT_FOUND', ask(path.join(top, 'absent')));
    await expectError('NOT_A_FOLDER', ask(path.join(top, 'a/one')));
    await expectError('PATH_NOT_FOUND', test.client.jobs.dispatch({ name: 'ephemeral-scan', input: { path: path.join(top, 'absent') } }));
    expect((await test.client.jobs.list({})).items).toEqual([]);
  });

  it('has the order of the disk, however it is sorted and whatever its names are', async () => {
    const names = ['a2', 'A10', 'ä', 'ﬁ', '日本', '\u{1f600}', '\uffee', '／', '.dot', 'x.b', 'x.a', 'line\nbreak', '9'.repeat(60)].map(
      (name) => Buffer.from(name),
    );
    names.push(Buffer.from([0xff]), Buffer.from([0x61, 0xfe]), Buffer.from('\ufffd'));
    const folder = path.join(mountPoint, 'names');
    mkdirSync(folder);
    for (const [number, name] of names.entries()) {
      const file = Buffer.concat([Buffer.from(`${folder}/`), name]);
      if (number % 5 === 1) mkdirSync(file);
      else if (number % 5 === 3) symlinkSync('nowhere', file);
      else writeFileSync(file, 'x'.repeat(number % 3));
      if (number % 5 !== 3) utimesSync(file, LONG_AGO, LONG_AGO + (number % 4) / 1000);
    }
    utimesSync(folder, LONG_AGO, LONG_AGO);
    const orders = (['name', 'size', 'modified', 'kind'] as const).flatMap((sort) =>
      (['asc', 'desc'] as const).flatMap((order) => [true, false].map((foldersFirst) => ({ sort, order, foldersFirst }))),
    );
    const listed = () => Promise.all(orders.map((order) => test.client.entries.list({ path: folder, ...order })));
    const fromDisk = await listed();
    await scan(folder);
    const inMemory = await listed();
    expect(inMemory.map(({ source }) => source)).toEqual(orders.map(() => 'memory'));
    // Folders have their sizes, which are 0 here, as from the disk.
    for (const [index, page] of inMemory.entries()) expect(page.items.map(withoutSizes)).toEqual(fromDisk[index]?.items);
  });

  it('is read from the disk when it has changed, with the sizes that are known', async () => {
    await scan(top);
    writeFileSync(path.join(top, 'new'), '');
    const page = await list(top);
    expect(page).toMatchObject({ source: 'disk', totalCount: 4 });
    expect(page.items[1]).toMatchObject({ name: 'b', fileCount: 1, uuid: null });
    await scan(top);
    expect(await list(path.join(top, 'b'))).toMatchObject({ source: 'memory' });
  });

  it.each(['', 'a'])('becomes a location without being read again, at or below it: %j', async (below) => {
    await test.client.libraries.create({ name: 'Home' });
    await scan(top);
    const { location, job } = await test.client.locations.add({ path: path.join(top, below), watch: false });
    const { output, status } = await ended(job);
    expect(status).toBe('completed');
    expect(output).toMatchObject({ created: 0, modified: 0, removed: 0, foldersListed: 0 });
    const page = await list(path.join(top, below));
    expect(page).toMatchObject({ source: 'index', locationId: location.id });
    expect(page.folder).toMatchObject(
      below === '' ? { fileCount: 5, folderCount: 4, childCount: 3 } : { fileCount: 3, folderCount: 2, childCount: 2 },
    );
    expect(page.items.every(({ uuid }) => uuid !== null)).toBe(true);
    const fresh = await ended((await test.client.locations.rescan({ location: location.id, depth: 'full' })).job);
    expect(fresh.output).toMatchObject({ created: 0, modified: 0, moved: 0, removed: 0 });
    expect((await test.client.locations.get({ location: location.id })).totalFileCount).toBe(below === '' ? 5 : 3);
  });

  it('can be browsed as a location when its drive has been unplugged', async () => {
    await test.client.libraries.create({ name: 'Home' });
    const { location, job } = await test.client.locations.add({ path: top });
    await ended(job);
    const before = await list(top);
    expect(before).toMatchObject({ source: 'index', isOffline: false });
    await stick.unplug();
    await test.services.volumes.refresh();
    const after = await list(`sd://volume/${location.volumeFingerprint}/top`);
    expect(after).toMatchObject({ source: 'index', isOffline: true, locationId: location.id, totalCount: 3 });
    const facts = ({ uuid, name, sizeBytes, fileCount, modifiedAt }: Entry) => ({ uuid, name, sizeBytes, fileCount, modifiedAt });
    expect(after.items.map(facts)).toEqual(before.items.map(facts));
  });

  it('becomes a location that leaves out more, and then has less of it', async () => {
    await test.client.libraries.create({ name: 'Home' });
    await scan(top);
    const { job } = await test.client.locations.add({ path: top, watch: false, rules: { skipHidden: true } });
    expect(await ended(job)).toMatchObject({ status: 'completed' });
    expect((await list(top)).items.map(({ name }) => name)).toEqual(['a', 'b']);
  });

  it('is forgotten when Mooring stops, and what a killed one has left when it starts', async () => {
    await scan(top);
    const kept = path.join(test.dataDir, 'ephemeral');
    expect(readdirSync(kept).length).toBeGreaterThan(0);
    const { dataDir } = test;
    await test.engine.close();
    expect(existsSync(kept)).toBe(false);
    mkdirSync(kept);
    writeFileSync(path.join(kept, 'left.db'), '');
    test = { ...(await startTestEngine({ dataDir })) };
    expect(existsSync(path.join(kept, 'left.db'))).toBe(false);
  });

  it('is forgotten when nobody has looked at it for half an hour', async () => {
    const { services } = test;
    let nowMs = 0;
    const addresses = new Addresses({ volumes: services.volumes, device: services.device });
    const parts = { volumes: services.volumes, indexers: services.indexers, device: services.device, log: services.log, addresses };
    const kinds: { run(context: unknown): Promise<unknown> }[] = [];
    const jobs = { register: (kind: (typeof kinds)[number]) => kinds.push(kind) } as unknown as TestEngine['services']['jobs'];
    const dataDir = path.join(test.dataDir, 'other');
    const indexes = new EphemeralIndexes({ ...parts, jobs, dataDir, migrations: readMigrations(), excluded: () => [], nowMs: () => nowMs });
    const context = {
      input: { path: top, depth: 'quick', maxDepth: null },
      signal: new AbortController().signal,
      progress: () => undefined,
      problem: () => undefined,
    };
    await kinds[0]?.run(context);
    nowMs = 29 * 60_000;
    await indexes.forgetIdle();
    expect(indexes.covering(addresses.read(path.join(top, 'a')))).not.toBeNull();
    nowMs = 58 * 60_000;
    await indexes.forgetIdle();
    expect(indexes.covering(addresses.read(top))).not.toBeNull();
    nowMs = 88 * 60_000;
    await indexes.forgetIdle();
    expect(indexes.covering(addresses.read(top))).toBeNull();
    expect(readdirSync(path.join(dataDir, 'ephemeral'))).toEqual([]);
    await indexes.close();
  });

  it('is copied from and to by the address of its volume', async () => {
    const { fingerprint } = await test.client.volumes.get({ volume: mountPoint });
    const copy = { sources: [`sd://volume/${fingerprint}/top/b`], destination: `sd://volume/${fingerprint}/top/a` };
    const action = { type: 'file.copy' as const, ...copy };
    expect(await test.client.actions.preview({ action })).toMatchObject({ files: 1, folders: 1 });
    const { job } = await test.client.actions.run({ action });
    expect(job && (await ended(job))).toMatchObject({ status: 'completed' });
    expect(existsSync(path.join(top, 'a/b/four.txt'))).toBe(true);
    const unknown = { ...action, sources: [`sd://volume/${'e'.repeat(64)}/x`] };
    await expectError('VOLUME_NOT_FOUND', test.client.actions.preview({ action: unknown }));
  });
});
