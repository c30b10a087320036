import { execFileSync } from 'node:child_process';
import { appendFile, mkdir, readdir, readlink, rename, symlink, writeFile } from 'node:fs/promises';
import { type IncomingMessage, request } from 'node:http';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { MountedVolumes } from '#core/entry/entries-options.ts';
import { Contents } from '#core/preview/contents.ts';
import { formatSdPath } from '#shared/sd-path.ts';
import { expectError } from '#test/instruments/expect-error.ts';
import { fuseAbility, loopMountAbility } from '#test/instruments/host-abilities.ts';
import { createDiskImage, type DiskImage } from '#test/instruments/loop-volume.ts';
import { FuseMount } from '#test/instruments/mounts.ts';
import { makeTestDir } from '#test/instruments/test-run.ts';
import { type LocalService, startLocalService } from '../host/local-service.ts';

const device = { id: '01890000-0000-7000-8000-000000000001' };
const mounted = (...mountPoints: string[]): MountedVolumes => ({
  live: mountPoints.map((mountPoint) => ({ mountPoints: [mountPoint], fingerprint: mountPoint, unresponsive: false })),
});

describe('the bytes of files', () => {
  let folder: string;
  let contents: Contents;
  beforeAll(async () => {
    folder = await makeTestDir('contents');
    await writeFile(join(folder, 'numbers.bin'), Buffer.from(Array.from({ length: 1000 }, (_, index) => index % 251)));
    contents = new Contents({ volumes: mounted('/'), device });
  });
  afterAll(() => contents.close());

  it('come by any address, from any place, and end with the file', async () => {
    for (const address of [join(folder, 'numbers.bin'), formatSdPath(device.id, join(folder, 'numbers.bin'))]) {
      const content = await contents.open(address);
      expect(content).toMatchObject({ name: 'numbers.bin', sizeBytes: 1000 });
      expect([...(await content.read(0, 3))]).toEqual([0, 1, 2]);
      expect([...(await content.read(998, 500))]).toEqual([998 % 251, 999 % 251]);
      expect(await content.read(5000, 10)).toHaveLength(0);
    }
  });

  it('come by names that are not UTF-8, and through links', async () => {
    const path = Buffer.concat([Buffer.from(`${folder}/bytes-`), Buffer.from([0xff])]);
    await writeFile(path, 'strange');
    await symlink('numbers.bin', join(folder, 'link'));
    expect(Buffer.from(await (await contents.open(formatSdPath(device.id, path))).read(0, 100)).toString()).toBe('strange');
    expect(await contents.open(join(folder, 'link'))).toMatchObject({ name: 'numbers.bin', sizeBytes: 1000 });
  });

  it('are not those of another file that has taken its place, nor of what it has become', async () => {
    const path = join(folder, 'changing');
    await writeFile(path, 'first');
    const before = await contents.open(path);
    await appendFile(path, ' and more');
    await expectError('CONFLICT', before.read(0, 5));
    const second = await contents.open(path);
    await writeFile(join(folder, 'other'), 'first and more');
    await rename(join(folder, 'other'), path);
    await expectError('CONFLICT', second.read(0, 5));
    expect((await contents.open(path)).version).not.toBe(second.version);
  });

  it('are refused where there are none: folders, pipes, devices, the kernel’s own files', async () => {
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    await symlink('/dev/zero', join(folder, 'to-device'));
    for (const path of [
      folder,
      join(folder, 'pipe'),
      join(folder, 'to-device'),
      '/dev/null',
      '/proc/self/environ',
      '/sys/kernel/profiling',
    ]) {
      await expectError('NOT_SUPPORTED', contents.open(path));
    }
    await expectError('PATH_NOT_FOUND', contents.open(join(folder, 'nothing')));
    await expectError('INVALID_INPUT', contents.open('relative'));
  });

  it('are refused outside of mounted volumes', async () => {
    const other = new Contents({ volumes: mounted('/somewhere/else'), device });
    await expectError('NOT_SUPPORTED', other.open(join(folder, 'numbers.bin')));
    await expectError('VOLUME_OFFLINE', other.open(`sd://volume/${'a'.repeat(64)}/numbers.bin`));
  });

  it('are in no hand between two pieces', async () => {
    const path = join(folder, 'numbers.bin');
    const content = await contents.open(path);
    await content.read(0, 10);
    const handles = await Promise.all((await readdir('/proc/self/fd')).map((fd) => readlink(`/proc/self/fd/${fd}`).catch(() => '')));
    expect(handles).not.toContain(path);
  });

  it('say what the file system knows besides, of a link itself', async () => {
    const details = await contents.details(join(folder, 'numbers.bin'));
    expect(details).toMatchObject({ hardLinkCount: 1, inode: expect.stringMatching(/^\d+$/), owner: 'root', group: 'root' });
    expect(Date.parse(details.changedAt ?? '')).toBeGreaterThanOrEqual(Date.parse(details.modifiedAt ?? ''));
    expect((await contents.details(join(folder, 'link'))).inode).not.toBe(details.inode);
    expect((await contents.details('/')).inode).toMatch(/^\d+$/);
    await expectError('PATH_NOT_FOUND', contents.details(join(folder, 'nothing')));
  });
});

