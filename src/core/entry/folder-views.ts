import { type BigIntStats, realpathSync, statSync } from 'node:fs';
import { fsError } from '#core/fs/fs-error.ts';
import { type Mount, mountAt } from '#core/fs/mounts.ts';
import { fromBytes, fromMessage, joinPath, type NativePath, toBytes } from '#core/fs/native-path.ts';
import type { Entry } from '#shared/contract/entry.ts';
import { MooringError } from '#shared/contract/error.ts';
import { describeEntry, describeFolder } from './describe-entry.ts';
import { readRows } from './folder-rows.ts';
import { readRowCursor, writeRowCursor } from './row-cursor.ts';
import { compareRows, type Row, type RowOrder } from './row-order.ts';
import { findTypedRow } from './row-places.ts';

export interface FolderQuery extends RowOrder {
  /** Names the folder in cursors, so that they hold wherever it is read from. */
  list: string;
  path: NativePath;
  limit: number;
  cursor?: string | undefined;
  /** The number of its first row, where no cursor tells where it begins. */
  from?: number | undefined;
  deviceId: string;
  mounts: Mount[];
}

/** What is asked about the entries of a folder that are not on a page. */
export interface FolderQuestion extends RowOrder {
  path: NativePath;
  mounts: Mount[];
  /** The number of an entry; of the next from `start` on whose name begins with what somebody types; or which of some names there are not. */
  about: { entry: NativePath } | { typed: string; start: number } | { names: NativePath[] };
}

export interface FolderPage {
  folder: Entry;
  items: Entry[];
  nextCursor: string | null;
  totalCount: number;
}

/** Rows of one folder in one order, kept so that the next page needs no second walk. */
interface View {
  rows: Row[];
  totalCount: number;
  /** Changes whenever an entry is made, removed or renamed. */
  signature: string;
  usedAtMs: number;
}

/** Rows kept per view, unless pages beyond them are asked for. */
const ROWS_KEPT = 10_000;
const VIEWS_KEPT = 8;
const IDLE_LIMIT_MS = 30 * 60 * 1000;
/** The coarsest modification time of a folder that is in use (FAT). */
const TIME_GRANULARITY_MS = 2000;

/** The ephemeral index: folders that are browsed, in memory, least recently used ones forgotten first. */
export class FolderViews {
  /** In the order of their last use. */
  readonly #views = new Map<string, View>();
  readonly #nowMs: () => number;

  constructor(nowMs: () => number = () => Date.now()) {
    this.#nowMs = nowMs;
  }

  /** @throws MooringError `CURSOR_INVALID`, `NOT_A_FOLDER`; else an error of `node:fs` */
  async page(query: FolderQuery, onSlice: () => void): Promise<FolderPage> {
    const after = query.cursor === undefined ? null : readRowCursor(query.cursor, query.list, query);
    const { realPath, stats } = folderAt(query);
    const startIn = (all: readonly Row[]) => (after ? firstAfter(all, after, query) : (query.from ?? 0));
    const { rows, totalCount } = await this.#view(realPath, stats, query, { startIn, limit: query.limit }, onSlice);
    const start = startIn(rows);
    const page = rows.slice(start, start + query.limit);
    const last = page.at(-1);
    const hasMore = start + page.length < totalCount;
    return {
      folder: describeFolder(query.path, realPath, query.deviceId, query.mounts),
      items: describeRows(page, realPath, Number(stats.dev), query),
      nextCursor: hasMore && last ? writeRowCursor(last, query.list, query) : null,
      totalCount,
    };
  }

  /** @returns what `FolderQuestion.about` asks for: a number, null where there is no such entry, or names */
  async answer(question: FolderQuestion, onSlice: () => void): Promise<number | null | NativePath[]> {
    const { realPath, stats } = folderAt(question);
    const { rows } = await this.#view(realPath, stats, question, { startIn: () => 0, limit: Number.POSITIVE_INFINITY }, onSlice);
    const { about } = question;
    if ('typed' in about) return findTypedRow(rows, about.typed, about.start);
    if ('entry' in about) {
      const name = toBytes(fromMessage(about.entry)).toString('latin1');
      const index = rows.findIndex((row) => row.name === name);
      return index < 0 ? null : index;
    }
    const known = new Set(rows.map(({ name }) => name));
    return about.names.filter((name) => !known.has(toBytes(fromMessage(name)).toString('latin1')));
  }

