import { KIND_RANK } from '#core/entry/row-order.ts';
import type { NativePath } from '#core/fs/native-path.ts';
import type { KnownEntry } from './entry-store.ts';
import type { FolderFacts, FolderNode } from './folder-node.ts';
import { problemOf } from './index-errors.ts';
import { type Candidates, claim, detach, type Found, findCandidates, findMoved, isSameFile, supersede } from './moves.ts';
import type { RunContext } from './run-context.ts';
import { nameToWire, type WalkedRows } from './walked-rows.ts';

/** Few enough to stay within a transaction's time, enough for one statement. */
const INSERTED_AT_ONCE = 16;

/** A folder that was found in another. */
export interface FoundFolder {
  node: FolderNode;
  /** How it came there: `known` ones were there before. */
  how: 'new' | 'known' | 'moved';
  /** Its modification time is the one at which it was read last. */
  isAsListed: boolean;
}

/**
 * Brings the rows of one folder in line with what was read of it, which may come in parts. Every change is whole by itself: whenever the
 * transaction ends, sums and rows agree, and reading the folder again completes the rest.
 */
export class FolderComparison {
  /** Held; to be released by whoever takes them. */
  found: FoundFolder[] = [];
  readonly #context: RunContext;
  readonly #node: FolderNode;
  /** Null while there is nothing to compare with: no row is there. */
  #known: Map<string, KnownEntry> | null = null;
  readonly #unmatched: Found[] = [];
  #hasChanged = false;
  #toldIn = -1;
  #placements: number;

  /** @param names as `WalkFolder.names` */
  constructor(context: RunContext, node: FolderNode, names: readonly NativePath[] | null) {
    this.#context = context;
    this.#node = node;
    this.#placements = context.store.placements;
    if (names) this.#known = this.#knownNamed(names);
    else if (!node.isNew) this.#known = new Map(Array.from(context.store.childrenOf(node.id), (entry) => [entryKey(entry), entry]));
  }

