import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'vitest';
import { toBytes } from '#core/fs/native-path.ts';
import { splitVolumePath } from '#core/fs/path-names.ts';
import type { Library } from '#core/library/library.ts';
import type { DomainEvent, DomainEventOf, DomainEventType } from '#shared/contract/event.ts';
import type { Job } from '#shared/contract/job.ts';
import type { Location } from '#shared/contract/location.ts';
import type { TestEngine } from '#test/instruments/test-engine.ts';

const run = promisify(execFile);

/** One entry as both sides tell of it. Folders: with what lies below them. */
export interface Seen {
  kind: number;
  size: number;
  mtime: string;
  inode: string;
  fileCount: number | null;
  folderCount: number | null;
  childCount: number | null;
}

/** By path below the root (bytes as Latin-1); the root itself is the empty path. */
export type Tree = Map<string, Seen>;

const KINDS: Record<string, number> = { d: 0, f: 1, l: 2 };

/** What is below a folder as `find` prints it, with folder sizes and counts added up here. `leftOut` names are not looked at. */
export async function treeOnDisk(root: string, leftOut: readonly string[] = ['lost+found']): Promise<Tree> {
  const prune = leftOut.flatMap((name, index) => [...(index > 0 ? ['-o'] : []), '-name', name]);
  const expression = leftOut.length > 0 ? ['(', ...prune, ')', '-prune', '-o'] : [];
  const { stdout } = await run('find', [root, '-xdev', ...expression, '-printf', '%y\\t%s\\t%T@\\t%i\\t%P\\0'], {
    encoding: 'latin1',
    maxBuffer: 2 ** 30,
  });
  const tree: Tree = new Map();
  for (const line of stdout.split('\0').slice(0, -1)) {
    const [type = '', size = '', time = '', inode = '', ...rest] = line.split('\t');
    const kind = KINDS[type] ?? 3;
    const isFolder = kind === 0;
    // Ten digits after the point, of which the last is none.
    const mtime = time.slice(0, -1);
    tree.set(rest.join('\t'), {
      kind,
      size: isFolder ? 0 : Number(size),
      mtime,
      inode,
      fileCount: isFolder ? 0 : null,
      folderCount: isFolder ? 0 : null,
      childCount: isFolder ? 0 : null,
    });
  }
  addUp(tree);
  return tree;
}

interface Row {
  id: number;
  parentId: number | null;
  name: string | Buffer;
  kind: number;
  size: number;
  ms: number;
  ns: number;
  inode: string | null;
  fileCount: number | null;
  folderCount: number | null;
  childCount: number | null;
}

/** What the library remembers below a location's root. */
export function treeInIndex(library: Library, locationId: string): Tree {
  const rows = rowsOf(library, locationId);
  const paths = pathsOf(rows);
  const tree: Tree = new Map();
  for (const { id, kind, size, ms, ns, inode, fileCount, folderCount, childCount } of rows) {
    const full = paths.get(id) ?? '';
    if (tree.has(full)) throw new Error(`${full} is there twice`);
    const seconds = Math.floor(ms / 1000);
    const fraction = String((ms - seconds * 1000) * 1_000_000 + ns).padStart(9, '0');
    tree.set(full, { kind, size, mtime: `${seconds}.${fraction}`, inode: String(inode), fileCount, folderCount, childCount });
  }
  return tree;
}

function rowsOf(library: Library, locationId: string): Row[] {
  const rows = library.read((db) =>
    db.all<Row>(
      `SELECT id, parent_id AS parentId, name, kind, size, modified_ms AS ms, modified_ns AS ns, CAST(inode AS TEXT) AS inode,
        file_count AS fileCount, folder_count AS folderCount, child_count AS childCount FROM entries
       WHERE location_id = (SELECT id FROM locations WHERE lower(hex(uuid)) = '${locationId.replaceAll('-', '')}')`,
    ),
  );
  // What has vanished lately is still there, below rows without a parent that are no folders.
  const vanished = new Set(rows.filter(({ parentId, kind }) => parentId === null && kind === 3).map(({ id }) => id));
  for (let size = -1; size !== vanished.size; ) {
    size = vanished.size;
    for (const { id, parentId } of rows) if (parentId !== null && vanished.has(parentId)) vanished.add(id);
  }
  return rows.filter(({ id }) => !vanished.has(id));
}

/** By id; the root's is empty. */
function pathsOf(rows: readonly Row[]): Map<number, string> {
  const byId = new Map(rows.map((row) => [row.id, row]));
  const paths = new Map<number, string>();
  const pathOf = ({ id, parentId, name }: Row): string => {
    const known = paths.get(id);
    if (known !== undefined) return known;
    const parent = parentId === null ? null : byId.get(parentId);
    if (parent === undefined) throw new Error(`The row ${id} has no parent`);
    const above = parent === null ? null : pathOf(parent);
    const own = toBytes(name).toString('latin1');
    const full = above === null ? '' : above === '' ? own : `${above}/${own}`;
    paths.set(id, full);
    return full;
  };
  for (const row of rows) pathOf(row);
  return paths;
}

