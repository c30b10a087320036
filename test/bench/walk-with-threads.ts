import { joinPath, type NativePath } from '#core/fs/native-path.ts';
import type { IndexedRoot } from '#core/indexing/index-task.ts';
import type { WalkFolder } from '#core/indexing/walk-messages.ts';
import { WalkedRows } from '#core/indexing/walked-rows.ts';
import { Walkers } from '#core/indexing/walkers.ts';
import { LocationRules } from '#shared/contract/location.ts';

const FOLDERS_PER_REQUEST = 32;

/** Reads a whole tree with the indexer's threads, and keeps nothing of it. @returns the number of entries */
export async function walkWithThreads(path: string, count: number): Promise<number> {
  const root: IndexedRoot = { locationId: 1, path, mountPoint: '/', rules: LocationRules.parse({}), excluded: [] };
  const pending: NativePath[] = [path];
  const asked = new Map<number, NativePath>();
  let nextId = 1;
  let entries = 0;
  return new Promise((resolve, reject) => {
    const fail = (error: Error) => {
      walkers.close();
      reject(error);
    };
    const walkers: Walkers = new Walkers({
      root,
      count,
      onError: fail,
      onRootLost: () => fail(new Error('The tree has gone')),
      onBatch(batch) {
        const rows = new WalkedRows(batch);
        let row = 0;
        for (const folder of batch.folders) {
          const above = asked.get(folder.folderId) ?? '';
          if (!folder.hasMore) asked.delete(folder.folderId);
          for (const end = row + folder.count; row < end; row++) if (rows.kind(row) === 0) pending.push(joinPath(above, rows.name(row)));
        }
        entries += rows.length;
        ask();
      },
    });
    const ask = () => {
      while (walkers.hasRoom && pending.length > 0) walkers.ask(pending.splice(-FOLDERS_PER_REQUEST).map(toRequest));
      if (walkers.busy > 0) return;
      walkers.close();
      resolve(entries);
    };
    const toRequest = (folder: NativePath): WalkFolder => {
      asked.set(nextId, folder);
      return { folderId: nextId++, path: folder, names: null, unlessModified: null };
    };
    ask();
  });
}
