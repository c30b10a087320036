import type { NativePath } from '#core/fs/native-path.ts';
import type { IndexChanges } from './index-task.ts';
import { nameToWire } from './walked-rows.ts';

const MOST_FOLDERS = 1000;
const MOST_MOVES = 100;

/** Gathers what one commit changes in one location. */
export class ChangeReport {
  created = 0;
  modified = 0;
  moved = 0;
  removed = 0;
  /** How many reports have been taken. */
  taken = 0;
  readonly #locationId: number;
  #folders = new Map<string, NativePath>();
  #hasMoreFolders = false;
  #moves: IndexChanges['moves'] = [];
  #lastFolder: NativePath | null = null;

  constructor(locationId: number) {
    this.#locationId = locationId;
  }

  /** Own entries of the folder have changed. */
  folder(path: NativePath | null): void {
    if (path === null || path === this.#lastFolder) return;
    this.#lastFolder = path;
    if (this.#folders.size < MOST_FOLDERS) this.#folders.set(nameToWire(path), path);
    else this.#hasMoreFolders = true;
  }

  move(entryId: number, from: NativePath | null, to: NativePath | null): void {
    this.moved += 1;
    if (from !== null && to !== null && this.#moves.length < MOST_MOVES) this.#moves.push({ entryId, from, to });
  }

  /** What has changed since the last call; null when nothing has. */
  take(): IndexChanges | null {
    const { created, modified, moved } = this;
    // What was taken out in one commit and has turned up in the next was counted as removed too early.
    const removed = Math.max(this.removed, 0);
    if (created + modified + moved + removed === 0 && this.#folders.size === 0) return null;
    const changes: IndexChanges = {
      locationId: this.#locationId,
      created,
      modified,
      moved,
      removed,
      folders: [...this.#folders.values()],
      hasMoreFolders: this.#hasMoreFolders,
      moves: this.#moves,
    };
    this.created = this.modified = this.moved = this.removed = 0;
    this.#folders = new Map();
    this.#hasMoreFolders = false;
    this.#moves = [];
    this.#lastFolder = null;
    this.taken += 1;
    return changes;
  }
}
