import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { QueryProblem, SavedSearch, SearchHit } from '#shared/contract/search.ts';
import { loopMountAbility } from '#test/instruments/host-abilities.ts';
import { createDiskImage, type DiskImage } from '#test/instruments/loop-volume.ts';
import { makeTestDaemon, type TestDaemon } from '#test/instruments/test-daemon.ts';

interface Page {
  items: SearchHit[];
  nextCursor: string | null;
  count: { value: number; isExact: boolean } | null;
  problems: QueryProblem[];
}

describe.runIf(loopMountAbility().allows)('searching on the command line', () => {
  let image: DiskImage;
  let daemon: TestDaemon;
  let mountPoint: string;

  beforeAll(async () => {
    image = await createDiskImage({ fileSystem: 'ext4', sizeMb: 32, label: 'SHELF' });
    mountPoint = await image.mount();
    daemon = await makeTestDaemon();
    await daemon.json(['library', 'create', 'Home']);
    mkdirSync(join(mountPoint, 'album', 'spring'), { recursive: true });
    writeFileSync(join(mountPoint, 'album', 'spring', 'One.jpg'), 'x'.repeat(1500));
    writeFileSync(join(mountPoint, 'album', 'spring', 'two.jpg'), 'x');
    writeFileSync(join(mountPoint, 'album', 'a\u001b[31m.txt'), '');
    await daemon.json(['location', 'add', join(mountPoint, 'album'), '--no-watch', '--wait']);
  });
  afterAll(async () => {
    await daemon[Symbol.asyncDispose]();
    await image[Symbol.asyncDispose]();
  });

  const names = ({ items }: Page) => items.map(({ entry }) => entry.name);

  it('each result says where it is', async () => {
    const { stdout, stderr, code } = await daemon.cli(['search', 'one', 'ext:jpg', '--count']);
    expect({ stderr, code }).toEqual({ stderr: '', code: 0 });
    const [title, line = '', total] = stdout.split('\n');
    expect(title).toMatch(/^Where +Size +Modified +Volume$/);
    expect(line).toContain(join(mountPoint, 'album', 'spring', 'One.jpg'));
    expect(line).toMatch(/ 1\.5 kB +\d{4}-\d\d-\d\d \d\d:\d\d +SHELF$/);
    expect(total).toBe('1 in all');
    expect((await daemon.cli(['search', 'kind:folder'])).stdout).toContain('/album/spring/');
    expect((await daemon.cli(['search', 'absent'])).stdout).toBe('Nothing was found.\n');
  });

  it('as JSON it is the contract’s own, in pages and in any order', async () => {
    const args = ['search', 'ext:jpg', '--sort', 'name', '--order', 'desc', '--limit', '1'];
    const first = await daemon.json<Page>(args);
    expect({ names: names(first), count: first.count }).toEqual({ names: ['two.jpg'], count: null });
    const second = await daemon.json<Page>([...args, '--cursor', first.nextCursor ?? '', '--count', '--library', 'Home']);
    expect({ names: names(second), count: second.count, next: second.nextCursor }).toEqual({
      names: ['One.jpg'],
      count: { value: 2, isExact: true },
      next: null,
    });
    expect((await daemon.cli(['search', 'x', '--sort', 'colour'])).code).toBe(2);
    expect((await daemon.cli(['search'])).code).toBe(2);
  });

  it('a mistake is pointed at, and the rest is found', async () => {
    const { stdout, stderr, code } = await daemon.cli(['search', 'one siez:>1 tag:x']);
    expect(code).toBe(0);
    expect(stdout).toContain('One.jpg');
    expect(stderr.split('\n').slice(0, 2)).toEqual(['  one siez:>1 tag:x', '      ^^^^^^^']);
    expect(stderr).toContain('Did you mean size:?');
    expect(stderr).toContain('Tags are not known yet');
    const page = await daemon.json<Page>(['search', 'one siez:>1']);
    expect(page.problems).toMatchObject([{ start: 4, end: 11, kind: 'mistake' }]);
    const tooSlow = await daemon.cli(['search', 'name:/(/', '--json']);
    expect(tooSlow).toMatchObject({ code: 0, json: { items: [], problems: [{ kind: 'mistake' }] } });
  });

  it('names from disk cannot command the terminal', async () => {
    const { stdout } = await daemon.cli(['search', 'txt']);
    expect(stdout).toContain('/a\\x1b[31m.txt');
    expect(stdout).not.toContain('\u001b');
  });

  it('searches are kept, changed, run by their name, and forgotten', async () => {
    const added = await daemon.json<SavedSearch>(['saved-search', 'add', 'Pictures', 'kind:image', '--sort', 'name', '--order', 'asc']);
    expect(added).toMatchObject({ name: 'Pictures', query: 'kind:image', sort: 'name', order: 'asc' });
    expect(names(await daemon.json<Page>(['saved-search', 'run', 'Pictures']))).toEqual(['One.jpg', 'two.jpg']);
    expect(names(await daemon.json<Page>(['saved-search', 'run', added.id, '--order', 'desc', '--limit', '1']))).toEqual(['two.jpg']);
    const updated = await daemon.json<SavedSearch>(['saved-search', 'update', 'Pictures', '--query', 'kind:image one']);
    expect(updated).toEqual({ ...added, query: 'kind:image one' });
    expect((await daemon.cli(['saved-search', 'list'])).stdout).toMatch(/Pictures +kind:image one +name asc/);
    await daemon.json(['saved-search', 'remove', 'Pictures']);
    expect((await daemon.cli(['saved-search', 'list'])).stdout).toBe('No search is kept.\n');
    const gone = await daemon.cli(['saved-search', 'run', 'Pictures', '--json']);
    expect(gone).toMatchObject({ code: 1, json: { error: { code: 'SAVED_SEARCH_NOT_FOUND' } } });
  });

  it('the index is made anew, and agrees with the library', async () => {
    const rebuilt = await daemon.json(['search-index', 'rebuild', '--wait']);
    expect(rebuilt).toMatchObject({ job: { name: 'search-rebuild', status: 'completed' } });
    expect(await daemon.cli(['search-index', 'check'])).toMatchObject({ code: 0, stdout: '5 entries, all as the library has them.\n' });
  });

  it('a shell completes filters and values', async () => {
    const complete = async (...words: string[]) =>
      (await daemon.cli(['complete', '--', ...words])).stdout.split('\n').map((line) => line.split('\t')[0]);
    expect(await complete('search', 'ki')).toContain('kind:');
    expect(await complete('search', 'x', 'kind:im')).toContain('kind:image');
    expect(await complete('search', 'volume:')).toContain('volume:SHELF');
    expect(await complete('search', '--sort', '')).toContain('relevance');
  });

  it('what is on a drive that is away is found, and its drive named', async () => {
    await image.unplug();
    // Looks at the volumes anew before it answers.
    expect(await daemon.json(['volume', 'info', 'SHELF'])).toMatchObject({ isMounted: false });
    const { stdout } = await daemon.cli(['search', 'one', 'is:offline']);
    expect(stdout).toMatch(/^album\/spring\/One\.jpg +1\.5 kB +\S+ \S+ +SHELF \(offline\)$/m);
  });
});
