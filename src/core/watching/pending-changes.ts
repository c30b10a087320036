import type { NativePath } from '#core/fs/native-path.ts';
import type { ChangedFolder } from '#core/indexing/index-task.ts';
import { nameKey, nameOfKey } from './folder-node.ts';

/** As in `ChangeCollector`: what waits must not grow without end. */
const MAX_NAMES = 10_000;
const MAX_FOLDERS = 50_000;

interface PendingFolder {
  path: NativePath;
  /** By `nameKey`; null: all of it. */
  names: Set<string> | null;
  recursive: boolean;
}

/** Changes of one location that wait to be looked at. Many reports of one folder become one. */
export class PendingChanges {
  #folders = new Map<string, PendingFolder>();

  get isEmpty(): boolean {
    return this.#folders.size === 0;
  }

  add(changed: readonly ChangedFolder[], root: NativePath): void {
    for (const folder of changed) this.#addFolder(folder);
    if (this.#folders.size > MAX_FOLDERS) this.#folders = new Map([[nameKey(root), { path: root, names: null, recursive: true }]]);
  }

  take(): ChangedFolder[] {
    const folders = [...this.#folders.values()];
    this.#folders = new Map();
    return folders.map(({ path, names, recursive }) => ({
      path,
      names: names && Array.from(names, nameOfKey),
      ...(recursive ? { recursive } : {}),
    }));
  }

  #addFolder({ path, names, recursive = false }: ChangedFolder): void {
    const key = nameKey(path);
    const known = this.#folders.get(key);
    if (!known) {
      this.#folders.set(key, { path, names: names && new Set(names.map(nameKey)), recursive });
      return;
    }
    known.recursive ||= recursive;
    if (names && known.names) for (const name of names) known.names.add(nameKey(name));
    if (!names || (known.names?.size ?? 0) > MAX_NAMES) known.names = null;
  }
}
