import { setImmediate as nextTurn } from 'node:timers/promises';
import { KIND_RANK } from '#core/entry/row-order.ts';
import { displayName } from '#core/fs/native-path.ts';
import type { ChangeReport } from './change-report.ts';
import type { KnownEntry } from './entry-store.ts';
import type { FolderNode } from './folder-node.ts';
import type { IndexedRoot, ScanCounts } from './index-task.ts';
import { detach } from './moves.ts';
import { type CompiledRules, compileRules } from './rules/compile-rules.ts';
import type { IndexCore, RunContext } from './run-context.ts';

const SLICE_MS = 25;

export interface PruneOptions {
  core: IndexCore;
  root: IndexedRoot;
  rootId: number;
  counts: ScanCounts;
  report: ChangeReport;
  /** May throw to end early. */
  check(): void;
}

/**
 * Takes from the index of a location what its rules leave out, by what is known of it: the disk is not touched, so what `.gitignore` files say
 * is left to the next scan.
 */
export async function prune({ core, root, rootId, counts, report, check }: PruneOptions): Promise<void> {
  const { tree, writer } = core;
  const rules = compileRules(root.rules);
  const step = () => writer.step();
  const context: RunContext = { ...core, mayMove: false, kin: new Set(), counts, report, problem: () => undefined, step };
  const stack: { id: number; path: string; isEntered: boolean }[] = [{ id: rootId, path: '', isEntered: true }];
  let sliceEnd = performance.now() + SLICE_MS;
  for (let folder = stack.pop(); folder; folder = stack.pop()) {
    const node = tree.hold(folder.id);
    if (!node) continue;
    writer.begin();
    try {
      const { path } = folder;
      for (const { id, name } of pruneFolder(context, node, rules, folder)) {
        const shown = displayName(name);
        stack.push({ id, path: path === '' ? shown : `${path}/${shown}`, isEntered: rules.entersFolder(shown) });
      }
    } finally {
      tree.release(node);
    }
    if (performance.now() < sliceEnd && !writer.isWanted) continue;
    writer.commit();
    await nextTurn();
    check();
    sliceEnd = performance.now() + SLICE_MS;
  }
  writer.commit();
}

/** @returns the folders that stay */
function pruneFolder(
  context: RunContext,
  node: FolderNode,
  rules: CompiledRules,
  { path, isEntered }: { path: string; isEntered: boolean },
): KnownEntry[] {
  const entries = [...context.store.childrenOf(node.id)];
  const names = new Set(entries.map(({ name }) => displayName(name)));
  const inFolder = rules.inFolder(path, (name) => names.has(name));
  const isLeftOut = (entry: KnownEntry) => !isEntered || inFolder.leavesOut(displayName(entry.name), entry.kind, entry.size);
  for (const entry of entries.filter(isLeftOut)) {
    detach(context, entry, node);
    context.tree.forgetHash(node);
    context.report.folder(context.tree.pathOf(node));
    context.step();
  }
  return entries.filter((entry) => entry.kind === KIND_RANK.folder && !isLeftOut(entry));
}
