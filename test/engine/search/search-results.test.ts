import { mkdirSync, renameSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contract } from '#shared/contract/contract.ts';
import type { SearchHit, SearchSort } from '#shared/contract/search.ts';
import { expectError } from '#test/instruments/expect-error.ts';
import { loopMountAbility } from '#test/instruments/host-abilities.ts';
import { createDiskImage, type DiskImage } from '#test/instruments/loop-volume.ts';
import { startTestEngine, type TestEngine } from '#test/instruments/test-engine.ts';
import { makeTestDir } from '#test/instruments/test-run.ts';
import { completed, nextEvent, settled } from '../location/location-world.ts';

const missing = loopMountAbility().reason;

/** Names and sizes; the later in the list the older. */
const FILES: readonly (readonly [string, number])[] = [
  ['photos/2023/summer/beach.jpg', 3000],
  ['photos/2023/summer/Beach House.jpg', 2000],
  ['photos/2023/winter beach.png', 900],
  ['photos/2024/beaches.txt', 10],
  ['photos/2024/Crème brûlée.txt', 20],
  ['photos/2024/img10.jpg', 30],
  ['photos/2024/img2.jpg', 40],
  ['music/sandbeach.mp3', 5_000_000],
  ['music/empty.mp3', 0],
  ['music/.hidden', 1],
  ['notes', 7],
];

