/**
 * @file Searches one library, in a thread of its own with a connection that only reads. Kept apart from the engine's thread, which a search through
 * ten million names would stop, and from the index worker. The only one to talk to it is `SearchThread`.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { translateSqliteError } from '#core/db/sqlite-error.ts';
import { toMooringError } from '#shared/contract/error.ts';
import { checkIndex } from './check-index.ts';
import { LoadedIndex } from './loaded-index.ts';
import { practise } from './practice.ts';
import { runSearch } from './run-search.ts';
import { cancelled, tooSlow } from './search-errors.ts';
import type { SearchRequest } from './search-index.ts';
import { clock, END, type SearchMessage, type SearchReply, type SearchWorkerData, STATE } from './search-messages.ts';

const port = parentPort;
if (!port) throw new Error('search-worker runs as a worker thread');
const { databasePath }: SearchWorkerData = workerData;
const send = (reply: SearchReply) => port.postMessage(reply);
let index: LoadedIndex | null = null;

port.on('message', (message: SearchMessage) => {
  if (message.type === 'run') run(message);
  else {
    index?.close();
    send({ type: 'closed' });
    port.close();
  }
});

function run({ id, work, state: buffer }: Extract<SearchMessage, { type: 'run' }>): void {
  const state = new Int32Array(buffer);
  const check = () => refuseEnded(state);
  try {
    check();
    if (work.type === 'check') {
      send({ type: 'checked', id, check: checkIndex(databasePath, check) });
      return;
    }
    const isNew = index === null;
    index ??= new LoadedIndex(databasePath, (problem) => send({ type: 'problem', message: String(problem) }));
    const loaded = index;
    if (work.type === 'prepare') loaded.read(() => send({ type: 'prepared', id }), check);
    else search(loaded, id, work.request, state, check);
    if (isNew) practise(loaded);
  } catch (error) {
    const told = toMooringError(translateSqliteError(error, databasePath));
    send({
      type: 'failed',
      id,
      error: told.toBody(),
      fault: told.code === 'INTERNAL' ? String(error instanceof Error ? error.stack : error) : null,
    });
  }
}

function search(index: LoadedIndex, id: number, request: SearchRequest, state: Int32Array, check: () => void): void {
  const answer = index.read(() => {
    Atomics.store(state, STATE.entryCount, index.entryCount);
    Atomics.store(state, STATE.beganAt, clock());
    return runSearch(request, index, check);
  }, check);
  send({ type: 'found', id, answer, isUntidy: index.isUntidy });
}

function refuseEnded(state: Int32Array): void {
  const reason = Atomics.load(state, STATE.end);
  if (reason === END.cancelled) throw cancelled();
  if (reason === END.tooSlow) throw tooSlow();
}
