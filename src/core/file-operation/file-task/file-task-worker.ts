/**
 * @file Does what users ask for with single files and folders (new names, the trash, deleting) in a thread of its own, one task after the
 * other: the drive may hang. `FileTasks` starts it, and abandons it when it does not answer.
 */
import { parentPort } from 'node:worker_threads';
import { toFsError } from '#core/fs/fs-error.ts';
import { createBackTask, createTask } from '../create/create-task.ts';
import { deleteAll, planDelete } from '../delete/delete-task.ts';
import { finishRenames } from '../rename/rename-journal.ts';
import { renameBackTask, renameTask } from '../rename/rename-task.ts';
import { listTrash } from '../trash/list-trash.ts';
import { restoreBack } from '../trash/restore-back.ts';
import { rehearseRestore, restore, trashBack } from '../trash/take-out.ts';
import { rehearseTrash, throwAway } from '../trash/throw-away.ts';
import { trashForPlatform } from '../trash/trash-for-platform.ts';
import { type FileTaskReply, type FileTaskRequest, type FileTaskType, restorePaths, type TaskInput, type TaskResult } from './file-task.ts';
import { freeNameIn } from './free-name-beside.ts';
import { TaskControl } from './task-control.ts';

const port = parentPort;
if (!port) throw new Error('file-task-worker runs as a worker thread');
const send = (reply: FileTaskReply) => port.postMessage(reply);

type Handlers = { [Type in FileTaskType]: (input: TaskInput<Type>, control: TaskControl) => TaskResult<Type> };
const handlers: Handlers = {
  rename: renameTask,
  'rename-back': renameBackTask,
  'finish-renames': ({ journalPath }) => finishRenames(journalPath, freeNameIn),
  create: createTask,
  'create-back': createBackTask,
  trash: ({ request, isRehearsal }, control) => (isRehearsal ? rehearseTrash : throwAway)(request, trashForPlatform(), control),
  'trash-back': ({ items, isRehearsal }, control) => trashBack(items, isRehearsal, trashForPlatform(), control),
  restore: ({ paths, isRehearsal }, control) => (isRehearsal ? rehearseRestore : restore)(paths, trashForPlatform(), control),
  'restore-back': (input, control) => restoreBack(input, trashForPlatform(), control),
  'list-trash': ({ mountPoints }, control) => listTrash(mountPoints, trashForPlatform(), control),
  'plan-delete': ({ request, isCounted }, control) => planDelete(request, isCounted, control),
  delete: deleteAll,
};

port.on('message', ({ task, cancel }: FileTaskRequest) => {
  try {
    const handle = handlers[task.type] as (input: unknown, control: TaskControl) => unknown;
    send({ type: 'done', result: handle(restorePaths(task.input), new TaskControl(cancel, send)) });
  } catch (error) {
    send({ type: 'failed', error: toFsError(error, '').toBody() });
  }
});