describe.skipIf(missing !== null)(`searching (${missing ?? 'real drives'})`, () => {
  let engine: TestEngine;
  let shelf: DiskImage;
  let root: string;
  let locationId: string;

  beforeAll(async () => {
    engine = await startTestEngine();
    shelf = await createDiskImage({ fileSystem: 'ext4', sizeMb: 32, label: 'SHELF' });
    root = await shelf.mount();
    for (const [index, [name, size]] of FILES.entries()) {
      const file = path.join(root, name);
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, Buffer.alloc(size));
      const day = new Date(Date.UTC(2024, 4, 28 - index));
      utimesSync(file, day, day);
    }
    mkdirSync(path.join(root, 'void'));
    writeFileSync(Buffer.concat([Buffer.from(path.join(root, 'notes-')), Buffer.from([0xff])]), 'x');
    await engine.client.libraries.create({ name: 'Home' });
    const { location, job } = await engine.client.locations.add({ path: root, name: 'Shelf' });
    locationId = location.id;
    await completed(engine, job);
    await settled(engine, locationId);
  });
  afterAll(async () => {
    await engine[Symbol.asyncDispose]();
    await shelf.dispose();
  });

  const search = (
    query: string,
    more: { sort?: SearchSort; order?: 'asc' | 'desc'; limit?: number; cursor?: string; countUpTo?: number } = {},
  ) => engine.client.search.query({ query, ...more });
  const namesOf = ({ items }: { items: SearchHit[] }) => items.map(({ entry }) => entry.name);
  const names = async (query: string, more = {}) => namesOf(await search(query, more)).toSorted();

  it('answers what the contract says, though nothing looks at each value on its way out', async () => {
    const { outputSchema } = contract.search.query['~orpc'];
    for (const query of [
      'a',
      'kind:folder',
      'is:hidden',
      'siez:1 copies:1 beach',
      'name:/beach/ OR "brulee"',
      '-beach',
      'nowhere-at-all',
    ]) {
      const page = await search(query, { sort: 'size' });
      expect(await outputSchema?.['~standard'].validate(page), query).toEqual({ value: page });
    }
  });

  it('says of each result what and where it is', async () => {
    const { items, count, nextCursor, problems, terms } = await search('brulee');
    expect({ count, nextCursor, problems }).toEqual({ count: { value: 1, isExact: true }, nextCursor: null, problems: [] });
    expect(terms).toEqual([{ start: 0, end: 6, kind: 'word', filter: null, text: 'brulee', isNegated: false }]);
    const [hit] = items;
    const listed = await engine.client.entries.list({ path: path.join(root, 'photos/2024') });
    expect(hit?.entry).toEqual(listed.items.find(({ name }) => name === 'Crème brûlée.txt'));
    expect(hit).toMatchObject({
      folderText: 'Shelf/photos/2024',
      locationId,
      locationName: 'Shelf',
      volumeName: 'SHELF',
      isOnline: true,
      matches: [{ start: 6, end: 12 }],
      folderMatches: [],
    });
  });

  it('says where words are in the folders above, and what an expression finds in the name', async () => {
    const [inFolder] = (await search('photos creme')).items;
    expect(inFolder).toMatchObject({
      folderText: 'Shelf/photos/2024',
      matches: [{ start: 0, end: 5 }],
      folderMatches: [{ start: 6, end: 12 }],
    });
    const [named] = (await search('name:/\\d+/ ext:jpg', { sort: 'name', order: 'desc' })).items;
    expect(named).toMatchObject({ entry: { name: 'img10.jpg' }, matches: [{ start: 3, end: 5 }] });
  });

  it('counts as far as it is asked to', async () => {
    expect((await search('ext:mp3', { countUpTo: 1 })).count).toEqual({ value: 1, isExact: false });
    expect((await search('ext:mp3', { countUpTo: 2 })).count).toEqual({ value: 2, isExact: true });
  });

  it('has the best first: the whole name, its beginning, a word of it, anywhere in it, only in a folder', async () => {
    expect(namesOf(await search('beach'))).toEqual(['beach.jpg', 'Beach House.jpg', 'beaches.txt', 'winter beach.png', 'sandbeach.mp3']);
    expect(namesOf(await search('summer'))).toEqual(['summer', 'beach.jpg', 'Beach House.jpg']);
  });

  it('sorts otherwise when it is asked to', async () => {
    expect(namesOf(await search('img', { sort: 'name' }))).toEqual(['img2.jpg', 'img10.jpg']);
    expect(namesOf(await search('img', { sort: 'name', order: 'desc' }))).toEqual(['img10.jpg', 'img2.jpg']);
    expect(namesOf(await search('ext:mp3', { sort: 'size' }))).toEqual(['sandbeach.mp3', 'empty.mp3']);
    expect(namesOf(await search('ext:mp3', { sort: 'modified', order: 'asc' }))).toEqual(['empty.mp3', 'sandbeach.mp3']);
  });

  it.each([
    ['ext:mp3', ['empty.mp3', 'sandbeach.mp3']],
    ['kind:image -beach', ['img10.jpg', 'img2.jpg']],
    ['kind:folder photos', ['2023', '2024', 'photos', 'summer']],
    ['size:>1mb is:file', ['sandbeach.mp3']],
    ['is:empty', ['empty.mp3', 'void']],
    ['is:hidden', ['.hidden']],
    ['in:2024 beach', ['beaches.txt']],
    ['in:Shelf/music ext:mp3', ['empty.mp3', 'sandbeach.mp3']],
    ['volume:shelf notes', ['notes', 'notes-\ufffd']],
    ['volume:other notes', []],
    ['location:shelf ext:png', ['winter beach.png']],
    ['name:/^img\\d{2}/', ['img10.jpg']],
    ['ext:png OR ext:txt', ['Crème brûlée.txt', 'beaches.txt', 'winter beach.png']],
    ['modified:2024-05-28', ['beach.jpg']],
    ['is:offline', []],
    ['beaches tag:Work siez:1', ['beaches.txt']],
    ['tag:Work', []],
    ['"', []],
  ])('%s', async (query, expected) => {
    expect(await names(query)).toEqual(expected);
  });

  it('goes on page after page, each entry once, whatever the sort', async () => {
    const all = await names('');
    for (const sort of ['relevance', 'name', 'size', 'modified', 'created'] as const) {
      const found: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await search('', { sort, limit: 3, ...(cursor ? { cursor } : {}) });
        expect(page.items.length).toBeLessThanOrEqual(3);
        expect(page.count).toEqual({ value: all.length, isExact: true });
        found.push(...namesOf(page));
        cursor = page.nextCursor ?? undefined;
      } while (cursor);
      expect([sort, found.toSorted()]).toEqual([sort, all]);
    }
  });

  it('refuses a cursor of another search', async () => {
    const { nextCursor } = await search('', { limit: 1 });
    const cursor = nextCursor ?? '';
    await expectError('CURSOR_INVALID', search('beach', { cursor }));
    await expectError('CURSOR_INVALID', search('', { cursor, sort: 'name' }));
    await expectError('CURSOR_INVALID', search('', { cursor: 'nonsense' }));
  });

  it('says of mistakes where they are, and counts only when it is asked to', async () => {
    const page = await engine.client.search.query({ query: 'beaches siez:1', count: false });
    expect(page).toMatchObject({
      count: null,
      problems: [{ start: 8, end: 14, kind: 'mistake', code: 'filter-misspelt', params: { name: 'siez', near: 'size' } }],
    });
    expect(namesOf(page)).toEqual(['beaches.txt']);
  });

  it('is abandoned when nobody waits for it any more', async () => {
    await expectError('CANCELLED', engine.client.search.query({ query: 'beach' }, { signal: AbortSignal.abort() }));
    expect(await names('ext:png')).toEqual(['winter beach.png']);
  });

  it('completes what the library has', async () => {
    const complete = async (query: string) => {
      const { items } = await engine.client.search.complete({ query });
      return items.map(({ text }) => text);
    };
    expect((await complete('ext:')).slice(0, 4).toSorted()).toEqual(['jpg', 'mp3', 'png', 'txt']);
    expect(await complete('volume:s')).toEqual(['SHELF']);
    expect(await complete('location:')).toEqual(['Shelf']);
    expect((await engine.client.search.complete({ query: 'location:' })).items).toEqual([
      { text: 'Shelf', label: 'Shelf', detail: 'location on SHELF', detailCode: 'location-on', detailParams: { volume: 'SHELF' } },
    ]);
    expect(await complete('in:s')).toEqual(expect.arrayContaining(['Shelf', 'summer']));
    expect((await complete('in:photos/20')).toSorted()).toEqual(['photos/2023', 'photos/2024']);
    expect((await engine.client.search.complete({ query: 'in:su beach', position: 5 })).range).toEqual({ start: 3, end: 5 });
  });

  it('finds what has changed, and makes its index anew', async () => {
    const changed = nextEvent(engine, 'EntriesChanged', ({ created, moved }) => created + moved > 0);
    renameSync(path.join(root, 'notes'), path.join(root, 'scribbles'));
    await changed;
    expect(await names('scribbles')).toEqual(['scribbles']);
    const { job } = await engine.client.search.rebuild({});
    expect(await completed(engine, job)).toMatchObject({ name: 'search-rebuild' });
    expect(await names('scribbles')).toEqual(['scribbles']);
    expect(await engine.client.search.check({})).toMatchObject({ isConsistent: true, differenceCount: 0 });
  });

  it('says where things are when folders above them, or locations, have other names since', async () => {
    const folderOf = async () =>
      (await search('"beach house"')).items.map(({ folderText, entry }) => [folderText, entry.path.split('/').at(-2)]);
    const rename = async (from: string, to: string) => {
      const moved = nextEvent(engine, 'EntriesChanged', (event) => event.moved > 0);
      renameSync(path.join(root, from), path.join(root, to));
      await moved;
    };
    expect(await folderOf()).toEqual([['Shelf/photos/2023/summer', 'summer']]);
    await rename('photos/2023', 'photos/last year');
    expect(await folderOf()).toEqual([['Shelf/photos/last year/summer', 'summer']]);
    await engine.client.locations.update({ location: locationId, name: 'Board' });
    expect(await folderOf()).toEqual([['Board/photos/last year/summer', 'summer']]);
    await engine.client.locations.update({ location: locationId, name: 'Shelf' });
    await rename('photos/last year', 'photos/2023');
    expect(await folderOf()).toEqual([['Shelf/photos/2023/summer', 'summer']]);
  });

  it('says of what is on another drive, mounted below, on which it is', async () => {
    await using other = await createDiskImage({ fileSystem: 'ext4', sizeMb: 8, label: 'OTHER' });
    const folder = path.join(await makeTestDir('outer'), 'outer');
    mkdirSync(path.join(folder, 'inner'), { recursive: true });
    await other.mount(path.join(folder, 'inner'));
    writeFileSync(path.join(folder, 'inner', 'nested thing'), '');
    writeFileSync(path.join(folder, 'outer thing'), '');
    const { location, job } = await engine.client.locations.add({ path: folder, rules: { crossVolumes: true }, watch: false });
    await completed(engine, job);
    const { items } = await search('thing', { sort: 'name' });
    const listed = await Promise.all(['inner', ''].map((name) => engine.client.entries.list({ path: path.join(folder, name) })));
    expect(items.map(({ entry }) => entry)).toEqual(
      ['nested thing', 'outer thing'].map((name, index) => listed[index]?.items.find((entry) => entry.name === name)),
    );
    expect(items[0]?.entry.volumeFingerprint).not.toBe(items[1]?.entry.volumeFingerprint);
    await engine.client.locations.remove({ location: location.id });
  });

  it('finds what is on a drive that is not plugged in, and says so', async () => {
    const gone = nextEvent(engine, 'LocationUpdated', ({ location }) => !location.isOnline);
    await shelf.unplug();
    const { location } = await gone;
    const [hit] = (await search('brulee is:offline')).items;
    expect(hit).toMatchObject({ isOnline: false, volumeName: 'SHELF', folderText: 'Shelf/photos/2024' });
    expect(hit?.entry.path).toBe(`sd://volume/${location.volumeFingerprint}/photos/2024/Cr%C3%A8me%20br%C3%BBl%C3%A9e.txt`);
    expect(await engine.client.entries.get({ path: hit?.entry.path ?? '' })).toMatchObject({ uuid: hit?.entry.uuid });
    expect(await names('brulee is:online')).toEqual([]);
  });
});
