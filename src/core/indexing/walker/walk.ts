import { type BigIntStats, lstatSync } from 'node:fs';
import { toFsError } from '#core/fs/fs-error.ts';
import { joinPath, type NativePath, samePath } from '#core/fs/native-path.ts';
import type { IndexedRoot } from '../index-task.ts';
import type { WalkedFolder, WalkFolder, WalkReply } from '../walk-messages.ts';
import { nameToWire } from '../walked-rows.ts';
import { EntryRows, selfOf } from './entry-rows.ts';
import { withReachablePath } from './reachable-path.ts';
import { addEntries, readNames, spelledNames } from './read-entries.ts';
import { RootGuard } from './root-guard.ts';
import { WalkBatchBuilder } from './walk-batch.ts';
import { WalkScope } from './walk-scope.ts';

const BATCH_ROWS = 4000;
/** On a slow disk what was found is passed on although it is little. */
const BATCH_MS = 100;
/** The coarsest modification time of a folder that is in use (FAT). */
const TIME_GRANULARITY_MS = 2000;
const QUIET = { bigint: true, throwIfNoEntry: false } as const;

type Looked = Omit<WalkedFolder, 'count' | 'hasMore' | 'folderId'>;

const GONE: Looked = { outcome: 'gone', error: null, listedAt: null, self: null, missingNames: [] };

/** Reads folders below one root. Knows nothing from one request to the next but the root. */
export class Walk {
  readonly #guard: RootGuard;
  readonly #scope: WalkScope;
  readonly #rootDev: bigint;
  readonly #batchRows: number;
  readonly #rows = new EntryRows();
  readonly #builder = new WalkBatchBuilder();
  /** When the root was last found to be there. */
  #checkedMs = Number.NEGATIVE_INFINITY;

  constructor(root: IndexedRoot, { batchRows = BATCH_ROWS }: { batchRows?: number } = {}) {
    this.#batchRows = batchRows;
    this.#guard = new RootGuard(root);
    this.#scope = new WalkScope(root);
    this.#rootDev = deviceOf(root.path);
  }

