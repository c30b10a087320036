import { KIND_RANK } from '#core/entry/row-order.ts';
import type { IndexMetrics } from '#shared/contract/indexing.ts';
import type { FolderNode } from './folder-node.ts';
import type { AdoptTask, ScanCounts } from './index-task.ts';
import { refuseCancelled, type TaskContext } from './index-tasks.ts';
import { emptyCounts } from './run-context.ts';

/** What is read of a folder before its rows are copied. */
interface ForeignFolder {
  childCount: number | null;
  listedMs: number | null;
  listedNs: number | null;
  listingHash: number | null;
}

const FACTS = 'modified_ms, modified_ns, born_ms, inode, mode';
const COPIED = `name, sort_key, kind, ${FACTS}, extension, in_large_folder, link_target, problem`;

interface Pending {
  /** Row of the folder in the other database. */
  from: number;
  node: FolderNode;
}

/**
 * Copies the rows below a folder from another database, under new ids, without touching a disk. As in a scan, a folder is known to have been
 * read when all of its rows are there, and at each commit all sums are true: when it is cut off, the next scan goes on.
 *
 * @throws MooringError `CANCELLED`, `LOCATION_NOT_FOUND`; what SQLite throws
 */
export function adoptEntries({ locationId, databasePath, entryId }: AdoptTask, context: TaskContext): IndexMetrics {
  const { writer, tree, locations } = context;
  const began = performance.now();
  const counts = emptyCounts();
  writer.commit();
  writer.connection.prepare('ATTACH DATABASE ? AS adopted').run(databasePath);
  try {
    writer.begin();
    const { id: rootId, isNew } = locations.enterRoot(locationId);
    const root = isNew ? tree.hold(rootId) : null;
    if (root) {
      copyFacts(context, entryId, rootId);
      copyBelow({ from: entryId, node: root }, locationId, counts, context);
    }
    writer.commit();
  } finally {
    writer.commit();
    writer.connection.exec('DETACH DATABASE adopted');
  }
  const ms = performance.now() - began;
  const perSecond = (amount: number) => (ms > 0 ? (amount / ms) * 1000 : 0);
  return {
    ...counts,
    entriesPerSecond: perSecond(counts.created),
    bytesPerSecond: perSecond(counts.bytesSeen),
    phaseMs: { processing: ms },
    databaseReads: counts.created,
    databaseWrites: counts.created,
  };
}

function copyFacts({ writer }: TaskContext, from: number, to: number): void {
  const sql = `UPDATE entries SET (${FACTS}) = (SELECT ${FACTS} FROM adopted.entries WHERE id = ?) WHERE id = ?`;
  writer.connection.prepare(sql).run(from, to);
}

function copyBelow(top: Pending, locationId: number, counts: ScanCounts, context: TaskContext): void {
  const statements = statementsOf(context);
  const pending: Pending[] = [top];
  try {
    for (let folder = pending.pop(); folder; folder = pending.pop()) {
      try {
        copyFolder(folder, pending, { ...context, statements, locationId, counts });
      } finally {
        context.tree.release(folder.node);
      }
    }
  } finally {
    for (const { node } of pending) context.tree.release(node);
  }
}

interface CopyContext extends TaskContext {
  statements: ReturnType<typeof statementsOf>;
  locationId: number;
  counts: ScanCounts;
}

function copyFolder({ from, node }: Pending, pending: Pending[], context: CopyContext): void {
  const { writer, tree, statements, locationId, counts } = context;
  const folder = statements.folder.get(from);
  if (!folder || folder.childCount === null) return;
  for (const { id: fromId, kind, size } of statements.children.all(from)) {
    refuseCancelled(context);
    const id = writer.ids.next();
    const isFolder = kind === KIND_RANK.folder;
    const bytes = kind === KIND_RANK.file ? size : 0;
    statements.copy.run(id, locationId, node.id, isFolder ? 0 : size, fromId);
    tree.add(node, bytes, isFolder ? 0 : 1, isFolder ? 1 : 0, 1);
    counts.created += 1;
    counts.bytesSeen += bytes;
    const child = isFolder ? tree.hold(id) : null;
    if (child) pending.push({ from: fromId, node: child });
    writer.step();
  }
  const { listedMs, listedNs, listingHash } = folder;
  node.listing = { listedAt: listedMs === null ? null : { ms: listedMs, ns: listedNs ?? 0 }, hash: listingHash };
  tree.touch(node);
}

function statementsOf({ writer: { connection } }: TaskContext) {
  return {
    folder: connection.prepare<[number], ForeignFolder>(
      `SELECT child_count AS childCount, listed_ms AS listedMs, listed_ns AS listedNs, listing_hash AS listingHash
       FROM adopted.entries WHERE id = ?`,
    ),
    children: connection.prepare<[number], { id: number; kind: number; size: number }>(
      'SELECT id, kind, size FROM adopted.entries WHERE parent_id = ? ORDER BY kind, sort_key, name',
    ),
    copy: connection.prepare(
      `INSERT INTO main.entries (id, location_id, parent_id, size, ${COPIED}) SELECT ?, ?, ?, ?, ${COPIED} FROM adopted.entries WHERE id = ?`,
    ),
  };
}
