import type { ChangedFolder } from '#core/indexing/index-task.ts';
import { nameOfKey, type WatchedFolder } from './folder-node.ts';
import { isTemporaryName } from './temporary-names.ts';

/** More names than this in one folder, and all of it is looked at. */
const MAX_NAMES = 10_000;
/** More folders than this, and all that is watched is looked at. */
const MAX_FOLDERS = 50_000;

/** All of a folder's own entries, or all that is below it too. */
type Whole = 'folder' | 'subtree';

/** What has changed and was not told yet: for each folder the names, each once, however often it changed. */
export class ChangeCollector {
  readonly #root: WatchedFolder;
  /** How long a name that looks temporary has to be quiet before it is told. */
  readonly #holdMs: number;
  readonly #names = new Map<WatchedFolder, Set<string> | Whole>();
  /** Names that look temporary, and since when they have been quiet. */
  readonly #held = new Map<WatchedFolder, Map<string, number>>();
  #isOverflowing = false;

  constructor(root: WatchedFolder, holdMs: number) {
    this.#root = root;
    this.#holdMs = holdMs;
  }

  get isEmpty(): boolean {
    return this.#names.size === 0 && !this.#isOverflowing;
  }

  get isHolding(): boolean {
    return this.#held.size > 0;
  }

  /** @param key of `nameKey` */
  add(folder: WatchedFolder, key: string, nowMs: number): void {
    if (this.#isOverflowing) return;
    if (!isTemporaryName(nameOfKey(key))) this.#note(folder, key);
    else if (typeof this.#names.get(folder) !== 'string') {
      const held = this.#held.get(folder);
      if (held) held.set(key, nowMs);
      else this.#held.set(folder, new Map([[key, nowMs]]));
      if (this.#held.size > MAX_FOLDERS || (held?.size ?? 0) > MAX_NAMES) this.#release(nowMs, true);
    }
  }

  addAll(folder: WatchedFolder, whole: Whole): void {
    if (this.#isOverflowing || this.#names.get(folder) === 'subtree') return;
    this.#names.set(folder, whole);
    this.#held.delete(folder);
    this.#limit();
  }

  /** Events have been lost: everything has to be looked at. */
  addEverything(): void {
    this.#isOverflowing = true;
    this.#names.clear();
    this.#held.clear();
  }

  /** Hands out what is due, with the paths as they are now. What is no longer part of the tree is left out: its parent is among the changed. */
  take(nowMs: number, options: { withHeld: boolean }): ChangedFolder[] {
    this.#release(nowMs, options.withHeld);
    if (this.#isOverflowing) {
      this.#isOverflowing = false;
      const path = this.#root.path();
      return path === null ? [] : [{ path, names: null, recursive: true }];
    }
    const changed: ChangedFolder[] = [];
    for (const [folder, names] of this.#names) {
      const path = folder.path();
      if (path === null) continue;
      if (typeof names === 'string') changed.push({ path, names: null, recursive: names === 'subtree' });
      else changed.push({ path, names: Array.from(names, nameOfKey) });
    }
    this.#names.clear();
    return changed;
  }

  #note(folder: WatchedFolder, key: string): void {
    const names = this.#names.get(folder);
    if (typeof names === 'string') return;
    if (names === undefined) this.#names.set(folder, new Set([key]));
    else if (names.size < MAX_NAMES) names.add(key);
    else this.#names.set(folder, 'folder');
    this.#limit();
  }

  #limit(): void {
    if (this.#names.size > MAX_FOLDERS) this.addEverything();
  }

  #release(nowMs: number, all: boolean): void {
    for (const [folder, held] of this.#held) {
      for (const [key, sinceMs] of held) {
        if (!all && nowMs - sinceMs < this.#holdMs) continue;
        held.delete(key);
        this.#note(folder, key);
      }
      if (held.size === 0) this.#held.delete(folder);
    }
  }
}