describe.skipIf(!fuseAbility().allows)('a drive that does not answer', () => {
  it('holds up nobody else, and is given up', async () => {
    await using hanging = await FuseMount.create();
    const folder = await makeTestDir('contents');
    await writeFile(join(folder, 'here'), 'here');
    await writeFile(join(hanging.source, 'there'), 'there');
    const volumes = mounted(hanging.mountPoint, '/');
    let refreshed = 0;
    const contents = new Contents({ volumes: { ...volumes, refresh: async () => void refreshed++ }, device, silenceLimitMs: 1000 });
    expect((await contents.open(join(hanging.mountPoint, 'there'))).sizeBytes).toBe(5);
    hanging.hang();
    const waiting = expectError('VOLUME_UNRESPONSIVE', contents.open(join(hanging.mountPoint, 'there')));
    expect((await contents.open(join(folder, 'here'))).sizeBytes).toBe(4);
    await waiting;
    expect(refreshed).toBe(1);
    hanging.resume();
    expect((await contents.open(join(hanging.mountPoint, 'there'))).sizeBytes).toBe(5);
    await contents.close();
  });
});

describe('contents over HTTP', () => {
  let service: LocalService;
  let folder: string;
  let drive: DiskImage | null = null;
  beforeAll(async () => {
    service = await startLocalService();
    folder = await makeTestDir('contents');
    await writeFile(join(folder, 'page.html'), '<script>window.bad = true</script>');
    await writeFile(join(folder, 'drawing.svg'), '<svg xmlns="http://www.w3.org/2000/svg"><script>window.bad = true</script></svg>');
    await writeFile(join(folder, 'data.unknown'), '0123456789');
    await writeFile(join(folder, 'empty.txt'), '');
  });
  afterEach(async () => {
    await drive?.dispose();
    drive = null;
  });
  afterAll(() => service[Symbol.asyncDispose]());

  const address = (name: string) => `/content?path=${encodeURIComponent(join(folder, name))}`;
  const ask = (name: string, headers: Record<string, string> = {}) => service.ask(address(name), { headers });

  it('need the token and our own page', async () => {
    expect((await service.ask(address('page.html'), { token: null })).status).toBe(401);
    expect((await ask('page.html', { origin: 'http://127.0.0.1:1' })).status).toBe(403);
    expect((await ask('page.html', { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
  });

  it('are never a document that could run scripts', async () => {
    const types: [string, Record<string, string>, string][] = [
      ['page.html', {}, 'text/plain; charset=utf-8'],
      ['drawing.svg', { 'sec-fetch-dest': 'image' }, 'image/svg+xml'],
      ['drawing.svg', { 'sec-fetch-dest': 'document' }, 'text/plain; charset=utf-8'],
      ['drawing.svg', { 'sec-fetch-dest': 'iframe' }, 'text/plain; charset=utf-8'],
      ['data.unknown', {}, 'application/octet-stream'],
    ];
    for (const [name, headers, type] of types) {
      const answer = await ask(name, headers);
      expect(answer.status).toBe(200);
      expect(answer.headers['content-type'], name).toBe(type);
      expect(answer.headers['x-content-type-options']).toBe('nosniff');
      expect(answer.headers['content-security-policy']).toMatch(/default-src 'none'.*; sandbox$/);
    }
  });

  it('come in ranges, whole, or not at all where they are known already', async () => {
    const whole = await ask('data.unknown');
    expect(whole).toMatchObject({ body: '0123456789', headers: { 'content-length': '10', 'accept-ranges': 'bytes' } });
    const etag = whole.headers.etag ?? '';
    const part = await ask('data.unknown', { range: 'bytes=2-4' });
    expect(part).toMatchObject({ status: 206, body: '234', headers: { 'content-range': 'bytes 2-4/10', 'content-length': '3', etag } });
    expect(await ask('data.unknown', { range: 'bytes=-3' })).toMatchObject({ status: 206, body: '789' });
    expect(await ask('data.unknown', { range: 'bytes=10-' })).toMatchObject({ status: 416, headers: { 'content-range': 'bytes */10' } });
    expect(await ask('data.unknown', { range: 'bytes=2-4', 'if-range': '"another"' })).toMatchObject({ status: 200, body: '0123456789' });
    expect(await ask('data.unknown', { range: 'bytes=2-4', 'if-range': etag })).toMatchObject({ status: 206, body: '234' });
    expect(await ask('data.unknown', { 'if-none-match': etag })).toMatchObject({ status: 304, body: '' });
    expect(await ask('empty.txt')).toMatchObject({ status: 200, body: '', headers: { 'content-length': '0' } });
    const head = await service.ask(address('data.unknown'), { method: 'HEAD' });
    expect(head).toMatchObject({ status: 200, body: '', headers: { 'content-length': '10' } });
  });

  it('say in the contract’s words what went wrong', async () => {
    expect(await ask('nothing')).toMatchObject({ status: 404, json: { code: 'PATH_NOT_FOUND' } });
    expect(await service.ask('/content')).toMatchObject({ status: 400, json: { code: 'INVALID_INPUT' } });
    expect(await service.ask('/content?path=relative')).toMatchObject({ status: 400, json: { code: 'INVALID_INPUT' } });
    expect(await service.ask('/content?path=%00')).toMatchObject({ status: 400, json: { code: 'INVALID_INPUT' } });
    expect(await service.ask(address('data.unknown'), { method: 'POST' })).toMatchObject({ status: 400, json: { code: 'INVALID_INPUT' } });
    expect((await service.ask('/contents?path=/etc/passwd')).status).toBe(404);
  });

  it('come over the engine’s socket too', async () => {
    const socketPath = service.daemon.paths.socketPath;
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      request({ socketPath, path: address('data.unknown'), headers: { range: 'bytes=1-2' } }, resolve)
        .on('error', reject)
        .end();
    });
    expect(answer.statusCode).toBe(206);
    expect(Buffer.concat(await answer.toArray()).toString()).toBe('12');
  });

  it.skipIf(!loopMountAbility().allows)('let a drive be unmounted while somebody who has asked for a film does not read on', async () => {
    drive = await createDiskImage({ fileSystem: 'ext4', sizeMb: 128 });
    const mountPoint = await drive.mount();
    await mkdir(join(mountPoint, 'Films'));
    await writeFile(join(mountPoint, 'Films', 'long.mp4'), Buffer.alloc(64 * 1024 * 1024, 'film'));
    const path = `/content?path=${encodeURIComponent(join(mountPoint, 'Films', 'long.mp4'))}`;
    const film = await new Promise<IncomingMessage>((resolve, reject) => {
      const headers = { authorization: `Bearer ${service.token}` };
      request({ host: '127.0.0.1', port: service.port, path, headers, agent: false }, resolve).on('error', reject).end();
    });
    const first = await new Promise<Buffer>((resolve) => film.once('data', resolve));
    film.pause();
    expect(first.toString('latin1', 0, 4)).toBe('film');
    // A thread of the engine may be reading its last piece just now.
    await expect.poll(() => drive?.unmount().then(() => 'unmounted', String), { timeout: 20_000 }).toBe('unmounted');
    film.resume();
    await expect(film.toArray()).rejects.toThrow('aborted');
  });
});
