import { lstatSync } from 'node:fs';
import { KIND_RANK } from '#core/entry/row-order.ts';
import { errorNumber } from '#core/fs/fs-error.ts';
import { joinPath, type NativePath, parentOf, samePath, toBytes } from '#core/fs/native-path.ts';
import type { KnownEntry } from './entry-store.ts';
import type { FolderNode } from './folder-node.ts';
import { inodeKey, type RunContext } from './run-context.ts';
import type { WalkedRows } from './walked-rows.ts';

const MOST_SUPERSEDED = 100_000;

/** Whether the row is of the very file that was found: by its number and birth. Where one has no number that lasts, its name has to do. */
export function isSameFile(entry: KnownEntry, rows: WalkedRows, row: number): boolean {
  if ((entry.inodeHigh === 0 && entry.inodeLow === 0) || rows.inode(row) === null) return true;
  if (entry.inodeLow !== rows.inodeLow(row) || entry.inodeHigh !== rows.inodeHigh(row)) return false;
  const bornMs = rows.bornMs(row);
  return entry.bornMs === null || bornMs === null || entry.bornMs === bornMs;
}

/** Takes a row from where it was: it has vanished there. Its place is kept until the end of the work that is under way. */
export function detach(context: RunContext, entry: KnownEntry, parent: FolderNode): void {
  const { tree, limbo, store } = context;
  const isFolder = entry.kind === KIND_RANK.folder;
  // The totals of a folder are those of its row only after what has changed below it is written.
  if (isFolder && tree.live(entry.id)) tree.flush();
  const { bytes, files, folders } = store.totals(entry.id);
  const limboNode = limbo.of(entry.locationId);
  const path = tree.pathOf(parent);
  if (path !== null) limbo.remember(entry.id, limboNode.id, joinPath(path, entry.name));
  store.park(entry.id, limboNode.id);
  tree.add(parent, -bytes, -files, -folders, -1);
  const live = isFolder ? tree.live(entry.id) : null;
  if (live) tree.move(live, limboNode, entry.name);
  countRemoved(context, files + folders);
}

/** A row whose entry has turned up elsewhere. */
export interface Moved {
  entry: KnownEntry;
  /** Another file has its place, and its row, since: see `supersede`. */
  isSuperseded: boolean;
}

/** An entry that was found, as a row of a batch. */
export interface Found {
  rows: WalkedRows;
  row: number;
}

/** Where an entry is as far as is known. */
interface Place {
  path: NativePath;
  /** Folders on the way to it, that of its location among them. */
  folders: number;
}

/** What is known of rows whose files were found in a folder. */
export interface Candidates {
  /** What was found that has such rows elsewhere. */
  found: ReadonlySet<Found>;
  /** Whether those rows are still where they say to be, by row: as the disk has answered for a path. */
  asked: Map<number, { path: NativePath; isGone: boolean }>;
  /** Whether a link is on the way to what a folder holds, by the folder's path as Latin-1. */
  links: Map<string, boolean>;
}

/**
 * Looks for rows of what was found in a folder, and whether they are still where they say to be. That asks the disk, which may not answer: no
 * transaction keeps others waiting meanwhile.
 *
 * @param missing rows of the folder of which it is known already that they have vanished from it
 */
export function findCandidates(context: RunContext, all: readonly Found[], target: FolderNode, missing: ReadonlySet<number>): Candidates {
  const found = new Set<Found>();
  const candidates: Candidates = { found, asked: new Map(), links: new Map() };
  if (!context.mayMove) return candidates;
  const former = new Map<number, { place: Place; entry: KnownEntry }>();
  for (const one of all) {
    for (const entry of sameFiles(context, one, target)) {
      found.add(one);
      const place = placeOf(context, entry);
      if (place === null) continue;
      if (missing.has(entry.id)) candidates.asked.set(entry.id, { path: place.path, isGone: true });
      else former.set(entry.id, { place, entry });
    }
  }
  if (former.size === 0) return candidates;
  context.writer.commit();
  for (const { place, entry } of former.values()) ask(entry, place, candidates);
  context.writer.begin();
  return candidates;
}

/** Rows of the very file that was found, of places that it may have come from. */
function sameFiles({ store, kin }: RunContext, { rows, row }: Found, target: FolderNode): KnownEntry[] {
  const inode = rows.inode(row);
  if (inode === null) return [];
  return store
    .withInode(inode)
    .filter((entry) => kin.has(entry.locationId) && isSameAnywhere(entry, rows, row) && !target.isWithin(entry.id));
}

