import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { unpackState } from '#core/job/job-state.ts';
import { databasePath } from '#core/library/library-folder.ts';
import { LocationScanState } from '#core/location/location-scan-job.ts';
import { EngineProcess } from '#test/instruments/engine-process-client.ts';
import { seededRandom } from '#test/instruments/seeded-random.ts';
import { makeSeededTree } from '#test/instruments/seeded-tree.ts';
import { makeTestDir } from '#test/instruments/test-run.ts';
import { comparable, type IndexedEntry, readDisk, readIndex } from '../indexing/read-index.ts';

const KILLS = Number(process.env.MOORING_TEST_KILLS ?? 3);
const FILES = Number(process.env.MOORING_TEST_FILES ?? 30_000);
/** What is done once more after a kill. */
const MOST_REPEATED = 20_000;
const MOST_REPEATED_MS = 1000;

it(`a scan of ${FILES} files that is killed ${KILLS} times goes on each time about where it was`, { timeout: 600_000 }, async () => {
  const root = await makeTestDir('tree');
  makeSeededTree(root, { files: FILES, seed: 21 });
  const dataDir = await makeTestDir('engine');
  const random = seededRandom(22);
  let library = '';
  const seen: string[] = [];
  const moments = Array.from({ length: KILLS }, () => random() * FILES).toSorted((a, b) => a - b);
  for (const [life, moment] of moments.entries()) {
    await using engine = new EngineProcess('index', dataDir, ...(life === 0 ? [root] : []));
    library = String((await engine.said('library')).library);
    const { atMs: startedAtMs } = await engine.said('started');
    await engine.saidThat((line) => line.settled === true || Number(line.seen) >= moment);
    // What passes until a killed process is known to be gone, or before the next one has started, is no time of work.
    const killedAtMs = Date.now();
    await engine.kill();
    const { repeated, checkpointAtMs, status } = stateOf(library);
    if (status === 'completed') break;
    const ageMs = killedAtMs - Math.max(checkpointAtMs, Number(startedAtMs));
    seen.push(`${repeated} (${ageMs} ms)`);
    expect(repeated <= MOST_REPEATED || ageMs <= MOST_REPEATED_MS, `${repeated} entries after ${ageMs} ms`).toBe(true);
  }
  console.info(`Entries in the index that the last checkpoint does not know, and how old that is: ${seen.join(', ')}`);
  await using engine = new EngineProcess('index', dataDir);
  await engine.said('settled');
  const index = readIndex(databasePath(library), 1);
  const disk = readDisk(root);
  expect(index.size).toBe(disk.size);
  for (const [name, entry] of disk) {
    const known = index.get(name);
    if (!known || !isEqual(comparable(known), entry)) expect(known && comparable(known)).toEqual(entry);
  }
});

function isEqual(a: IndexedEntry, b: IndexedEntry): boolean {
  const same = (['kind', 'size', 'modifiedNs', 'inode', 'mode', 'linkTarget'] as const).every((key) => a[key] === b[key]);
  const { counts } = b;
  return same && (counts === null || (['files', 'folders', 'children'] as const).every((key) => a.counts?.[key] === counts[key]));
}

const JOB = 'SELECT status, state, coalesce(last_checkpoint_at, started_at, created_at) AS checkpointAtMs FROM jobs';
/** What lies below folders that are still to be read is compared once more. */
const REPEATED = `WITH RECURSIVE again(id) AS (
  SELECT id FROM entries WHERE parent_id IN (SELECT value FROM json_each(?))
  UNION ALL SELECT entries.id FROM again JOIN entries ON entries.parent_id = again.id
) SELECT count(*) FROM again`;

interface AfterKill {
  status: string;
  /** Entries that are in the index, and which the job does not know to be. */
  repeated: number;
  /** Since when, as `Date.now()`; the job's beginning, if it knows nothing yet. */
  checkpointAtMs: number;
}

function stateOf(library: string): AfterKill {
  const database = new Database(databasePath(library), { readonly: true });
  try {
    const job = database.prepare<[], JobRow>(JOB).get();
    if (!job) throw new Error('There is no job');
    const state = LocationScanState.nullable().parse(unpackState(job.state));
    const roots = database.prepare<[], number>('SELECT id FROM entries WHERE parent_id IS NULL').pluck().all();
    const pending = JSON.stringify(state?.checkpoint?.pending ?? roots);
    const repeated = database.prepare<[string], number>(REPEATED).pluck().get(pending) ?? 0;
    return { status: job.status, repeated, checkpointAtMs: job.checkpointAtMs };
  } finally {
    database.close();
  }
}

interface JobRow {
  status: string;
  state: Buffer | null;
  checkpointAtMs: number;
}
