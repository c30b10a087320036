import { z } from 'zod';
import { MooringError } from '#shared/contract/error.ts';
import { toInputError } from '#shared/contract/input-error.ts';
import type { Job } from '#shared/contract/job.ts';
import type { JobDefinition } from './job-definition.ts';
import { unpackState } from './job-state.ts';
import type { UnfinishedJob } from './library-job-store.ts';

/** How a job goes on that had not ended when its process or its library did. */
export type Recovery =
  /** From its state; `isWaiting`: it stays paused, as the user wished. */
  { definition: JobDefinition; input: unknown; state: unknown; isWaiting: boolean } | { error: MooringError };

export function recover({ record: { job }, state: bytes }: UnfinishedJob, definition: JobDefinition | null): Recovery {
  if (!definition) {
    return failed('JOB_KIND_UNKNOWN', `This version of Mooring does not know jobs of the kind “${job.name}”, so it could not go on.`);
  }
  if (!definition.state) return failed('JOB_INTERRUPTED', interruption(job));
  const input = definition.input.safeParse(job.input);
  if (!input.success) return failed('JOB_INTERRUPTED', `What it was asked to do is not understood any more: ${explain(input.error)}`);
  const state = readState(bytes, definition.state);
  if (!state.success) {
    return failed(
      'JOB_INTERRUPTED',
      `How far it had come could not be read (${state.reason}), so it could not go on. Retry it to begin again.`,
    );
  }
  return { definition, input: input.data, state: state.data, isWaiting: job.status === 'paused' && job.pauseReason === 'user' };
}

function readState(bytes: Buffer | null, schema: z.ZodType): { success: true; data: unknown } | { success: false; reason: string } {
  if (bytes === null) return { success: true, data: null };
  try {
    const parsed = schema.safeParse(unpackState(bytes));
    return parsed.success ? parsed : { success: false, reason: explain(parsed.error) };
  } catch (error) {
    return { success: false, reason: error instanceof Error ? error.message : String(error) };
  }
}

function explain(error: z.ZodError): string {
  return toInputError(error.issues, error).message;
}

function interruption({ status }: Job): string {
  const when = status === 'running' ? 'while it was running' : 'before it could begin';
  return `Mooring ended ${when}, and a job of this kind cannot go on from where it was. Look at what it has done, then retry it.`;
}

function failed(code: 'JOB_KIND_UNKNOWN' | 'JOB_INTERRUPTED', message: string): Recovery {
  return { error: new MooringError(code, message) };
}

/** Stands in for a kind that is not known any more. */
export function placeholder(name: string): JobDefinition {
  return {
    name,
    input: z.unknown(),
    run: () => Promise.reject(new MooringError('JOB_KIND_UNKNOWN', `There is no kind of job “${name}”.`)),
  };
}
