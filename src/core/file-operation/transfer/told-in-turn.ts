import { displayName, parentOf } from '#core/fs/native-path.ts';
import type { IndexFollow } from '../index-follow/index-follow.ts';
import { type ChangedNames, type MovedEntry, receiveChanges, receiveMoves } from './transfer-messages.ts';

/**
 * Tells the index of what a transfer changes, in the order in which it happens: what is told while it is still at what was told before waits, and
 * is then told at once.
 */
export class ToldInTurn {
  readonly #index: Pick<IndexFollow, 'changed'>;
  #changes: ChangedNames[] = [];
  #moves: MovedEntry[] = [];
  #telling: Promise<void> | null = null;

  constructor(index: Pick<IndexFollow, 'changed'>) {
    this.#index = index;
  }

  add(changes: readonly ChangedNames[], moves: readonly MovedEntry[]): void {
    this.#changes.push(...receiveChanges(changes));
    this.#moves.push(...receiveMoves(moves));
    this.#telling ??= this.#tell();
  }

  /** Resolves when the index has heard of everything. */
  async settled(): Promise<void> {
    await this.#telling;
  }

  async #tell(): Promise<void> {
    while (this.#changes.length > 0) {
      const [changes, moves] = [this.#changes, this.#moves];
      [this.#changes, this.#moves] = [[], []];
      if (moves.length > 0) await this.#index.changed(arrivalsOf(changes, moves));
      await this.#index.changed(changes, moves);
    }
    this.#telling = null;
  }
}

/** Changes of the folders that something has moved into: only where these are known, what is in them keeps its identity. */
function arrivalsOf(changes: readonly ChangedNames[], moves: readonly MovedEntry[]): ChangedNames[] {
  const folders = new Set(moves.map(({ to }) => displayName(parentOf(to))));
  return changes.filter(({ folder }) => folders.has(displayName(folder)));
}
