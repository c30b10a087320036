import type { EventBus } from '#core/events/event-bus.ts';
import { defineJob, type JobContext, type JobStart } from '#core/job/job-definition.ts';
import { CopyInput } from '#shared/contract/file.ts';
import type { Job } from '#shared/contract/job.ts';
import type { CopyLeftovers } from './copy-leftovers.ts';
import type { CopyMessage, CopyRequest, CopyResult } from './copy-messages.ts';
import { runCopyTask } from './copy-worker-client.ts';

export interface FileCopyJobOptions {
  events: EventBus;
  dataDir: string;
  leftovers: Pick<CopyLeftovers, 'copyEnded'>;
  /** Reads the input's paths and adds what is mounted when the job starts. */
  toRequest(input: CopyInput): CopyRequest;
  /** Checks and dispatches it. */
  start(input: CopyInput, options: JobStart): Promise<Job>;
}

/** Copies files and folders into a folder. */
export function createFileCopyJob({ events, dataDir, leftovers, toRequest, start }: FileCopyJobOptions) {
  return defineJob({
    name: 'file-copy',
    input: CopyInput,
    start,
    async run(context): Promise<CopyResult & Record<string, unknown>> {
      const { id, input, signal } = context;
      const tempId = tempIdOf(id);
      const onMessage = (message: CopyMessage) => relay(message, context, events);
      try {
        return { ...(await runCopyTask({ task: { task: 'copy', request: toRequest(input), tempId, dataDir }, signal, onMessage })) };
      } finally {
        leftovers.copyEnded(tempId);
      }
    },
  });
}

/** The last part of a job's UUID v7 is random. */
function tempIdOf(jobId: string): string {
  return jobId.slice(-12);
}

function relay(message: CopyMessage, context: JobContext<unknown>, events: EventBus): void {
  if (message.type === 'progress') context.progress(message.progress);
  if (message.type === 'problem') context.problem(message.problem);
  if (message.type === 'created') events.publish({ type: 'EntryCreated', paths: message.paths });
}
