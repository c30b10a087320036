/**
 * @file Plans and copies in a thread of its own: one task per thread, which `runCopyTask` starts and ends. Synchronous
 * reads and writes of one block after the other are the fastest there are in Node.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { toFsError } from '#core/fs/fs-error.ts';
import { MooringError } from '#shared/contract/error.ts';
import { Cancellation } from './cancellation.ts';
import { type CopyMessage, type CopyTask, type CopyTaskResults, type CopyWorkerData, receiveRequest } from './copy-messages.ts';
import { CopyPlanner, refuseUnanswered } from './copy-plan.ts';
import { CopyRun } from './copy-run.ts';
import { sweepLeftovers } from './leftover-sweep.ts';

const port = parentPort;
if (!port) throw new Error('copy-worker runs as a worker thread');
const send = (message: CopyMessage) => port.postMessage(message);

const { task, cancel } = workerData as CopyWorkerData;
try {
  send({ type: 'done', result: await perform(task, new Cancellation(cancel)) });
} catch (error) {
  const where = task.task === 'sweep' ? task.sweep.journalPath : task.request.destination;
  send({ type: 'failed', error: toFsError(error, where).toBody() });
}

async function perform(task: CopyTask, cancellation: Cancellation): Promise<CopyTaskResults[CopyTask['task']]> {
  if (task.task === 'sweep') return sweepLeftovers(task.sweep);
  const request = receiveRequest(task.request);
  if (task.task === 'copy') return copy({ ...task, request }, cancellation);
  const planner = new CopyPlanner(request, task.task === 'plan', () => cancellation.check());
  return task.task === 'plan' ? planner.plan : planner.check;
}

/** Plans anew: what is copied is what is there now, and what does not fit, or has no answer, ends it before the first byte. */
async function copy(task: Extract<CopyTask, { task: 'copy' }>, cancellation: Cancellation): Promise<CopyTaskResults['copy']> {
  const { request } = task;
  const nothing = { currentItem: null, itemsDone: 0, itemsTotal: null, bytesDone: 0, bytesTotal: null };
  send({ type: 'progress', progress: { phase: 'planning', ...nothing } });
  const planner = new CopyPlanner(request, true, () => cancellation.check());
  refuseUnanswered(planner.check, request.onConflict);
  const { plan, destination } = planner;
  if (!plan.fits) {
    const missingBytes = planner.neededBytes - plan.availableBytes;
    throw new MooringError('NO_SPACE', `The target is too small: ${missingBytes} more bytes are needed. Nothing was copied.`, {
      details: { missingBytes },
    });
  }
  return new CopyRun({ ...task, destination, plan, cancellation, send }).run();
}
