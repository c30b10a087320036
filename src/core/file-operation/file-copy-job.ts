import type { EventBus } from '#core/events/event-bus.ts';
import { defineJob, type JobContext } from '#core/job/job-definition.ts';
import { CopyInput } from '#shared/contract/file.ts';
import type { CopyMessage, CopyRequest, CopyResult } from './copy-messages.ts';
import { runCopyTask } from './copy-worker-client.ts';

/**
 * Copies files and folders into a folder.
 *
 * @param toRequest reads the input's paths and adds what is mounted when the job starts
 */
export function createFileCopyJob({ events, toRequest }: { events: EventBus; toRequest(input: CopyInput): CopyRequest }) {
  return defineJob({
    name: 'file-copy',
    input: CopyInput,
    async run(context): Promise<CopyResult & Record<string, unknown>> {
      const { id, input, signal } = context;
      const onMessage = (message: CopyMessage) => relay(message, context, events);
      return { ...(await runCopyTask({ task: 'copy', request: toRequest(input), tempId: id.slice(-12), signal, onMessage })) };
    },
  });
}

function relay(message: CopyMessage, context: JobContext<unknown>, events: EventBus): void {
  if (message.type === 'progress') context.progress(message.progress);
  if (message.type === 'problem') context.problem(message.problem);
  if (message.type === 'created') events.publish({ type: 'EntryCreated', paths: message.paths });
}
