import type Database from 'better-sqlite3';
import { KIND_RANK } from '#core/entry/row-order.ts';
import { baseName, isWithin, type NativePath, parentOf, samePath, toBytes } from '#core/fs/native-path.ts';
import { namesBelow } from '#core/fs/path-names.ts';
import { ChangeReport } from './change-report.ts';
import { storedExtension } from './entry-inserts.ts';
import { type KnownEntry, sortKeyOf } from './entry-store.ts';
import type { FolderNode } from './folder-node.ts';
import type { IndexedRoot, RelocateTask } from './index-task.ts';
import { refuseCancelled, type TaskContext } from './index-tasks.ts';
import { detach } from './moves.ts';
import { emptyCounts, type RunContext } from './run-context.ts';
import { nameToWire } from './walked-rows.ts';

/** What a row says of its entry, and of all that is below it; not which row it is, nor where in its folder's order. */
const FACTS = `kind, size, modified_ms, modified_ns, born_ms, inode, mode, extension, in_large_folder, link_target, file_count, folder_count,
  child_count, listed_ms, listed_ns, listing_hash, problem`;

/**
 * Gives entries that were moved to another volume their new places, so that they keep their ids: no file number tells that they are the same.
 * Touches no disk; what is there is compared afterwards like everything that has changed.
 *
 * Where something else has come to the new place before (the target was looked at while the move was under way), the moved entry takes its
 * place, its facts, and what is in it, and that row is gone.
 *
 * @returns how many have their place now; of the others the folder is not known yet, or they never were in the index
 */
export function relocateEntries({ roots, moves }: RelocateTask, context: TaskContext): number {
  return new Relocation(roots, context).run(moves);
}

class Relocation {
  readonly #context: TaskContext;
  /** The innermost first. */
  readonly #roots: readonly IndexedRoot[];
  readonly #reports = new Map<number, ChangeReport>();
  /** Of what has vanished, by where it was. */
  readonly #vanished: ReadonlyMap<string, number>;
  readonly #takeFacts: Database.Statement<[number, number]>;
  readonly #forgetFacts: Database.Statement<[string | null, number, number]>;
  readonly #forgetFolder: Database.Statement<[number]>;
  readonly #place: Database.Statement<[number, number, NativePath, string, number]>;
  readonly #adopt: Database.Statement<[number, number]>;
  readonly #delete: Database.Statement<[number]>;

