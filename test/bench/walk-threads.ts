import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { joinPath, type NativePath } from '#core/fs/native-path.ts';
import type { WalkerData, WalkReply, WalkRequest } from '#core/indexing/walk-messages.ts';
import { WalkedRows } from '#core/indexing/walked-rows.ts';
import { LocationRules } from '#shared/contract/location.ts';

const WORKER = new URL('../../out/main/walker-worker.js', import.meta.url);
const FOLDERS_PER_REQUEST = 32;
const REQUESTS_AHEAD = 2;

interface Thread {
  worker: Worker;
  rowsAhead: Int32Array;
  requests: number;
}

/** The built walker threads, without the index writer: what reading a tree costs by itself. They stay from one walk to the next. */
export class WalkThreads implements AsyncDisposable {
  readonly #threads: Thread[];

  private constructor(threads: Thread[]) {
    this.#threads = threads;
  }

  static async start(count: number): Promise<WalkThreads> {
    const threads = Array.from({ length: count }, () => {
      const workerData: WalkerData = { rowsAhead: new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT) };
      return { worker: new Worker(WORKER, { workerData }), rowsAhead: new Int32Array(workerData.rowsAhead), requests: 0 };
    });
    await Promise.all(threads.map(({ worker }) => once(worker, 'online')));
    return new WalkThreads(threads);
  }

  /** Reads a whole tree and keeps nothing of it. @returns the number of entries */
  walk(path: string): Promise<number> {
    const pending: NativePath[] = [path];
    const asked = new Map<number, NativePath>();
    let nextId = 1;
    let entries = 0;
    const root: WalkRequest = {
      type: 'root',
      root: { locationId: 1, path, mountPoint: '/', rules: LocationRules.parse({}), excluded: [] },
    };
    for (const { worker } of this.#threads) worker.removeAllListeners().postMessage(root);
    const take = (thread: Thread, reply: WalkReply) => {
      if (reply.type === 'root-lost') throw new Error('The tree has gone');
      const { batch } = reply;
      const rows = new WalkedRows(batch);
      let row = 0;
      for (const { folderId, count, hasMore } of batch.folders) {
        const above = asked.get(folderId) ?? '';
        if (!hasMore) asked.delete(folderId);
        for (const end = row + count; row < end; row++) if (rows.kind(row) === 0) pending.push(joinPath(above, rows.name(row)));
      }
      entries += rows.length;
      Atomics.sub(thread.rowsAhead, 0, rows.length);
      Atomics.notify(thread.rowsAhead, 0);
      if (reply.isLast) thread.requests--;
    };
    const ask = (thread: Thread) => {
      const folders = pending.splice(-FOLDERS_PER_REQUEST).map((folder) => {
        asked.set(nextId, folder);
        return { folderId: nextId++, path: folder, names: null, unlessModified: null };
      });
      thread.requests++;
      thread.worker.postMessage({ type: 'walk', requestId: nextId, folders } satisfies WalkRequest);
    };
    const askAll = () => {
      for (let round = 0; round < REQUESTS_AHEAD; round++) {
        for (const thread of this.#threads) if (thread.requests <= round && pending.length > 0) ask(thread);
      }
    };
    return new Promise((resolve, reject) => {
      for (const thread of this.#threads) {
        thread.worker.on('error', reject).on('message', (reply: WalkReply) => {
          take(thread, reply);
          askAll();
          if (this.#threads.every(({ requests }) => requests === 0)) resolve(entries);
        });
      }
      askAll();
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#threads.map(({ worker }) => worker.terminate()));
  }
}
