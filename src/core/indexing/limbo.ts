import { setImmediate as nextTurn } from 'node:timers/promises';
import type Database from 'better-sqlite3';
import { KIND_RANK } from '#core/entry/row-order.ts';
import type { NativePath } from '#core/fs/native-path.ts';
import type { FolderNode } from './folder-node.ts';
import type { FolderTree } from './folder-tree.ts';
import type { IndexWriter, Participant } from './index-writer.ts';

/** Rows that one statement deletes: some milliseconds. */
const DELETED_AT_ONCE = 300;
const SLICE_MS = 25;
/** Former paths that are kept in memory, to be told when an entry turns up again. */
const MOST_PATHS = 10_000;
/** No location has this number: what is given up belongs to none, as what is left of a removed location does. */
const NOWHERE = 0;

interface Place {
  locationId: number;
  /** Since when nothing more comes here (`performance.now()`); null while it is open. */
  closedAt: number | null;
}

interface Former {
  limboId: number;
  path: NativePath;
  order: number;
}

/**
 * Where entries wait that have vanished from where they were, until it is known whether they have turned up elsewhere: below rows that a
 * location may have several of, the open one and those of earlier times. Such a row is given up as a whole, at once and for good, before
 * what is below it is deleted bit by bit: a folder of which a part is missing must never turn up again.
 */
export class Limbo implements Participant {
  readonly #writer: IndexWriter;
  readonly #tree: FolderTree;
  /** By row; null before they have been read. */
  #places: Map<number, Place> | null = null;
  /** By location. */
  readonly #open = new Map<number, FolderNode>();
  readonly #former = new Map<number, Former>();
  #lastOrder = 0;
  #isDeleting = false;
  readonly #all: Database.Statement<[], [id: number, locationId: number]>;
  readonly #make: Database.Statement<[number, number]>;
  readonly #giveUp: Database.Statement<[number]>;
  readonly #foldersIn: Database.Statement<[number], number>;
  readonly #deleteIn: Database.Statement<[number]>;
  readonly #delete: Database.Statement<[number]>;
  readonly #topsOf: Database.Statement<[number], number>;

