import type { EngineClient } from '#shared/contract/contract.ts';
import type { Entry } from '#shared/contract/entry.ts';
import { type ErrorCode, toMooringError } from '#shared/contract/error.ts';

const PAGE_SIZE = 1000;

export interface TreeOptions {
  /** 1: the folder's own entries; null: all below it. */
  maxDepth: number | null;
  dirsOnly: boolean;
}

export interface TreeNode {
  entry: Entry;
  /** 1 for the folder's own entries. */
  depth: number;
  /** Of the folders above it and of itself: whether nothing follows in the same folder. */
  isLast: boolean[];
}

/** A folder whose entries could not be listed, though it is there. */
export interface TreeProblem {
  problem: { path: string; code: ErrorCode; message: string };
  isLast: boolean[];
}

/** What may be wrong with one folder, while others can still be listed. */
const FOLDER_PROBLEMS: ReadonlySet<ErrorCode> = new Set([
  'PERMISSION_DENIED',
  'PATH_NOT_FOUND',
  'NOT_A_FOLDER',
  'IO_ERROR',
  'VOLUME_OFFLINE',
  'VOLUME_UNRESPONSIVE',
  'LOCATION_GONE',
  'CURSOR_INVALID',
  'TIMEOUT',
]);

interface Level {
  path: string;
  entries: AsyncIterator<{ entry: Entry; isLast: boolean }>;
  isLast: boolean[];
}

/**
 * Everything below a folder, each folder before its contents. One page of each open folder is in memory, however large the tree.
 * @throws whatever listing the folder itself throws; of folders below it a problem is told instead
 */
export async function* walkTree(engine: EngineClient, path: string, options: TreeOptions): AsyncGenerator<TreeNode | TreeProblem> {
  const open = (folder: string, isLast: boolean[]): Level => ({
    path: folder,
    entries: withLast(listFolder(engine, folder, options.dirsOnly)),
    isLast,
  });
  const levels = [open(path, [])];
  for (let level = levels.at(-1); level; level = levels.at(-1)) {
    const { path: folder, entries, isLast: above } = level;
    const next = await entries.next().catch((error: unknown) => folderProblem(error, folder, levels.length === 1));
    if ('problem' in next) yield { problem: next.problem, isLast: [...above, true] };
    if ('problem' in next || next.done) {
      levels.pop();
      continue;
    }
    const { entry } = next.value;
    const isLast = [...above, next.value.isLast];
    yield { entry, depth: isLast.length, isLast };
    const isDeepEnough = options.maxDepth !== null && isLast.length >= options.maxDepth;
    if (entry.kind === 'folder' && entry.childCount !== 0 && !isDeepEnough) levels.push(open(entry.path, isLast));
  }
}

/** @throws the error where it concerns more than one folder below the one that was asked for */
function folderProblem(thrown: unknown, path: string, isRoot: boolean): Pick<TreeProblem, 'problem'> {
  const { code, message } = toMooringError(thrown);
  if (isRoot || !FOLDER_PROBLEMS.has(code)) throw thrown;
  return { problem: { path, code, message } };
}

async function* listFolder(engine: EngineClient, path: string, dirsOnly: boolean): AsyncGenerator<Entry> {
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<EngineClient['entries']['list']>> = await engine.entries.list({
      path,
      limit: PAGE_SIZE,
      ...(cursor === null ? {} : { cursor }),
    });
    for (const entry of page.items) {
      // Folders come first.
      if (dirsOnly && entry.kind !== 'folder') return;
      yield entry;
    }
    cursor = page.nextCursor;
  } while (cursor !== null);
}

async function* withLast(entries: AsyncIterable<Entry>): AsyncGenerator<{ entry: Entry; isLast: boolean }> {
  let held: Entry | null = null;
  for await (const entry of entries) {
    if (held) yield { entry: held, isLast: false };
    held = entry;
  }
  if (held) yield { entry: held, isLast: true };
}