  /** Takes rows `from` to before `to`. */
  take(rows: WalkedRows, from: number, to: number): void {
    this.#forgetMoved();
    if (this.#known === null && !this.#context.mayMove) this.#insertAll(rows, from, to);
    else for (let row = from; row < to; row++) this.#match(rows, row);
  }

  /** All has been taken. @returns whether anything in the folder has changed */
  finish(): boolean {
    this.#forgetMoved();
    const missing = new Set(this.#known?.values().map(({ id }) => id));
    const candidates = findCandidates(this.#context, this.#unmatched, this.#node, missing);
    const inPlace = this.#replacedInPlace(candidates);
    for (const entry of this.#known?.values() ?? []) {
      if (inPlace.has(entry)) continue;
      this.#changed();
      detach(this.#context, entry, this.#node);
      this.#context.step();
    }
    for (const found of this.#unmatched) {
      this.#enter(found, candidates);
      this.#context.step();
    }
    return this.#hasChanged;
  }

  /** Between the parts of a large folder, what was in it may have turned up elsewhere. */
  #forgetMoved(): void {
    const { store } = this.#context;
    if (this.#placements === store.placements || !this.#known) return;
    this.#placements = store.placements;
    for (const [key, entry] of this.#known) if (store.byId(entry.id)?.parentId !== this.#node.id) this.#known.delete(key);
  }

  #insertAll(rows: WalkedRows, from: number, to: number): void {
    for (let row = from; row < to; row += INSERTED_AT_ONCE) {
      this.#changed();
      this.#insert(rows, row, Math.min(row + INSERTED_AT_ONCE, to));
      this.#context.step();
    }
  }

  #match(rows: WalkedRows, row: number): void {
    const entry = this.#known?.get(rowKey(rows, row));
    if (!entry || !isSameFile(entry, rows, row)) {
      this.#unmatched.push({ rows, row });
      return;
    }
    this.#known?.delete(entryKey(entry));
    this.#update(entry, rows, row);
    this.#context.step();
  }

  #update(entry: KnownEntry, rows: WalkedRows, row: number): void {
    const { store, tree, counts, report } = this.#context;
    const problem = rows.problem(row);
    const isFolder = entry.kind === KIND_RANK.folder;
    if (problem !== null) {
      // Nothing but its name and kind could be found out: what is known stays. To read a folder would bring the same problem.
      if (entry.problem !== problem) this.#setProblem(entry, problem);
      this.#tellProblem(rows, row, problem);
    } else if (hasChanged(entry, rows, row)) {
      store.update(entry.id, rows, row);
      if (entry.kind === KIND_RANK.file) tree.add(this.#node, rows.size(row) - entry.size, 0, 0, 0);
      counts.modified += 1;
      report.modified += 1;
      this.#changed();
    } else counts.unchanged += 1;
    if (!isFolder || problem !== null) return;
    // Not made of `entry`, which was read when the comparison began: the folder may have been read and counted since.
    const node = tree.hold(entry.id);
    if (!node) return;
    node.modifiedMs = rows.modifiedMs(row);
    node.modifiedNs = rows.modifiedNs(row);
    const isAsListed = node.listedMs === node.modifiedMs && node.listedNs === node.modifiedNs;
    this.found.push({ node, how: 'known', isAsListed });
  }

  #setProblem(entry: KnownEntry, problem: string): void {
    this.#context.store.setProblem(entry.id, problem);
    this.#changed();
  }

  /**
   * Files of which another one has the path now, as editors save them: the row stays with the path. Not so when the file that was there, or
   * the one that is, is known to have come from or gone to another place: those rows move.
   */
  #replacedInPlace(candidates: Candidates): Set<KnownEntry> {
    const known = this.#known;
    const inPlace = new Set<KnownEntry>();
    if (!known || known.size === 0 || this.#unmatched.length === 0) return inPlace;
    const here = new Set(this.#unmatched.map(({ rows, row }) => `${rows.inodeHigh(row)}:${rows.inodeLow(row)}`));
    const rest: Found[] = [];
    for (const unmatched of this.#unmatched) {
      const { rows, row } = unmatched;
      const entry = known.get(rowKey(rows, row));
      const wasReplaced =
        entry !== undefined &&
        entry.kind !== KIND_RANK.folder &&
        !here.has(`${entry.inodeHigh}:${entry.inodeLow}`) &&
        !this.#hasComeFromElsewhere(entry, unmatched, candidates);
      if (!wasReplaced || !entry) {
        rest.push(unmatched);
        continue;
      }
      inPlace.add(entry);
      supersede(this.#context, entry);
      candidates.asked.delete(entry.id);
      this.#update(entry, rows, row);
      this.#context.step();
    }
    this.#unmatched.splice(0, this.#unmatched.length, ...rest);
    return inPlace;
  }

  #hasComeFromElsewhere(entry: KnownEntry, found: Found, candidates: Candidates): boolean {
    const moved = findMoved(this.#context, found, this.#node, candidates);
    return moved !== null && moved.entry.id !== entry.id;
  }

  /** An entry that was not here before: it has come from elsewhere, or is new. */
  #enter(found: Found, candidates: Candidates): void {
    const { tree } = this.#context;
    const { rows, row } = found;
    this.#changed();
    const moved = findMoved(this.#context, found, this.#node, candidates);
    if (!moved) {
      this.#insert(rows, row, row + 1);
      return;
    }
    candidates.asked.delete(moved.entry.id);
    claim(this.#context, moved, this.#node, rows, row);
    if (moved.entry.kind !== KIND_RANK.folder) return;
    const node = tree.hold(moved.entry.id);
    if (node) this.found.push({ node, how: 'moved', isAsListed: false });
  }

  #insert(rows: WalkedRows, from: number, to: number): void {
    const { store, writer, counts, report } = this.#context;
    const firstId = writer.ids.take(to - from);
    store.insert(firstId, this.#node.asFolder, rows, from, to);
    counts.created += to - from;
    report.created += to - from;
    for (let row = from; row < to; row++) this.#enterNew(firstId + row - from, rows, row);
  }

  #enterNew(id: number, rows: WalkedRows, row: number): void {
    const { tree } = this.#context;
    const problem = rows.problem(row);
    if (problem !== null) this.#tellProblem(rows, row, problem);
    if (rows.kind(row) !== KIND_RANK.folder) {
      tree.add(this.#node, rows.size(row), 1, 0, 1);
      return;
    }
    tree.add(this.#node, 0, 0, 1, 1);
    if (problem !== null) return;
    const node = tree.holdChild(newFolder(id, rows, row), this.#node);
    node.isNew = true;
    this.found.push({ node, how: 'new', isAsListed: false });
  }

  #tellProblem(rows: WalkedRows, row: number, code: string): void {
    const { tree } = this.#context;
    const folder = tree.pathOf(this.#node);
    if (folder === null) return;
    this.#context.problem(problemOf(folder, rows.name(row), code));
  }

  #knownNamed(names: readonly NativePath[]): Map<string, KnownEntry> {
    const known = new Map<string, KnownEntry>();
    for (const name of names) for (const entry of this.#context.store.named(this.#node.id, name)) known.set(entryKey(entry), entry);
    return known;
  }

  /** Told once for each report: a large folder is compared over several commits, and each tells of its own changes. */
  #changed(): void {
    const { tree, report } = this.#context;
    if (!this.#hasChanged) tree.forgetHash(this.#node);
    this.#hasChanged = true;
    if (this.#toldIn === report.taken) return;
    this.#toldIn = report.taken;
    report.folder(tree.pathOf(this.#node));
  }
}

/** A folder and a file of one name, one after the other, are two entries. */
function entryKey(entry: KnownEntry): string {
  return `${entry.kind}${entry.wireName}`;
}

function rowKey(rows: WalkedRows, row: number): string {
  return `${rows.kind(row)}${rows.names[row]}`;
}

function hasChanged(entry: KnownEntry, rows: WalkedRows, row: number): boolean {
  if (entry.modifiedMs !== rows.modifiedMs(row) || entry.modifiedNs !== rows.modifiedNs(row)) return true;
  if (entry.mode !== rows.mode(row) || entry.bornMs !== rows.bornMs(row)) return true;
  if (entry.inodeLow !== rows.inodeLow(row) || entry.inodeHigh !== rows.inodeHigh(row)) return true;
  // Why a folder could not be read is found out when it is read.
  if (entry.kind === KIND_RANK.folder) return false;
  if (entry.size !== rows.ownSize(row) || entry.problem !== null) return true;
  return entry.kind === KIND_RANK.symlink && wire(entry.linkTarget) !== wire(rows.linkTarget(row));
}

function wire(name: NativePath | null): string | null {
  return name === null ? null : nameToWire(name);
}

function newFolder(id: number, rows: WalkedRows, row: number): FolderFacts {
  return {
    id,
    name: rows.name(row),
    modifiedMs: rows.modifiedMs(row),
    modifiedNs: rows.modifiedNs(row),
    listedMs: null,
    listedNs: 0,
    hash: null,
    childCount: null,
    folderCount: 0,
    problem: null,
  };
}
