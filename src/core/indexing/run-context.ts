import type { ChangeReport } from './change-report.ts';
import type { EntryStore } from './entry-store.ts';
import type { FolderTree } from './folder-tree.ts';
import type { IndexProblem } from './index-messages.ts';
import type { ScanCounts } from './index-task.ts';
import type { IndexWriter } from './index-writer.ts';
import type { Limbo } from './limbo.ts';

/** What everything in the index worker works with. */
export interface IndexCore {
  writer: IndexWriter;
  store: EntryStore;
  tree: FolderTree;
  limbo: Limbo;
  /** By file number, as `inodeKey` writes it. Kept until what has vanished is forgotten. */
  superseded: Map<string, Superseded>;
}

/** The identity of a file that another one has replaced at its path, which kept the row. */
export interface Superseded {
  id: number;
  bornMs: number | null;
  size: number;
  modifiedMs: number;
  modifiedNs: number;
  /** As `Limbo.orderOf`. */
  order: number;
  /** When that was, as `performance.now()`. */
  at: number;
}

/** What all folders of one run have in common. */
export interface RunContext extends IndexCore {
  /** Whether what is new may have been elsewhere before: not in the first scan of an only location. */
  mayMove: boolean;
  /** The locations on the same volume that neither hold this one nor lie in it, and this one itself. */
  kin: ReadonlySet<number>;
  counts: ScanCounts;
  report: ChangeReport;
  /** A folder or an entry could not be looked at. */
  problem(problem: IndexProblem): void;
  /** To be called between any two rows. @throws when the run has been cancelled; then all that was written is whole */
  step(): void;
}

export function inodeKey(high: number, low: number): string {
  return `${high}:${low}`;
}

export function emptyCounts(): ScanCounts {
  return {
    created: 0,
    modified: 0,
    moved: 0,
    removed: 0,
    foldersListed: 0,
    entriesSeen: 0,
    bytesSeen: 0,
    unchanged: 0,
    problems: 0,
  };
}
