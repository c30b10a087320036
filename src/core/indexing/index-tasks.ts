import { KIND_RANK } from '#core/entry/row-order.ts';
import { isWithin, type NativePath } from '#core/fs/native-path.ts';
import { namesBelow } from '#core/fs/path-names.ts';
import type { IndexMetrics } from '#shared/contract/indexing.ts';
import { ChangeReport } from './change-report.ts';
import { cancelled } from './index-errors.ts';
import { IndexRun, type RunListener } from './index-run.ts';
import type { ChangedFolder, ChangesTask, IndexedRoot, ScanCounts, ScanTask } from './index-task.ts';
import type { IndexedLocations } from './indexed-locations.ts';
import type { InodeIndex } from './inode-index.ts';
import type { WorkItem } from './pending-folders.ts';
import { prune } from './prune.ts';
import { emptyCounts, type IndexCore } from './run-context.ts';
import type { WalkerPool } from './walker-thread.ts';

/** A change in a folder that has moved itself, in one that has moved, and so on: more such levels at once are left to the next scan. */
const MOST_ROUNDS = 16;

/** What one task of the index worker works with. */
export interface TaskContext extends IndexCore {
  locations: IndexedLocations;
  inodeIndex: InodeIndex;
  pool: WalkerPool;
  listener: RunListener;
  /** One Int32: not 0 to end soon. */
  cancel: Int32Array;
  /** Called with each run that begins, so that it can be cancelled. */
  onRun(run: IndexRun): void;
}

/** A folder to begin at, and what of it is to be looked at. */
type Start = Omit<WorkItem, 'node'> & { id: number };

/** @throws MooringError as `Indexer.scan` does; what SQLite throws */
export async function scan(task: ScanTask, context: TaskContext): Promise<IndexMetrics> {
  const { root, resumeFrom } = task;
  const began = performance.now();
  const counts = { ...(resumeFrom?.counts ?? emptyCounts()) };
  context.inodeIndex.leaveOutWhileEmpty();
  context.writer.begin();
  const { id: rootId, isNew } = context.locations.enterRoot(root.locationId);
  context.writer.commit();
  const run = beginRun(context, { root, walkers: task.walkers, counts, isFirst: isNew });
  for (const start of startsOf(task, rootId, context)) push(run, context, start);
  await run.finish();
  const listedAt = performance.now();
  context.listener.progress({ phase: 'aggregation', currentPath: null, counts: { ...counts } });
  context.inodeIndex.ensure();
  return metricsOf(counts, resumeFrom?.counts ?? null, context, {
    began,
    discovery: listedAt - began,
    processing: run.processingMs,
    aggregation: performance.now() - listedAt,
  });
}

/** Looks at what has changed, location by location; what vanishes from one may turn up in the next. @throws as `Indexer.applyChanges` does */
export async function applyChanges(task: ChangesTask, context: TaskContext): Promise<IndexMetrics> {
  const began = performance.now();
  const counts = emptyCounts();
  let processing = 0;
  let waiting = task.folders;
  for (let round = 0; waiting.length > 0 && round < MOST_ROUNDS; round++) {
    const again: ChangedFolder[] = [];
    for (const root of task.roots) {
      const folders = waiting.filter((folder) => isWithin(folder.path, root.path));
      if (folders.length === 0) continue;
      context.writer.begin();
      const { id: rootId } = context.locations.enterRoot(root.locationId);
      context.writer.commit();
      const run = beginRun(context, { root, walkers: 1, counts, isFirst: false });
      const starts = folders.map((folder) => startOfChange(folder, root, rootId, context));
      for (const start of starts) push(run, context, start);
      await run.finish();
      processing += run.processingMs;
      // Where another folder is now than there was, what was noticed may have been of that one.
      again.push(...folders.filter((folder, index) => startOfChange(folder, root, rootId, context).id !== starts[index]?.id));
    }
    waiting = again;
  }
  return metricsOf(counts, null, context, { began, discovery: performance.now() - began, processing, aggregation: 0 });
}

/** Takes out what the rules leave out, and forgets it at once. @throws as `Indexer.prune` does */
export async function pruneLocation(root: IndexedRoot, context: TaskContext): Promise<IndexMetrics> {
  const began = performance.now();
  const { writer, locations, tree, limbo, listener } = context;
  const counts = emptyCounts();
  const report = new ChangeReport(root.locationId);
  const tell = () => {
    const changes = report.take();
    if (changes) listener.changes(changes);
  };
  const leave = writer.join({ afterCommit: tell });
  const check = () => refuseCancelled(context);
  try {
    tree.place(root.locationId, root.path);
    writer.begin();
    const { id: rootId } = locations.enterRoot(root.locationId);
    await prune({ core: context, root, rootId, counts, report, check });
    limbo.giveUpAll(root.locationId);
    await limbo.deleteGivenUp(check);
  } finally {
    leave();
  }
  const processing = performance.now() - began;
  return metricsOf(counts, null, context, { began, discovery: 0, processing, aggregation: 0 });
}

