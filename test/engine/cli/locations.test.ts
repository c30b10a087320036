import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Entry } from '#shared/contract/entry.ts';
import type { Job } from '#shared/contract/job.ts';
import type { Location } from '#shared/contract/location.ts';
import { loopMountAbility } from '#test/instruments/host-abilities.ts';
import { createDiskImage, type DiskImage } from '#test/instruments/loop-volume.ts';
import { makeTestDaemon, type TestDaemon } from '#test/instruments/test-daemon.ts';

interface Page {
  items: (Entry & { depth?: number })[];
  source: string;
  isOffline: boolean;
}

describe.runIf(loopMountAbility().allows)('locations on the command line', () => {
  let image: DiskImage;
  let daemon: TestDaemon;
  let mountPoint: string;

  beforeAll(async () => {
    image = await createDiskImage({ fileSystem: 'ext4', sizeMb: 32, label: 'SHELF' });
    mountPoint = await image.mount();
    daemon = await makeTestDaemon();
    await daemon.json(['library', 'create', 'Home']);
    for (const folder of ['album/spring', 'album/.cache', 'docs', 'later']) mkdirSync(join(mountPoint, folder), { recursive: true });
    writeFileSync(join(mountPoint, 'album', 'cover.jpg'), 'x'.repeat(1000));
    writeFileSync(join(mountPoint, 'album', 'spring', 'one.jpg'), 'x'.repeat(500));
    writeFileSync(join(mountPoint, 'album', 'spring', 'notes.txt'), 'x'.repeat(7));
    writeFileSync(join(mountPoint, 'album', '.cache', 'thumb.jpg'), 'x'.repeat(9));
    writeFileSync(join(mountPoint, 'docs', 'letter.txt'), 'x'.repeat(30));
  });
  afterAll(async () => {
    await daemon[Symbol.asyncDispose]();
    await image[Symbol.asyncDispose]();
  });

  it('a folder is added with rules, scanned, and listed with the sizes of its folders', async () => {
    const args = ['location', 'add', 'album', '--rule', 'only:jpg', '--rule', 'skip-hidden', '--no-watch', '--wait'];
    const added = await daemon.json<{ location: Location; job: Job }>(args, { cwd: mountPoint });
    expect(added.job).toMatchObject({ status: 'completed', name: 'location-scan' });
    expect(added.location).toMatchObject({
      name: 'album',
      isOnline: true,
      scanState: 'complete',
      watchEnabled: false,
      rules: { onlyExtensions: ['jpg'], skipHidden: true, skipSystemJunk: true },
      totalFileCount: 2,
      totalBytes: 1500,
    });
    const tree = await daemon.json<Page & { isComplete: boolean }>(['tree', 'album'], { cwd: mountPoint });
    expect(tree.items.map(({ name, depth, sizeBytes }) => [name, depth, sizeBytes])).toEqual([
      ['spring', 1, 500],
      ['one.jpg', 2, 500],
      ['cover.jpg', 1, 1000],
    ]);
    expect(tree).toMatchObject({ isComplete: true, problems: [], nextCursor: null });
  });

  it('it is found by name, id, and any path in it, and told in words', async () => {
    const { items } = await daemon.json<{ items: Location[] }>(['location', 'list']);
    const id = items[0]?.id ?? '';
    for (const ref of ['album', id, './album', 'album/spring', join(mountPoint, 'album')]) {
      expect(await daemon.json(['location', 'info', ref], { cwd: mountPoint }), ref).toMatchObject({ id });
    }
    const { stdout } = await daemon.cli(['location', 'info', 'album']);
    expect(stdout).toMatch(/Drive +SHELF[\s\S]*2 files in 1 folder, 1\.5 kB[\s\S]*only:jpg/);
    expect((await daemon.cli(['location', 'list'])).stdout).toMatch(/album +not watched +.*\/album +2 +1\.5 kB/);
    expect((await daemon.cli(['ls', 'album'], { cwd: mountPoint })).stdout).toMatch(/spring\/ +500 B +1 /);
    const sizes = await daemon.cli(['sizes', 'album', '--limit', '2'], { cwd: mountPoint });
    expect(sizes.stdout).toMatch(/1 kB +67 % +cover\.jpg\n500 B +33 % +spring\/\nIn all: 1\.5 kB in 2 files\n$/);
    expect((await daemon.cli(['sizes', 'docs'], { cwd: mountPoint })).stdout).toContain('Nothing is known of this folder');
  });

  it('it is changed; new rules bring its index in line', async () => {
    const args = ['location', 'update', 'album', '--name', 'Pictures', '--rule', 'any-extension', '--watch', '--wait'];
    const { location, job } = await daemon.json<{ location: Location; job: Job }>(args);
    expect(job.status).toBe('completed');
    expect(location).toMatchObject({ name: 'Pictures', watchEnabled: true, totalFileCount: 3, totalBytes: 1507 });
    expect(location.rules).toMatchObject({ onlyExtensions: [], skipHidden: true });
    expect(await daemon.json(['location', 'update', 'Pictures', '--name', 'Album'])).toMatchObject({
      job: null,
      location: { name: 'Album' },
    });
  });

  it('one in another is refused unless it is wanted', async () => {
    const refused = await daemon.cli(['location', 'add', 'album/spring', '--json'], { cwd: mountPoint });
    expect(refused).toMatchObject({ code: 1, json: { error: { code: 'LOCATION_OVERLAPS' } } });
    const again = await daemon.cli(['location', 'add', 'album', '--json'], { cwd: mountPoint });
    expect(again).toMatchObject({ code: 1, json: { error: { code: 'LOCATION_ALREADY_EXISTS' } } });
    const args = ['location', 'add', 'album/spring', '--allow-overlap', '--no-watch', '--wait'];
    expect(await daemon.json(args, { cwd: mountPoint })).toMatchObject({ location: { name: 'spring', totalFileCount: 2 } });
    expect(await daemon.json(['location', 'remove', 'spring'])).toMatchObject({ name: 'spring' });
    expect(existsSync(join(mountPoint, 'album', 'spring', 'one.jpg'))).toBe(true);
  });

  it('scan makes a folder a location, and the next time looks at it again', async () => {
    const first = await daemon.cli(['scan', 'docs'], { cwd: mountPoint });
    expect(first.stdout).toMatch(
      /^docs: 1 file in 0 folders, 30 B\.\nLooked at \d+ entr(y|ies) in 1 folder in (under )?[\d.]+ s: .*new\.\n$/,
    );
    writeFileSync(join(mountPoint, 'docs', 'second.txt'), 'y');
    const second = await daemon.json<{ location: Location; job: Job }>(['scan', 'docs', '--watch'], { cwd: mountPoint });
    expect(second).toMatchObject({ location: { totalFileCount: 2, watchEnabled: true }, job: { status: 'completed' } });
    expect((await daemon.json<{ items: Location[] }>(['location', 'list'])).items.map(({ name }) => name).toSorted()).toEqual([
      'Album',
      'docs',
    ]);
  });

  it('pausing ends scanning and watching, resuming begins them again', async () => {
    expect(await daemon.json(['location', 'pause', 'docs'])).toMatchObject({ scanState: 'paused', watchState: 'off' });
    const refused = await daemon.cli(['location', 'rescan', 'docs', '--json']);
    expect(refused).toMatchObject({ code: 1, json: { error: { code: 'CONFLICT' } } });
    writeFileSync(join(mountPoint, 'docs', 'third.txt'), 'z');
    await daemon.json(['location', 'resume', 'docs']);
    const rescanned = await daemon.json<{ location: Location; job: Job }>(['location', 'rescan', 'docs', '--full', '--wait']);
    expect(rescanned).toMatchObject({ location: { totalFileCount: 3, scanState: 'complete' }, job: { status: 'completed' } });
  });

  it('a part of it, or one of its folders alone, is looked at', async () => {
    mkdirSync(join(mountPoint, 'docs', 'new', 'deep'), { recursive: true });
    writeFileSync(join(mountPoint, 'docs', 'new', 'deep', 'file'), '1');
    const { job } = await daemon.json<{ job: Job }>(['index', 'quick-scan', 'docs', '--wait'], { cwd: mountPoint });
    expect(job.status).toBe('completed');
    const whole = await daemon.json<{ location: Location }>(['index', 'location', 'docs', '--wait']);
    expect(whole.location).toMatchObject({ totalFileCount: 4, totalFolderCount: 2 });
    const part = await daemon.json<{ location: Location }>(['index', 'location', './docs/new', '--full', '--wait'], { cwd: mountPoint });
    expect(part.location).toMatchObject({ name: 'docs', totalFileCount: 4 });
  });

  it('a folder that no location holds is browsed in memory', async () => {
    writeFileSync(join(mountPoint, 'later', 'seen'), '12345');
    const refused = await daemon.cli(['index', 'quick-scan', 'later', '--json'], { cwd: mountPoint });
    expect(refused).toMatchObject({ code: 1, json: { error: { code: 'LOCATION_NOT_FOUND' } } });
    const browsed = await daemon.json<Page & { job: Job }>(['index', 'browse', 'later', '--scope', 'recursive'], { cwd: mountPoint });
    expect(browsed).toMatchObject({ job: { status: 'completed' }, source: 'memory' });
    expect(browsed.items.map(({ name }) => name)).toEqual(['seen']);
    const args = ['index', 'quick-scan', '.', '--ephemeral', '--scope', 'recursive', '--wait'];
    expect(await daemon.json(args, { cwd: mountPoint })).toMatchObject({ job: { status: 'completed' } });
    const nowhere = await daemon.cli(['index', 'browse', 'absent', '--json'], { cwd: mountPoint });
    expect(nowhere).toMatchObject({ code: 1, json: { error: { code: 'PATH_NOT_FOUND' } } });
    const { items } = await daemon.json<{ items: Location[] }>(['location', 'list']);
    expect(items.map(({ name }) => name)).not.toContain('later');
  });

  it('names that are not UTF-8 are given as they are, and never mixed up', async () => {
    const [first, second] = [Buffer.from('caf\xe9', 'latin1'), Buffer.from('caf\xea', 'latin1')];
    for (const name of [first, second]) {
      const folder = Buffer.concat([Buffer.from(`${mountPoint}/later/`), name]);
      mkdirSync(folder);
      writeFileSync(Buffer.concat([folder, Buffer.from('/inside')]), name);
    }
    // Node cannot pass such bytes as an argument; a shell can.
    const shell = (script: string) => daemon.shell(script, { cwd: join(mountPoint, 'later') });
    expect(await shell(`cd $'caf\\xe9' && mooring tree --json`)).toMatchObject({
      items: [{ path: expect.stringMatching(/caf%E9\/inside$/) }],
    });
    const added = (await shell(`mooring location add $'caf\\xea' --no-watch --wait --json`)) as { location: Location };
    expect(added.location.path).toMatch(/\/later\/caf%EA$/);
    expect(await shell(`mooring location info ./$'caf\\xea' --json`)).toMatchObject({ id: added.location.id });
    expect(await shell(`mooring location info $PWD/$'caf\\xe9' --json`)).toMatchObject({ error: { code: 'LOCATION_NOT_FOUND' } });
    expect(await daemon.json(['location', 'remove', added.location.path, '--yes'])).toMatchObject({ id: added.location.id });
  });

  it('an unplugged drive is still listed, and says so', async () => {
    const before = await daemon.json<Page>(['ls', 'album'], { cwd: mountPoint });
    await daemon.json(['location', 'info', 'Album']);
    await image.unmount();
    // Looks at the volumes anew before it answers.
    expect(await daemon.json(['volume', 'info', 'SHELF'])).toMatchObject({ isMounted: false });
    const offline = await daemon.json<Page>(['ls', join(mountPoint, 'album')]);
    expect(offline.isOffline).toBe(true);
    expect(await daemon.json(['sizes', '--volume', 'SHELF'])).toMatchObject({ isOffline: true });
    expect(offline.items.map(({ name, sizeBytes }) => [name, sizeBytes])).toEqual(
      before.items.map(({ name, sizeBytes }) => [name, sizeBytes]),
    );
    const location = await daemon.json<Location>(['location', 'info', 'Album']);
    expect(location).toMatchObject({ isOnline: false, watchState: 'offline', path: expect.stringMatching(/^sd:\/\/volume\//) });
    expect((await daemon.cli(['ls', location.path])).stdout).toMatch(/cover\.jpg[\s\S]*not plugged in/);
    expect((await daemon.cli(['sizes', location.path])).stdout).toMatch(/1 kB +66 % +cover\.jpg[\s\S]*not plugged in/);
    expect((await daemon.cli(['tree', location.path])).stdout).toMatch(/└── cover\.jpg {2}1 kB[\s\S]*not plugged in/);
    expect((await daemon.cli(['location', 'list'])).stdout).toMatch(/Album +offline +SHELF: \/album/);
    const refused = await daemon.cli(['location', 'rescan', 'Album', '--json']);
    expect(refused).toMatchObject({ code: 1, json: { error: { code: 'VOLUME_OFFLINE' } } });
  });

  it('a job whose drive is away waits for it; Ctrl+C stops waiting, and elsewhere it goes on by itself', async () => {
    const { id: locationId } = await daemon.json<Location>(['location', 'info', 'Album']);
    const { job } = await daemon.json<{ job: Job }>([
      'job',
      'run',
      'location-scan',
      '--input',
      JSON.stringify({ locationId, depth: 'full' }),
    ]);
    expect((await daemon.cli(['job', 'info', job.id])).stdout).toMatch(/paused[\s\S]*as soon as its drive is plugged in again/);
    expect((await daemon.cli(['job', 'list', '--status', 'paused'])).stdout).toContain('paused (volume-offline)');
    await using waiting = daemon.spawn(['job', 'info', job.id, '--wait']);
    await says(waiting.process.stderr, 'It goes on: By itself');
    waiting.process.kill('SIGINT');
    expect(await waiting.ended).toBe(0);
    await using patient = daemon.spawn(['job', 'info', job.id, '--wait', '--json']);
    mountPoint = await image.mount();
    expect(await patient.ended).toBe(0);
    expect(await daemon.json(['job', 'info', job.id])).toMatchObject({ status: 'completed', problemCount: 0 });
    expect((await daemon.cli(['job', 'log', job.id])).code).toBe(0);
    expect((await daemon.cli(['job', 'problems', job.id])).stdout).toBe('There were no problems.\n');
    expect(await daemon.json(['location', 'info', 'Album'])).toMatchObject({ isOnline: true, totalFileCount: 3 });
  });

  it('a job that ended can be begun again, and forgotten', async () => {
    const { items } = await daemon.json<{ items: Job[] }>(['job', 'list', '--limit', '1']);
    const id = items[0]?.id ?? '';
    const retried = await daemon.json<{ job: Job }>(['job', 'retry', id, '--wait']);
    expect(retried.job).toMatchObject({ status: 'completed', name: 'location-scan' });
    expect(retried.job.id).not.toBe(id);
    expect(await daemon.json(['job', 'monitor', '--job-id', id])).toMatchObject({ job: { id, status: 'completed' } });
    expect(await daemon.cli(['job', 'pause', id, '--json'])).toMatchObject({ code: 1, json: { error: { code: 'JOB_FINISHED' } } });
    expect((await daemon.json<{ items: { name: string }[] }>(['job', 'kinds'])).items.map(({ name }) => name)).toContain('location-scan');
    expect(await daemon.json(['job', 'clear'])).toMatchObject({ cleared: expect.any(Number) });
    expect(await daemon.json(['job', 'list', '--status', 'completed'])).toEqual({ items: [], nextCursor: null });
  });

  it('removing one forgets its index, never a file; a job that fails is an exit code of 1', async () => {
    const { id: locationId } = await daemon.json<Location>(['location', 'info', 'Album']);
    await daemon.json(['location', 'remove', 'Album']);
    expect(readFileSync(join(mountPoint, 'album', 'cover.jpg'), 'utf8')).toHaveLength(1000);
    expect(await daemon.cli(['location', 'info', 'Album', '--json'])).toMatchObject({
      code: 1,
      json: { error: { code: 'LOCATION_NOT_FOUND' } },
    });
    const args = ['job', 'run', 'location-scan', '--input', JSON.stringify({ locationId }), '--wait', '--json'];
    expect(await daemon.cli(args)).toMatchObject({ code: 1, json: { error: { code: 'LOCATION_NOT_FOUND' } } });
  });
});

function says(stream: NodeJS.ReadableStream | null, text: string): Promise<void> {
  return new Promise((resolve) => {
    stream?.on('data', (chunk: Buffer) => chunk.toString().includes(text) && resolve());
  });
}