  constructor(roots: readonly IndexedRoot[], context: TaskContext) {
    this.#context = context;
    this.#roots = roots.toSorted((a, b) => toBytes(b.path).length - toBytes(a.path).length);
    const { connection } = context.writer;
    this.#vanished = new Map(Array.from(context.limbo.formerPaths(), ([id, path]) => [nameToWire(path), id]));
    this.#takeFacts = connection.prepare(`UPDATE entries SET (${FACTS}) = (SELECT ${FACTS} FROM entries WHERE id = ?) WHERE id = ?`);
    // Without a file number its name will do until it has been looked at.
    this.#forgetFacts = connection.prepare('UPDATE entries SET extension = ?, in_large_folder = ?, inode = NULL WHERE id = ?');
    this.#forgetFolder = connection.prepare(
      `UPDATE entries SET size = 0, file_count = NULL, folder_count = NULL, child_count = NULL, listed_ms = NULL, listed_ns = NULL,
        listing_hash = NULL WHERE id = ?`,
    );
    this.#place = connection.prepare('UPDATE entries SET location_id = ?, parent_id = ?, name = ?, sort_key = ? WHERE id = ?');
    this.#adopt = connection.prepare('UPDATE entries SET parent_id = ? WHERE parent_id = ?');
    this.#delete = connection.prepare('DELETE FROM entries WHERE id = ?');
  }

  run(moves: RelocateTask['moves']): number {
    const { writer, tree, locations } = this.#context;
    const leave = writer.join({ afterCommit: () => this.#tell() });
    let done = 0;
    try {
      writer.begin();
      for (const { locationId, path } of this.#roots) {
        locations.enterRoot(locationId);
        tree.place(locationId, path);
      }
      for (const { from, to } of moves) {
        refuseCancelled(this.#context);
        if (this.#move(from, to)) done += 1;
        writer.step();
      }
      writer.commit();
    } catch (error) {
      writer.undo(error);
      throw error;
    } finally {
      leave();
    }
    return done;
  }

  #move(from: NativePath, to: NativePath): boolean {
    const { tree, store, limbo } = this.#context;
    const entry = this.#find(from) ?? this.#findVanished(from);
    const folderId = this.#find(parentOf(to))?.id ?? null;
    const target = folderId === null ? null : tree.hold(folderId);
    if (!entry || !target) {
      if (target) tree.release(target);
      return false;
    }
    try {
      const present = store.named(target.id, baseName(to)).find(({ kind }) => kind === entry.kind);
      if (present?.id === entry.id) return true;
      this.#detach(entry, from);
      if (entry.kind === KIND_RANK.folder) this.#empty(entry);
      tree.flush();
      if (present) this.#replace(present, entry);
      else this.#settle(entry, target, baseName(to));
      limbo.takePath(entry.id);
      const report = this.#report(target.top.locationId);
      report.move(entry.id, from, to);
      report.folder(tree.pathOf(target));
      return true;
    } finally {
      tree.release(target);
    }
  }

  /** The row of a path; null when there is none. */
  #find(path: NativePath): KnownEntry | null {
    const root = this.#roots.find((one) => isWithin(path, one.path));
    if (!root) return null;
    const { store, locations } = this.#context;
    return this.#below(store.byId(locations.enterRoot(root.locationId).id), namesBelow(path, root.path) ?? []);
  }

  /** The row of a path that was noticed to be gone, by itself or with a folder above it. */
  #findVanished(path: NativePath): KnownEntry | null {
    const { store } = this.#context;
    const root = this.#roots.find((one) => isWithin(path, one.path));
    for (let above = path; root && !samePath(above, root.path); above = parentOf(above)) {
      const id = this.#vanished.get(nameToWire(above));
      const found = id === undefined ? null : this.#below(store.byId(id), namesBelow(path, above) ?? []);
      if (found) return found;
    }
    return null;
  }

  #below(top: KnownEntry | null, names: readonly NativePath[]): KnownEntry | null {
    let entry = top;
    for (const [index, name] of names.entries()) {
      const isLast = index === names.length - 1;
      const folder: KnownEntry | null = entry;
      if (!folder) return null;
      entry = this.#context.store.named(folder.id, name).find(({ kind }) => isLast || kind === KIND_RANK.folder) ?? null;
    }
    return entry;
  }

  /** Takes it from where it was, unless it has vanished from there already. */
  #detach(entry: KnownEntry, from: NativePath): void {
    const { tree } = this.#context;
    const parent = tree.hold(entry.parentId);
    if (!parent) return;
    if (!parent.top.isLimbo) {
      const report = this.#report(entry.locationId);
      detach(this.#runContext(report), entry, parent);
      tree.forgetListing(parent);
      // It has not been removed, and is told of as moved.
      report.removed = 0;
      report.folder(parentOf(from));
    }
    tree.release(parent);
  }

  /** What is still below a folder has not come along: it waits to be found elsewhere. */
  #empty(folder: KnownEntry): void {
    const { store, limbo } = this.#context;
    const children = [...store.childrenOf(folder.id)];
    if (children.length === 0) return;
    const waiting = limbo.of(folder.locationId);
    for (const child of children) store.park(child.id, waiting.id);
  }

  /** Sums above stay as they are: the place and what is in it are the same. */
  #replace(present: KnownEntry, entry: KnownEntry): void {
    this.#context.store.writes += 3;
    this.#takeFacts.run(present.id, entry.id);
    this.#adopt.run(entry.id, present.id);
    this.#delete.run(present.id);
    this.#place.run(present.locationId, present.parentId, present.name, sortKeyOf(present.name), entry.id);
  }

  #settle(entry: KnownEntry, target: FolderNode, name: NativePath): void {
    const { tree, store } = this.#context;
    const { id, locationId, isLarge } = target.asFolder;
    const isFolder = entry.kind === KIND_RANK.folder;
    store.writes += 2;
    if (isFolder) this.#forgetFolder.run(entry.id);
    this.#forgetFacts.run(entry.kind === KIND_RANK.file ? storedExtension(name) : null, isLarge ? 1 : 0, entry.id);
    this.#place.run(locationId, id, name, sortKeyOf(name), entry.id);
    const { bytes, files, folders } = store.totals(entry.id);
    tree.add(target, bytes, files, folders, 1);
    tree.forgetHash(target);
  }

  #report(locationId: number): ChangeReport {
    const known = this.#reports.get(locationId) ?? new ChangeReport(locationId);
    this.#reports.set(locationId, known);
    return known;
  }

  #tell(): void {
    for (const report of this.#reports.values()) {
      const changes = report.take();
      if (changes) this.#context.listener.changes(changes);
    }
  }

  #runContext(report: ChangeReport): RunContext {
    const { writer, store, tree, limbo, superseded } = this.#context;
    return {
      writer,
      store,
      tree,
      limbo,
      superseded,
      mayMove: true,
      kin: new Set(),
      counts: emptyCounts(),
      report,
      problem: () => undefined,
      step: () => undefined,
    };
  }
}
