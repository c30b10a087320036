import type { NativePath } from '#core/fs/native-path.ts';
import { WORTH_A_THREAD } from '../file-copy/file-copier.ts';
import { type FileFacts, isSameFile } from '../file-facts.ts';
import { encodeName } from './transfer-journal.ts';

/** So many entries are kept in mind: some megabytes. */
const MOST_ENTRIES = 20_000;
/** Folders that were changed a shorter while ago may have changed again without their time telling: file systems count in up to two seconds. */
const SETTLED_NS = 3_000_000_000n;
const NS_PER_MS = 1_000_000n;

/** What was seen in one folder. Files that have but one name are known with their facts, which whoever reads them compares anyway. */
export interface SeenFolder {
  names: NativePath[];
  files: Map<NativePath, FileFacts>;
}

/** What planning has seen of sources, so that the walk that follows at once need not look at it again. A folder that has changed since is not known. */
export class SeenFolders {
  readonly #folders = new Map<string, { facts: FileFacts; seen: SeenFolder }>();
  readonly #onMany: () => void;
  #entries = 0;

  /** @param onMany told when there are so many that a second thread is worth it */
  constructor(onMany: () => void) {
    this.#onMany = onMany;
  }

  /** Begins a folder, to be filled while it is read; null when it cannot be kept in mind. */
  begin(folder: NativePath, facts: FileFacts): SeenFolder | null {
    const isSettled = facts.mtimeNs < BigInt(Date.now()) * NS_PER_MS - SETTLED_NS;
    if (!isSettled || this.#entries >= MOST_ENTRIES) return null;
    const seen = { names: [], files: new Map() };
    this.#folders.set(encodeName(folder), { facts, seen });
    return seen;
  }

  /** @returns whether there is room for more */
  note(folder: SeenFolder, name: NativePath, facts: FileFacts | null): boolean {
    if (++this.#entries === WORTH_A_THREAD) this.#onMany();
    folder.names.push(name);
    if (facts?.isFile() && facts.nlink === 1n) folder.files.set(name, facts);
    return this.#entries < MOST_ENTRIES;
  }

  /** It was not read to its end. */
  drop(folder: NativePath): void {
    this.#folders.delete(encodeName(folder));
  }

  /** Once: after that it is forgotten. */
  take(folder: NativePath, facts: FileFacts): SeenFolder | null {
    const key = encodeName(folder);
    const known = this.#folders.get(key);
    this.#folders.delete(key);
    const isUnchanged =
      known && isSameFile(known.facts, facts) && known.facts.mtimeNs === facts.mtimeNs && known.facts.ctimeNs === facts.ctimeNs;
    return isUnchanged ? known.seen : null;
  }
}
