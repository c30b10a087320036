import { once } from 'node:events';
import { z } from 'zod';
import { defineJob, type JobDefinition } from '#core/job/job-definition.ts';

export const StepState = z.object({ next: z.number().int(), seen: z.set(z.number()) });

export interface Stepping {
  kind: JobDefinition;
  /** Every step that was done, in all runs of the job, in their order. */
  steps: number[];
  /** Before this step it waits; null when it goes on to the end. */
  holdAt: number | null;
  /** Resolves when it waits. */
  held(): Promise<void>;
}

/** A resumable job of `count` steps that a test can hold at any of them. */
export function steppingJob(options: Partial<JobDefinition> = {}): Stepping {
  const waiting = new EventTarget();
  let isHeld = false;
  const stepping: Stepping = {
    steps: [],
    holdAt: null,
    held: async () => {
      if (!isHeld) await once(waiting, 'held');
    },
    kind: {
      ...defineJob({
        name: 'stepping',
        input: z.object({ count: z.number().int() }),
        state: StepState,
        async run({ input, state, signal, ...job }) {
          const seen = new Set(state?.seen);
          for (let next = state?.next ?? 0; next < input.count; next++) {
            if (next === stepping.holdAt) {
              isHeld = true;
              waiting.dispatchEvent(new Event('held'));
              if (!signal.aborted) await once(signal, 'abort');
              isHeld = false;
            }
            job.checkInterrupt();
            stepping.steps.push(next);
            seen.add(next);
            job.progress({ phase: 'stepping', itemsDone: next + 1, itemsTotal: input.count });
            if (next % 3 === 0) job.problem({ path: `/step/${next}`, code: 'IO_ERROR', message: 'It did not work.' });
            job.log.info(`step ${next}`);
            job.checkpoint({ next: next + 1, seen });
            await new Promise(setImmediate);
          }
          return { count: seen.size };
        },
      }),
      ...options,
    },
  };
  return stepping;
}
