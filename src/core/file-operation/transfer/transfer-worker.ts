/**
 * @file Plans, copies, moves and takes back in a thread of its own, which `TransferThreads` starts and ends: one task at a time. Synchronous
 * calls one after the other are the fastest there are in Node.
 */
import { parentPort } from 'node:worker_threads';
import { toFsError } from '#core/fs/fs-error.ts';
import type { NativePath } from '#core/fs/native-path.ts';
import { CopyControl } from '../file-copy/copy-control.ts';
import { sweepLeftovers } from './leftovers.ts';
import {
  receiveItems,
  receiveRequest,
  type TransferAsk,
  type TransferMessage,
  type TransferTask,
  type TransferTaskResults,
} from './transfer-messages.ts';
import { TransferPlanner } from './transfer-planner.ts';
import { TransferRun } from './transfer-run.ts';
import { checkUndo } from './undo-check.ts';
import { readRecord, runUndo } from './undo-run.ts';

const port = parentPort;
if (!port) throw new Error('transfer-worker runs as a worker thread');
const send = (message: TransferMessage) => port.postMessage(message);

port.on('message', async ({ task, control }: TransferAsk) => {
  try {
    send({ type: 'done', result: await perform(task, new CopyControl(control)) });
  } catch (error) {
    send({ type: 'failed', error: toFsError(error, placeOf(task)).toBody() });
  }
});

async function perform(asked: TransferTask, steering: CopyControl): Promise<TransferTaskResults[TransferTask['task']]> {
  switch (asked.task) {
    case 'sweep':
      return sweepLeftovers(asked.journalPath, receiveItems(asked.items));
    case 'check':
      return new TransferPlanner(receiveRequest(asked.request), false, steering).check;
    case 'plan':
      return new TransferPlanner(receiveRequest(asked.request), true, steering).preview;
    case 'run':
      return {
        state: await new TransferRun({ task: { ...asked, request: receiveRequest(asked.request) }, control: steering, send }).run(),
      };
    case 'check-undo': {
      const received = { ...asked, items: receiveItems(asked.items) };
      return checkUndo(readRecord(received), asked.deviceId, steering).preview;
    }
    case 'undo':
      return { state: await runUndo({ task: { ...asked, items: receiveItems(asked.items) }, control: steering, send }) };
  }
}

/** What an error is about that says nothing of it. */
function placeOf(asked: TransferTask): NativePath {
  return 'request' in asked ? (asked.request.items[0]?.destination ?? '') : asked.journalPath;
}