  constructor(writer: IndexWriter, tree: FolderTree) {
    this.#writer = writer;
    this.#tree = tree;
    const { connection } = writer;
    this.#all = connection
      .prepare<[], [number, number]>(
        `SELECT id, location_id FROM entries WHERE parent_id IS NULL AND kind = ${KIND_RANK.other} AND location_id <> ${NOWHERE}`,
      )
      .raw();
    this.#make = connection.prepare(
      `INSERT INTO entries (id, location_id, parent_id, name, sort_key, kind, size, modified_ms, modified_ns)
       VALUES (?, ?, NULL, '', '', ${KIND_RANK.other}, 0, 0, 0)`,
    );
    this.#giveUp = connection.prepare(`UPDATE entries SET location_id = ${NOWHERE} WHERE id = ?`);
    this.#foldersIn = connection
      .prepare<[number], number>(`SELECT id FROM entries WHERE parent_id = ? AND kind = ${KIND_RANK.folder} LIMIT ${DELETED_AT_ONCE}`)
      .pluck();
    this.#deleteIn = connection.prepare(
      `DELETE FROM entries WHERE id IN (SELECT id FROM entries WHERE parent_id = ? LIMIT ${DELETED_AT_ONCE})`,
    );
    this.#delete = connection.prepare('DELETE FROM entries WHERE id = ?');
    this.#topsOf = connection.prepare<[number], number>('SELECT id FROM entries WHERE parent_id IS NULL AND location_id = ?').pluck();
  }

  /** Where what vanishes from a location now is to wait. Only within a transaction. */
  of(locationId: number): FolderNode {
    const present = this.#open.get(locationId);
    if (present) return present;
    const places = this.#known();
    const id = this.#writer.ids.next();
    this.#make.run(id, locationId);
    const node = this.#tree.hold(id);
    if (!node) throw new Error(`The limbo of location ${locationId} cannot be read`);
    places.set(id, { locationId, closedAt: null });
    this.#open.set(locationId, node);
    return node;
  }

  /** Whether anything waits. */
  get isInUse(): boolean {
    return this.#known().size > 0;
  }

  /** Whether what is below a row at the top may still turn up. */
  holds(top: FolderNode): boolean {
    return top.isLimbo && this.#known().has(top.id);
  }

  remember(entryId: number, limboId: number, path: NativePath): void {
    if (this.#former.size < MOST_PATHS) this.#former.set(entryId, { limboId, path, order: this.nextOrder() });
  }

  /** Where entries were that have vanished, as far as that is known. */
  *formerPaths(): Generator<[entryId: number, path: NativePath]> {
    for (const [entryId, { path }] of this.#former) yield [entryId, path];
  }

  /** Greater for what has vanished later. */
  orderOf(entryId: number): number {
    return this.#former.get(entryId)?.order ?? 0;
  }

  nextOrder(): number {
    this.#lastOrder += 1;
    return this.#lastOrder;
  }

  /** Where an entry was before it vanished; null when that is not known any more. */
  takePath(entryId: number): NativePath | null {
    const path = this.#former.get(entryId)?.path ?? null;
    this.#former.delete(entryId);
    return path;
  }

  /** From now on what vanishes waits elsewhere than what has vanished before. */
  close(now: number): void {
    const places = this.#known();
    for (const node of this.#open.values()) {
      const place = places.get(node.id);
      if (place) place.closedAt = now;
      this.#tree.release(node);
    }
    this.#open.clear();
  }

  /** Gives up what has vanished before a time. */
  giveUpBefore(time: number): void {
    this.#giveUpThose(({ closedAt }) => closedAt !== null && closedAt <= time);
  }

  /** Gives up all that has vanished from a location. */
  giveUpAll(locationId: number): void {
    const node = this.#open.get(locationId);
    if (node) this.#tree.release(node);
    this.#open.delete(locationId);
    this.#giveUpThose((place) => place.locationId === locationId);
  }

  /** Deletes what was given up, in short transactions, and lets other work go on between them. `check` may throw to end early. */
  async deleteGivenUp(check: () => void): Promise<void> {
    if (this.#isDeleting) return;
    this.#isDeleting = true;
    try {
      await this.#deleteTops(NOWHERE, check);
    } finally {
      this.#isDeleting = false;
    }
  }

  /** Deletes all rows of a location that there is no more, or what was given up, as `deleteGivenUp` does. */
  async deleteLocation(locationId: number, check: () => void): Promise<void> {
    if (locationId === NOWHERE) return this.deleteGivenUp(check);
    this.giveUpAll(locationId);
    await this.#deleteTops(locationId, check);
    await this.deleteGivenUp(check);
  }

  undone(): void {
    this.#places = null;
    this.#open.clear();
    this.#former.clear();
  }

  /** Rows of earlier times count as closed now. */
  #known(): Map<number, Place> {
    const now = performance.now();
    this.#places ??= new Map(this.#all.all().map(([id, locationId]) => [id, { locationId, closedAt: now }]));
    return this.#places;
  }

  #giveUpThose(isMeant: (place: Place) => boolean): void {
    const places = this.#known();
    const ids = [...places].filter(([, place]) => isMeant(place)).map(([id]) => id);
    if (ids.length === 0) return;
    this.#writer.begin();
    for (const id of ids) this.#giveUp.run(id);
    this.#writer.commit();
    for (const id of ids) places.delete(id);
    for (const [entryId, { limboId }] of this.#former) if (!places.has(limboId)) this.#former.delete(entryId);
  }

  async #deleteTops(locationId: number, check: () => void): Promise<void> {
    for (let id = this.#topsOf.get(locationId); id !== undefined; id = this.#topsOf.get(locationId)) await this.#deleteTop(id, check);
  }

  /** Children first, so that whenever it ends no row is without its parent. */
  async #deleteTop(top: number, check: () => void): Promise<void> {
    const stack = [top];
    let sliceEnd = performance.now() + SLICE_MS;
    for (let id = stack.at(-1); id !== undefined; id = stack.at(-1)) {
      this.#writer.begin();
      const folders = this.#foldersIn.all(id);
      if (folders.length > 0) stack.push(...folders);
      else if (this.#deleteIn.run(id).changes < DELETED_AT_ONCE) {
        this.#delete.run(id);
        stack.pop();
      }
      if (performance.now() < sliceEnd && !this.#writer.isWanted) continue;
      this.#writer.commit();
      await nextTurn();
      check();
      sliceEnd = performance.now() + SLICE_MS;
    }
    this.#writer.commit();
  }
}
