/** @file The second thread of a copy: works off batches of small files together with the first. */
import { parentPort, workerData } from 'node:worker_threads';
import { fromMessage } from '#core/fs/native-path.ts';
import { copyShare, untilStopped, verifyShare } from './batch-share.ts';
import { CopyControl } from './copy-control.ts';
import { FileVerifier } from './file-verifier.ts';
import {
  receiveItems,
  type SecondThreadData,
  type SecondThreadReply,
  type SecondThreadRequest,
  sendCopies,
  sendVerifications,
} from './second-thread-messages.ts';
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
    const items = receiveItems(request.items);
    const share = untilStopped(() => copyShare(items, request.cursor, copier, control));
    return { work: 'copy', share: share && sendCopies(share, hash) };
  }
  const items = request.items.map((item) => ({ ...item, path: fromMessage(item.path) }));
  const share = untilStopped(() => verifyShare(items, request.cursor, verifier));
  return { work: 'verify', share: share && sendVerifications(share), readPastCache: verifier.readPastCache };
}