/** @throws MooringError `CANCELLED` */
export function refuseCancelled({ cancel }: Pick<TaskContext, 'cancel'>): void {
  if (Atomics.load(cancel, 0) !== 0) throw cancelled();
}

interface RunStart {
  root: IndexedRoot;
  walkers: number;
  counts: ScanCounts;
  /** The location has no entries yet. */
  isFirst: boolean;
}

function beginRun(context: TaskContext, { root, isFirst, ...options }: RunStart): IndexRun {
  const { tree, locations, listener, cancel, writer, store, limbo, pool, superseded } = context;
  const kin = locations.kinOf(root.locationId, root.mountPoint);
  for (const [locationId, path] of kin) tree.place(locationId, path);
  tree.place(root.locationId, root.path);
  const run = new IndexRun({
    core: { writer, store, tree, limbo, superseded },
    pool,
    root,
    mayMove: !isFirst || kin.size > 1,
    kin: new Set(kin.keys()),
    listener,
    cancel,
    ...options,
  });
  context.onRun(run);
  return run;
}

function push(run: IndexRun, { tree }: TaskContext, { id, ...work }: Start): void {
  const node = tree.hold(id);
  // Without a row it is below another pending folder that has been read since, or was removed.
  if (node) run.push({ node, ...work });
}

function startsOf(task: ScanTask, rootId: number, context: TaskContext): Start[] {
  const { resumeFrom, below, depth } = task;
  const levels = task.maxDepth ?? Number.POSITIVE_INFINITY;
  const work = { names: null, isFull: depth === 'full', spread: 'all' } as const;
  const top = nearestKnown(below, rootId, context);
  const whole = top.missing.length === 0 ? null : top.missing.slice(0, 1);
  if (!resumeFrom) return [{ id: top.id, ...work, names: whole, levels: levels + top.missing.length }];
  const depthOfTop = below.length - top.missing.length;
  return resumeFrom.pending.map((id) => ({ id, ...work, levels: levels - (depthBelow(id, context) - depthOfTop) }));
}

function startOfChange(folder: ChangedFolder, root: IndexedRoot, rootId: number, context: TaskContext): Start {
  const names = namesBelow(folder.path, root.path) ?? [];
  const top = nearestKnown(names, rootId, context);
  const isThere = top.missing.length === 0;
  return {
    id: top.id,
    // A folder that is not known yet is found in the one above it, and then all of it is new.
    names: isThere ? folder.names : top.missing.slice(0, 1),
    levels: Number.POSITIVE_INFINITY,
    isFull: folder.recursive === true || (folder.names === null && folder.unlessModified !== true),
    spread: folder.recursive === true ? 'all' : 'changed',
  };
}

/** The last folder on the way that has a row, and the names that lead on from there. */
function nearestKnown(names: readonly NativePath[], rootId: number, { store }: TaskContext): { id: number; missing: NativePath[] } {
  let id = rootId;
  for (const [index, name] of names.entries()) {
    const child = store.named(id, name).find(({ kind }) => kind === KIND_RANK.folder);
    if (!child) return { id, missing: names.slice(index) };
    id = child.id;
  }
  return { id, missing: [] };
}

function depthBelow(id: number, { tree }: TaskContext): number {
  const node = tree.hold(id);
  if (!node) return 0;
  const { depth } = node;
  tree.release(node);
  return depth;
}

interface Timing {
  began: number;
  discovery: number;
  processing: number;
  aggregation: number;
}

function metricsOf(counts: ScanCounts, before: ScanCounts | null, { store }: TaskContext, timing: Timing): IndexMetrics {
  const { began, ...phaseMs } = timing;
  const seconds = Math.max(performance.now() - began, 1) / 1000;
  return {
    ...counts,
    entriesPerSecond: (counts.entriesSeen - (before?.entriesSeen ?? 0)) / seconds,
    bytesPerSecond: (counts.bytesSeen - (before?.bytesSeen ?? 0)) / seconds,
    phaseMs,
    databaseReads: store.reads,
    databaseWrites: store.writes,
  };
}
