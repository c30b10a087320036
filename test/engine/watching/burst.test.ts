/**
 * @file A burst of files below a watched location of the built daemon, seen from outside: by a client's events, and in the library's database.
 */
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { connectToHost } from '#core/host/host-client.ts';
import { databasePath } from '#core/library/library-folder.ts';
import type { EngineClient } from '#shared/contract/contract.ts';
import type { DomainEvent } from '#shared/contract/event.ts';
import type { Job } from '#shared/contract/job.ts';
import { loopMountAbility } from '#test/instruments/host-abilities.ts';
import { createDiskImage } from '#test/instruments/loop-volume.ts';
import { makeTestDaemon } from '#test/instruments/test-daemon.ts';
import { comparable, type IndexedEntry, readDisk, readIndex } from '../indexing/read-index.ts';

const FILES = 50_000;
const FOLDERS = 100;
const ROUNDS = 10;
const FILES_PER_ROUND = FILES / FOLDERS / ROUNDS;
/** Folders that are there before; the others come while it goes on. */
const FIRST_FOLDERS = 60;

const missing = loopMountAbility().reason;

// On a drive of its own: some disks take long for so many files.
it.skipIf(missing !== null)(
  `${FILES} files in ${FOLDERS} folders, made, renamed and deleted at once, reach the index by events alone`,
  async () => {
    await using drive = await createDiskImage({ fileSystem: 'ext4', sizeMb: 1200 });
    const root = join(await drive.mount(), 'root');
    mkdirSync(root);
    for (let folder = 0; folder < FIRST_FOLDERS; folder++) mkdirSync(folderPath(root, folder));
    await using daemon = await makeTestDaemon();
    await daemon.json(['start']);
    const { client, close } = await connectToHost(daemon.paths.socketPath);
    const events = new EventRecord();
    const recorded = events.record(client);
    const library = await client.libraries.create({ name: 'Home' });
    const { location } = await client.locations.add({ path: root });
    // Watches are set after the first scan, and another scan begins after that.
    await events.until(async () => {
      const { watchState, scanState } = await client.locations.get({ location: location.id });
      return watchState === 'watching' && scanState === 'complete' && (await scansOf(client)).every(({ status }) => status === 'completed');
    });
    const scans = await scansOf(client);
    expect(scans.length).toBeGreaterThan(1);
    const before = knownIn(databasePath(library.path)).size;
    events.heard.length = 0;

    await makeBurst(root);
    const disk = readDisk(root);
    await events.until(async () => {
      const { totalFileCount } = await client.locations.get({ location: location.id });
      const isComplete = BigInt(totalFileCount) === disk.get('')?.counts?.files && events.created >= disk.size - before;
      return isComplete && isSame(knownIn(databasePath(library.path)), disk);
    });

    expect(await scansOf(client)).toEqual(scans);
    expect(events.heard.map(({ type }) => type)).not.toContain('EventsLost');
    close();
    await recorded;
  },
);

/** What a client hears. */
class EventRecord {
  readonly heard: DomainEvent[] = [];
  #next = Promise.withResolvers<void>();

  /** How many entries were said to be new. */
  get created(): number {
    return this.heard.reduce((sum, event) => sum + (event.type === 'EntriesChanged' ? event.created : 0), 0);
  }

  /** Resolves when the connection has ended. */
  async record(client: EngineClient): Promise<void> {
    const events = await client.events.subscribe({ types: ['EntriesChanged', 'LocationUpdated', 'JobCompleted', 'EventsLost'] });
    try {
      for await (const event of events) {
        this.heard.push(event);
        this.#next.resolve();
        this.#next = Promise.withResolvers();
      }
    } catch {
      // The connection was closed, by us.
    }
  }

  /** Looks again whenever something has been heard. */
  async until(isTrue: () => boolean | Promise<boolean>): Promise<void> {
    for (let count = -1; ; ) {
      const { promise } = this.#next;
      if (count !== this.heard.length) {
        count = this.heard.length;
        if (await isTrue()) return;
      } else await promise;
    }
  }
}

async function scansOf(client: EngineClient): Promise<Pick<Job, 'id' | 'status'>[]> {
  return (await client.jobs.list({})).items.map(({ id, status }) => ({ id, status }));
}

function folderPath(root: string, folder: number): string {
  return join(root, `folder ${folder}`);
}

/** Each round writes into all folders that are there, and moves and removes some of what the round has made. */
async function makeBurst(root: string): Promise<void> {
  const paths = Array.from({ length: FOLDERS }, (_, folder) => folderPath(root, folder));
  for (let round = 0; round < ROUNDS; round++) {
    for (const [folder, path] of paths.entries()) {
      mkdirSync(path, { recursive: true });
      for (let file = 0; file < FILES_PER_ROUND; file++) writeFileSync(join(path, `${round}-${file}`), 'x'.repeat(file % 7));
      renameSync(join(path, `${round}-0`), join(path, `renamed ${round}`));
      rmSync(join(path, `${round}-1`));
      const other = paths[(folder * 7 + round) % folder || 0] ?? root;
      if (folder > 0) renameSync(join(path, `${round}-2`), join(other, `from ${folder} in ${round}`));
      // What is left over has its turn: events come while it goes on.
      if (folder % 10 === 0) await nextTurn();
    }
    // Later rounds write into the folder by its new name; the one that goes is made again.
    const moved = join(paths[round * 3 + 1] ?? root, `moved in ${round}`);
    renameSync(paths[round] ?? root, moved);
    paths[round] = moved;
    rmSync(paths[FOLDERS - 1 - round] ?? root, { recursive: true });
  }
}

/** Without what has vanished lately. */
function knownIn(database: string): Map<string, IndexedEntry> {
  return new Map([...readIndex(database, 1)].filter(([path]) => !path.startsWith('limbo/')));
}

function isSame(index: Map<string, IndexedEntry>, disk: Map<string, IndexedEntry>): boolean {
  if (index.size !== disk.size) return false;
  for (const [path, entry] of disk) {
    const known = index.get(path);
    if (!known || text(comparable(known)) !== text(entry)) return false;
  }
  return true;
}

function text(entry: IndexedEntry): string {
  return JSON.stringify(entry, (_key, value: unknown) => (typeof value === 'bigint' ? String(value) : value));
}