  /** Answers one request; each reply is to be sent before the next is asked for. */
  *run(requestId: number, folders: readonly WalkFolder[]): Generator<WalkReply, void> {
    const builder = this.#builder;
    builder.begin(requestId);
    this.#scope.beginRequest();
    const startMs = performance.now();
    // Each batch is followed by a check; of requests in a row one is enough between the two.
    const lost = startMs - this.#checkedMs > BATCH_MS ? this.#rootLost(requestId) : null;
    if (lost) return yield lost;
    let dueMs = startMs + BATCH_MS;
    for (const folder of folders) {
      this.#rows.clear();
      const walked: Omit<WalkedFolder, 'count'> = { folderId: folder.folderId, hasMore: false, ...this.#look(folder) };
      const order = walked.outcome === 'listed' ? this.#rows.sorted() : [];
      const isFull = builder.rowCount > 0 && builder.rowCount + order.length > this.#batchRows;
      if (!builder.isEmpty && (isFull || performance.now() > dueMs)) {
        const reply = this.#finish(builder, requestId, false);
        yield reply;
        if (reply.type === 'root-lost') return;
        dueMs = performance.now() + BATCH_MS;
      }
      let from = 0;
      for (; from + this.#batchRows < order.length; from += this.#batchRows) {
        builder.add({ ...walked, hasMore: true, missingNames: [] }, this.#rows, order, from, from + this.#batchRows);
        const reply = this.#finish(builder, requestId, false);
        yield reply;
        if (reply.type === 'root-lost') return;
      }
      builder.add(walked, this.#rows, order, from);
    }
    yield this.#finish(builder, requestId, true);
  }

  #finish(builder: WalkBatchBuilder, requestId: number, isLast: boolean): WalkReply {
    return this.#rootLost(requestId) ?? { type: 'batch', batch: builder.take(), isLast };
  }

  #rootLost(requestId: number): WalkReply | null {
    const state = this.#guard.check();
    this.#checkedMs = state === 'there' ? performance.now() : Number.NEGATIVE_INFINITY;
    return state === 'there' ? null : { type: 'root-lost', requestId, isVolumeThere: state === 'root-gone' };
  }

  #look(folder: WalkFolder): Looked {
    const { path } = folder;
    try {
      const reach = this.#scope.reach(path);
      if (reach === 'gone') return GONE;
      // What is mounted there may not answer; nothing of it is to be known anyway.
      if (reach === 'beyond' || this.#scope.isAvoided(path)) return { ...GONE, outcome: 'listed' };
      return withReachablePath(path, (reachable) => this.#read(folder, reachable, reach === 'open'));
    } catch (error) {
      const { code, message } = toFsError(error, path);
      return code === 'PATH_NOT_FOUND' || code === 'NOT_A_FOLDER' ? GONE : { ...GONE, outcome: 'failed', error: { code, message } };
    }
  }

  /** @param path leads to the folder; its own may be too long for the kernel */
  #read(folder: WalkFolder, path: NativePath, isOpen: boolean): Looked {
    const nowMs = Date.now();
    const stats = lstatSync(path, QUIET);
    if (!stats?.isDirectory()) return GONE;
    const isForeign = stats.dev !== this.#rootDev;
    const { hasLastingInodes } = this.#scope.mounts;
    const self = selfOf(stats, hasLastingInodes && !isForeign ? stats.ino : 0n);
    const at = { ms: self.modifiedMs, ns: self.modifiedNs };
    const isSettled = at.ms < nowMs - TIME_GRANULARITY_MS;
    const looked: Looked = { outcome: 'listed', error: null, listedAt: isSettled ? at : null, self, missingNames: [] };
    if (!isOpen || (isForeign && !this.#scope.entersOtherDevices())) return looked;
    if (folder.unlessModified?.ms === at.ms && folder.unlessModified.ns === at.ns) return { ...looked, outcome: 'unchanged' };
    if (folder.names !== null) {
      const missingNames = this.#addNamed(folder.path, path, folder.names);
      return this.#isStillThere(folder, path, stats) ? { ...looked, listedAt: null, missingNames } : GONE;
    }
    const names = readNames(path);
    this.#add(folder.path, path, names, (name) => names.includes(name));
    return this.#isStillThere(folder, path, stats) ? looked : GONE;
  }

  /**
   * Whether a folder was at its path all the time while it was read: else what was found may be of another one, or lie behind a link. Being
   * moved changes `ctime`; so do entries that come and go, but these change `mtime`, too (and between the two somebody may look). That the
   * root is the same is looked at after each request.
   */
  #isStillThere(folder: WalkFolder, path: NativePath, before: BigIntStats): boolean {
    if (samePath(folder.path, this.#scope.root)) return true;
    const now = lstatSync(path, QUIET);
    if (!now?.isDirectory() || now.dev !== before.dev) return false;
    // Other times and numbers are made up by some file systems at each look.
    if (!this.#scope.mounts.hasLastingInodes) return true;
    return now.ino === before.ino && (now.ctimeNs === before.ctimeNs || now.mtimeNs !== before.mtimeNs);
  }

  /** @returns those that are not there */
  #addNamed(folder: NativePath, path: NativePath, names: NativePath[]): NativePath[] {
    const there = this.#scope.mounts.isCaseBlind ? spelledNames(path, names) : names;
    this.#add(folder, path, there, (name) => lstatSync(joinPath(path, name), QUIET) !== undefined);
    const found = new Set(this.#rows.names);
    return names.filter((name) => !found.has(nameToWire(name)));
  }

  #add(folder: NativePath, path: NativePath, names: readonly NativePath[], hasSibling: (name: string) => boolean): void {
    addEntries(this.#rows, path, names, {
      rules: this.#scope.rulesIn(folder, hasSibling),
      rootDev: this.#rootDev,
      hasLastingInodes: this.#scope.mounts.hasLastingInodes,
      avoided: this.#scope.avoidedIn(folder),
    });
  }
}

function deviceOf(root: NativePath): bigint {
  try {
    return lstatSync(root, { bigint: true }).dev;
  } catch {
    // It is not there: the guard says so at the first request.
    return -1n;
  }
}
