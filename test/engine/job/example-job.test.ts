import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { silentLogger } from '#core/log/create-logger.ts';
import { VolumeOperations } from '#core/volume/operations/volume-operations.ts';
import { loopMountAbility } from '#test/instruments/host-abilities.ts';
import { createDiskImage, type DiskImage } from '#test/instruments/loop-volume.ts';
import { makeTestDir } from '#test/instruments/test-run.ts';
import { createFolderSizeJob } from './example-job.ts';
import { JobWorld } from './job-world.ts';

/** So many that the job is still at work when something happens to its drive. */
const FOLDERS = 3000;
const BYTES = FOLDERS * 10;

function fill(root: string): void {
  for (let number = 0; number < FOLDERS; number++) {
    const folder = join(root, 'tree', `${number % 7}`, `${number}`);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'file'), Buffer.alloc(10));
  }
}

it('is quoted in ARCHITECTURE.md as it is', () => {
  const [example, architecture] = ['./example-job.ts', '../../../ARCHITECTURE.md'].map((path) =>
    readFileSync(new URL(path, import.meta.url), 'utf8'),
  );
  expect(architecture).toContain(`\n\`\`\`ts\n${example}\`\`\`\n`);
});

/** Needs real volumes. */
describe.skipIf(!loopMountAbility().allows)('the job of ARCHITECTURE.md', () => {
  let world: JobWorld;
  let image: DiskImage;
  let root: string;

  beforeEach(async () => {
    image = await createDiskImage({ fileSystem: 'ext4', sizeMb: 60, label: 'Stick' });
    root = await image.mount();
    fill(root);
    world = await JobWorld.open(({ jobs, world: { volumes } }) => [createFolderSizeJob(jobs, volumes)]);
    await world.world.createLibrary('Work');
  });

  afterEach(async () => {
    await world[Symbol.asyncDispose]();
    await image.dispose();
  });

  const dispatch = () => world.jobs.dispatchByName('folder-size', { volume: root, folder: 'tree' });
  /** Each turn of the event loop takes a millisecond or more until it is disposed: so a job of so many steps lasts for seconds on any machine. */
  const slowTurns = (): Disposable => {
    const cell = new Int32Array(new SharedArrayBuffer(4));
    let next: NodeJS.Immediate;
    const turn = () => {
      Atomics.wait(cell, 0, 0, 1);
      next = setImmediate(turn);
    };
    turn();
    return { [Symbol.dispose]: () => clearImmediate(next) };
  };
  const underWay = (id: string) => world.until(id, ({ progress }) => progress.phase === 'adding up');

  it('is started by its name, described, and does its work', async () => {
    expect(world.jobs.kinds()).toMatchObject([
      { name: 'folder-size', isResumable: true, inputSchema: { type: 'object', required: ['volume', 'folder'] } },
    ]);
    const { id } = await dispatch();
    expect(await world.jobs.ended(id)).toMatchObject({ status: 'completed', output: { files: FOLDERS, bytes: BYTES }, problemCount: 0 });
    await expect(world.jobs.dispatchByName('folder-size', { folder: 'tree' })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    await expect(world.jobs.dispatchByName('folder-sighs', {})).rejects.toMatchObject({ code: 'JOB_KIND_UNKNOWN' });
  });

  it('names what it could not read, and is retried', async () => {
    const { id } = await world.jobs.dispatchByName('folder-size', { volume: root, folder: 'missing' });
    const ended = await world.jobs.ended(id);
    expect(ended).toMatchObject({
      status: 'completed',
      problemCount: 1,
      problems: [{ path: join(root, 'missing'), code: 'PATH_NOT_FOUND' }],
    });
    await mkdir(join(root, 'missing'));
    const again = await world.jobs.retry(id);
    expect(again.id).not.toBe(id);
    expect(await world.jobs.ended(again.id)).toMatchObject({ problemCount: 0, volumes: ended.volumes, input: ended.input });
  });

  it('waits for a drive that is pulled out, and goes on when it is back elsewhere', async () => {
    using slow = slowTurns();
    const { id, volumes } = await dispatch();
    await underWay(id);
    await image.unplug();
    const paused = await world.until(id, ({ status }) => status !== 'running');
    slow[Symbol.dispose]();
    expect(paused).toMatchObject({ status: 'paused', pauseReason: 'volume-offline', problemCount: 0 });
    expect(() => world.jobs.resume(id)).toThrow(expect.objectContaining({ code: 'VOLUME_OFFLINE' }));
    const elsewhere = await image.mount(await makeTestDir('elsewhere'));
    expect(elsewhere).not.toBe(root);
    expect(await world.jobs.ended(id)).toMatchObject({
      status: 'completed',
      output: { files: FOLDERS, bytes: BYTES },
      volumes,
      problemCount: 0,
    });
  });

  it('waits for its drive also over a restart', async () => {
    using slow = slowTurns();
    const { id } = await dispatch();
    await underWay(id);
    await image.unplug();
    await world.until(id, ({ status }) => status === 'paused');
    slow[Symbol.dispose]();
    const { dataDir } = world.world;
    await world[Symbol.asyncDispose]();
    world = await JobWorld.open(({ jobs, world: { volumes } }) => [createFolderSizeJob(jobs, volumes)], { dataDir });
    expect(world.jobs.get(id)).toMatchObject({ status: 'paused', pauseReason: 'volume-offline' });
    await image.mount(await makeTestDir('elsewhere'));
    expect(await world.jobs.ended(id)).toMatchObject({ output: { files: FOLDERS, bytes: BYTES } });
  });

  it('gives its drive up when it is ejected', async () => {
    const { jobs } = world;
    const operations = new VolumeOperations({
      ...world.world,
      log: silentLogger,
      usesVolume: (fingerprint) => jobs.usesVolume(fingerprint),
      releaseVolume: (fingerprint) => jobs.releaseVolume(fingerprint),
    });
    try {
      using slow = slowTurns();
      const { id, volumes } = await dispatch();
      await underWay(id);
      expect(jobs.usesVolume(volumes[0] ?? '')).toBeNull();
      await operations.unmount(root);
      slow[Symbol.dispose]();
      image.mountPoint = null;
      expect(jobs.get(id)).toMatchObject({ status: 'paused', pauseReason: 'volume-offline' });
      await image.mount();
      expect(await jobs.ended(id)).toMatchObject({ output: { files: FOLDERS, bytes: BYTES } });
    } finally {
      await operations.close();
    }
  });

  it('goes on when its drive could not be ejected', async () => {
    using slow = slowTurns();
    const { id, volumes } = await dispatch();
    await underWay(id);
    const hold = await world.jobs.releaseVolume(volumes[0] ?? '');
    slow[Symbol.dispose]();
    const late = await dispatch();
    expect(world.jobs.get(id)).toMatchObject({ status: 'paused', pauseReason: 'volume-offline' });
    expect(world.jobs.get(late.id).status).not.toBe('running');
    hold[Symbol.dispose]();
    expect(await world.jobs.ended(id)).toMatchObject({ output: { files: FOLDERS, bytes: BYTES } });
    expect(await world.jobs.ended(late.id)).toMatchObject({ output: { files: FOLDERS, bytes: BYTES } });
  });
});
