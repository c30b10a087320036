import { execFile, execFileSync } from 'node:child_process';
import { closeSync, mkdirSync, mkdtempSync, openSync, renameSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Entries, type ListInput } from '#core/entry/entries.ts';
import { FolderWorkerClient } from '#core/entry/folder-worker-client.ts';
import { Entry } from '#shared/contract/entry.ts';
import { fuseAbility, loopMountAbility } from '#test/instruments/host-abilities.ts';
import { createDiskImage } from '#test/instruments/loop-volume.ts';
import { testRunDir } from '#test/instruments/test-run.ts';

const device = { id: '01890a5d-ac96-774b-bcce-b302099a8057' };
const order: Omit<ListInput, 'path'> = { sort: 'name', order: 'asc', foldersFirst: true, showHidden: true, limit: 200 };
const HERE = 'a'.repeat(64);
const INNER = 'b'.repeat(64);

function volume(mountPoint: string, fingerprint: string, unresponsive = false) {
  return { mountPoints: [mountPoint], fingerprint, unresponsive };
}

const missing = loopMountAbility().reason ?? fuseAbility().reason;

describe.skipIf(missing !== null)(`browsing a folder (${missing ?? 'on real mounts'})`, () => {
  let folder: string;
  let entries: Entries;
  let live: ReturnType<typeof volume>[];

  beforeEach(() => {
    folder = mkdtempSync(path.join(testRunDir(), 'entries-'));
    live = [volume(folder, HERE)];
    entries = new Entries({
      volumes: {
        get live() {
          return live;
        },
      },
      device,
    });
  });

  afterEach(async () => {
    await entries.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const make = (...names: string[]) => {
    for (const name of names) writeFileSync(path.join(folder, name), name);
  };
  const list = (input: Partial<ListInput> = {}) => entries.list({ ...order, path: folder, ...input });
  const names = async (input: Partial<ListInput> = {}) => (await list(input)).items.map(({ name }) => name);

  async function allPages(input: Partial<ListInput>, betweenPages: (page: number) => void = () => undefined): Promise<string[]> {
    const all: string[] = [];
    for (let cursor: string | undefined, page = 0; ; page++) {
      const { items, nextCursor } = await list({ ...input, cursor });
      all.push(...items.map(({ name }) => name));
      if (nextCursor === null) return all;
      cursor = nextCursor;
      betweenPages(page);
    }
  }

  it('lists folders first, then names as people order them', async () => {
    make('img10.jpg', 'img2.jpg', 'Ärger.txt', 'zebra', 'apple');
    mkdirSync(path.join(folder, 'photos'));
    expect(await names()).toEqual(['photos', 'apple', 'Ärger.txt', 'img2.jpg', 'img10.jpg', 'zebra']);
    expect(await names({ order: 'desc' })).toEqual(['photos', 'zebra', 'img10.jpg', 'img2.jpg', 'Ärger.txt', 'apple']);
    expect(await names({ foldersFirst: false })).toEqual(['apple', 'Ärger.txt', 'img2.jpg', 'img10.jpg', 'photos', 'zebra']);
  });

  it('gives entries as the contract has them', async () => {
    writeFileSync(path.join(folder, 'a.TXT'), 'hello', { mode: 0o640 });
    utimesSync(path.join(folder, 'a.TXT'), 1, 1_700_000_000.5);
    const { items, folder: itself, totalCount, nextCursor } = await list();
    expect(items.map((entry) => Entry.parse(entry))).toEqual(items);
    expect(items[0]).toMatchObject({
      path: `sd://${device.id}${folder}/a.TXT`,
      kind: 'file',
      sizeBytes: 5,
      modifiedAt: '2023-11-14T22:13:20.500Z',
      extension: 'txt',
      mode: 0o640,
      volumeFingerprint: HERE,
      problem: null,
    });
    expect(itself).toMatchObject({ kind: 'folder', name: path.basename(folder), sizeBytes: null, volumeFingerprint: HERE });
    expect({ totalCount, nextCursor }).toEqual({ totalCount: 1, nextCursor: null });
  });

  it('sorts by size, time and kind', async () => {
    for (const [name, size, time] of [
      ['big.a', 300, 100],
      ['small.b', 1, 300],
      ['middle.a', 20, 200],
    ] as const) {
      writeFileSync(path.join(folder, name), 'x'.repeat(size));
      utimesSync(path.join(folder, name), time, time);
    }
    expect(await names({ sort: 'size' })).toEqual(['small.b', 'middle.a', 'big.a']);
    expect(await names({ sort: 'modified', order: 'desc' })).toEqual(['small.b', 'middle.a', 'big.a']);
    expect(await names({ sort: 'kind' })).toEqual(['big.a', 'middle.a', 'small.b']);
    writeFileSync(path.join(folder, 'small.b'), 'x'.repeat(999));
    expect(await names({ sort: 'size' })).toEqual(['middle.a', 'big.a', 'small.b']);
  });

  it('hides dot files only when asked, and marks them', async () => {
    make('.hidden', 'shown');
    expect((await list()).items.map(({ name, isHidden }) => [name, isHidden])).toEqual([
      ['.hidden', true],
      ['shown', false],
    ]);
    expect(await list({ showHidden: false })).toMatchObject({ totalCount: 1, items: [{ name: 'shown' }] });
  });

  it.each(['name', 'size', 'modified', 'kind'] as const)('pages through everything once, by %s', async (sort) => {
    make(...Array.from({ length: 25 }, (_, index) => `file ${index}`));
    for (const direction of ['asc', 'desc'] as const) {
      const all = await allPages({ sort, order: direction, limit: 7 });
      expect(all).toHaveLength(25);
      expect(new Set(all).size).toBe(25);
      expect(all).toEqual(await names({ sort, order: direction, limit: 1000 }));
    }
  });

  it('goes on rightly when the folder changes between two pages', async () => {
    make(...Array.from({ length: 20 }, (_, index) => `n${index}`));
    const all = await allPages({ limit: 5 }, (page) => {
      if (page > 0) return;
      rmSync(path.join(folder, 'n4'));
      rmSync(path.join(folder, 'n10'));
      make('a before', 'n10b');
      renameSync(path.join(folder, 'n19'), path.join(folder, 'z'));
    });
    const expected = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((index) => `n${index}`);
    expect(all).toEqual([...expected, 'n10b', ...[11, 12, 13, 14, 15, 16, 17, 18].map((index) => `n${index}`), 'z']);
  });

  it('refuses cursors that are damaged, or of another list', async () => {
    make('a', 'b', 'c');
    mkdirSync(path.join(folder, 'sub'));
    const { nextCursor } = await list({ limit: 1 });
    const cursor = nextCursor ?? '';
    for (const wrong of [{ cursor: 'garbage' }, { cursor, sort: 'size' as const }, { cursor, path: path.join(folder, 'sub') }]) {
      await expect(list(wrong)).rejects.toMatchObject({ code: 'CURSOR_INVALID' });
    }
  });

  it('shows links without following them, and opens a link to a folder', async () => {
    mkdirSync(path.join(folder, 'real'));
    writeFileSync(path.join(folder, 'real', 'inside'), '');
    symlinkSync('real', path.join(folder, 'link'));
    symlinkSync('nowhere', path.join(folder, 'dangling'));
    symlinkSync('loop', path.join(folder, 'loop'));
    const { items } = await list();
    expect(items.map(({ name, kind, linkTarget }) => [name, kind, linkTarget])).toEqual([
      ['real', 'folder', null],
      ['dangling', 'symlink', 'nowhere'],
      ['link', 'symlink', 'real'],
      ['loop', 'symlink', 'loop'],
    ]);
    const opened = await list({ path: path.join(folder, 'link') });
    expect(opened.folder).toMatchObject({ name: 'link', kind: 'folder' });
    expect(opened.items[0]?.path).toBe(`sd://${device.id}${folder}/link/inside`);
    await expect(list({ path: path.join(folder, 'loop') })).rejects.toMatchObject({ code: 'PATH_NOT_FOUND' });
    expect(await entries.get(path.join(folder, 'dangling'))).toMatchObject({ kind: 'symlink', linkTarget: 'nowhere' });
  });

  it('shows sockets, FIFOs and devices, and opens none of them', async () => {
    execFileSync('mkfifo', [path.join(folder, 'fifo')]);
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(path.join(folder, 'socket'), resolve));
    const { items } = await list();
    expect(items.map(({ name, kind }) => [name, kind])).toEqual([
      ['fifo', 'other'],
      ['socket', 'other'],
    ]);
    await expect(list({ path: path.join(folder, 'fifo') })).rejects.toMatchObject({ code: 'NOT_A_FOLDER' });
    await new Promise((resolve) => server.close(resolve));
  });

  it('keeps hostile names apart and addressable', async () => {
    const hostile = ['new\nline', 'tab\there', '\u202Eexe.txt', 'x'.repeat(255), '-rf', '$(reboot)', ' ', '%41', 'a\\b'];
    make(...hostile);
    const bytes = Buffer.concat([Buffer.from(`${folder}/bad-`), Buffer.from([0xff, 0xfe])]);
    writeFileSync(bytes, 'bytes');
    const { items } = await list();
    expect(items.map(({ name }) => name).toSorted()).toEqual([...hostile, 'bad-\uFFFD\uFFFD'].toSorted());
    for (const item of items) expect((await entries.get(item.path)).path).toBe(item.path);
    const bad = items.find(({ name }) => name.startsWith('bad-'));
    expect(bad).toMatchObject({ path: `sd://${device.id}${folder}/bad-%FF%FE`, sizeBytes: 5 });
  });

  it('opens a folder whose name is not UTF-8', async () => {
    mkdirSync(Buffer.concat([Buffer.from(`${folder}/`), Buffer.from([0xe9])]));
    writeFileSync(Buffer.concat([Buffer.from(`${folder}/`), Buffer.from([0xe9]), Buffer.from('/inside')]), '');
    const [item] = (await list()).items;
    expect((await list({ path: item?.path ?? '' })).items.map(({ name }) => name)).toEqual(['inside']);
  });

  it('says what is wrong with a path', async () => {
    make('file');
    const problems: [string, string][] = [
      ['missing', 'PATH_NOT_FOUND'],
      ['file', 'NOT_A_FOLDER'],
      ['file/below', 'NOT_A_FOLDER'],
      ['x'.repeat(256), 'INVALID_INPUT'],
    ];
    for (const [name, code] of problems) await expect(list({ path: `${folder}/${name}` })).rejects.toMatchObject({ code });
    await expect(list({ path: 'relative' })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    await expect(entries.get(`${folder}/missing`)).rejects.toMatchObject({ code: 'PATH_NOT_FOUND' });
    expect(await entries.get('/')).toMatchObject({ kind: 'folder', name: '/' });
  });

  it('knows that a mount point inside a folder is another volume', async () => {
    const inner = path.join(folder, 'inner');
    mkdirSync(inner);
    execFileSync('mount', ['-t', 'tmpfs', 'mooring-test', inner]);
    try {
      expect((await list()).items[0]).toMatchObject({ name: 'inner', volumeFingerprint: null });
      live = [...live, volume(inner, INNER)];
      expect((await list()).items[0]).toMatchObject({ name: 'inner', volumeFingerprint: INNER });
      writeFileSync(path.join(inner, 'f'), '');
      expect((await list({ path: inner })).items[0]).toMatchObject({ volumeFingerprint: INNER });
    } finally {
      execFileSync('umount', [inner]);
    }
  });

  it('does not touch a volume that is known not to answer', async () => {
    mkdirSync(path.join(folder, 'dead'));
    live = [...live, volume(path.join(folder, 'dead'), INNER, true)];
    await expect(list({ path: path.join(folder, 'dead', 'x') })).rejects.toMatchObject({ code: 'VOLUME_UNRESPONSIVE' });
    expect((await list()).items[0]).toMatchObject({ name: 'dead', kind: 'folder', problem: 'VOLUME_UNRESPONSIVE' });
  });

  it('gives up on a volume that stops answering, and serves others meanwhile and after', async () => {
    const hung = path.join(folder, 'hung');
    const origin = path.join(folder, 'origin');
    mkdirSync(hung);
    mkdirSync(origin);
    execFileSync('bindfs', [origin, hung]);
    const pid = execFileSync('pgrep', ['-f', `bindfs ${origin} ${hung}`], { encoding: 'utf8' }).trim();
    const patient = new Entries({ volumes: { live: [] }, device, worker: new FolderWorkerClient(500) });
    try {
      execFileSync('kill', ['-STOP', pid]);
      const dead = patient.list({ ...order, path: hung });
      const alive = patient.list({ ...order, path: origin });
      await expect(dead).rejects.toMatchObject({ code: 'VOLUME_UNRESPONSIVE' });
      expect((await alive).totalCount).toBe(0);
      expect((await patient.list({ ...order, path: origin })).totalCount).toBe(0);
    } finally {
      execFileSync('kill', ['-CONT', pid]);
      await patient.close();
      execFileSync('umount', ['-l', hung]);
    }
  });

  it('does not keep other volumes waiting for one that is silent, nor that one for ever', async () => {
    const hung = path.join(folder, 'hung');
    const origin = path.join(folder, 'origin');
    mkdirSync(hung);
    mkdirSync(origin);
    execFileSync('bindfs', [origin, hung]);
    const pid = execFileSync('pgrep', ['-f', `bindfs ${origin} ${hung}`], { encoding: 'utf8' }).trim();
    const volumes = { live: [volume(hung, INNER), volume(folder, 'c'.repeat(64))] };
    const entriesOfBoth = new Entries({ volumes, device, worker: new FolderWorkerClient(60_000) });
    try {
      await entriesOfBoth.list({ ...order, path: origin });
      execFileSync('kill', ['-STOP', pid]);
      const silent = entriesOfBoth.list({ ...order, path: hung });
      const alive = await Promise.all([1, 2, 3].map(() => entriesOfBoth.list({ ...order, path: origin })));
      expect(alive.map(({ totalCount }) => totalCount)).toEqual([0, 0, 0]);
      const silentToo = entriesOfBoth.list({ ...order, path: hung });
      expect((await entriesOfBoth.list({ ...order, path: origin })).totalCount).toBe(0);
      execFileSync('kill', ['-CONT', pid]);
      expect((await silent).totalCount).toBe(0);
      expect((await silentToo).totalCount).toBe(0);
    } finally {
      execFileSync('kill', ['-CONT', pid]);
      await entriesOfBoth.close();
      execFileSync('umount', ['-l', hung]);
    }
  });

  it('lists a folder of 100,000, page by page', async () => {
    await using drive = await createDiskImage({ fileSystem: 'ext4', sizeMb: 2000 });
    folder = path.join(await drive.mount(), 'large');
    mkdirSync(folder);
    live = [volume(folder, HERE)];
    await promisify(execFile)('sh', ['-c', 'cd "$1" && seq -f "file %.0f" 100000 | xargs -d "\\n" touch', 'sh', folder]);
    utimesSync(folder, 1, 1);
    const first = await list({ showHidden: false });
    const second = await list({ showHidden: false, cursor: first.nextCursor ?? undefined });
    const bySize = await list({ sort: 'size' });
    expect(first.totalCount).toBe(100_000);
    expect(first.items[9]?.name).toBe('file 10');
    expect(second.items[0]?.name).toBe('file 201');
    expect(bySize.items).toHaveLength(200);
    const toTheEnd = await allPages({ limit: 1000, order: 'desc' });
    expect(toTheEnd.at(-1)).toBe('file 1');
    expect(new Set(toTheEnd).size).toBe(100_000);
  });

  it('names what may not be looked at', async () => {
    const bad = path.join(folder, 'dead-fuse');
    mkdirSync(bad);
    const fd = openSync('/dev/fuse', 'r+');
    execFileSync('mount', ['-i', '-t', 'fuse', '-o', 'fd=3,rootmode=40000,user_id=0,group_id=0', 'mooring-test', bad], {
      stdio: ['ignore', 'ignore', 'ignore', fd],
    });
    try {
      closeSync(fd);
      make('fine');
      const { items } = await list();
      expect(items.map(({ name, problem }) => [name, problem])).toEqual([
        ['dead-fuse', 'VOLUME_UNRESPONSIVE'],
        ['fine', null],
      ]);
    } finally {
      execFileSync('umount', ['-l', bad]);
    }
  });
});
