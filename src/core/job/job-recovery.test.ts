import { expect, it } from 'vitest';
import { z } from 'zod';
import { defineJob } from './job-definition.ts';
import { recover } from './job-recovery.ts';
import { packState } from './job-state.ts';
import { newRecord } from './new-job.ts';

const definition = defineJob({
  name: 'count',
  input: z.object({ to: z.number() }),
  state: z.object({ at: z.number() }),
  run: async () => ({}),
});
const unfinished = (input: Record<string, unknown>, state: unknown) => ({
  record: newRecord({ id: crypto.randomUUID(), definition, input, library: null, options: { volumes: [] } }),
  state: packState(state),
});

it('goes on from what was remembered', () => {
  expect(recover(unfinished({ to: 3 }, { at: 1 }), definition)).toMatchObject({ input: { to: 3 }, state: { at: 1 } });
});

it.each([
  [{ to: 'three' }, { at: 1 }, /asked to do is not understood any more: “to”: Invalid input: expected number, received string\.$/],
  [{ to: 3 }, {}, /could not be read \(“at” is missing\.\), so it could not go on\./],
])('says in one sentence what cannot be understood any more', (input, state, message) => {
  const recovery = recover(unfinished(input, state), definition);
  expect(recovery).toMatchObject({ error: { code: 'JOB_INTERRUPTED', message: expect.stringMatching(message) } });
});