/** The ids of a location's entries, by their paths. */
export function entryIds(library: Library, locationId: string): Map<string, number> {
  const rows = rowsOf(library, locationId);
  const paths = pathsOf(rows);
  return new Map(rows.map(({ id }) => [paths.get(id) ?? '', id]));
}

/** Compares without drowning the reader: the first differences only. */
export function expectSameTree(index: Tree, disk: Tree): void {
  const differences: unknown[] = [];
  for (const key of new Set([...disk.keys(), ...index.keys()])) {
    const [known, there] = [index.get(key), disk.get(key)];
    if (JSON.stringify(known) !== JSON.stringify(there)) differences.push({ path: key, index: known, disk: there });
    if (differences.length >= 5) break;
  }
  expect(differences).toEqual([]);
}

/** Folder sizes and counts, from the paths alone. */
function addUp(tree: Tree): void {
  for (const [key, { kind, size }] of tree) {
    const adds = { folders: kind === 0 ? 1 : 0, files: kind === 0 ? 0 : 1, bytes: kind === 1 ? size : 0 };
    for (const [distance, name] of foldersAbove(key).entries()) {
      const folder = tree.get(name);
      if (folder?.folderCount == null || folder.fileCount === null || folder.childCount === null) throw new Error(`${key} has no folder`);
      folder.folderCount += adds.folders;
      folder.fileCount += adds.files;
      folder.size += adds.bytes;
      if (distance === 0) folder.childCount += 1;
    }
  }
}

/** Nearest first. */
function foldersAbove(key: string): string[] {
  if (key === '') return [];
  const parts = key.split('/');
  return parts.map((_, index) => parts.slice(0, parts.length - 1 - index).join('/'));
}

/** Waits for the first event of a type that matches; made before what brings it about. */
export function nextEvent<T extends DomainEventType>(
  { services }: TestEngine,
  type: T,
  matches: (event: DomainEventOf<T>) => boolean = () => true,
): Promise<DomainEventOf<T>> {
  return new Promise((resolve) => {
    const end = services.events.on(type, (event) => {
      if (!matches(event)) return;
      end();
      resolve(event);
    });
  });
}

/** Waits until a location is as a test wants it, and returns it. */
async function untilLocation(engine: TestEngine, locationId: string, isWanted: (location: Location) => boolean): Promise<Location> {
  for (;;) {
    const changed = nextEvent(engine, 'LocationUpdated', ({ location }) => location.id === locationId);
    const location = await engine.client.locations.get({ location: locationId });
    if (isWanted(location)) return location;
    await changed;
  }
}

/** Waits until nothing is under way for a location any more, and returns it. One that is watched is scanned once more soon: see `watched`. */
export function settled(engine: TestEngine, locationId: string): Promise<Location> {
  return untilLocation(engine, locationId, ({ scanState }) => scanState !== 'scanning' && scanState !== 'pending');
}

/** Waits until a location is watched and the scan is over that begins when its watches are set, and returns it. */
export function watched(engine: TestEngine, locationId: string): Promise<Location> {
  return untilLocation(engine, locationId, ({ scanState, watchState }) => scanState === 'complete' && watchState === 'watching');
}

/** Waits for a job to end well. */
export async function completed(engine: TestEngine, { id }: Pick<Job, 'id'>): Promise<Job> {
  const job = await engine.services.jobs.ended(id);
  expect({ status: job.status, error: job.error }).toEqual({ status: 'completed', error: null });
  return job;
}

/** A small tree of known content. */
export async function makeSmallTree(root: string): Promise<void> {
  await mkdir(path.join(root, 'photos/2024/summer'), { recursive: true });
  await mkdir(path.join(root, 'documents'), { recursive: true });
  const write = (name: string, bytes: number) => writeFileSync(path.join(root, name), Buffer.alloc(bytes, 1));
  write('photos/2024/summer/beach.jpg', 3000);
  write('photos/2024/summer/sea.jpg', 2000);
  write('photos/2024/list.txt', 10);
  write('documents/letter.txt', 500);
  write('readme.md', 7);
}

/** All events about locations and entries, as they come. */
export function record(engine: TestEngine): DomainEvent[] {
  const heard: DomainEvent[] = [];
  for (const type of ['LocationAdded', 'LocationUpdated', 'LocationRemoved', 'EntriesChanged', 'EntryMoved'] as const) {
    engine.services.events.on(type, (event) => heard.push(event));
  }
  return heard;
}

/** The library that is current. */
export function currentLibrary({ services }: TestEngine): Library {
  return services.libraries.resolve();
}

/** Names below a root, for assertions that people can read. */
export function namesIn(tree: Tree): string[] {
  return [...tree.keys()].filter((key) => key !== '' && splitVolumePath(key).length > 0).toSorted();
}
