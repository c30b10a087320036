import { setImmediate as nextTurn } from 'node:timers/promises';
import type Database from 'better-sqlite3';
import { KIND_RANK } from '#core/entry/row-order.ts';
import type { NativePath } from '#core/fs/native-path.ts';
import type { EntryIds } from './entry-ids.ts';
import type { FolderNode } from './folder-node.ts';
import type { FolderTree } from './folder-tree.ts';
import type { IndexWriter, Participant } from './index-writer.ts';

/** Rows that one statement deletes: some milliseconds. */
const DELETED_AT_ONCE = 300;
const SLICE_MS = 25;
/** Former paths that are kept in memory, to be told when an entry turns up again. */
const MOST_PATHS = 10_000;

/**
 * Where entries wait that have vanished from where they were, until it is known whether they have turned up elsewhere: below one row for
 * each location.
 */
export class Limbo implements Participant {
  readonly #writer: IndexWriter;
  readonly #ids: EntryIds;
  readonly #tree: FolderTree;
  readonly #nodes = new Map<number, FolderNode>();
  readonly #paths = new Map<number, { path: NativePath; order: number }>();
  #nextOrder = 1;
  readonly #find: Database.Statement<[number], number>;
  readonly #make: Database.Statement<[number, number]>;
  readonly #foldersIn: Database.Statement<[number], number>;
  readonly #deleteIn: Database.Statement<[number]>;
  readonly #delete: Database.Statement<[number]>;
  readonly #topsOf: Database.Statement<[number], number>;
  readonly #orphans: Database.Statement<[], number>;

  constructor(writer: IndexWriter, tree: FolderTree) {
    this.#writer = writer;
    this.#ids = writer.ids;
    this.#tree = tree;
    const { connection } = writer;
    this.#find = connection
      .prepare<[number], number>(`SELECT id FROM entries WHERE parent_id IS NULL AND kind = ${KIND_RANK.other} AND location_id = ?`)
      .pluck();
    this.#make = connection.prepare(
      `INSERT INTO entries (id, location_id, parent_id, name, sort_key, kind, size, modified_ms, modified_ns)
       VALUES (?, ?, NULL, '', '', ${KIND_RANK.other}, 0, 0, 0)`,
    );
    this.#foldersIn = connection
      .prepare<[number], number>(`SELECT id FROM entries WHERE parent_id = ? AND kind = ${KIND_RANK.folder} LIMIT ${DELETED_AT_ONCE}`)
      .pluck();
    this.#deleteIn = connection.prepare(
      `DELETE FROM entries WHERE id IN (SELECT id FROM entries WHERE parent_id = ? LIMIT ${DELETED_AT_ONCE})`,
    );
    this.#delete = connection.prepare('DELETE FROM entries WHERE id = ?');
    this.#topsOf = connection.prepare<[number], number>('SELECT id FROM entries WHERE parent_id IS NULL AND location_id = ?').pluck();
    this.#orphans = connection
      .prepare<[], number>('SELECT id FROM entries WHERE parent_id IS NULL AND location_id NOT IN (SELECT id FROM locations)')
      .pluck();
  }

  /** The limbo of a location, made when it is needed first. Only within a transaction. */
  of(locationId: number): FolderNode {
    const present = this.#nodes.get(locationId);
    if (present) return present;
    let id = this.#find.get(locationId);
    if (id === undefined) {
      id = this.#ids.next();
      this.#make.run(id, locationId);
    }
    const node = this.#tree.hold(id);
    if (!node) throw new Error(`The limbo of location ${locationId} cannot be read`);
    this.#nodes.set(locationId, node);
    return node;
  }

  remember(entryId: number, path: NativePath): void {
    if (this.#paths.size < MOST_PATHS) this.#paths.set(entryId, { path, order: this.nextOrder() });
  }

  /** Greater each time. */
  nextOrder(): number {
    return this.#nextOrder++;
  }

  /** Greater for what has vanished later. */
  orderOf(entryId: number): number {
    return this.#paths.get(entryId)?.order ?? 0;
  }

  /** Where an entry was before it vanished; null when that is not known any more. */
  takePath(entryId: number): NativePath | null {
    const path = this.#paths.get(entryId)?.path ?? null;
    this.#paths.delete(entryId);
    return path;
  }

  /** Deletes what has not turned up, in short transactions, and lets other work go on between them. `check` may throw to end early. */
  async empty(locationId: number, check: () => void): Promise<void> {
    const id = this.#find.get(locationId);
    if (id !== undefined) await this.#deleteBelow(id, check);
    this.#paths.clear();
  }

  /** Deletes all rows of a location. */
  async deleteLocation(locationId: number, check: () => void): Promise<void> {
    for (const id of this.#topsOf.all(locationId)) await this.#deleteTop(id, check);
  }

  /** Deletes the rows of locations that are not there any more: their removal was interrupted. */
  async deleteOrphans(check: () => void): Promise<void> {
    for (const id of this.#orphans.all()) await this.#deleteTop(id, check);
  }

  undone(): void {
    this.#nodes.clear();
    this.#paths.clear();
  }

  async #deleteTop(id: number, check: () => void): Promise<void> {
    for (const [locationId, node] of this.#nodes) {
      if (node.id !== id) continue;
      this.#nodes.delete(locationId);
      this.#tree.release(node);
    }
    await this.#deleteBelow(id, check);
    this.#writer.begin();
    this.#delete.run(id);
    this.#writer.commit();
  }

  /** Children first, so that whenever it ends no row is without its parent. */
  async #deleteBelow(top: number, check: () => void): Promise<void> {
    const stack = [top];
    let sliceEnd = performance.now() + SLICE_MS;
    for (let id = stack.at(-1); id !== undefined; id = stack.at(-1)) {
      const folders = this.#foldersIn.all(id);
      this.#writer.begin();
      if (folders.length > 0) stack.push(...folders);
      else if (this.#deleteIn.run(id).changes < DELETED_AT_ONCE) {
        if (id !== top) this.#delete.run(id);
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
