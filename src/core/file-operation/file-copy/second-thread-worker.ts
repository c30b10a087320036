/** @file The second thread of a copy: works off batches of small files together with the first. */
import { parentPort } from 'node:worker_threads';
import { fromMessage } from '#core/fs/native-path.ts';
import { copyShare, untilStopped, verifyShare } from './batch-share.ts';
import { CopyControl } from './copy-control.ts';
import { FileVerifier } from './file-verifier.ts';
import {
  receiveItems,
  type SecondThreadReply,
  type SecondThreadRequest,
  type SecondThreadStart,
  sendCopies,
  sendVerifications,
} from './second-thread-messages.ts';
import { SmallFileCopier } from './small-file-copy.ts';

const port = parentPort;
if (!port) throw new Error('second-thread-worker runs as a worker thread');

/** What it works with for one copy. */
class Work {
  readonly #hash: boolean;
  readonly #control: CopyControl;
  readonly #copier: SmallFileCopier;
  readonly #verifier: FileVerifier;

  constructor({ control, hash }: SecondThreadStart) {
    this.#hash = hash;
    this.#control = new CopyControl(control);
    this.#copier = new SmallFileCopier(this.#control, hash);
    this.#verifier = new FileVerifier(this.#control);
  }

  reply(request: SecondThreadRequest): SecondThreadReply {
    if (request.work === 'copy') {
      const items = receiveItems(request.items);
      const share = untilStopped(() => copyShare(items, request.cursor, this.#copier, this.#control));
      return { work: 'copy', share: share && sendCopies(share, this.#hash) };
    }
    const items = request.items.map((item) => ({ ...item, path: fromMessage(item.path) }));
    const share = untilStopped(() => verifyShare(items, request.cursor, this.#verifier));
    return { work: 'verify', share: share && sendVerifications(share), readPastCache: this.#verifier.readPastCache };
  }
}

let work: Work | null = null;
port.on('message', (request: SecondThreadRequest | SecondThreadStart) => {
  if (request.work === 'start') work = new Work(request);
  else if (work) port.postMessage(work.reply(request));
});