/**
 * The row of an entry that is new at its place but was elsewhere before: it has vanished there, or is known to. Null where there is none: what
 * is found at both places is a hard link.
 */
export function findMoved(context: RunContext, one: Found, target: FolderNode, candidates: Candidates): Moved | null {
  if (!context.mayMove) return null;
  let latest: Moved | null = null;
  let latestOrder = -1;
  let isInPlace = false;
  for (const entry of candidates.found.has(one) ? sameFiles(context, one, target) : []) {
    // Of several links to one file, the one that has vanished last.
    const order = orderOfLeaving(context, entry, candidates);
    isInPlace ||= order === null;
    if (order === null || order <= latestOrder) continue;
    latest = { entry, isSuperseded: false };
    latestOrder = order;
  }
  // A further link to what is in its place takes no row from a file that has replaced another link.
  const superseded = isInPlace ? null : findSuperseded(context, one);
  return superseded && superseded.order > latestOrder ? { entry: superseded.entry, isSuperseded: true } : latest;
}

/** Puts a row in its new place, with all below it. */
export function claim(context: RunContext, moved: Moved, target: FolderNode, rows: WalkedRows, row: number): void {
  const { tree, store, limbo, report, counts } = context;
  const entry = moved.isSuperseded ? parkSuperseded(context, moved.entry, rows, row) : moved.entry;
  const isFolder = entry.kind === KIND_RANK.folder;
  if (isFolder && tree.live(entry.id)) tree.flush();
  const { bytes, files, folders } = store.totals(entry.id);
  const former = tree.hold(entry.parentId);
  const hadVanished = former?.top.isLimbo ?? true;
  const from = limbo.takePath(entry.id) ?? formerPath(context, entry, former);
  store.place(entry, target.asFolder, rows, row);
  if (former && !former.isLimbo) {
    tree.add(former, -bytes, -files, -folders, -1);
    // Should that folder have moved, it may hold this as well: as a further link.
    tree.forgetListing(former);
    report.folder(tree.pathOf(former));
  }
  const newBytes = entry.kind === KIND_RANK.file ? rows.size(row) : bytes;
  tree.add(target, newBytes, files, folders, 1);
  const name = rows.name(row);
  const live = isFolder ? tree.live(entry.id) : null;
  if (live) tree.move(live, target, name);
  if (former) tree.release(former);
  if (hadVanished) countRemoved(context, -(files + folders));
  counts.moved += 1;
  const path = tree.pathOf(target);
  report.move(entry.id, from, path === null ? null : joinPath(path, name));
}

/** Notes that a file was replaced at its path, and kept its row: should it turn up elsewhere, the row belongs there. */
export function supersede(context: RunContext, entry: KnownEntry): void {
  if (context.superseded.size >= MOST_SUPERSEDED) return;
  const { id, bornMs, size, modifiedMs, modifiedNs, inodeHigh, inodeLow } = entry;
  const order = context.limbo.nextOrder();
  context.superseded.set(inodeKey(inodeHigh, inodeLow), { id, bornMs, size, modifiedMs, modifiedNs, order, at: performance.now() });
}

/** The row of a file that was replaced at its path earlier in this run. */
function findSuperseded(context: RunContext, { rows, row }: Found): { entry: KnownEntry; order: number } | null {
  if (context.superseded.size === 0 || rows.kind(row) === KIND_RANK.folder) return null;
  const found = context.superseded.get(inodeKey(rows.inodeHigh(row), rows.inodeLow(row)));
  const entry = found && context.store.byId(found.id);
  if (!entry || !context.kin.has(entry.locationId) || !isSameAnywhere({ ...entry, ...found }, rows, row)) return null;
  const parent = context.tree.hold(entry.parentId);
  if (!parent) return null;
  const isGivenUp = parent.top.isLimbo && !context.limbo.holds(parent.top);
  context.tree.release(parent);
  return isGivenUp ? null : { entry, order: found.order };
}

/** Parks the row of a file that has turned up, to be claimed; what has replaced the file gets a row of its own. */
function parkSuperseded(context: RunContext, entry: KnownEntry, rows: WalkedRows, row: number): KnownEntry {
  const { store, limbo, writer, tree } = context;
  context.superseded.delete(inodeKey(rows.inodeHigh(row), rows.inodeLow(row)));
  const parent = tree.hold(entry.parentId);
  if (!parent || parent.top.isLimbo) {
    if (parent) tree.release(parent);
    return entry;
  }
  const path = formerPath(context, entry, parent);
  const limboNode = limbo.of(entry.locationId);
  store.park(entry.id, limboNode.id);
  if (path) limbo.remember(entry.id, limboNode.id, path);
  store.copyParked(entry, writer.ids.next());
  tree.release(parent);
  countRemoved(context, 1);
  context.counts.created += 1;
  return { ...entry, parentId: limboNode.id };
}