  /** Forgets what nobody has asked for in the last half hour. @returns how many views are left */
  forgetIdle(): number {
    for (const [key, view] of this.#views) {
      if (view.usedAtMs <= this.#nowMs() - IDLE_LIMIT_MS) this.#views.delete(key);
    }
    return this.#views.size;
  }

  async #view(
    realPath: NativePath,
    stats: BigIntStats,
    query: RowOrder & { mounts: Mount[] },
    wanted: { startIn(rows: readonly Row[]): number; limit: number },
    onSlice: () => void,
  ): Promise<View> {
    const { sort, order, foldersFirst, showHidden, mounts } = query;
    const endIn = (rows: readonly Row[]) => wanted.startIn(rows) + wanted.limit;
    const key = JSON.stringify([toBytes(realPath).toString('latin1'), sort, order, foldersFirst, showHidden]);
    const signature = `${stats.dev} ${stats.ino} ${stats.mtimeNs} ${stats.ctimeNs}`;
    const kept = this.#views.get(key);
    // Sizes, times and permissions change without their folder: a first page sorted by them is always read anew.
    const isLoose = sort === 'size' || sort === 'modified' || sort === 'permissions';
    const mayReuse = !isLoose || (kept && wanted.startIn(kept.rows) > 0);
    const isWhole = kept?.rows.length === kept?.totalCount;
    if (kept && mayReuse && kept.signature === signature && (isWhole || endIn(kept.rows) <= kept.rows.length))
      return this.#remember(key, kept);

    const isAvoided = (path: NativePath) => mounts.some(({ unresponsive, mountPoint }) => unresponsive && mountPoint === path);
    const walkedAtMs = this.#nowMs();
    const rows = await readRows(realPath, query, isAvoided, onSlice);
    // A folder that changed just now may change again without its time showing it: such a view is used once.
    const isSettled = Number(stats.mtimeMs) < walkedAtMs - TIME_GRANULARITY_MS;
    const view = { rows, totalCount: rows.length, signature: isSettled ? signature : '', usedAtMs: walkedAtMs };
    const isBeyondKept = endIn(rows) > ROWS_KEPT;
    this.#remember(key, isBeyondKept ? view : { ...view, rows: rows.length > ROWS_KEPT ? rows.slice(0, ROWS_KEPT) : rows });
    return view;
  }

  #remember(key: string, view: View): View {
    view.usedAtMs = this.#nowMs();
    this.#views.delete(key);
    this.#views.set(key, view);
    for (const oldest of this.#views.keys()) {
      if (this.#views.size <= VIEWS_KEPT) break;
      this.#views.delete(oldest);
    }
    return view;
  }
}

/** @throws MooringError `VOLUME_UNRESPONSIVE`; else an error of `node:fs` */
function folderAt({ path, mounts }: { path: NativePath; mounts: readonly Mount[] }): { realPath: NativePath; stats: BigIntStats } {
  const realPath = fromBytes(realpathSync.native(path, 'buffer'));
  refuseUnresponsive(realPath, mounts);
  const stats = statSync(realPath, { bigint: true });
  if (!stats.isDirectory()) throw fsError('ENOTDIR', path);
  return { realPath, stats };
}

function describeRows(rows: Row[], realPath: NativePath, dev: number, { path, deviceId, mounts }: FolderQuery): Entry[] {
  const volumeFingerprint = mountAt(realPath, mounts)?.fingerprint ?? null;
  const surroundings = { deviceId, dev, mounts, volumeFingerprint };
  const entries = rows.map(({ name, kind }) => {
    const bytes = fromBytes(Buffer.from(name, 'latin1'));
    return describeEntry(joinPath(path, bytes), joinPath(realPath, bytes), kind, surroundings);
  });
  return entries.filter((entry) => entry !== null);
}

/** Index of the first row that comes after `row`, which need not be among them. */
function firstAfter(rows: readonly Row[], row: Row, order: RowOrder): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const candidate = rows[middle];
    if (candidate && compareRows(candidate, row, order) <= 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** @throws MooringError `VOLUME_UNRESPONSIVE` */
export function refuseUnresponsive(path: NativePath, mounts: readonly Mount[]): void {
  const mount = mountAt(path, mounts);
  if (!mount?.unresponsive) return;
  throw new MooringError('VOLUME_UNRESPONSIVE', `The volume at “${mount.mountPoint}” does not answer. Unmount it, or connect it again.`);
}
