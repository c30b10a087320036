/** @file The second thread of a copy: works off batches of small files together with the first. */
import { parentPort, workerData } from 'node:worker_threads';
import { fromMessage } from '#core/fs/native-path.ts';
import { copyShare, type Share, verifyShare } from './batch-share.ts';
import { CopyControl, CopyStopped } from './copy-control.ts';
import { FileVerifier } from './file-verifier.ts';
import type { SecondThreadData, SecondThreadReply, SecondThreadRequest, SentShare } from './second-thread-messages.ts';
import { sendError } from './sent-error.ts';
import { SmallFileCopier } from './small-file-copy.ts';

const port = parentPort;
if (!port) throw new Error('second-thread-worker runs as a worker thread');

const { control: memory, hash } = workerData as SecondThreadData;
const control = new CopyControl(memory);
const copier = new SmallFileCopier(control, hash);
const verifier = new FileVerifier(control);

port.on('message', (request: SecondThreadRequest) => port.postMessage(reply(request)));

function reply(request: SecondThreadRequest): SecondThreadReply {
  if (request.work === 'copy') {
    const items = request.items.map((item) => ({ ...item, source: fromMessage(item.source), temp: fromMessage(item.temp) }));
    return { work: 'copy', share: unlessStopped(() => copyShare(items, request.cursor, copier, control)) };
  }
  const items = request.items.map((item) => ({ ...item, path: fromMessage(item.path) }));
  const share = unlessStopped(() => verifyShare(items, request.cursor, verifier));
  return { work: 'verify', share, readPastCache: verifier.readPastCache };
}

function unlessStopped<T>(work: () => Share<T>): SentShare<T> | null {
  try {
    return work().map(([index, outcome]) => [index, 'error' in outcome ? { error: sendError(outcome.error) } : outcome]);
  } catch (error) {
    if (error instanceof CopyStopped) return null;
    throw error;
  }
}