/** By number and birth; where there is no birth time, by size and modification time. */
function isSameAnywhere(entry: KnownEntry, rows: WalkedRows, row: number): boolean {
  if (entry.kind !== rows.kind(row)) return false;
  const bornMs = rows.bornMs(row);
  if (entry.bornMs !== null || bornMs !== null) return entry.bornMs === bornMs;
  const hasSameSize = entry.kind === KIND_RANK.folder || entry.size === rows.ownSize(row);
  return hasSameSize && entry.modifiedMs === rows.modifiedMs(row) && entry.modifiedNs === rows.modifiedNs(row);
}

/** Greater for what has left its place later; −1 for what was given up, null for what is where its row says. */
function orderOfLeaving(context: RunContext, entry: KnownEntry, candidates: Candidates): number | null {
  const place = placeOf(context, entry);
  if (place === null) return orderInLimbo(context, entry);
  return isGone(context, entry, place, candidates) ? Number.POSITIVE_INFINITY : null;
}

/** Whether an entry that has not vanished before is not where its row says. A folder that has been found meanwhile has taken rows along. */
function isGone({ writer }: RunContext, entry: KnownEntry, place: Place, candidates: Candidates): boolean {
  const known = candidates.asked.get(entry.id);
  if (known && samePath(known.path, place.path)) return known.isGone;
  writer.commit();
  const isGone = ask(entry, place, candidates);
  writer.begin();
  return isGone;
}

/** Asks the disk. @returns whether the entry is not there */
function ask(entry: KnownEntry, place: Place, { asked, links }: Candidates): boolean {
  const isGone = isElsewhere(place.path, entry) || isBehindLink(place, links);
  asked.set(entry.id, { path: place.path, isGone });
  return isGone;
}

/** When the entry has vanished; −1 when it was given up. */
function orderInLimbo({ tree, limbo }: RunContext, entry: KnownEntry): number {
  const parent = tree.hold(entry.parentId);
  if (!parent) return -1;
  const order = limbo.holds(parent.top) ? limbo.orderOf(idInLimbo(entry, parent)) : -1;
  tree.release(parent);
  return order;
}

/** Null when it has vanished. */
function placeOf(context: RunContext, entry: KnownEntry): Place | null {
  const parent = context.tree.hold(entry.parentId);
  const path = formerPath(context, entry, parent);
  const place = path === null || !parent ? null : { path, folders: parent.depth + 1 };
  if (parent) context.tree.release(parent);
  return place;
}

/** What has vanished with a folder has vanished when the folder has. */
function idInLimbo(entry: KnownEntry, parent: FolderNode): number {
  let { id } = entry;
  for (let node = parent; node.parent; node = node.parent) id = node.id;
  return id;
}

function isElsewhere(path: NativePath, entry: KnownEntry): boolean {
  try {
    const stats = lstatSync(path, { bigint: true });
    const inode = BigInt.asIntN(64, stats.ino);
    return inode !== ((BigInt(entry.inodeHigh) << 32n) | BigInt(entry.inodeLow));
  } catch (error) {
    const number = errorNumber(error);
    return number === 'ENOENT' || number === 'ENOTDIR';
  }
}

/** Whether a link has the place of a folder on the way: it may lead to where the files of that folder are now, or in a circle. */
function isBehindLink({ path, folders }: Place, links: Map<string, boolean>): boolean {
  const key = toBytes(parentOf(path)).toString('latin1');
  const known = links.get(key);
  if (known !== undefined) return known;
  let folder = path;
  let isBehind = false;
  for (let count = 0; count < folders && !isBehind; count++) {
    folder = parentOf(folder);
    isBehind = isLink(folder);
  }
  links.set(key, isBehind);
  return isBehind;
}

function isLink(path: NativePath): boolean {
  try {
    return lstatSync(path).isSymbolicLink();
  } catch {
    // Where it cannot be looked at, a folder above it may be one.
    return false;
  }
}

function formerPath({ tree }: RunContext, entry: KnownEntry, parent: FolderNode | null): NativePath | null {
  const path = parent && tree.pathOf(parent);
  return path === null ? null : joinPath(path, entry.name);
}

function countRemoved({ counts, report }: RunContext, entries: number): void {
  counts.removed += entries;
  report.removed += entries;
}
