/**
 * @file Writes the entries of one library, in a thread of its own with a connection of its own. Its threads that read the disk are
 * `walker/walker-worker.ts`; the only one to talk to it is `IndexWorkerClient`.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { translateSqliteError } from '#core/db/sqlite-error.ts';
import { toMooringError } from '#shared/contract/error.ts';
import { IndexDesk } from './index-desk.ts';
import type { IndexReply, IndexRequest, IndexWorkerData } from './index-messages.ts';

const port = parentPort;
if (!port) throw new Error('index-worker runs as a worker thread');
const data: IndexWorkerData = workerData;
const send = (reply: IndexReply) => port.postMessage(reply);

let desk: IndexDesk | null = null;
let problem: unknown = null;
try {
  desk = new IndexDesk(data, send);
} catch (error) {
  problem = translateSqliteError(error, data.databasePath);
}

port.on('message', async (request: IndexRequest) => {
  if (request.type === 'close') {
    await desk?.close();
    send({ type: 'closed' });
    port.close();
  } else if (request.type === 'prepare') desk?.prepare();
  else if (request.type === 'cancel') desk?.cancel(request.id);
  else if (desk) await desk.run(request);
  else send({ type: 'failed', id: request.id, error: toMooringError(problem).toBody(), fault: String(problem) });
});
