import { v7 as newUuid } from 'uuid';
import { createLibraryDatabase, type LibraryDatabase } from '#core/db/library-database.ts';
import { readMigrations } from '#core/db/migrations.ts';
import { devices, entries, locations } from '#core/db/schema.ts';
import { Entries, type ListInput } from '#core/entry/entries.ts';
import { naturalSortKey } from '#core/entry/natural-sort-key.ts';
import { EntrySort } from '#shared/contract/entry.ts';
import { LocationRules } from '#shared/contract/location.ts';
import { seededRandom } from '#test/instruments/seeded-random.ts';
import type { BenchReport } from './bench-report.ts';
import { percentile } from './measure.ts';

const device = { id: '01890a5d-ac96-774b-bcce-b302099a8057' };
const FINGERPRINT = 'a'.repeat(64);
const EXTENSIONS = ['jpg', 'txt', 'pdf', 'mp3', 'mp4', 'md', 'ts', 'js', '', 'png'];
const PAGE = 200;

interface PageFigure {
  sort: EntrySort;
  order: 'asc' | 'desc';
  /** Milliseconds that the first page took, for which some orders have to be made. */
  first: number;
  /** Milliseconds that a page in the middle of the folder took, of several. */
  p95: number;
  /** The same of pages that begin at any number, as when somebody drags the scroll bar. */
  jumpP95: number;
}

/** Adds to a report what a page of a folder of `count` files takes in the engine's thread. @param databasePath of a file that is made */
export async function benchFolderPages(report: BenchReport, databasePath: string, count: number): Promise<void> {
  const database = createLibraryDatabase(databasePath, readMigrations());
  try {
    for (const { sort, order, first, p95, jumpP95 } of await measureFolderPages(database, count)) {
      report.add({ what: `the first ${PAGE} of ${count} by ${sort} ${order}, in process`, value: first, unit: 'ms' });
      report.add({ what: `${PAGE} of them, p95`, value: p95, unit: 'ms', goal: '≤ 2' });
      report.add({ what: `the same from anywhere, p95`, value: jumpP95, unit: 'ms', goal: '≤ 2' });
    }
  } finally {
    database.close();
  }
}

/** Pages of `PAGE` out of a folder of `count` files, as `entries.list` makes them in the engine's thread. */
async function measureFolderPages(database: LibraryDatabase, count: number): Promise<PageFigure[]> {
  fill(database, count);
  const library = { id: device.id, read: database.read.bind(database) };
  const live = [{ mountPoints: ['/bench'], fingerprint: FINGERPRINT, unresponsive: false }];
  const list = new Entries({ volumes: { live }, device, libraries: { current: library } });
  const figures: PageFigure[] = [];
  for (const sort of EntrySort.options) {
    for (const order of ['asc', 'desc'] as const) figures.push({ sort, order, ...(await measurePages(list, count, { sort, order })) });
  }
  await list.close();
  return figures;
}

async function measurePages(
  list: Entries,
  count: number,
  { sort, order }: Pick<ListInput, 'sort' | 'order'>,
): Promise<Pick<PageFigure, 'first' | 'p95' | 'jumpP95'>> {
  const times: number[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < 60; page++) {
    const startedAt = performance.now();
    const { nextCursor, source } = await list.list({
      path: '/bench/big',
      sort,
      order,
      foldersFirst: true,
      showHidden: true,
      limit: PAGE,
      cursor,
    });
    times.push(performance.now() - startedAt);
    if (source !== 'index') throw new Error('The page did not come from the index.');
    cursor = nextCursor ?? undefined;
  }
  const [first = 0] = times;
  return {
    first,
    p95: percentile(times.slice(5), 0.95),
    jumpP95: percentile((await measureJumps(list, count, { sort, order })).slice(5), 0.95),
  };
}

async function measureJumps(list: Entries, count: number, order: Pick<ListInput, 'sort' | 'order'>): Promise<number[]> {
  const random = seededRandom(count);
  const times: number[] = [];
  for (let jump = 0; jump < 60; jump++) {
    const from = Math.floor(random() * (count - PAGE));
    const startedAt = performance.now();
    await list.list({ path: '/bench/big', ...order, foldersFirst: true, showHidden: false, limit: PAGE, from });
    times.push(performance.now() - startedAt);
  }
  return times;
}

function fill(database: LibraryDatabase, count: number): void {
  const now = new Date().toISOString();
  database.transact((tx) => {
    tx.insert(devices).values({ uuid: device.id, name: 'bench', os: 'linux', osVersion: '1', lastSeenAt: now, createdAt: now }).run();
    const folder = {
      locationId: 1,
      sortKey: '',
      kind: 0,
      size: 0,
      modifiedMs: 0,
      modifiedNs: 0,
      childCount: count,
      fileCount: count,
      folderCount: 0,
    };
    tx.insert(entries)
      .values({ ...folder, id: 1, parentId: null, name: '', childCount: 1 })
      .run();
    tx.insert(entries)
      .values({ ...folder, id: 2, parentId: 1, name: 'big', sortKey: 'big' })
      .run();
    const location = {
      uuid: newUuid(),
      deviceId: device.id,
      volumeFingerprint: FINGERPRINT,
      path: '',
      name: 'bench',
      indexMode: 'shallow' as const,
    };
    tx.insert(locations)
      .values({ ...location, watchEnabled: true, rules: LocationRules.parse({}), rootEntryId: 1, createdAt: now })
      .run();
    for (let index = 0; index < count; index++) {
      const extension = EXTENSIONS[(index * 7) % EXTENSIONS.length] ?? '';
      const name = `IMG ${(index * 7919) % count}${extension === '' ? '' : `.${extension}`}`;
      const row = {
        locationId: 1,
        parentId: 2,
        name,
        sortKey: naturalSortKey(name),
        kind: 1,
        modifiedNs: 0,
        extension,
        inLargeFolder: 1,
        bornMs: 1_700_000_000_000 + ((index * 31) % count) * 1000,
        mode: index % 4 === 0 ? 0o755 : 0o644,
      };
      tx.insert(entries)
        .values({
          ...row,
          size: index % 3 === 0 ? 4096 : (index * 104_729) % 1_000_003,
          modifiedMs: 1_700_000_000_000 + (index % 50_000) * 1000,
        })
        .run();
    }
  });
}
