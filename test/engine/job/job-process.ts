/**
 * @file Jobs in a process of their own, for tests that kill it: `DATA_DIR COUNT`. The first such process of a data folder dispatches a job of
 * COUNT steps, the others find it there. Says `{ "from": step }` when the job begins, `{ "written": step }` as its checkpoints reach the
 * library, and `{ "ended": job }`.
 */
import { z } from 'zod';
import { jobs as jobsTable } from '#core/db/schema.ts';
import { defineJob } from '#core/job/job-definition.ts';
import { JobWorld } from './job-world.ts';

const [dataDir = '', count = ''] = process.argv.slice(2);

function say(line: object): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

const kind = defineJob({
  name: 'slow-steps',
  input: z.object({ count: z.number().int() }),
  state: z.object({ done: z.array(z.number()) }),
  async run({ input, state, library, checkpoint, problem, progress }) {
    const done = state?.done ?? [];
    say({ from: done.length });
    let written = -1;
    for (let step = done.length; step < input.count; step++) {
      await new Promise((resolve) => setTimeout(resolve, 5));
      done.push(step);
      problem({ path: `/${step}`, code: 'IO_ERROR', message: 'It did not work.' });
      progress({ itemsDone: done.length });
      checkpoint({ done: [...done] });
      const now = library?.read((db) => db.select().from(jobsTable).get())?.progressData.itemsDone ?? 0;
      if (now !== written) say({ written: now });
      written = now;
    }
    return { done: done.length, isInOrder: done.every((step, index) => step === index) };
  },
});

const world = await JobWorld.open(() => [kind], { dataDir });
world.world.events.on('JobCompleted', ({ job }) => say({ ended: job }));
if (world.world.libraries.opened.length === 0) {
  await world.world.createLibrary('Work');
  world.jobs.dispatch(kind, { count: Number(count) }, { volumes: [] });
}
